"""What `trips list` and `trips show` print: as JSON, and laid out for people."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct

from travelsec import values
from travelsec.document import Block, Heading, Pairs, Paragraph
from travelsec.report.model import FactData, Report
from travelsec.report.outline import VERDICTS, dates
from travelsec.report.outline import outline as report_outline
from travelsec.trip.contacts import show_answer
from travelsec.trip.readiness import Verdict
from travelsec.trip.stored_trip import RestoredTrip, TripState, trip_state
from travelsec.wording import count, short_dates

LIST_SCHEMA: Literal["travelsec.trips/1"] = "travelsec.trips/1"
SHOW_SCHEMA: Literal["travelsec.trip/1"] = "travelsec.trip/1"

COLUMNS = ("Trip", "When", "To go", "How ready", "Open")
"""The titles above the rows of a list."""

_TO_GO = {"departed": "departed", "under-way": "under way", "over": "over"}
"""Shown instead of the days to departure once a trip has begun."""


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
    """Summarise a trip from its report."""
    departs, returns, days = map(trip.facts.value, ("departs", "returns", "days_to_departure"))
    open_ = report.readiness.open
    return TripSummary(
        id=trip.record.id,
        name=trip.record.name,
        departs=departs,
        returns=returns,
        dates=dates(report),
        days_to_departure=days,
        state=trip_state(trip.facts),
        verdict=report.readiness.verdict,
        open=open_,
        open_must=tuple(
            item.id for item in report.items if item.level == "must" and item.id in open_
        ),
    )


def trips(day: datetime.date, summaries: Iterable[TripSummary]) -> Trips:
    """Return the list of trips as it stands on a day."""
    return Trips(LIST_SCHEMA, day, tuple(summaries))


def shown_trip(trip: RestoredTrip, report: Report) -> ShownTrip:
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


def row(trip: TripSummary) -> tuple[str, str, str, Paragraph, str]:
    """Return the trip's name, dates, the days until it begins, and how ready it is."""
    dates = [day for day in (trip.departs, trip.returns) if day is not None]
    when = short_dates(dates[0], dates[-1]) if dates else ""
    days = trip.days_to_departure
    to_go = count(days, "day") if days and trip.state == "ahead" else _TO_GO.get(trip.state, "")
    words, tone = VERDICTS[trip.verdict]
    return trip.name, when, to_go, Paragraph(words.lower(), tone), str(len(trip.open))


def trip_list(trips: Sequence[TripSummary]) -> Iterator[Block]:
    """Yield a line for each trip of a list."""
    if trips:
        yield Pairs(tuple(map(_line, trips)))
    else:
        yield Paragraph("No trip is kept on this computer. travelsec prepare begins one.")


def _line(trip: TripSummary) -> tuple[str, str]:
    """Return the trip's name, and what else a line says of it; scripts read this form."""
    when = f"{trip.dates}; " if trip.dates else ""
    over = " (over)" if trip.state == "over" else ""
    return trip.name, f"{when}{trip.verdict.replace('-', ' ')}, {len(trip.open)} open{over}"


def outline(trip: ShownTrip) -> Iterator[Block]:
    """Yield the report of a trip, then what is kept on this computer only."""
    yield from report_outline(trip.report)
    if trip.private:
        yield Heading(2, "Kept on this computer only")
        yield Pairs(tuple((private.ask, private.answer) for private in trip.private))
    if trip.files:
        yield Heading(2, "Files that were written")
        yield from map(Paragraph, trip.files)
