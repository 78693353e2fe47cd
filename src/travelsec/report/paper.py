"""Lay out a report for paper, as the HTML that its PDF is made from."""

from __future__ import annotations

from itertools import groupby

from travelsec.document import Block, Heading
from travelsec.html import page
from travelsec.problems import brief
from travelsec.report import outline
from travelsec.report.model import Report
from travelsec.wording import show_iso


def render(report: Report) -> str:
    """Return the report in two columns, with what its text has and in the same order.

    It leaves out what paper has no use for: the data, and the draft of an e-mail.
    """
    blocks = list(outline.outline(report))[1:]
    first = next(number for number, block in enumerate(blocks) if isinstance(block, Heading))
    return page(
        "travelsec.report",
        "paper.html.j2",
        title=outline.title(report),
        # The foot of a page has one line.
        short=brief(report.trip.name),
        traveller=report.trip.text("traveller"),
        made=show_iso(report.created),
        scripted=outline.scripted(report),
        head=_grouped(blocks[:first]),
        rest=_grouped(blocks[first:]),
    )


def _grouped(blocks: list[Block]) -> list[tuple[str, list[Block]]]:
    """Put blocks of a kind that follow each other together: items as one list."""
    kinds = groupby(blocks, lambda block: type(block).__name__)
    return [(kind, list(group)) for kind, group in kinds]
