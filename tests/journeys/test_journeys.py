"""Eight travellers go through their commands; what each sees or hears is kept, to be read.

The files in `golden` are for reading as much as for comparing: read them as the traveller.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.journeys.travellers import BACKSPACE, TRAVELLERS, Traveller, Visit
from tests.terminal import DOWN, ENTER, SPACE, Terminal

GOLDEN = Path(__file__).parent / "golden"
TODAY = ("--today", "2026-11-22")
"""A Sunday."""

ROWS, COLUMNS = 24, 80
NAMES = {ENTER: "Enter", SPACE: "Space", DOWN: "Down", BACKSPACE: "Backspace"}
"""Of keys that are not letters."""

QUICK = ("lisbon-tomorrow", "home-for-good", "lost-phone")
"""All others are one more case of the same."""
EACH = [
    pytest.param(one, id=one.id, marks=() if one.id in QUICK else (pytest.mark.slow,))
    for one in TRAVELLERS
]


@pytest.mark.parametrize("traveller", EACH)
def test_as_it_is_drawn(
    traveller: Traveller, tmp_path: Path, golden: Callable[[Path, str], str]
) -> None:
    """No line is broken or cut, and each question fits the window from its first line on."""
    parts = [f"{traveller.story}\n"]
    for visit in traveller.visits:
        parts += [f"$ travelsec {' '.join(visit.command)}\n", *see(visit, tmp_path)]
    agree("".join(parts), GOLDEN / f"{traveller.id}.drawn.txt", golden)


@pytest.mark.parametrize("traveller", EACH)
def test_as_it_is_read_out(
    traveller: Traveller, tmp_path: Path, golden: Callable[[Path, str], str]
) -> None:
    """Line by line; each item is read once."""
    parts = [f"{traveller.story}\n"]
    for visit in traveller.visits:
        heard = hear(visit, tmp_path)
        items = re.findall(r"^[0-9]+\. (.+) \((?:must|should|consider)\).*?: ", heard, re.MULTILINE)
        assert items or "Section 1" not in heard
        assert len(items) == len(set(items))
        parts += [f"$ travelsec {' '.join(visit.command)}\n", heard]
    agree("".join(parts), GOLDEN / f"{traveller.id}.accessible.txt", golden)


def agree(found: str, path: Path, golden: Callable[[Path, str], str]) -> None:
    """Compare with the file, line by line."""
    assert found.split("\n") == golden(path, found).split("\n")


def see(visit: Visit, folder: Path) -> list[str]:
    """Answer the questions by keys; return the screens, each with the keys pressed at it."""
    if not visit.steps:
        return [prepared(visit, folder)]
    terminal = Terminal(*visit.command, *TODAY, folder=folder, rows=ROWS, columns=COLUMNS)
    screens: list[str] = []
    for question, answer in visit.steps:
        terminal.wait_until(partial(is_drawn, terminal, question), f"“{question}”")
        screen = terminal.window()
        # From its first line on: nothing of it scrolled away.
        assert question.casefold() in folded(screen).casefold(), "\n".join(screen)
        screens.append(framed(screen, f"keys: {names(answer.keys)}"))
        last = terminal.scrolled + terminal.cursor_row
        terminal.forget()
        terminal.type(answer.keys)
    assert terminal.finish() == visit.code
    end = terminal.text().rstrip().split("\n")[last:]
    assert not terminal.broken
    assert "…" not in "".join([*screens, *end]).replace("… ? shows the rest.", "")
    return [*screens, framed(end, f"exit code {visit.code}")]


def is_drawn(terminal: Terminal, question: str) -> bool:
    """Return whether a question was drawn since the last key, from its first line to its last."""
    lines = [line for line in terminal.window() if line]
    if not lines or question.casefold() not in terminal.new_text().casefold():
        return False
    # What is wrong with a text stands below its field.
    has_field = any(line.startswith("   > ") for line in lines) and lines[-1].endswith(".")
    return has_field or lines[-1].endswith(("q stop)", "back to the list)", "   >"))


def folded(screen: list[str]) -> str:
    """Return the words of a screen."""
    return " ".join(" ".join(screen).split())


def hear(visit: Visit, folder: Path) -> str:
    """Answer the questions by typed lines; return all that is written, each answer marked."""
    if not visit.steps:
        return prepared(visit, folder)
    terminal = Terminal(
        *visit.command, *TODAY, "--accessible", folder=folder, rows=ROWS, columns=COLUMNS
    )
    heard, typed, since = "", None, 0
    for question, answer in visit.steps:
        if answer.line is None:
            continue
        terminal.wait_until(partial(is_read_out, terminal, question), f"“{question}”")
        heard += marked(terminal.raw[since:], typed)
        typed, since = answer.line, len(terminal.raw)
        terminal.forget()
        terminal.type(typed + ENTER)
    assert terminal.finish() == visit.code
    return f"{heard}{marked(terminal.raw[since:], typed)}(exit code {visit.code})\n"


def is_read_out(terminal: Terminal, question: str) -> bool:
    """Return whether a question was written since the last answer, up to where one types."""
    text = terminal.new_text()
    return question.casefold() in text.casefold() and text.endswith(" >")


def marked(written: bytes, typed: str | None) -> str:
    """Return what was written since the last answer, which the terminal itself wrote first."""
    text = written.decode().replace("\r\n", "\n")
    return text if typed is None else f"[{typed}]{text.removeprefix(typed)}"


def prepared(visit: Visit, folder: Path) -> str:
    """Run a command that only prepares what comes next."""
    assert run(*visit.command, *TODAY, folder=folder).code == visit.code
    return f"(exit code {visit.code})\n"


def names(keys: str) -> str:
    """Name keys as they stand on a keyboard, those that write letters by the letters."""
    parts = re.findall("|".join([*map(re.escape, (ENTER, DOWN, BACKSPACE)), "[ -~]+"]), keys)
    return " ".join(NAMES.get(part, part) for part in parts)


def framed(screen: list[str], below: str) -> str:
    """Return a screen as a part of the file, with what came then."""
    text = "\n".join(screen).strip("\n")
    return f"{text}\n{f'── {below} ':─<{COLUMNS}}\n"
