"""The answers restored from a report."""

from __future__ import annotations

import msgspec

from travelsec.pack.load import load
from travelsec.pack.model import Pack
from travelsec.question_types import NONE
from travelsec.report.model import FactData, Report
from travelsec.report.restore import MAX_MEMBERS, FactReader, restore_answers, restore_facts
from travelsec.trip.answers import item_names


def test_facts_and_statuses_come_back(report: Report, pack: Pack) -> None:
    """With their reasons; an item without an answer gives none."""
    answers, notices = restore_answers(report, pack, item_names(pack))
    assert notices == []
    assert answers.facts["destination"] == report.trip.facts["destination"]
    answered = {item.id: item for item in report.items if item.status != "unanswered"}
    assert set(answers.statuses) == set(answered)
    for name, status in answers.statuses.items():
        assert (status.status, status.reason) == (answered[name].status, answered[name].reason)


def test_a_fact_that_no_longer_fits_is_left_out_with_a_notice(report: Report, pack: Pack) -> None:
    """An unknown fact is left out without one."""
    facts = {**report.trip.facts, "departs": "soon", "unheard_of": "x"}
    changed = msgspec.structs.replace(
        report, trip=msgspec.structs.replace(report.trip, facts=facts)
    )
    answers, notices = restore_answers(changed, pack, item_names(pack))
    assert not {"departs", "unheard_of"} & set(answers.facts)
    assert [notice.partition(":")[0] for notice in notices] == ["departs is left out"]


def test_a_lasting_arrangement_of_0_2_0_comes_back(report: Report) -> None:
    """Then it was a fact of its own; now it is the answer about the departure."""
    facts: dict[str, FactData] = {"abroad": False, "open_ended": True, "service_desk": "digital"}
    trip = msgspec.structs.replace(report.trip, facts=facts)
    old = msgspec.structs.replace(report, trip=trip)
    found, notices = restore_facts(old, load())
    assert (found, notices) == ({"abroad": False, "departs": NONE}, [])


def test_only_short_lists_are_remembered(report: Report, pack: Pack) -> None:
    """A stranger can make any number of reports, each with a million choices."""
    reader = FactReader(pack)

    def devices(number: int) -> object:
        facts: dict[str, FactData] = {"devices": ["laptop"] * number}
        trip = msgspec.structs.replace(report.trip, facts=facts)
        found, notices = reader.restore(msgspec.structs.replace(report, trip=trip))
        assert notices == []
        return found["devices"]

    assert devices(MAX_MEMBERS) is devices(MAX_MEMBERS)
    assert devices(MAX_MEMBERS + 1) == devices(1)
    assert devices(MAX_MEMBERS + 1) is not devices(MAX_MEMBERS + 1)
