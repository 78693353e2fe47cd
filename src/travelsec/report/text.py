"""A report as plain text, wrapped to a width."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from travelsec.report.model import Report
from travelsec.report.outline import Block, Entry, Heading, Pairs, Paragraph, Tone, outline
from travelsec.safe_text import line

WIDTH = 80
MAX_WIDTH = 100
"""Lines longer than this are hard to read, however wide the window is."""


def render(report: Report) -> str:
    """Return the report as text of 80 columns."""
    return "".join(f"{text}\n" for text, _ in lines(outline(report), WIDTH))


def lines(blocks: Iterator[Block], width: int) -> Iterator[tuple[str, Tone | None]]:
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
                box = "[x]" if ticked else "[ ]"
                yield from _wrap(f"{box} {head}", width, tone, hang=4)
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
