"""The formats a report can be written in."""

from __future__ import annotations

from travelsec.formats import Formats

FORMATS = Formats(
    {
        "json": "travelsec.report.json",
        "md": "travelsec.report.markdown",
        "html": "travelsec.report.html",
        "pdf": "travelsec.report.pdf",
        "csv": "travelsec.report.csv",
        "ics": "travelsec.report.ics",
        "txt": "travelsec.report.text",
    }
)
