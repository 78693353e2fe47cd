"""Reports of commands and of stored trips."""

from __future__ import annotations

import datetime

import pytest

from tests.report import samples
from travelsec.cli.build_report import make, make_stored
from travelsec.pack.load import load
from travelsec.trip.answers import Answers
from travelsec.trip.facts import Facts
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
