"""The words of a report have a version, so that `review` compares only what it can."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import msgspec
import pytest

from travelsec.report import html
from travelsec.report.model import NAME, WORDS, Report, Tool, canonical, digest
from travelsec.report.read import parse_report

RECORD = Path(__file__).parent / "golden" / "words.json"
"""The fingerprint of each number of the words. A number that was released is never changed."""


@pytest.mark.golden
def test_other_words_have_another_version(report: Report) -> None:
    """What `review` compares, rendered from a fixed pack, belongs to this number."""
    made = msgspec.structs.replace(report, tool=Tool(NAME, "1.2.3"))
    compared = canonical(made) + html.render(made).encode()
    fingerprint = hashlib.sha256(compared).hexdigest()[:16]
    known = json.loads(RECORD.read_text(encoding="utf-8"))
    if os.environ.get("UPDATE_GOLDEN") and str(WORDS) not in known:
        known[str(WORDS)] = fingerprint
        RECORD.write_text(f"{json.dumps(known, indent=2)}\n", encoding="utf-8")
    assert known.get(str(WORDS)) == fingerprint, (
        "The words of reports, or the page around them, have changed: raise WORDS in "
        "src/travelsec/report/model.py, unless that was done since the last release; take its "
        "number out of golden/words.json, and run make golden."
    )


def test_a_report_without_a_number_still_has_its_digest(report: Report) -> None:
    """0.2.0 wrote no number; the digests of its reports still match."""
    old = msgspec.structs.replace(report, tool=Tool(NAME, "0.2.0"), digest="")
    data = msgspec.json.encode(msgspec.structs.replace(old, digest=digest(old)))
    assert b'"words"' not in data
    assert parse_report(data).fits
