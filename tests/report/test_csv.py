"""CSV: one row for each item, and no cell that a spreadsheet would execute."""

from __future__ import annotations

import csv
import io

import msgspec
import pytest
from hypothesis import given

from tests.hostile import texts
from tests.report import samples
from tests.report.test_markdown import hostile
from travelsec.pack.model import Pack
from travelsec.report.csv import render
from travelsec.report.model import FactData, Report
from travelsec.safe_text import cell


def rows(report: Report) -> list[dict[str, str]]:
    """Return the rows as a reader of CSV gets them, by column."""
    return list(csv.DictReader(io.StringIO(render(report), newline="")))


def test_each_item_has_a_row(report: Report) -> None:
    """Also those for the return, whatever their status; the header names the columns."""
    found = rows(report)
    assert [row["id"] for row in found] == [f"overseas.{name}" for name in samples.EVERYTHING]
    assert {row["status"] for row in found} == {
        *("done", "todo", "declined", "not-applicable", "unanswered")
    }
    assert found[4] == {
        "report": samples.REPORT_ID,
        "trip": samples.TRIP_ID,
        "name": "Lisbon 2026-12-01",
        "traveller": "A. Smith",
        "destination": "Lisbon",
        "departs": "2026-12-01",
        "returns": "2026-12-05",
        "as_of": "2026-11-24",
        "verdict": "not-ready",
        "id": "overseas.seals",
        "checklist": "overseas",
        "section": "packing",
        "phase": "before",
        "level": "should",
        "label": "Pack envelopes",
        "do": "Pack sealed envelopes for Laptop and Phone.",
        "status": "declined",
        "reason": "There are none left.",
        "note": "",
        "due": "2026-11-30",
        "deadline": "",
        "ask": "",
        "cites": "page/carry/letter",
        "how": "script",
    }


def test_lines_end_as_the_standard_has_it(report: Report) -> None:
    """With CR and LF, even the last."""
    lines = render(report).split("\r\n")
    assert lines[-1] == ""
    assert len(lines) == len(samples.EVERYTHING) + 2
    assert not [line for line in lines if "\n" in line or "\r" in line]


def test_what_is_not_known_is_an_empty_cell(pack: Pack) -> None:
    """No date, no name, no answer: nothing is made up."""
    first = rows(samples.make(pack, {"abroad": "yes"}, {}))[0]
    empty = {name for name, value in first.items() if not value}
    facts = {"traveller", "destination", "departs", "returns"}
    assert empty == {*facts, "reason", "note", "due", "deadline", "ask", "how"}


def test_sources_share_a_cell(report: Report) -> None:
    """With spaces between, which no path has."""
    cites = ("page/carry/bag", "page/carry/letter")
    items = tuple(msgspec.structs.replace(one, cites=cites) for one in report.items)
    row = rows(msgspec.structs.replace(report, items=items))[0]
    assert row["cites"] == "page/carry/bag page/carry/letter"


@pytest.mark.parametrize("fact", [True, 7, [], ["a", "b"], [{"name": "=1+1"}], "=1+1"])
def test_facts_of_any_type_are_written(report: Report, fact: FactData) -> None:
    """An untrusted report can have numbers and lists where names and dates should be."""
    names = ("traveller", "destination", "departs", "returns")
    trip = msgspec.structs.replace(report.trip, facts=dict.fromkeys(names, fact))
    row = rows(msgspec.structs.replace(report, trip=trip))[0]
    assert {row[name] for name in names} == {cell(str(fact))}


@given(texts())
def test_hostile_texts_stay_in_their_cells(pack: Pack, given: str) -> None:
    """Each row has all columns, and each text is as `safe_text.cell` returns it."""
    report = hostile(pack, given)
    found = list(csv.reader(io.StringIO(render(report), newline="")))
    assert {len(row) for row in found} == {len(found[0])}
    assert len(found) == len(report.items) + 1
    shown = cell(given)
    for row in rows(report):
        for name in ("name", "traveller", "departs", "id", "label", "do", "reason", "note"):
            assert row[name] == shown
