"""Embed a report's JSON in its HTML page, so that one attachment is enough."""

from __future__ import annotations

import re

import msgspec

from travelsec.problems import UserError
from travelsec.report.model import Report
from travelsec.safe_text import json_bytes

OPENING = '<script type="application/json" id="travelsec-report">'
CLOSING = "</script>"
_REVIEW_TITLE = b"<title>Review of travel security reports"
_SCRIPT = re.compile(rb"<script", re.IGNORECASE)
# JSON has these only inside texts. Escaped, they cannot end the data block or begin a tag.
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def embed(report: Report) -> str:
    """Return the report as a data block of HTML: JSON that browsers do not run."""
    data = json_bytes(msgspec.json.encode(report)).decode()
    return f"{OPENING}{data.translate(_ESCAPES)}{CLOSING}"


def extract(page: bytes) -> bytes:
    """Return the JSON embedded in a page.

    Raises:
        UserError: the page has no data block, or several, so that it is unclear which counts.
    """
    blocks = _SCRIPT.findall(page)
    if len(blocks) > 1:
        raise UserError("this page carries more than one data block, or a script; a report has one")
    if not blocks and _REVIEW_TITLE in page:
        raise UserError("this page is a review of reports, not a report: keep it elsewhere")
    before, _, script = page.partition(OPENING.encode())
    data, closing, _ = script.partition(CLOSING.encode())
    if before.rfind(b"<!--") > before.rfind(b"-->"):
        raise UserError("the data block of this page is in a comment: ask for the original file")
    if not closing:
        raise UserError("this page holds no travelsec report")
    return data
