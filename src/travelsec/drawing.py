"""Draw documents and tables in a terminal, readable on a light background and on a dark one.

No colour of a theme can be read on both, so text has the terminal's own colour. Colour is a fill,
below a text in white, and tells nothing that the words do not. What is dim can be done without: a
few terminals make it faint.

rich could draw all this. Loading its console and drawing with it took 6 % of the time until the
first screen of a review of 1,000 reports, for which there is a goal (`benchmarks/review.py`).
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest

from msgspec.structs import replace

from travelsec.document import (
    MAX_WIDTH,
    Block,
    Heading,
    ListItem,
    Pairs,
    Paragraph,
    Tone,
    block_lines,
    display_width,
    label_of_pair,
    spaced,
    wrap,
)
from travelsec.safe_text import line

# Parameters of the escape sequence that begins a style.
_BOLD, _DIM = "1", "2"
# From the part of the 256 colours that no theme changes: white on red, on green and on brown.
_FILLS: dict[Tone, str] = {
    "bad": "1;38;5;231;48;5;160",
    "good": "1;38;5;231;48;5;28",
    "attention": "1;38;5;231;48;5;130",
}
_BOLD_REVERSE = "1;7"
_STYLES: dict[Tone, str] = {"plain": "", "quiet": _DIM, "strong": _BOLD}
_ITEM_MARK = re.compile(r" *(?P<mark>\[[x ]\]| - | \d+\. )")
_NAMES_WIDTH = 24
"""Names up to this length get a column of their own."""
_LEAST_BESIDE = 16
"""If this much of the window is left for a colon, the gap and the values."""

_GAP = "  "
"""Between two columns."""

TableCell = str | Paragraph


def document_lines(blocks: Iterable[Block], width: int, *, whole_words: bool) -> Iterator[str]:
    """Yield the lines of a document at this width. `whole_words` never breaks a long id."""
    for block in _set_apart(blocks):
        yield from _drawn(block, min(width, MAX_WIDTH), whole_words=whole_words)


def table_lines(
    columns: Sequence[str], rows: Iterable[Sequence[TableCell]], width: int, *, plain: bool
) -> Iterator[str]:
    """Yield the lines of a table as wide as its cells need, up to `width`; long cells are wrapped.

    Cells with a tone are filled with its colour, unless all is to be plain. If no column has a
    name, the table has no header.
    """
    cells = [[_text_and_style(cell, plain=plain) for cell in row] for row in rows]
    heads = [name.split("\n") for name in columns]
    needed = [
        max(display_width(line(text)) for text in (*head, *(text for text, _ in column)))
        for head, *column in zip(heads, *cells, strict=True)
    ]
    widths = _narrowed(needed, width - len(_GAP) * (len(needed) - 1))
    if any(columns):
        names = [
            [row for part in head for row in _folded(part, room)]
            for head, room in zip(heads, widths, strict=True)
        ]
        height = max(map(len, names))
        # Short names stand at the bottom, next to their columns.
        names = [[""] * (height - len(rows_of_one)) + rows_of_one for rows_of_one in names]
        yield from _row_lines(names, ["" if plain else _BOLD] * len(names), widths)
        if not plain:
            yield _styled("─" * (sum(widths) + len(_GAP) * (len(widths) - 1)), _DIM)
    for row in cells:
        folded = [_folded(text, room) for (text, _), room in zip(row, widths, strict=True)]
        yield from _row_lines(folded, [style for _, style in row], widths)


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


def _drawn(block: Block | None, width: int, *, whole_words: bool) -> Iterator[str]:
    """Yield the lines of a block; None is an empty line."""
    match block:
        case None:
            yield ""
        case Heading(2, text) if display_width(line(text)) < width - 2:
            title = line(text)
            rule = "─" * (width - display_width(title) - 1)
            yield f"{_styled(title, _BOLD)} {_styled(rule, _DIM)}"
        case Paragraph(text, tone) if tone in _FILLS:
            for row in wrap(text, width - 2):
                yield _styled(f" {row}{_spaces(row, width - 2)} ", _style_of(tone))
        case Pairs(rows) if _has_columns(rows, width):
            yield from _in_columns(rows, width)
        case ListItem(rows=rows) if rows and _has_columns(rows, width - 4):
            yield from _item_lines(block, width, whole_words=whole_words)
        case _:
            yield from _lines(block, width, whole_words=whole_words)


def _item_lines(item: ListItem, width: int, *, whole_words: bool) -> Iterator[str]:
    """Yield the lines of a list item with its names and values in two columns."""
    yield from _lines(replace(item, body=(), rows=()), width, whole_words=whole_words)
    for row in _in_columns(item.rows, width - 4):
        yield f"    {row}"
    for text in item.body:
        yield from wrap(text, width, indent=4, hang=4, whole_words=whole_words)


def _lines(block: Block, width: int, *, whole_words: bool) -> Iterator[str]:
    """Yield the lines of a block; an urgent item has its box, bullet or number filled."""
    is_urgent = isinstance(block, ListItem) and block.tone in _FILLS
    for text, tone in block_lines(block, width, whole_words=whole_words):
        style = _BOLD if tone is None else _STYLES.get(tone, _BOLD)
        mark = _ITEM_MARK.match(text) if is_urgent else None
        if mark is None or tone is None:
            yield _styled(text, style)
            continue
        begin, end = mark.span("mark")
        is_urgent = False
        yield text[:begin] + _styled(text[begin:end], _style_of(tone)) + _styled(text[end:], style)


def _has_columns(rows: Iterable[tuple[str, str]], width: int) -> bool:
    """Return whether names are short enough, and the width large enough, for two columns."""
    longest = max(display_width(line(name)) for name, _ in rows)
    return longest <= min(_NAMES_WIDTH, width - _LEAST_BESIDE)


def _in_columns(rows: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    """Yield names and values in two columns; only the values are wrapped."""
    labels = [line(label_of_pair(name)) for name, _ in rows]
    widest = max(map(display_width, labels))
    room = width - widest - len(_GAP)
    for label, (_, value) in zip(labels, rows, strict=True):
        yield from _row_lines([[label], _folded(value, room)], ("", ""), (widest, room))


def _narrowed(widths: Sequence[int], room: int) -> list[int]:
    """Return the widths of columns that fit into this room: the widest make way."""
    narrowed = list(widths)
    while sum(narrowed) > room and (widest := max(narrowed)) > 1:
        narrowed[narrowed.index(widest)] -= 1
    return narrowed


def _folded(text: str, width: int) -> list[str]:
    safe = line(text)
    return [safe] if display_width(safe) <= width else wrap(text, width)


def _row_lines(
    cells: Iterable[Sequence[str]], styles: Sequence[str], widths: Sequence[int]
) -> Iterator[str]:
    """Yield the lines of a row; only the words of a cell have its style."""
    for texts in zip_longest(*cells, fillvalue=""):
        padded = (
            _styled(text, style) + _spaces(text, width)
            for text, style, width in zip(texts, styles, widths, strict=True)
        )
        yield _GAP.join(padded).rstrip()


def _text_and_style(cell: TableCell, *, plain: bool) -> tuple[str, str]:
    if isinstance(cell, str):
        return cell, ""
    return cell.text, "" if plain else _style_of(cell.tone)


def _style_of(tone: Tone) -> str:
    """Return the style of a tone; of 16 colours every one is the theme's, so none is used."""
    if tone not in _FILLS:
        return _STYLES[tone]
    return _FILLS[tone] if _has_256_colours() else _BOLD_REVERSE


def _has_256_colours() -> bool:
    if sys.platform == "win32" or os.environ.get("COLORTERM") in ("truecolor", "24bit"):
        return True
    return os.environ.get("TERM", "").endswith(("256color", "kitty"))


def _styled(text: str, style: str) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if text and style else text


def _spaces(text: str, width: int) -> str:
    """Return the spaces that fill the rest of this width after a text."""
    return " " * (width - display_width(text))
