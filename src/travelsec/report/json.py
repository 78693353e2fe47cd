"""Write a report as JSON, indented for reading."""

from __future__ import annotations

import msgspec

from travelsec.report.model import Report
from travelsec.safe_text import json_bytes


def render(report: Report) -> bytes:
    """Return the report as indented JSON; the digest covers the canonical form of the data."""
    return json_bytes(msgspec.json.format(msgspec.json.encode(report), indent=2)) + b"\n"
