"""Look at the terminal, and at the environment variables that change what travelsec does."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from travelsec.cli.crash_log import DEBUG
from travelsec.cli.options import wants_accessible
from travelsec.cli.prompts import can_ask
from travelsec.console import height_of, is_plain, width_of
from travelsec.folders import DATA_DIR, PACKS
from travelsec.results.doctor import Stream, Variable, Window

_NONE = "none: this value changes nothing"


def window() -> Window:
    """Return what the terminal can do."""
    return Window(
        streams=(
            Stream("stdin", sys.stdin.isatty(), sys.stdin.encoding),
            Stream("stdout", sys.stdout.isatty(), sys.stdout.encoding),
            Stream("stderr", sys.stderr.isatty(), sys.stderr.encoding),
        ),
        width=width_of(sys.stdout),
        height=height_of(sys.stdout),
        colour=not is_plain(sys.stdout),
        unicode=codecs.lookup(sys.stdout.encoding).name.startswith("utf"),
        questions=_questions(),
    )


def _questions() -> Literal["drawn", "line-by-line", "none"]:
    if not can_ask():
        return "none"
    return "line-by-line" if wants_accessible(False) else "drawn"


def variables() -> Iterator[Variable]:
    """Yield the variables that are set, and what each does; no value that could be private."""
    for name, effect in _EFFECTS.items():
        value = os.environ.get(name)
        if value is not None:
            yield Variable(name, effect(value) or _NONE)


def _term(value: str) -> str:
    dumb = "no colour, and questions line by line"
    return dumb if value in ("dumb", "unknown") else "names the terminal"


def _accessible(value: str) -> str:
    is_off = value.casefold() in ("", "0", "false", "no")
    return "" if is_off else "questions line by line, for screen readers"


def _columns(value: str) -> str:
    is_width = value.isascii() and value.isdigit() and int(value)
    return f"lines are {int(value)} columns wide" if is_width else ""


def _data_folder(value: str) -> str:
    return f"names the folder for trips{_relative([value])}" if value else ""


def _packs(value: str) -> str:
    folders = [folder for folder in value.split(os.pathsep) if folder]
    return f"names packs to lay over the bundled one{_relative(folders)}" if folders else ""


def _relative(folders: Iterable[str]) -> str:
    if all(map(os.path.isabs, folders)):
        return ""
    return "; not by a whole path, so it depends on the folder you are in"


def _constant(effect: str) -> Callable[[str], str]:
    return lambda value: effect if value else ""


_EFFECTS: dict[str, Callable[[str], str]] = {
    "NO_COLOR": _constant("no colour"),
    "TERM": _term,
    "ACCESSIBLE": _accessible,
    "COLUMNS": _columns,
    DATA_DIR: _data_folder,
    PACKS: _packs,
    "SOURCE_DATE_EPOCH": _constant("the moment at which everything is made"),
    DEBUG: _constant("a failure of travelsec prints a traceback, which can hold answers"),
}
