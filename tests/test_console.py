"""What is printed for people: coloured on a terminal, plain elsewhere, harmless everywhere."""

from __future__ import annotations

import io
import os
import sys
import types
from collections.abc import Iterator
from typing import TextIO

import pyte
import pytest

from travelsec.console import is_plain, print_blocks, print_table, width_of
from travelsec.document import Block, Heading, ListItem, Pairs, Paragraph

needs_pty = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")

COLUMNS, ROWS = 72, 40
HOSTILE = (
    "\x1b[2J\x1b[1;1H\x1b]0;title\x07\x9b31m",
    "a\rb\x08c\x7f",
    "\x1b]8;;http://evil.example\x07link\x1b]8;;\x07",
    "\u202egnp.exe",
)
_END = "\x1e"
MARKUP = "[bold]x[/] [link=http://x]y[/link] [red] :smile: \\[b]"


class Window:
    """A pseudo-terminal: `stream` is the program's side, `read` gives what it wrote."""

    def __init__(self, columns: int = COLUMNS) -> None:
        import fcntl
        import struct
        import termios

        self._reader, writer = os.openpty()
        fcntl.ioctl(writer, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, columns, 0, 0))
        self.stream: TextIO = open(writer, "w", encoding="utf-8")  # noqa: PTH123, SIM115

    def read(self) -> bytes:
        """Return what was written. The tests write less than a pseudo-terminal holds."""
        self.stream.write(_END)
        self.stream.flush()
        written = b""
        # It comes in pieces, and late.
        while not written.endswith(_END.encode()):
            written += os.read(self._reader, 65536)
        return written.removesuffix(_END.encode())

    def close(self) -> None:
        """Close both sides."""
        self.stream.close()
        os.close(self._reader)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what the developer's own terminal says of itself."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "COLORTERM", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture
def window() -> Iterator[Window]:
    """Open a window, and close it afterwards."""
    opened = Window()
    yield opened
    opened.close()


def screen(written: bytes) -> pyte.Screen:
    """Show in a terminal emulator what was written."""
    shown = pyte.Screen(COLUMNS, ROWS)
    pyte.ByteStream(shown).feed(written)
    return shown


def everywhere(text: str) -> list[Block]:
    """Return a document with the text in each place a block has."""
    return [
        Heading(1, text),
        Heading(2, text),
        Paragraph(text, "good"),
        Pairs(((text, text),)),
        ListItem(False, text, "bad", (text,)),
    ]


def test_a_pipe_gets_plain_text() -> None:
    """What is no terminal gets no escape sequence, in lines of 80 columns."""
    stream = io.StringIO()
    print_blocks([Heading(1, "Title"), Paragraph("word " * 40, "bad")], stream)
    assert is_plain(stream)
    assert "\x1b" not in stream.getvalue()
    assert 75 < max(map(len, stream.getvalue().splitlines())) <= 80


def test_a_pipe_is_as_wide_as_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """`COLUMNS=60 travelsec … | less` is for a window of 60."""
    monkeypatch.setenv("COLUMNS", "60")
    assert width_of(io.StringIO()) == 60
    monkeypatch.setenv("COLUMNS", "wide")
    assert width_of(io.StringIO()) == 80


def test_a_pipe_that_is_closed_does_not_end_the_program() -> None:
    """The caller is to judge it."""

    class Closed(io.StringIO):
        def write(self, _text: str, /) -> int:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        print_table(["Title"], [["cell"]], Closed())


def test_what_is_printed_has_left_the_buffer() -> None:
    """So an error to write it comes where it can be told."""
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding="utf-8")
    print_blocks([Paragraph("a")], stream)
    assert written.getvalue() == b"a\n"
    print_table([""], [["b"]], stream)
    assert written.getvalue() == b"a\nb\n"


@needs_pty
def test_a_terminal_gets_colour(window: Window) -> None:
    """A verdict that is bad is a red bar across the window."""
    print_blocks([Paragraph("NOT READY", "bad")], window.stream)
    assert not is_plain(window.stream)
    row = screen(window.read()).buffer[0]
    assert (row[1].data, row[1].fg, row[1].bold) == ("N", "ffffff", True)
    assert {row[column].bg for column in range(COLUMNS)} == {"d70000"}


@needs_pty
@pytest.mark.parametrize(
    ("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb"), ("TERM", "unknown")]
)
def test_a_terminal_without_colour_gets_plain_text(
    window: Window, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """NO_COLOR and a terminal that can do nothing give no escape byte."""
    monkeypatch.setenv(name, value)
    print_blocks(everywhere("text"), window.stream)
    assert is_plain(window.stream)
    assert b"\x1b" not in window.read()


@needs_pty
def test_an_empty_no_color_means_nothing(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    """As no-color.org has it: the variable counts when it is not empty."""
    monkeypatch.setenv("NO_COLOR", "")
    assert not is_plain(window.stream)


@needs_pty
def test_plain_is_plain_on_a_colour_terminal(window: Window) -> None:
    """`--plain` wins over what the terminal can show."""
    print_blocks(everywhere("text"), window.stream, plain=True)
    assert b"\x1b" not in window.read()


@needs_pty
@pytest.mark.parametrize("plain", [True, False])
def test_markup_is_shown_as_it_is(window: Window, plain: bool) -> None:
    """Markup, links and emoji codes of libraries are text."""
    print_blocks([Paragraph(MARKUP), ListItem(True, MARKUP, "plain")], window.stream, plain=plain)
    written = window.read()
    shown = screen(written)
    assert shown.display[0].rstrip() == MARKUP
    assert shown.display[1].rstrip() == f"[x] {MARKUP}"
    assert b"]8;" not in written
    assert not shown.buffer[0][6].bold


@needs_pty
@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize("text", HOSTILE)
def test_escapes_in_a_text_have_no_effect(window: Window, plain: bool, text: str) -> None:
    """The screen is neither cleared nor titled nor written over; the sequence can be read."""
    print_blocks([Paragraph("before"), *everywhere(text), Paragraph("after")], window.stream,
                 plain=plain)  # fmt: skip
    written = window.read()
    shown = screen(written)
    seen = "\n".join(row.rstrip() for row in shown.display).strip()
    assert seen.startswith("before\n")
    assert seen.endswith("\nafter")
    assert "<U+" in seen
    assert shown.title == ""
    assert b"\x1b]" not in written
    assert b"\x1b[2J" not in written
    assert "\u202e".encode() not in written


@needs_pty
def test_the_console_of_windows_is_asked_to_take_colour(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And not for plain text, which needs nothing."""
    asked: list[bool] = []

    def fix() -> None:
        asked.append(True)

    library = types.ModuleType("colorama")
    monkeypatch.setattr(library, "just_fix_windows_console", fix, raising=False)
    monkeypatch.setitem(sys.modules, "colorama", library)
    monkeypatch.setattr(sys, "platform", "win32")
    print_blocks([Paragraph("a")], window.stream, plain=True)
    print_table(["b"], [["c"]], io.StringIO())
    assert not asked
    print_blocks([Paragraph("a")], window.stream)
    print_table(["b"], [["c"]], window.stream)
    assert asked == [True, True]


@needs_pty
def test_lines_are_as_wide_as_the_window_of_the_stream(window: Window) -> None:
    """The window the stream is in counts, not that of another stream."""
    assert width_of(window.stream) == COLUMNS
    print_blocks([Paragraph("word " * 40)], window.stream)
    rows = [row.rstrip() for row in screen(window.read()).display]
    assert COLUMNS - 5 < max(map(len, rows)) <= COLUMNS


@needs_pty
def test_columns_can_be_given(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    """COLUMNS wins; nonsense in it does not count."""
    monkeypatch.setenv("COLUMNS", "33")
    assert width_of(window.stream) == 33
    for nonsense in ("", "0", "wide", "-3"):
        monkeypatch.setenv("COLUMNS", nonsense)
        assert width_of(window.stream) == COLUMNS


@needs_pty
def test_a_window_that_tells_no_width_counts_as_80() -> None:
    """As serial lines and some containers have it."""
    unknown = Window(columns=0)
    assert width_of(unknown.stream) == 80
    unknown.close()
