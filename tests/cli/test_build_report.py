"""Reports of commands and of stored trips."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile import utf8_texts
from tests.report import samples
from travelsec.cli.build_report import make, make_stored
from travelsec.pack.load import load
from travelsec.problems import UserError
from travelsec.report import json as report_json
from travelsec.report.read import parse_report
from travelsec.trip.answers import Answers, AnswersReader
from travelsec.trip.facts import Facts
from travelsec.trip.statuses import WRITTEN
from travelsec.trip.stored_trip import LastSeen, RestoredTrip, StoredTrip

MOMENT = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
FACTS = Facts(load(), {"abroad": True, "devices": ("laptop",)}, MOMENT.date())


@pytest.mark.parametrize("epoch", ["", "1795000000"])
def test_ids_are_random_unless_the_same_bytes_are_wanted(
    monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    """With SOURCE_DATE_EPOCH they follow from the content."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    first, second = (make(FACTS, Answers(), MOMENT) for _ in range(2))
    assert (first == second) == bool(epoch)
    assert (first.id == second.id) == bool(epoch)
    assert (first.trip.id == second.trip.id) == bool(epoch)


def test_a_stored_trip_keeps_its_name_and_id(monkeypatch: pytest.MonkeyPatch) -> None:
    """The report is made now; it has an id of its own."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    day = MOMENT.date()
    record = StoredTrip(samples.TRIP_ID, "Rome", True, day, LastSeen(day, {}, {}))
    report = make_stored(RestoredTrip(record, Answers(), FACTS, []))
    assert (report.trip.name, report.trip.id) == ("Rome", samples.TRIP_ID)
    assert report.created == "2026-11-18T11:06:40Z"
    assert report.id != report.trip.id


def test_no_report_is_made_that_no_reader_would_take(tmp_path: Path) -> None:
    """A text of a pack can be too long once answers are filled in: the item is named."""
    named = ("do: I avoid public wifi.", f"do: {'$traveller ' * 60}")
    facts = samples.facts(
        samples.read_pack(tmp_path, named), {**samples.TRIP, "traveller": "x" * 200}
    )
    with pytest.raises(UserError, match=r"items\[8\]\.do: 12059 characters, at most 10000"):
        make(facts, Answers(how=dict.fromkeys(facts.answers, "script")), MOMENT)


TEXTS = st.one_of(
    utf8_texts(),
    st.integers(195, 205).map("ü".__mul__),
    st.integers(995, 1005).map("x".__mul__),
)


@given(
    facts=st.dictionaries(st.sampled_from(["traveller", "destination", "devices"]), TEXTS),
    reason=TEXTS,
    note=TEXTS,
    status=st.sampled_from(WRITTEN),
)
def test_whatever_answers_are_taken_their_report_is_read(
    facts: dict[str, str], reason: str, note: str, status: str
) -> None:
    """A text that a report cannot hold is a fault of the answers."""
    said = {"status": status, "reason": reason, "note": note}
    reader = AnswersReader(FACTS.pack)
    reader.read_tree(
        {"trip": {"abroad": "true", **facts}, "items": {"overseas.clear-files": said}}, "a"
    )
    if reader.problems:
        return
    known = Facts(FACTS.pack, reader.answers.facts, FACTS.today)
    made = make(known, reader.finish(known), MOMENT)
    assert parse_report(report_json.render(made)).report == made
