"""Which trips a new pack changes, and what of each."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.report import samples
from tests.review.reports import NEW_ITEM, received, with_facts
from travelsec.changes.compare import compare
from travelsec.changes.model import TripChange
from travelsec.changes.trips import TripComparison
from travelsec.pack.model import Pack
from travelsec.report.model import Report

Edit = tuple[str, str]

SEAT = ("questions:\n", "questions:\n  - {id: seat, ask: Which seat?, type: text}\n")


def edited(folder: Path, *replacements: Edit) -> Pack:
    """Load the small pack with texts in it replaced."""
    return samples.read_pack(folder, *replacements)


@pytest.fixture
def old(tmp_path: Path) -> Pack:
    """The pack as it was."""
    return samples.read_pack(tmp_path)


def told(
    old: Pack, new: Pack, report: Report | None = None, today: datetime.date = samples.TODAY
) -> TripChange:
    """Compare what both packs make of a report, by default one made with the old pack."""
    comparison = TripComparison(old, new, compare(old, new), today)
    return comparison.compare("r.json", received(report or samples.make(old)))


def items(change: TripChange) -> dict[str, tuple[str, ...]]:
    """Return what changed of each item, without its checklist."""
    return {one.id.partition(".")[2]: one.changes for one in change.items}


def test_a_report_that_nothing_changes_says_so(old: Pack, tmp_path: Path) -> None:
    """An item for others is nothing to it."""
    boat = (
        "        - {id: boat, label: On a boat, level: must, do: Float., when: {abroad: false},\n"
        "           cites: [page/carry/bag]}\n    - id: underway\n"
    )
    other = edited(tmp_path, ("    - id: underway\n", boat))
    assert len(compare(old, other)) == 1
    change = told(old, other)
    assert (change.is_empty, change.again, change.made_with) == (True, False, "old")


@pytest.mark.parametrize(
    ("edit", "item", "changes"),
    [
        (NEW_ITEM, "locks", ("new",)),
        (("envelopes, level: should", "envelopes, level: must"), "seals", ("raised",)),
        (("do: I avoid public wifi.", "do: I never use public wifi."), "wifi", ("reworded",)),
        (("due: 10 days before", "due: 12 days before"), "letter", ("due",)),
        (("do: Think about", "phase: away, do: Think about"), "consider-bag", ("phase",)),
        (("{id: passwords,", "{id: secrets,"), "secrets", ("new",)),
    ],
)
def test_what_is_more_for_the_traveller_is_gone_through_again(
    edit: Edit, item: str, changes: tuple[str, ...], old: Pack, tmp_path: Path
) -> None:
    """New, raised, reworded, or for another day."""
    change = told(old, edited(tmp_path, edit))
    assert items(change) == {item: changes}
    assert change.again


def test_what_is_less_is_told_and_no_work(old: Pack, tmp_path: Path) -> None:
    """Lowered, or no longer for this trip."""
    lowered = edited(
        tmp_path, ("level: must,\n           do: Get", "level: should,\n           do: Get")
    )
    change = told(old, lowered)
    assert (items(change), change.again) == ({"letter": ("lowered",)}, False)
    fewer = edited(tmp_path, ("do: Keep every", "when: {abroad: false}, do: Keep every"))
    change = told(old, fewer)
    assert [one.id for one in change.gone] == ["overseas.passwords"]
    assert (change.is_empty, change.again) == (False, False)


def test_the_status_and_the_changed_words_stand_with_an_item(old: Pack, tmp_path: Path) -> None:
    """Under its new id, which names the former one."""
    renamed = ("{id: passwords,", "{id: secrets, formerly: [passwords],")
    new = edited(tmp_path, renamed, ("do: Keep every password", "do: Keep each password"))
    (item,) = told(old, new).items
    assert (item.id, item.status, item.changes) == ("overseas.secrets", "done", ("reworded",))
    assert [one.text for one in item.edits if one.change != "kept"] == ["every", "each"]


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (SEAT, ("seat", "new")),
        (("phone: Phone}", "phone: Phone, watch: Watch}"), ("devices", "changed")),
        (("tablet: Tablet, phone: Phone", "tablet: Tablet"), ("devices", "misfit")),
    ],
)
def test_what_must_be_asked_again(
    edit: Edit, expected: tuple[str, str], old: Pack, tmp_path: Path
) -> None:
    """New for the trip, changed, or answered in a way that no longer fits."""
    change = told(old, edited(tmp_path, edit))
    assert [(one.fact, one.change) for one in change.questions] == [expected]
    assert change.again


def test_a_question_is_told_as_it_is_asked(old: Pack, tmp_path: Path) -> None:
    """With the answers filled in."""
    edit = (SEAT[0], SEAT[1].replace("Which seat?", "Which seat to $destination?"))
    (question,) = told(old, edited(tmp_path, edit)).questions
    assert question.ask == "Which seat to Lisbon?"


@pytest.mark.parametrize(
    "edit",
    [
        ("questions:\n", "questions:\n  - {id: seat, ask: Which?, type: people, private: true}\n"),
        ("questions:\n", "questions:\n  - {id: seat, ask: Which?, type: text, phase: back}\n"),
        (
            "questions:\n",
            "questions:\n  - {id: seat, ask: Q?, type: text, when: {abroad: false}}\n",
        ),
        ("ask: How many envelopes do you have?", "ask: How many envelopes?"),
        (
            "questions:\n",
            "questions:\n  - {id: seat, ask: Q?, type: number, default: $device_kinds}\n",
        ),
    ],
)
def test_what_need_not_be_asked_now(edit: Edit, old: Pack, tmp_path: Path) -> None:
    """It is private, for later, for others, was open anyway, or follows from other answers."""
    change = told(old, edited(tmp_path, edit))
    assert (change.questions, change.again) == ((), False)


def test_an_answer_that_fitted_neither_pack_is_no_change(old: Pack, tmp_path: Path) -> None:
    """Review tells it."""
    report = with_facts(samples.make(old), devices=["watch"])
    change = told(old, edited(tmp_path, ("phone: Phone}", "phone: Smartphone}")), report)
    assert change.questions == ()


def test_a_trip_that_is_over_is_left_alone(old: Pack, tmp_path: Path) -> None:
    """From the day after the return."""
    new = edited(tmp_path, NEW_ITEM)
    last = datetime.date(2026, 12, 5)
    for today, over in ((last, False), (last + datetime.timedelta(days=1), True)):
        change = told(old, new, today=today)
        assert (change.over, change.again, len(change.items)) == (over, not over, 1)


def test_a_report_of_the_new_packs_was_gone_through(old: Pack, tmp_path: Path) -> None:
    """One of other packs is named, and compared."""
    new = edited(tmp_path, NEW_ITEM)
    change = told(old, new, samples.make(new))
    assert (change.made_with, change.again) == ("new", False)
    other = edited(tmp_path, ('version: "2.1"', 'version: "2.0"'))
    change = told(old, new, samples.make(other))
    assert (change.made_with, change.again) == ("other", True)


def test_a_report_that_does_not_match_its_digest_is_marked(old: Pack) -> None:
    """Its answers count anyway: nothing is decided here."""
    report: Any = with_facts(samples.make(old), destination="Porto")
    assert not told(old, old, report).intact
    assert told(old, old).intact
