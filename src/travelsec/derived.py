"""Facts computed from answers; packs decide what to use them for."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from travelsec.conditions import FactState, StateOf, both
from travelsec.question_types import NONE, NUMBER, YES_NO, FactType, QuestionType


class DerivedFact(NamedTuple):
    """A fact that follows from the states of other facts, its sources.

    `by_day`: it follows from today's date as well.
    """

    sources: Mapping[str, QuestionType]
    state: Callable[[datetime.date, StateOf], FactState]
    type: FactType = NUMBER
    by_day: bool = False


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


def _working_days_to_departure(today: datetime.date, departs: datetime.date) -> int:
    # Monday to Friday, counting today but not the day of departure, as `due` does.
    weeks, rest = divmod(_days_to_departure(today, departs), 7)
    return weeks * 5 + sum((today.weekday() + day) % 7 < 5 for day in range(rest))


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
    "days_to_departure": _number(_days_to_departure, departs="date")._replace(by_day=True),
    "working_days_to_departure": _number(_working_days_to_departure, departs="date")._replace(
        by_day=True
    ),
    "device_kinds": _number(lambda _today, devices: len(devices), devices="choices"),
    "device_nights": _number(_device_nights, device_count="number", departs="date", returns="date"),
    "open_ended": DerivedFact({"departs": "date", "returns": "date"}, _open_ended, YES_NO),
}
"""By id. A pack has a derived fact if its questions ask for all sources, with these types."""
