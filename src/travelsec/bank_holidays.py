"""The bank holidays of the nations of the United Kingdom, for counting working days.

`scripts/make_bank_holidays.py` makes the data, which names its source and the years it covers.
"""

from __future__ import annotations

import datetime
import functools
from pathlib import Path
from typing import Literal, TypeAlias, get_args

import msgspec
from msgspec import Struct

Nation = Literal["england-and-wales", "scotland", "northern-ireland"]
NATIONS: tuple[Nation, ...] = get_args(Nation)

Dates: TypeAlias = tuple[datetime.date, ...]
"""Bank holidays on weekdays, in order."""

_DATES_FILE = Path(__file__).parent / "bank_holidays.json"


class BankHolidays(Struct, frozen=True):
    """The dates by nation, where they come from, and the years for which they are known."""

    source: str
    made_with: str
    first_year: int
    last_year: int
    nations: dict[Nation, Dates]

    def covers(self, day: datetime.date) -> bool:
        """Return whether the bank holidays of a day's year are known."""
        return self.first_year <= day.year <= self.last_year


@functools.cache
def bank_holidays() -> BankHolidays:
    """Read the data."""
    return msgspec.json.decode(_DATES_FILE.read_bytes(), type=BankHolidays)


def dates_of(nation: Nation | None) -> Dates:
    """Return the bank holidays of a nation; none if no pack names one."""
    return bank_holidays().nations[nation] if nation else ()
