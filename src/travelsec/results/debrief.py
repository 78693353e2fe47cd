"""What `debrief` prints as JSON."""

from __future__ import annotations

import datetime
from typing import Literal

from msgspec import Struct

from travelsec.pack.model import Level
from travelsec.trip.debrief import Debrief
from travelsec.trip.readiness import Readiness
from travelsec.trip.statuses import StatusWord
from travelsec.trip.stored_trip import TripState, trip_state

SCHEMA: Literal["travelsec.debrief/1"] = "travelsec.debrief/1"


class Happened(Struct, frozen=True, forbid_unknown_fields=True):
    """Something that happened on the trip, with what was noted of it."""

    situation: str
    title: str
    moment: str
    reported: bool
    note: dict[str, str]


class OnReturn(Struct, frozen=True, forbid_unknown_fields=True):
    """An item to do on return."""

    id: str
    level: Level
    label: str
    do: str
    status: StatusWord
    reason: str
    due: datetime.date | None
    deadline: datetime.date | None


class Debriefed(Struct, frozen=True, forbid_unknown_fields=True):
    """A trip after the return; `readiness` is judged over the items on return."""

    schema: Literal["travelsec.debrief/1"]
    as_of: datetime.date
    trip: str
    state: TripState
    closed: bool
    unreported: int
    readiness: Readiness
    events: tuple[Happened, ...]
    items: tuple[OnReturn, ...]


def debrief(name: str, outcome: Debrief) -> Debriefed:
    """Return the outcome of a debrief of the trip with this name."""
    facts = outcome.facts
    return Debriefed(
        schema=SCHEMA,
        as_of=facts.today,
        trip=name,
        state=trip_state(facts),
        closed=outcome.is_closed,
        unreported=outcome.unreported,
        readiness=outcome.readiness,
        events=tuple(
            Happened(
                event.situation, outcome.title(event), event.moment, event.reported, event.note
            )
            for event in outcome.events
        ),
        items=tuple(
            OnReturn(
                id=selected.id,
                level=selected.item.level,
                label=selected.label,
                do=selected.do,
                status=status.status,
                reason=status.reason,
                due=selected.due,
                deadline=selected.deadline,
            )
            for selected, status in outcome.items
        ),
    )
