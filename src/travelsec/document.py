"""A document for people, as blocks, and its plain text wrapped to a width."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, TypeAlias

from travelsec.safe_text import line

Tone = Literal["plain", "good", "attention", "bad", "quiet"]


class Heading(NamedTuple):
    """A heading; level 1 is the report's own."""

    level: int
    text: str


class Paragraph(NamedTuple):
    """A sentence or two on their own."""

    text: str
    tone: Tone = "plain"


class Pairs(NamedTuple):
    """Names with what belongs to them."""

    rows: tuple[tuple[str, str], ...]


class Entry(NamedTuple):
    """An item: ticked, not ticked or not to tick; its first line, and what stands below it."""

    ticked: bool | None
    head: str
    tone: Tone
    body: tuple[str, ...] = ()


Block: TypeAlias = Heading | Paragraph | Pairs | Entry

MAX_WIDTH = 100
"""Lines longer than this are hard to read, however wide the window is."""


def lines(blocks: Iterable[Block], width: int) -> Iterator[tuple[str, Tone | None]]:
    """Yield the lines of the blocks, each with its tone; headings have the tone None."""
    width = max(min(width, MAX_WIDTH), 20)
    first = True
    for block in blocks:
        match block:
            case Heading(level, text):
                if not first:
                    yield "", "plain"
                yield from _wrap(text if level != 2 else text.upper(), width, None)
            case Paragraph(text, tone):
                yield from _wrap(text, width, tone)
            case Pairs(rows):
                for name, value in rows:
                    mark = "" if name.endswith("?") else ":"
                    yield from _wrap(f"{name}{mark} {value}", width, "plain", hang=2)
            case Entry(ticked, head, tone, body):
                box = {True: "[x] ", False: "[ ] ", None: "  - "}[ticked]
                yield from _wrap(f"{box}{head}", width, tone, hang=4)
                for text in body:
                    yield from _wrap(text, width, "quiet", indent=4, hang=4)
        first = False


def _wrap(
    text: str, width: int, tone: Tone | None, *, indent: int = 0, hang: int = 0
) -> Iterator[tuple[str, Tone | None]]:
    wrapped = textwrap.wrap(
        line(text),
        width,
        initial_indent=" " * indent,
        subsequent_indent=" " * hang,
        break_on_hyphens=False,
    )
    for part in wrapped:
        yield part, tone
