"""Facts computed from answers; packs decide what to use them for."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from travelsec.question_types import QuestionType


class DerivedFact(NamedTuple):
    """A whole number computed from today's date and other facts, or None."""

    sources: Mapping[str, QuestionType]
    compute: Callable[..., int | None]


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


DERIVED: dict[str, DerivedFact] = {
    "nights": DerivedFact({"departs": "date", "returns": "date"}, _nights),
    "days_to_departure": DerivedFact({"departs": "date"}, _days_to_departure),
    "working_days_to_departure": DerivedFact({"departs": "date"}, _working_days_to_departure),
    "device_kinds": DerivedFact({"devices": "choices"}, lambda _today, devices: len(devices)),
    "device_nights": DerivedFact(
        {"device_count": "number", "departs": "date", "returns": "date"}, _device_nights
    ),
}
"""By id. A pack has a derived fact if its questions ask for all sources, with these types."""
