"""A report as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from travelsec.document import Block, Entry, Heading, Pairs, Paragraph
from travelsec.report.model import Report
from travelsec.report.outline import outline
from travelsec.safe_text import markdown as safe


def render(report: Report) -> str:
    """Return the report as CommonMark; ticks are written as task lists write them."""
    return "\n".join(_lines(outline(report))) + "\n"


def _lines(blocks: Iterator[Block]) -> Iterator[str]:
    before: type | None = None
    for block in blocks:
        if before is not None and not (before is Entry and isinstance(block, Entry)):
            yield ""
        before = type(block)
        match block:
            case Heading(level, text):
                yield f"{'#' * level} {safe(text)}"
            case Paragraph(text, tone):
                yield f"**{safe(text)}**" if tone in ("good", "bad") else safe(text)
            case Pairs(rows):
                for name, value in rows:
                    yield f"- {safe(name)}{'' if name.endswith('?') else ':'} **{safe(value)}**"
            case Entry(ticked, head, _, body):
                box = {True: "[x] ", False: "[ ] ", None: ""}[ticked]
                yield f"- {box}{safe(head)}"
                for text in body:
                    yield f"  {safe(text)}  "
