"""A review as one self-contained HTML file: all reports in a table, then each in words."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from travelsec.document import ListItem
from travelsec.html import page
from travelsec.review import outline
from travelsec.review.model import Reviewed
from travelsec.review.priority import Totals
from travelsec.wording import show_date


def render(
    day: datetime.date,
    totals: Totals,
    reviewed: Sequence[Reviewed],
    labels: Mapping[str, str],
    not_covered: Sequence[str],
) -> str:
    """Return the review as HTML: nothing runs, nothing is loaded, every text is only text.

    Args:
        day: the day the reports were judged for.
        totals: of every report that was asked for.
        reviewed: the reports to show, in order.
        labels: of items, by full id.
        not_covered: what the packs that judge do not cover.
    """
    return page(
        "travelsec.review",
        "review.html.j2",
        title=f"Review of travel security reports for {show_date(day)}",
        summary=list(outline.summary(totals, len(reviewed), day, not_covered))[1:],
        columns=(*outline.COLUMNS, outline.FILE),
        rows=tuple(outline.rows(reviewed, with_files=True)),
        entries=[
            block for block in outline.details(reviewed, labels) if isinstance(block, ListItem)
        ],
        bounds=outline.BOUNDS,
    )
