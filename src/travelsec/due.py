"""Turn when an item is due (`2 days before departure`) into a date."""

from __future__ import annotations

import datetime
import functools
import re
from typing import Any, Literal

import msgspec

from travelsec.problems import brief

PATTERN = re.compile(
    r"(?P<count>[0-9]{1,3}) (?P<unit>working days?|days?|weeks?) "
    r"(?P<anchor>before departure|after return)|on (?P<on>departure|return)"
)

SHAPE = "like “2 days before departure”, “15 working days before departure”, “1 day after return”"


class DueDate(msgspec.Struct, frozen=True):
    """A number of days (working days: Monday to Friday) before departure or after return."""

    days: int
    working: bool
    anchor: Literal["departure", "return"]

    def date(
        self, departs: datetime.date | None, returns: datetime.date | None
    ) -> datetime.date | None:
        """Return the date, or None if the trip has no date of departure or return."""
        start = departs if self.anchor == "departure" else returns
        if start is None:
            return None
        step = -1 if self.anchor == "departure" else 1
        if not self.working:
            return _shift(start, step * self.days)
        left = self.days
        while left:
            if start.weekday() < 5 and left >= 5:
                # From a working day, five working days are one week.
                start, left = _shift(start, step * 7), left - 5
                continue
            start = _shift(start, step)
            left -= start.weekday() < 5
        return start


@functools.lru_cache(maxsize=1000)
def parse(text: str) -> DueDate:
    """Parse a `due`; raise `ValueError` if it has another form."""
    match = PATTERN.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"“{brief(text)}” is not a due date ({SHAPE})")
    anchor: Any = match["on"] or match["anchor"].split()[1]
    unit = match["unit"] or "days"
    days = int(match["count"] or 0) * (7 if unit.startswith("week") else 1)
    return DueDate(days, unit.startswith("working"), anchor)


def _shift(date: datetime.date, days: int) -> datetime.date:
    # Dates stop at the ends of the calendar rather than failing.
    ordinal = min(max(date.toordinal() + days, 1), datetime.date.max.toordinal())
    return datetime.date.fromordinal(ordinal)
