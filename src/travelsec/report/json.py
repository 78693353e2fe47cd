"""Write a report as JSON, indented for reading."""

from __future__ import annotations

from travelsec.report import write_json
from travelsec.report.model import Report


def render(report: Report) -> bytes:
    """Return the report as indented JSON; the digest covers the canonical form of the data."""
    return write_json.indented(report) + b"\n"
