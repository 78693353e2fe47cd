"""Write a report as CSV: one row for every item."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from travelsec.report.model import Report, ReportItem
from travelsec.safe_text import cell

ITEM_COLUMNS = (
    *("report", "trip", "name", "traveller", "destination", "departs", "returns"),
    *("as_of", "verdict", "id", "checklist", "section", "phase", "level", "label", "do"),
    *("status", "reason", "note", "due", "deadline", "ask", "cites", "how"),
)
"""The header. Each row names its report and trip, so that many reports can share a table."""


def render(report: Report) -> str:
    """Return the report as CSV, with the line ends of RFC 4180 and dates in ISO 8601."""
    facts = report.trip.facts
    about = (
        *(report.id, report.trip.id, report.trip.name),
        # An untrusted report can hold anything here, or nothing.
        *(str(facts.get(name, "")) for name in ("traveller", "destination", "departs", "returns")),
        *(report.as_of.isoformat(), report.readiness.verdict),
    )
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(ITEM_COLUMNS)
    for item in report.items:
        writer.writerow([cell(text) for text in (*about, *_about_item(item))])
    return stream.getvalue()


def _about_item(item: ReportItem) -> Iterator[str]:
    yield from (item.id, item.checklist, item.section, item.phase, item.level)
    yield from (item.label, item.do, item.status, item.reason, item.note)
    for day in (item.due, item.deadline):
        yield day.isoformat() if day else ""
    yield item.ask
    yield " ".join(item.cites)
    yield item.how or ""
