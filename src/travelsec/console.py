"""Print documents for people, in colour where the stream shows it."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TextIO

from travelsec.document import Block, text_lines

if TYPE_CHECKING:
    from travelsec.columns import TableCell

_TERMINAL = "CONOUT$" if sys.platform == "win32" else "/dev/tty"
_PIPE_WIDTH = 80
_HEIGHT = 24
TABLE_WIDTH = 80
"""The fewest columns in which a table is readable."""


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
    """Return whether to leave out colour: for a pipe, NO_COLOR or TERM=dumb."""
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
    blocks: Iterable[Block],
    stream: TextIO,
    *,
    plain: bool = False,
    whole_words: bool = False,
) -> None:
    """Print a document as wide as the window, up to 100 columns, without colour if `plain`.

    `text_lines` makes the texts safe; with `whole_words` it does not break ids longer than a line.
    """
    if plain or is_plain(stream):
        toned = text_lines(blocks, width_of(stream), whole_words=whole_words)
        _print((text for text, _ in toned), stream)
        return
    from travelsec.drawing import document_lines

    _prepare_windows()
    _print(document_lines(blocks, width_of(stream), whole_words=whole_words), stream)


def has_table(stream: TextIO, *, in_lines: bool) -> bool:
    """Return whether to print a table rather than lines: not for a pipe, nor in a narrow window."""
    return stream.isatty() and not in_lines and width_of(stream) >= TABLE_WIDTH


def print_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[TableCell]],
    stream: TextIO,
    *,
    plain: bool = False,
) -> None:
    """Print a table, at most as wide as the window, without colour if `plain`.

    Long cells are wrapped. If no column has a name, the table has no header.
    """
    from travelsec.columns import table_lines

    plain = plain or is_plain(stream)
    if not plain:
        _prepare_windows()
    _print(table_lines(columns, rows, width_of(stream), plain=plain), stream)


def _print(rows: Iterable[str], stream: TextIO) -> None:
    for row in rows:
        print(row, file=stream)
    stream.flush()


def _prepare_windows() -> None:
    """Let the console of Windows take escape sequences, which it does once it is asked."""
    if sys.platform == "win32":
        from colorama import just_fix_windows_console

        just_fix_windows_console()
