"""Turn a `due` or a `deadline` (`2 days before departure`) into a date."""

from __future__ import annotations

import datetime
import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from travelsec.problems import brief

PATTERN = (
    r"(?P<count>[0-9]{1,3}) (?P<unit>working days?|days?|weeks?) "
    r"(?P<anchor>before departure|after return)|on (?P<on>departure|return)"
)

SHAPE = "like “2 days before departure”, “15 working days before departure”, “1 day after return”"


class DueDate(msgspec.Struct, frozen=True):
    """A number of days before departure or after return.

    Working days are Monday to Friday, without bank holidays.
    """

    days: int
    working: bool
    anchor: Literal["departure", "return"]

    def date(
        self,
        departs: datetime.date | None,
        returns: datetime.date | None,
        bank_holidays: Sequence[datetime.date] = (),
    ) -> datetime.date | None:
        """Return the date, or None if the trip has no date of departure or return.

        `bank_holidays` are in order, and only on weekdays.
        """
        start = departs if self.anchor == "departure" else returns
        if start is None:
            return None
        step: Literal[1, -1] = -1 if self.anchor == "departure" else 1
        if not self.working:
            return _shift(start, step * self.days)
        left = self.days
        while left:
            end = _shift_weekdays(start, left, step)
            # Make up for the bank holidays that were counted, until there are none.
            left = _number_between(bank_holidays, start, end)
            start = end
        return start


@functools.lru_cache(maxsize=1000)
def parse_due(text: str) -> DueDate:
    """Parse a `due` or `deadline`; raise `ValueError` if it has another form."""
    match = re.fullmatch(PATTERN, text.strip())
    if match is None:
        raise ValueError(f"“{brief(text)}” is not a day ({SHAPE})")
    anchor: Any = match["on"] or match["anchor"].split()[1]
    unit = match["unit"] or "days"
    days = int(match["count"] or 0) * (7 if unit.startswith("week") else 1)
    return DueDate(days, unit.startswith("working"), anchor)


def suggested_day(
    due: datetime.date | None, deadline: datetime.date | None, today: datetime.date
) -> datetime.date | None:
    """Return the day an item is suggested for, unless its deadline is no later or has passed."""
    if due is None or (deadline is not None and (deadline <= due or deadline < today)):
        return None
    return due


def _shift_weekdays(date: datetime.date, count: int, step: Literal[1, -1]) -> datetime.date:
    while count:
        if date.weekday() < 5 and count >= 5:
            # From a weekday, five weekdays are one week.
            weeks, count = divmod(count, 5)
            date = _shift(date, step * 7 * weeks)
            continue
        date = _shift(date, step)
        count -= date.weekday() < 5
    return date


def _number_between(
    dates: Sequence[datetime.date], start: datetime.date, end: datetime.date
) -> int:
    """Return how many of these dates lie between two others, `end` included and `start` not."""
    if end < start:
        return bisect_left(dates, start) - bisect_left(dates, end)
    return bisect_right(dates, end) - bisect_right(dates, start)


def _shift(date: datetime.date, days: int) -> datetime.date:
    # Dates stop at the ends of the calendar rather than failing.
    ordinal = min(max(date.toordinal() + days, 1), datetime.date.max.toordinal())
    return datetime.date.fromordinal(ordinal)
