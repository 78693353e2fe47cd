"""Facts computed from answers; packs decide what to use them for."""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from travelsec.conditions import FactState, StateOf, both
from travelsec.question_types import NONE, NUMBER, YES_NO, FactType, QuestionType

NATION = "nation"
"""The fact that says whose bank holidays count, if a pack asks for it."""

WORKING_DAYS = "working_days_to_departure"

BANK_HOLIDAYS = "bank holidays"
"""Stands for the bank holidays that facts in working days depend on. No fact can have this id."""


class DerivedFact(Struct, frozen=True):
    """A fact that follows from the states of other facts, its sources.

    `by_day`: it follows from today's date as well. `by_nation`: and from the bank holidays.
    """

    sources: Mapping[str, QuestionType]
    state: Callable[[datetime.date, StateOf], FactState]
    type: FactType = NUMBER
    by_day: bool = False
    by_nation: bool = False

    def follows_from(self) -> tuple[str, ...]:
        """Return every fact that it follows from, if a pack asks for it."""
        return (*self.sources, *((NATION,) if self.by_nation else ()))


def _number(compute: Callable[..., int | None], **sources: QuestionType) -> DerivedFact:
    """Return a whole number, unknown unless all its sources are known; no date gives no number."""

    def state(today: datetime.date, state_of: StateOf) -> FactState:
        states = [state_of(source) for source in sources]
        values = [source.value for source in states]
        if any(value is NONE for value in values):
            return FactState(False, None)
        value = None if None in values else compute(today, *values)
        return FactState(both(source.applies for source in states), value)

    return DerivedFact(sources, state)


def _nights(_today: datetime.date, departs: datetime.date, returns: datetime.date) -> int:
    return max((returns - departs).days, 0)


def _days_to_departure(today: datetime.date, departs: datetime.date) -> int:
    # Zero once the trip has begun.
    return max((departs - today).days, 0)


def _working_days_to_departure(today: datetime.date, state_of: StateOf) -> FactState:
    # Counting today but not the day of departure, as `due` does.
    def count(today: datetime.date, departs: datetime.date) -> int:
        weeks, remaining = divmod(_days_to_departure(today, departs), 7)
        weekdays = weeks * 5 + sum((today.weekday() + day) % 7 < 5 for day in range(remaining))
        dates: Any = state_of(BANK_HOLIDAYS).value or ()
        off = bisect_left(dates, departs) - bisect_left(dates, today)
        return weekdays - max(off, 0)

    return _number(count, departs="date").state(today, state_of)


def _device_nights(today: datetime.date, count: int, departs: Any, returns: Any) -> int | None:
    # None rather than zero: “take 0 envelopes” would be wrong for a day trip.
    return count * _nights(today, departs, returns) or None


def _open_ended(_today: datetime.date, state_of: StateOf) -> FactState:
    states = map(state_of, ("departs", "returns"))
    dates = [date.value for date in states if date.applies is not False]
    if any(date is NONE for date in dates):
        return FactState(True, True)
    return FactState(True, None if None in dates else False)


DERIVED: dict[str, DerivedFact] = {
    "nights": _number(_nights, departs="date", returns="date"),
    "days_to_departure": replace(_number(_days_to_departure, departs="date"), by_day=True),
    WORKING_DAYS: DerivedFact(
        {"departs": "date"}, _working_days_to_departure, by_day=True, by_nation=True
    ),
    "device_kinds": _number(lambda _today, devices: len(devices), devices="choices"),
    "device_nights": _number(_device_nights, device_count="number", departs="date", returns="date"),
    "open_ended": DerivedFact({"departs": "date", "returns": "date"}, _open_ended, YES_NO),
}
"""By id. A pack has a derived fact if its questions ask for all sources, with these types."""


def sources_of(fact: str, questions: Container[str]) -> Iterable[str]:
    """Return the question that asks for a fact, or all that the fact is derived from."""
    is_derived = fact in DERIVED and fact not in questions
    return DERIVED[fact].sources if is_derived else (fact,)
