"""Print documents for people, in colour where the stream shows it."""

from __future__ import annotations

import errno
import functools
import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from travelsec.document import MAX_WIDTH, Block, Paragraph, Tone, lines
from travelsec.safe_text import line

if TYPE_CHECKING:
    from rich.console import Console

_TERMINAL = "CONOUT$" if sys.platform == "win32" else "/dev/tty"
_PIPE_WIDTH = 80
_HEIGHT = 24
TABLE_WIDTH = 80
"""Columns below which a table would be all folds."""
_STYLES = {
    None: "bold underline",
    "plain": "",
    "strong": "bold",
    "good": "bold green",
    "attention": "yellow",
    "bad": "bold red",
    "quiet": "dim",
}


@functools.cache
def terminal() -> TextIO | None:
    """Return the stream for prompts: standard error, or the terminal if that is redirected.

    Standard output is for results. None means that there is no terminal.
    """
    if sys.stderr.isatty():
        return sys.stderr
    try:
        return open(_TERMINAL, "w", errors="replace")  # noqa: PTH123
    except Exception:  # whatever the reason, nobody can be asked there
        return None


def is_plain(stream: TextIO) -> bool:
    """Tell whether to leave out colour: for a pipe, NO_COLOR or TERM=dumb."""
    return (
        not stream.isatty()
        or bool(os.environ.get("NO_COLOR"))
        or os.environ.get("TERM") in ("dumb", "unknown")
    )


def width_of(stream: TextIO) -> int:
    """Return the width in columns: COLUMNS, else the window's, else 80."""
    given = os.environ.get("COLUMNS", "")
    if given.isascii() and given.isdigit() and int(given):
        return int(given)
    if not stream.isatty():
        return _PIPE_WIDTH
    # Not `shutil.get_terminal_size`, which measures standard output: that may be a pipe while
    # this stream is a narrow window.
    try:
        return os.get_terminal_size(stream.fileno()).columns or _PIPE_WIDTH
    except OSError:
        return _PIPE_WIDTH


def height_of(stream: TextIO) -> int:
    """Return the height in lines: the window's, else 24."""
    try:
        return os.get_terminal_size(stream.fileno()).lines or _HEIGHT
    except (OSError, ValueError):
        return _HEIGHT


def print_blocks(
    blocks: Iterable[Block], stream: TextIO, *, plain: bool = False, whole_words: bool = False
) -> None:
    """Print a document as wide as the window, up to 100 columns, without colour if `plain`.

    `lines` makes the texts safe; with `whole_words` it does not break ids longer than a line.
    """
    wrapped = lines(blocks, width_of(stream), whole_words=whole_words)
    if plain or is_plain(stream):
        for text, _ in wrapped:
            print(text, file=stream)
        stream.flush()
        return
    # Importing rich takes longer than everything else a script needs.
    from rich.text import Text

    console = _console(stream)
    for text, tone in wrapped:
        # `Text` does not interpret markup.
        console.print(Text(text, style=_STYLES[tone]), soft_wrap=True)


def has_table(stream: TextIO, *, in_lines: bool) -> bool:
    """Tell whether to print a table rather than lines: not for a pipe, nor in a narrow window."""
    return stream.isatty() and not in_lines and width_of(stream) >= TABLE_WIDTH


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], stream: TextIO, *, plain: bool = False
) -> None:
    """Print a table as wide as the window, without colour if `plain`; long cells are folded.

    Empty `columns` make a table without a header.
    """
    from rich.table import Table
    from rich.text import Text

    has_header = any(columns)
    table = Table(
        *columns, box=None, pad_edge=False, header_style=_STYLES[None], show_header=has_header
    )
    for column in table.columns:
        column.overflow = "fold"
    for row in rows:
        # `Text` does not interpret markup.
        table.add_row(*(Text(line(cell)) for cell in row))
    plain = plain or is_plain(stream)
    console = _console(
        stream, width=width_of(stream), no_color=plain, force_terminal=False if plain else None
    )
    console.print(table)


def print_banner(text: str, tone: Tone, stream: TextIO, *, plain: bool = False) -> None:
    """Print a sentence that is to be seen before all else: a bar of its colour, if not `plain`."""
    if plain or is_plain(stream):
        print_blocks([Paragraph(text, tone)], stream, plain=True)
        return
    from rich.padding import Padding
    from rich.text import Text

    style = f"{_STYLES[tone]} reverse"
    console = _console(stream, width=min(width_of(stream), MAX_WIDTH))
    console.print(Padding(Text(line(text)), (0, 1), style=style, expand=True))


def _console(stream: TextIO, **options: Any) -> Console:
    from rich.console import Console

    class PassingOn(Console):
        def on_broken_pipe(self) -> None:
            # rich would exit with 1, which means “no”.
            raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))

    return PassingOn(file=stream, highlight=False, emoji=False, markup=False, **options)
