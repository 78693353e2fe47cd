"""Draw documents in a terminal: titles with rules, fills for what is urgent, values in columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec.structs import replace

from travelsec.columns import named_values, spaces
from travelsec.document import (
    MAX_WIDTH,
    Block,
    Heading,
    ListItem,
    Pairs,
    Paragraph,
    block_lines,
    display_width,
    label_of_pair,
    spaced,
    wrap,
)
from travelsec.safe_text import line
from travelsec.tones import BOLD, DIM, FILLS, style_of, styled

_ITEM_MARK = re.compile(r" *(?P<mark>\[[x ]\]| - | \d+\. )")
_NAMES_WIDTH = 24
"""Names up to this length get a column of their own."""
_LEAST_BESIDE = 16
"""They do so only if this much of the window is left for a colon, the gap and the values."""


def document_lines(blocks: Iterable[Block], width: int, *, whole_words: bool) -> Iterator[str]:
    """Yield the lines of a document at this width. `whole_words` never breaks a long id."""
    for block in _set_apart(blocks):
        yield from _drawn(block, min(width, MAX_WIDTH), whole_words=whole_words)


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
            yield f"{styled(title, BOLD)} {styled(rule, DIM)}"
        case Paragraph(text, tone) if tone in FILLS:
            for row in wrap(text, width - 2):
                yield styled(f" {row}{spaces(row, width - 2)} ", style_of(tone))
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
    is_urgent = isinstance(block, ListItem) and block.tone in FILLS
    for text, tone in block_lines(block, width, whole_words=whole_words):
        # A fill is for the mark alone; the words beside it are bold.
        style = BOLD if tone is None or tone in FILLS else style_of(tone)
        mark = _ITEM_MARK.match(text) if is_urgent else None
        if mark is None or tone is None:
            yield styled(text, style)
            continue
        begin, end = mark.span("mark")
        is_urgent = False
        yield text[:begin] + styled(text[begin:end], style_of(tone)) + styled(text[end:], style)


def _has_columns(rows: Iterable[tuple[str, str]], width: int) -> bool:
    """Return whether names are short enough, and the width large enough, for two columns."""
    longest = max(display_width(line(name)) for name, _ in rows)
    return longest <= min(_NAMES_WIDTH, width - _LEAST_BESIDE)


def _in_columns(rows: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    names, values = zip(*rows, strict=True)
    return named_values([line(label_of_pair(name)) for name in names], values, width)
