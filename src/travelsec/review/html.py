"""Write a review as a self-contained HTML file: a table of all reports, then each in words."""

from __future__ import annotations

from typing import TextIO

from travelsec.document import ListItem
from travelsec.html import page
from travelsec.review import outline
from travelsec.review.output import DEFAULT_LIMIT, Output, labels
from travelsec.wording import show_date


def write(output: Output, sink: TextIO) -> None:
    """Write a page that runs and loads nothing, with every text escaped."""
    rows, day, totals = output.worst(DEFAULT_LIMIT), output.day, output.totals
    details = outline.details(rows, labels(output.pack))
    html = page(
        "travelsec.review",
        "review.html.j2",
        title=f"Review of travel security reports for {show_date(day)}",
        summary=list(outline.summary(totals, len(rows), day, output.not_covered))[1:],
        columns=(*outline.COLUMNS, outline.FILE),
        rows=tuple(outline.rows(rows, with_files=True)),
        entries=[block for block in details if isinstance(block, ListItem)],
        bounds=outline.BOUNDS,
    )
    sink.buffer.write(html.encode())
