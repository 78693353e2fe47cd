"""Make the manual from the help of every command: a page for `man` each.

The build hook calls it, so that the pages come with the wheel and the sdist. `click-man` cannot do
this: typer has a copy of click of its own, whose commands `click-man` does not know, and it leaves
out what this project adds to the help, such as the examples.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent

EXIT_CODES = {
    0: "Done; and where there is an answer, it is yes: ready, or ready with actions.",
    1: "Done, and the answer is no: a trip is not ready, a report does not hold, a pack has "
    "errors, or cited guidance has changed.",
    2: "It could not be carried out: wrong usage, input that cannot be read or is not valid, or a "
    "result that cannot be written.",
    70: "A fault in travelsec. The message names the log.",
    129: "The terminal was closed. What was answered is kept.",
    130: "Interrupted, or stopped by you. What was answered is kept.",
    141: "The reader closed the pipe, as head does.",
    143: "Terminated. What was answered is kept.",
}
"""What each means, for the manual and the reference."""


class Section(NamedTuple):
    """A part of a help: its heading, paragraphs, and rows of a term with what it means."""

    title: str
    texts: list[str]
    rows: list[tuple[str, str]]


class Help(NamedTuple):
    """The help of one command, such as `travelsec trips list`."""

    name: str
    summary: str
    usage: str
    sections: list[Section]

    @property
    def page(self) -> str:
        """The name of its page."""
        return self.name.replace(" ", "-")


class _Recorder:
    """Stands where the help expects what lays it out, and keeps what is written."""

    width = 100_000
    """Wide enough for a group to shorten none of its summaries."""

    def __init__(self) -> None:
        self.usage = ""
        self.sections = [Section("Description", [], [])]

    def write_usage(self, prog: str, args: str = "") -> None:
        self.usage = f"{prog} {args}"

    def write_paragraph(self) -> None:
        pass

    def write_text(self, text: str) -> None:
        if len(self.sections) > 1:
            # Only the app itself has a text below its lists.
            self.sections.append(Section("Environment", [], []))
        paragraphs = re.split(r"\n\s*\n", text.strip())
        self.sections[-1].texts.extend(" ".join(each.split()) for each in paragraphs)

    def write_dl(self, rows: Sequence[tuple[str, str]]) -> None:
        self.sections[-1].rows.extend((term, " ".join(text.split())) for term, text in rows)

    @contextlib.contextmanager
    def section(self, name: str) -> Iterator[None]:
        self.sections.append(Section(name, [], []))
        yield

    @contextlib.contextmanager
    def indentation(self) -> Iterator[None]:
        yield


def helps() -> list[Help]:
    """Return the help of travelsec and of every command, each group before its commands."""
    from typer.main import get_command

    from travelsec.cli.app import build_app
    from travelsec.cli.command_list import COMMANDS

    found = [_record(get_command(build_app([])), "travelsec", None)]
    for name in COMMANDS:
        app: Any = get_command(build_app([name]))
        top = app.make_context("travelsec", [], resilient_parsing=True)
        found += _walk(app.commands[name], name, top)
    return found


def _walk(command: Any, name: str, parent: Any) -> Iterator[Help]:
    yield _record(command, name, parent)
    context = command.make_context(name, [], parent=parent, resilient_parsing=True)
    for inner in getattr(command, "commands", ()):
        yield from _walk(command.commands[inner], inner, context)


def _record(command: Any, name: str, parent: Any) -> Help:
    context = command.make_context(name, [], parent=parent, resilient_parsing=True)
    recorder = _Recorder()
    command.format_help(context, recorder)
    summary = command.get_short_help_str(_Recorder.width)
    return Help(context.command_path, summary, recorder.usage, recorder.sections)


def pages() -> dict[str, str]:
    """Return the text of each page, by the name of its file."""
    found = helps()
    names = [each.page for each in found]
    return {f"{each.page}.1": _page(each, names) for each in found}


def write(folder: Path) -> list[Path]:
    """Write the pages into a folder that holds nothing else, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.1"):
        old.unlink()
    made = []
    for name, text in pages().items():
        made.append(folder / name)
        made[-1].write_bytes(text.encode("ascii"))
    return made


def _page(help_: Help, names: Sequence[str]) -> str:
    from travelsec import __version__

    released = re.search(
        r"^## [\d.]+ - (\S+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    date = released[1] if released else ""
    arguments = help_.usage.removeprefix(f"{help_.name} ")
    lines = [
        f'.TH "{_text(help_.page.upper())}" "1" "{date}" "travelsec {__version__}"',
        *(".SH NAME", rf"{_text(help_.page)} \- {_text(help_.summary.rstrip('.'))}"),
        *(".SH SYNOPSIS", rf"\fB{_text(help_.name)}\fR {_text(arguments)}"),
    ]
    exits = Section("Exit status", [], [(str(code), text) for code, text in EXIT_CODES.items()])
    for section in (*help_.sections, exits):
        lines.append(f".SH {section.title.upper()}")
        for number, text in enumerate(section.texts):
            lines += [*([".PP"] if number else []), _line(text)]
        for term, text in section.rows:
            lines += [".TP", rf"\fB{_text(term)}\fR", _line(text)]
    lines += [".SH SEE ALSO", _related(help_.page, names)]
    return "\n".join(lines) + "\n"


def _related(page: str, names: Sequence[str]) -> str:
    """Name the pages one step up and one step down."""
    parent = page.rpartition("-")[0]
    near = (name for name in names if name == parent or name.rpartition("-")[0] == page)
    return ", ".join(rf"\fB{_text(name)}\fR(1)" for name in near)


def _line(text: str) -> str:
    """Return a line of text that roff takes for no request of its own."""
    made = _text(text)
    return rf"\&{made}" if made.startswith(".") else made


def _text(text: str) -> str:
    r"""Return text in roff: hyphens that can be copied, and ASCII alone."""
    for sign, written in {"\\": r"\e", "-": r"\-", '"': r"\(dq", "'": r"\(aq"}.items():
        text = text.replace(sign, written)
    return "".join(sign if sign.isascii() else rf"\[u{ord(sign):04X}]" for sign in text)


if __name__ == "__main__":
    for path in write(ROOT / "build" / "man"):
        print(path.relative_to(ROOT))
