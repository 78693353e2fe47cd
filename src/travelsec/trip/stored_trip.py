"""A stored trip, read with today's packs, and what changed since."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, TypeAlias

from msgspec import Struct, field

from travelsec import values
from travelsec.pack.model import Pack
from travelsec.problems import UserError, brief
from travelsec.question_types import read_value
from travelsec.trip.answers import Answers, as_asked_now, item_names
from travelsec.trip.facts import Facts
from travelsec.trip.readiness import Verdict
from travelsec.trip.selection import select
from travelsec.trip.statuses import How, Status
from travelsec.wording import count, join_words, show_date

Occasion: TypeAlias = Literal["during", "after", "any", "whichever"]
"""When a command is used: during a trip, after it, or at any time; `whichever` prefers no trip."""

TripState: TypeAlias = Literal["undated", "ahead", "departed", "under-way", "over"]
"""Where a trip is on a day; `departed` says that nobody knows when it ends."""


class TripGone(UserError):
    """Another process deleted the trip after it was read; nothing was changed."""

    def __init__(self, name: str = "") -> None:
        trip = f"the trip “{brief(name)}”" if name else "the trip"
        super().__init__(f"{trip} has since been forgotten by another travelsec")


class LastSeen(Struct, frozen=True):
    """What the traveller last saw of a trip: the day, the packs' digests, the items' labels.

    Without items, the traveller has not reached the list. `offered` are the optional packs that
    the traveller was told of.
    """

    day: datetime.date
    packs: dict[str, str]
    items: dict[str, str]
    offered: tuple[str, ...] = ()


class Event(Struct, frozen=True):
    """Something that went wrong on a trip. `moment` is ISO 8601, in the traveller's own time.

    `note` maps fields of the incident note (`where`, `device`, …) to their texts.
    """

    moment: str
    situation: str
    reported: bool
    note: dict[str, str]


class MadeReport(Struct, frozen=True):
    """What a decision on a report that was made for a trip is compared with.

    Each pack is its id, its version and its digest. `open_must` and `waived` are the report's own
    judgement, `musts` all `must` items that applied.
    """

    digest: str
    id: str
    created: str
    as_of: datetime.date
    packs: tuple[tuple[str, str, str], ...]
    verdict: Verdict
    open_must: tuple[str, ...]
    waived: tuple[str, ...]
    musts: tuple[str, ...]


class StoredTrip(Struct, frozen=True):
    """A trip as stored. Its facts are raw values for `read_value`, by fact id.

    `named`: the traveller chose the name; otherwise it follows the facts.
    """

    id: str
    name: str
    named: bool
    begun: datetime.date
    seen: LastSeen
    facts: dict[str, Any] = field(default_factory=dict)
    how: dict[str, How] = field(default_factory=dict)
    statuses: dict[str, Status] = field(default_factory=dict)
    exports: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    reports: tuple[MadeReport, ...] = ()


class RestoredTrip(Struct, frozen=True):
    """A stored trip on a given day, read with the packs of that day.

    `answers` are those that still fit; `notices` has a sentence for each fact that does not.
    """

    record: StoredTrip
    answers: Answers
    facts: Facts
    notices: list[str]


def restore_trip(record: StoredTrip, pack: Pack, today: datetime.date) -> RestoredTrip:
    """Read a stored trip with the questions and items of today's packs.

    Statuses of items that are gone are left out; they stay in the record.
    """
    answers = Answers()
    notices = []
    for name, raw in as_asked_now(record.facts).items():
        question = pack.questions.get(name)
        if question is None:
            continue
        try:
            answers.facts[name] = read_value(question, raw)
            answers.how[name] = record.how[name if name in record.how else "open_ended"]
        except values.InvalidValue as wrong:
            notices.append(f"The answer to “{question.ask}” is no longer valid: {wrong}.")
    now = item_names(pack)
    for name, status in record.statuses.items():
        # A status under the item's own id takes precedence over one under a former id.
        if name in now and (now[name] == name or now[name] not in record.statuses):
            answers.statuses[now[name]] = status
    return RestoredTrip(record, answers, Facts(pack, answers.facts, today), notices)


def last_seen(facts: Facts, offered: Iterable[str] = ()) -> LastSeen:
    """Return what the traveller sees of the trip today; `offered` as in `LastSeen`."""
    return LastSeen(
        day=facts.today,
        packs={source.info.id: source.digest() for source in facts.pack.sources},
        items={selected.id: selected.label for selected in select(facts.pack, facts)},
        offered=tuple(offered),
    )


def changes_since_seen(record: StoredTrip, facts: Facts) -> Iterator[str]:
    """Yield a sentence for each change since the traveller last saw the trip."""
    before, now = record.seen, last_seen(facts)
    days = facts.value("days_to_departure")
    if before.day < now.day and days is not None:
        left = f"Departure is in {count(days, 'day')}."
        if days == 0:
            is_today = facts.value("departs") == now.day
            left = "Departure is today." if is_today else "The day of departure has passed."
        yield f"You last saw this trip on {show_date(before.day)}. {left}"
    changed = [
        source.info.title
        for source in facts.pack.sources
        if before.packs.get(source.info.id) != source.digest()
    ]
    changed += [name for name in before.packs if name not in now.packs]
    if changed:
        yield f"The checklists have changed since: {join_words(changed)}."
    if not before.items:
        return
    new = [label for name, label in now.items.items() if name not in before.items]
    if new:
        yield f"New on your list ({len(new)}): {join_words(new)}."
    gone = [label for name, label in before.items.items() if name not in now.items]
    if gone:
        yield f"No longer on your list ({len(gone)}): {join_words(gone)}."


def is_over(facts: Facts, day: datetime.date | None = None) -> bool:
    """Return whether the traveller is back: returned before the day, which is usually today."""
    returns: datetime.date | None = facts.value("returns")
    return returns is not None and returns < (day or facts.today)


def is_under_way(facts: Facts) -> bool:
    """Return whether the traveller is away: today is between departure and return."""
    departs, returns = facts.value("departs"), facts.value("returns")
    return None not in (departs, returns) and bool(departs <= facts.today <= returns)


def trip_state(facts: Facts) -> TripState:
    """Return where the trip is today."""
    if is_over(facts):
        return "over"
    if is_under_way(facts):
        return "under-way"
    days = facts.value("days_to_departure")
    if days is None:
        return "undated"
    return "ahead" if days else "departed"


def meant_trips(trips: Sequence[RestoredTrip], when: Occasion) -> list[RestoredTrip]:
    """Return the trips that can be meant where none is named.

    They are those under way, else those ahead, else those that are over. After a trip, those that
    are over come first; during one, they cannot be meant. `whichever` takes them all.
    """
    over = [trip for trip in trips if is_over(trip.facts)]
    under_way = [trip for trip in trips if is_under_way(trip.facts)]
    ahead = [trip for trip in trips if trip not in over]
    order = {
        "during": (under_way, ahead),
        "after": (over, under_way, ahead),
        "any": (under_way, ahead, over),
        "whichever": ([*trips],),
    }
    return next((group for group in order[when] if group), [])


def by_departure(trips: Iterable[RestoredTrip]) -> list[RestoredTrip]:
    """Return the trips by departure: those without one come later, those over last."""

    def key(trip: RestoredTrip) -> tuple[bool, bool, datetime.date]:
        departs = trip.facts.value("departs")
        return is_over(trip.facts), departs is None, departs or trip.facts.today

    return sorted(trips, key=key)
