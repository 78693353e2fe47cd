"""Write a report as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from travelsec.document import Block, Heading, ListItem, Pairs, Paragraph
from travelsec.report.model import Report
from travelsec.report.outline import outline
from travelsec.safe_text import markdown as safe


def render(report: Report) -> str:
    """Return the report as CommonMark with the ticks of task lists."""
    return "\n".join(_lines(outline(report))) + "\n"


def _lines(blocks: Iterator[Block]) -> Iterator[str]:
    before: type | None = None
    for block in blocks:
        if before is not None and not (before is ListItem and isinstance(block, ListItem)):
            yield ""
        before = type(block)
        match block:
            case Heading(level, text):
                yield f"{'#' * level} {safe(text)}"
            case Paragraph(text, tone):
                yield _bold(text) if tone in ("good", "bad") else safe(text)
            case Pairs(rows):
                for name, value in rows:
                    yield f"- {safe(name)}{'' if name.endswith('?') else ':'} {_bold(value)}"
            case ListItem(ticked, head):
                box = {True: "[x] ", False: "[ ] ", None: ""}[ticked]
                # Two trailing spaces break the line in every renderer.
                yield "  \n".join(
                    [f"- {box}{safe(head)}", *(f"  {safe(text)}" for text in block.below)]
                )


def _bold(text: str) -> str:
    # Four stars in a row would be a rule.
    return f"**{safe(text)}**" if safe(text) else ""
