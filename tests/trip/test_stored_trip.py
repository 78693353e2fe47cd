"""A stored trip, read with the packs of today: what still fits, and what changed since."""

from __future__ import annotations

import datetime

import msgspec
import pytest

from tests.trip.test_selection import bundled
from travelsec.pack.model import Pack
from travelsec.question_types import NONE
from travelsec.trip.facts import Facts
from travelsec.trip.statuses import Status
from travelsec.trip.stored_trip import (
    LastSeen,
    StoredTrip,
    changes_since_seen,
    is_over,
    is_under_way,
    last_seen,
    restore_trip,
)

TODAY = datetime.date(2026, 11, 22)
DEPARTS = datetime.date(2026, 12, 1)
RETURNS = datetime.date(2026, 12, 5)


def stored(pack: Pack, **changed: object) -> StoredTrip:
    """Return a stored trip abroad that was seen today, with some fields changed."""
    seen = last_seen(Facts(pack, {"abroad": True, "departs": DEPARTS}, TODAY))
    facts = {"abroad": "true", "departs": DEPARTS.isoformat()}
    how = {"abroad": "terminal", "departs": "script"}
    trip = StoredTrip("a" * 32, "Oslo", True, TODAY, seen, facts, how)  # type: ignore[arg-type]
    return msgspec.structs.replace(trip, **changed)


def test_answers_that_still_fit_are_read(pack: Pack) -> None:
    """As their questions type them, with how each was given."""
    trip = restore_trip(stored(pack), pack, TODAY)
    assert trip.answers.facts == {"abroad": True, "departs": DEPARTS}
    assert trip.answers.how == {"abroad": "terminal", "departs": "script"}
    assert trip.facts.value("days_to_departure") == 9
    assert trip.notices == []


def test_an_answer_that_does_not_fit_any_more_is_told(pack: Pack) -> None:
    """One to a question that is gone is left out in silence."""
    facts = {"devices": ["laptop", "typewriter"], "gone": "x"}
    how = dict.fromkeys(facts, "terminal")
    trip = restore_trip(stored(pack, facts=facts, how=how), pack, TODAY)
    assert trip.answers.facts == {}
    (notice,) = trip.notices
    assert notice.startswith(
        "The answer to “Which devices will you take?” is no longer valid: “typewriter” is not"
    )


def test_a_status_follows_its_item_to_a_new_id(pack: Pack) -> None:
    """Unless the new id has a status of its own; that of an item that is gone is left out."""
    old, new = Status("todo"), Status("done")
    renamed = stored(pack, statuses={"trip.clean-device": old, "trip.gone": new})
    assert restore_trip(renamed, pack, TODAY).answers.statuses == {"trip.clear-files": old}
    both = stored(pack, statuses={"trip.clear-files": new, "trip.clean-device": old})
    assert restore_trip(both, pack, TODAY).answers.statuses == {"trip.clear-files": new}


def test_nothing_has_changed_on_the_same_day(pack: Pack) -> None:
    """With the same packs and the same answers."""
    trip = restore_trip(stored(pack), pack, TODAY)
    assert list(changes_since_seen(trip.record, trip.facts)) == []


def test_every_change_since_is_told(pack: Pack) -> None:
    """The days that passed, the packs, the items that came and those that went."""
    packs = {"base": "another digest", "gone": "x"}
    seen = LastSeen(TODAY, packs, {"trip.charger": "Pack a charger", "trip.old": "An old item"})
    tomorrow = TODAY + datetime.timedelta(1)
    trip = restore_trip(stored(pack, seen=seen), pack, tomorrow)
    assert list(changes_since_seen(trip.record, trip.facts)) == [
        "You last saw this trip on Sun 22 November 2026. Departure is in 8 days.",
        "The checklists have changed since: The base and gone.",
        "New on your list (2): Clear files and Know what to do.",
        "No longer on your list (1): An old item.",
    ]
    late = Facts(pack, trip.facts.answers, DEPARTS)
    assert next(changes_since_seen(trip.record, late)).endswith("Departure is today.")
    gone = Facts(pack, trip.facts.answers, DEPARTS + datetime.timedelta(1))
    assert next(changes_since_seen(trip.record, gone)).endswith("The day of departure has passed.")


def test_items_that_were_never_shown_are_not_told_as_new(pack: Pack) -> None:
    """The traveller stopped before the list."""
    seen = LastSeen(TODAY, last_seen(Facts(pack, {}, TODAY)).packs, {})
    trip = restore_trip(stored(pack, seen=seen), pack, TODAY)
    assert list(changes_since_seen(trip.record, trip.facts)) == []


@pytest.mark.parametrize(
    ("today", "under_way", "over"),
    [
        (DEPARTS - datetime.timedelta(1), False, False),
        (DEPARTS, True, False),
        (RETURNS, True, False),
        (RETURNS + datetime.timedelta(1), False, True),
    ],
)
def test_a_trip_is_under_way_until_the_day_of_return(
    pack: Pack, today: datetime.date, under_way: bool, over: bool
) -> None:
    """Both days are part of it; a trip without dates is never over."""
    facts = Facts(pack, {"departs": DEPARTS, "returns": RETURNS}, today)
    assert (is_under_way(facts), is_over(facts)) == (under_way, over)
    undated = Facts(pack, {"departs": DEPARTS}, today)
    assert (is_under_way(undated), is_over(undated)) == (False, False)


def test_a_trip_of_0_2_0_is_read() -> None:
    """What was a lasting arrangement still is one, until another answer is given."""
    facts = {"abroad": "false", "open_ended": "true", "service_desk": "digital"}
    how = dict.fromkeys(facts, "terminal")
    trip = restore_trip(stored(bundled(), facts=facts, how=how), bundled(), TODAY)
    assert trip.answers.facts == {"abroad": False, "departs": NONE}
    assert trip.answers.how == {"abroad": "terminal", "departs": "terminal"}
    assert trip.facts.value("open_ended") is True
    assert trip.notices == []
    assert not is_over(trip.facts)

    facts |= {"departs": "2026-12-01"}
    how |= {"departs": "script"}
    trip = restore_trip(stored(bundled(), facts=facts, how=how), bundled(), TODAY)
    assert trip.answers.facts["departs"] == DEPARTS
