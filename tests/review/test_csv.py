"""Reviewed reports as CSV."""

from __future__ import annotations

import csv as csv_reader
import io

from hypothesis import example, given

from tests.hostile import texts
from tests.review.reports import FULL, hostile, output_of, written
from travelsec.pack.model import Pack
from travelsec.review import csv
from travelsec.review.model import Reviewed
from travelsec.safe_text import cell


def test_csv_has_a_row_for_each_report(pack: Pack) -> None:
    """Its header names the columns."""
    output = output_of(pack, [FULL, Reviewed("x", unread="No.")])
    rows = list(csv_reader.DictReader(io.StringIO(written(csv.write, output), newline="")))
    assert rows[0] == {
        "path": "in/r.json",
        "unread": "",
        "attention": "1",
        "verdict": "not-ready",
        "stated": "ready",
        "holds": "true",
        "newest": "true",
        "traveller": "A. Smith",
        "destination": "Lisbon",
        "departs": "2026-12-01",
        "returns": "2026-12-05",
        "as_of": "2026-11-24",
        "created": "2026-11-24T08:30:05Z",
        "open_must": "a.b",
        "open": "a.b a.c",
        "waived": "a.w: No hotel.",
        "declined": "a.c: No time.",
        "differs": "lowered waived",
        "decision": "approved",
        "decided_by": "Jo Day",
        "decided_at": "2026-11-25T09:00:01Z",
        "decision_void": "true",
        "comment": "Go!",
        "since_decision": "returned",
        "since_by": "Al Fox",
        "since_at": "2026-11-23T09:00:01Z",
        "since_path": "in/old.json",
        "since": "1 must reopened; return 4 days later",
        "trip": "Lisbon",
        "trip_id": "7",
        "report": "9",
    }
    assert (rows[1]["unread"], rows[1]["decision_void"], rows[1]["holds"]) == ("No.", "", "false")


@example("=1+1")
@example("\x7f")
@given(texts())
def test_hostile_texts_do_nothing(text: str) -> None:
    """No spreadsheet takes one for a formula."""
    cells = next(csv_reader.reader([csv.csv_row(hostile(text))]))
    assert dict(zip(csv.REPORT_COLUMNS, cells, strict=True))["comment"] == cell(text)
    assert cells == [cell(shown) for shown in cells]
