"""Draw documents and tables in a terminal, readable on a light background and on a dark one.

No colour of a theme can be read on both, so text has the terminal's own colour. Colour is a fill,
below a text in white, and tells nothing that the words do not. What is dim can be done without: a
few terminals make it faint.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import TextIO

from msgspec.structs import replace
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.segment import Segment, Segments
from rich.table import Table
from rich.text import Text

from travelsec.document import (
    MAX_WIDTH,
    Block,
    Heading,
    ListItem,
    Pairs,
    Paragraph,
    Tone,
    block_lines,
    label_of_pair,
    spaced,
)
from travelsec.safe_text import line

# From the part of the 256 colours that no theme changes: white on red, on green and on brown.
_FILLS: dict[Tone, str] = {
    "bad": "bold color(231) on color(160)",
    "good": "bold color(231) on color(28)",
    "attention": "bold color(231) on color(130)",
}
_STYLES: dict[Tone, str] = {"plain": "", "quiet": "dim", "strong": "bold"}
_ITEM_MARK = re.compile(r" *(?P<mark>\[[x ]\]| - | \d+\. )")
_NAMES_WIDTH = 24
"""Names up to this length get a column of their own."""

_GAP = 2
"""Columns between two cells of a table; a box takes one of them."""
AT_ONCE = 6
"""Lines of a table that are printed at a time, so that the first do not wait for the last."""

TableCell = str | Paragraph


class _Console(Console):
    def on_broken_pipe(self) -> None:
        # rich would exit with 1, which means “no”.
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


def draw(blocks: Iterable[Block], stream: TextIO, width: int, *, whole_words: bool) -> None:
    """Draw a document at this width. `whole_words` never breaks a long id."""
    width = min(width, MAX_WIDTH)
    console = _console(stream, width)
    for block in _set_apart(blocks):
        match block:
            case None:
                console.print()
            case Heading(2, text) if cell_len(line(text)) < width - 2:
                title = Text(line(text), style="bold")
                console.print(Rule(title, align="left", style="dim"))
            case Paragraph(text, tone) if tone in _FILLS:
                fill = _fill(tone, console)
                console.print(Padding(Text(line(text)), (0, 1), style=fill, expand=True))
            case Pairs(rows) if _are_short(rows):
                console.print(_aligned(rows))
            case ListItem(rows=rows) if rows and _are_short(rows):
                _draw_item(block, console)
            case _:
                _draw_lines(block, console, whole_words=whole_words)


def draw_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[TableCell]],
    stream: TextIO,
    width: int,
    *,
    plain: bool,
) -> None:
    """Draw a table as wide as its cells need, up to `width`; long cells are folded.

    Cells with a tone are filled with its colour, unless all is to be plain. If no column has a
    name, the table has no header.
    """
    console = _console(stream, width, plain=plain)
    cells = [[_cell_text(cell, console) for cell in row] for row in rows]
    widths = list(map(_column_width, zip(map(Text, columns), *cells, strict=True)))
    fits = sum(widths) + _GAP * (len(widths) - 1) <= width
    gap = _GAP if plain else _GAP - 1
    table = Table(
        box=None if plain else box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 0 if fits else gap, 0, 0),
        show_header=any(columns),
        header_style="bold",
        border_style="dim",
    )
    for column, needed in zip(columns, widths, strict=True):
        # Where it fits, rich need neither measure, pad nor wrap, which takes most of its time.
        table.add_column(
            column, overflow="fold", no_wrap=fits, width=needed + gap if fits else None
        )
    if fits:
        table.columns[-1].width = widths[-1]
    for row in cells:
        table.add_row(*row)
    lines = Segment.split_lines(console.render(table))
    while batch := list(islice(lines, AT_ONCE)):
        console.print(
            Segments([segment for line in batch for segment in (*line, Segment.line())]), end=""
        )


def _set_apart(blocks: Iterable[Block]) -> Iterator[Block | None]:
    """Yield the blocks, and None for each empty line; those set items of several lines apart."""
    is_roomy = False
    for kind, group in groupby(spaced(blocks), type):
        if is_roomy and kind is Paragraph:
            yield None
        run = list(group)
        is_roomy = any(isinstance(block, ListItem) and len(block.below) > 1 for block in run)
        for number, block in enumerate(run):
            if is_roomy and number:
                yield None
            yield block


def _draw_item(item: ListItem, console: Console) -> None:
    """Draw a list item with its names and values in two columns."""
    _draw_lines(replace(item, body=(), rows=()), console)
    console.print(Padding(_aligned(item.rows), (0, 0, 0, 4)))
    for text in item.body:
        console.print(Padding(Text(line(text)), (0, 0, 0, 4)))


def _draw_lines(block: Block, console: Console, *, whole_words: bool = False) -> None:
    """Draw a block line by line; an urgent item has its box, bullet or number filled."""
    fill = _fill(block.tone, console) if isinstance(block, ListItem) else ""
    for text, tone in block_lines(block, console.width, whole_words=whole_words):
        # `Text` does not interpret markup.
        styled = Text(text, style="bold" if tone is None else _STYLES.get(tone, "bold"))
        mark = _ITEM_MARK.match(text)
        if fill and mark is not None:
            styled.stylize(fill, *mark.span("mark"))
            fill = ""
        console.print(styled, soft_wrap=True)


def _are_short(rows: Iterable[tuple[str, str]]) -> bool:
    return all(cell_len(line(name)) <= _NAMES_WIDTH for name, _ in rows)


def _aligned(rows: Iterable[tuple[str, str]]) -> Table:
    """Return names and values in two columns."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    for name, value in rows:
        grid.add_row(Text(line(label_of_pair(name))), Text(line(value), overflow="fold"))
    return grid


def _cell_text(cell: TableCell, console: Console) -> Text:
    if isinstance(cell, str):
        return Text(line(cell))
    if fill := _fill(cell.tone, console):
        # The rest of the cell stays as it is.
        return Text().append(line(cell.text), fill)
    return Text(line(cell.text), style=_STYLES[cell.tone])


def _column_width(cells: Iterable[Text]) -> int:
    return max(cell_len(part) for cell in cells for part in cell.plain.split("\n"))


def _fill(tone: Tone, console: Console) -> str:
    """Return the style that fills with the colour of a tone; empty if the tone has none."""
    if tone not in _FILLS:
        return ""
    # Of 16 colours every one is the theme's, and white can be too pale on it.
    return _FILLS[tone] if console.color_system in ("256", "truecolor") else "bold reverse"


def _console(stream: TextIO, width: int, *, plain: bool = False) -> Console:
    return _Console(
        file=stream,
        width=width,
        highlight=False,
        emoji=False,
        markup=False,
        no_color=plain,
        force_terminal=False if plain else None,
    )
