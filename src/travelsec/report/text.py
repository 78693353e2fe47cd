"""Write a report as plain text, 80 columns wide."""

from __future__ import annotations

from travelsec.document import text_lines
from travelsec.report.model import Report
from travelsec.report.outline import outline

REPORT_WIDTH = 80


def render(report: Report) -> str:
    """Return the report as plain text."""
    return "".join(f"{text}\n" for text, _ in text_lines(outline(report), REPORT_WIDTH))
