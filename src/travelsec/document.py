"""Documents for people, made of blocks, and their plain text wrapped to a width."""

from __future__ import annotations

import functools
import re
import textwrap
from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from msgspec import Struct

from travelsec.safe_text import line

Tone = Literal["plain", "strong", "good", "attention", "bad", "quiet"]


class Heading(Struct, frozen=True):
    """A heading; level 1 is the title."""

    level: int
    text: str


class Paragraph(Struct, frozen=True):
    """A sentence or two."""

    text: str
    tone: Tone = "plain"


class Pairs(Struct, frozen=True):
    """Names with their values."""

    rows: tuple[tuple[str, str], ...]


class ListItem(Struct, frozen=True):
    """A list item: ticked, unticked or without a box, with a first line and lines below it.

    The lines are those of `rows`, names with their values, then those of `body`.
    """

    ticked: bool | None
    head: str
    tone: Tone
    body: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()

    @property
    def below(self) -> tuple[str, ...]:
        """The texts below the first line."""
        return (*(f"{name}: {value}" for name, value in self.rows), *self.body)


Block: TypeAlias = Heading | Paragraph | Pairs | ListItem

MAX_WIDTH = 100
"""Longer lines are hard to read, however wide the window is."""

# ASCII, the letters of western Europe, and typographic dashes and quotes.
_NARROW = "[\x20-\x7e\u00a0-\u024f\u2010-\u2027\u2030-\u205e]*"


def text_lines(
    blocks: Iterable[Block], width: int, *, whole_words: bool = False
) -> Iterator[tuple[str, Tone | None]]:
    """Yield the lines of the blocks, each with its tone; headings have the tone None.

    `whole_words` keeps words longer than a line whole: they may be ids to copy.
    """
    for block in spaced(blocks):
        if block is None:
            yield "", "plain"
        else:
            yield from block_lines(block, width, whole_words=whole_words)


def spaced(blocks: Iterable[Block]) -> Iterator[Block | None]:
    """Yield the blocks, and None for each empty line between them."""
    before: Block | None = None
    for block in blocks:
        if before is not None and _is_apart(before, block):
            yield None
        before = block
        yield block


def block_lines(
    block: Block, width: int, *, whole_words: bool = False
) -> Iterator[tuple[str, Tone | None]]:
    """Yield the lines of one block, as `text_lines` does."""
    wrap_in = functools.partial(wrap, width=max(min(width, MAX_WIDTH), 20), whole_words=whole_words)
    match block:
        case Heading(level, text):
            yield from _toned(wrap_in(text if level != 2 else text.upper()), None)
        case Paragraph(text, tone):
            yield from _toned(wrap_in(text), tone)
        case Pairs(rows):
            for name, value in rows:
                yield from _toned(wrap_in(f"{label_of_pair(name)} {value}", hang=2), "plain")
        case ListItem(ticked, head, tone):
            box = {True: "[x] ", False: "[ ] ", None: "  - "}[ticked]
            # A step has its own number: “  1. Stay calm”.
            box = "  " if ticked is None and head[:1].isdigit() else box
            yield from _toned(wrap_in(f"{box}{head}", hang=4), tone)
            for text in block.below:
                yield from _toned(wrap_in(text, indent=4, hang=4), "plain")


def wrap(
    text: str, width: int, *, indent: int = 0, hang: int = 0, whole_words: bool = False
) -> list[str]:
    """Return the lines of a text, made safe; an empty text is an empty line.

    Args:
        text: any text.
        width: the most columns of a line.
        indent: the columns before the first line.
        hang: the columns before each other line.
        whole_words: keep words longer than a line whole.
    """
    safe = line(text)
    wrapped = textwrap.wrap
    if not _is_narrow(safe):
        # It knows how wide each character is. Loading it takes longer than drawing a document.
        import wcwidth

        wrapped = wcwidth.wrap
    rows = wrapped(
        safe,
        max(width, indent + 1, hang + 1),
        initial_indent=" " * indent,
        subsequent_indent=" " * hang,
        break_on_hyphens=False,
        break_long_words=not whole_words,
    )
    return rows or [""]


def display_width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    if _is_narrow(text):
        return len(text)
    import wcwidth

    return wcwidth.width(text)


def label_of_pair(name: str) -> str:
    """Return the label shown before a value; a question has its own mark."""
    return name if name.endswith("?") else f"{name}:"


def _is_apart(before: Block, block: Block) -> bool:
    """Return whether an empty line separates two blocks."""
    if isinstance(before, Heading) and before.level > 1:
        return isinstance(block, Heading)
    return isinstance(before, Heading | Pairs) or isinstance(block, Heading | Pairs)


def _toned(lines: Iterable[str], tone: Tone | None) -> Iterator[tuple[str, Tone | None]]:
    return ((text, tone) for text in lines)


def _is_narrow(text: str) -> bool:
    """Return whether a quick look shows that each character takes one column."""
    return text.isascii() or bool(re.fullmatch(_NARROW, text))
