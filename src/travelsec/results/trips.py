"""What `trips list` and `trips show` print as JSON."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from travelsec import values
from travelsec.report.model import FactData, Report
from travelsec.report.outline import dates
from travelsec.trip.contacts import show_answer
from travelsec.trip.readiness import Verdict
from travelsec.trip.stored_trip import RestoredTrip, TripState, state

LIST_SCHEMA: Literal["travelsec.trips/1"] = "travelsec.trips/1"
SHOW_SCHEMA: Literal["travelsec.trip/1"] = "travelsec.trip/1"


class TripSummary(Struct, frozen=True, forbid_unknown_fields=True):
    """A trip in a list; `dates` has them as people read them."""

    id: str
    name: str
    departs: datetime.date | None
    returns: datetime.date | None
    dates: str
    days_to_departure: int | None
    state: TripState
    verdict: Verdict
    open: tuple[str, ...]
    open_must: tuple[str, ...]


class Trips(Struct, frozen=True, forbid_unknown_fields=True):
    """The trips that are kept: the next departure first, those that are over last."""

    schema: Literal["travelsec.trips/1"]
    as_of: datetime.date
    trips: tuple[TripSummary, ...]


class PrivateAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """The answer to a private question, which is in no report."""

    fact: str
    ask: str
    answer: str
    value: FactData


class ShownTrip(Struct, frozen=True, forbid_unknown_fields=True):
    """A trip as it stands today: the report of it, and what is kept on this computer only."""

    schema: Literal["travelsec.trip/1"]
    report: Report
    private: tuple[PrivateAnswer, ...]
    files: tuple[str, ...]


def summarise(trip: RestoredTrip, report: Report) -> TripSummary:
    """Return a trip in a few words, from its report."""
    departs, returns, days = map(trip.facts.value, ("departs", "returns", "days_to_departure"))
    open_ = report.readiness.open
    return TripSummary(
        id=trip.record.id,
        name=trip.record.name,
        departs=departs,
        returns=returns,
        dates=dates(report),
        days_to_departure=days,
        state=state(trip.facts),
        verdict=report.readiness.verdict,
        open=open_,
        open_must=tuple(
            item.id for item in report.items if item.level == "must" and item.id in open_
        ),
    )


def trips(day: datetime.date, summaries: Iterable[TripSummary]) -> Trips:
    """Return the list of trips as it stands on a day."""
    return Trips(LIST_SCHEMA, day, tuple(summaries))


def show(trip: RestoredTrip, report: Report) -> ShownTrip:
    """Return all that is known of a trip."""
    answers = trip.answers.facts
    private = tuple(
        PrivateAnswer(
            fact=fact,
            ask=question.ask,
            answer=show_answer(trip.facts, question, answers[fact]),
            value=values.to_data(answers[fact]),
        )
        for fact, question in trip.facts.pack.questions.items()
        if question.private and fact in answers
    )
    return ShownTrip(SHOW_SCHEMA, report, private, trip.record.exports)
