"""Write a report as PDF, from its HTML."""

from __future__ import annotations

from travelsec.pdf import check, from_html
from travelsec.report import html
from travelsec.report.model import Report

__all__ = ["check", "render"]


def render(report: Report) -> bytes:
    """Return the report as a PDF that screen readers can follow.

    Raises:
        UserError: what makes PDF is not installed.
    """
    return from_html(html.render(report))
