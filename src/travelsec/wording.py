"""Dates, plurals and lists of words as people read them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Literal

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def show_date(date: datetime.date) -> str:
    """Write a date for people, whatever the locale: “Tue 1 December 2026”."""
    return f"{_WEEKDAYS[date.weekday()]} {date.day} {_MONTHS[date.month - 1]} {date.year}"


def short_date(date: datetime.date) -> str:
    """Write a date for a table: “1 Dec 2026”."""
    return f"{date.day} {_MONTHS[date.month - 1][:3]} {date.year}"


def show_iso(text: str) -> str:
    """Write an ISO date, or the day of an ISO time, for people; other texts stay as they are."""
    try:
        return show_date(datetime.datetime.fromisoformat(text).date())
    except ValueError:
        return text


# “Tue 1 Dec 2026”, with or without the weekday.
_LONG_DATE = (
    r"(?:([a-z]{3})[a-z]*,?\s+)?([0-9]{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+([0-9]{4})"
)


def long_date(text: str) -> str:
    """Turn a date whose month is a word into ISO 8601; other texts stay as they are.

    So do dates whose month is a number, as it may be the day, and dates with a wrong weekday.
    """
    found = re.fullmatch(_LONG_DATE, text.strip().casefold())
    if found is None:
        return text
    weekday, day, month, year = found.groups()
    number = next((n for n, m in enumerate(_MONTHS, 1) if m.casefold().startswith(month)), 0)
    try:
        date = datetime.date(int(year), number, int(day))
    except ValueError:
        return text
    is_slip = weekday is not None and weekday != _WEEKDAYS[date.weekday()].casefold()
    return text if is_slip else date.isoformat()


def count(number: int, one: str, many: str | None = None) -> str:
    """Write a number with its noun: “1 item”, “2 items”, or “2 entries” if `many` is given."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def join_words(words: Iterable[str], last: Literal["and", "or"] = "and") -> str:
    """Join texts as in a sentence: “a, b and c”."""
    parts = list(words)
    if len(parts) < 2:
        return "".join(parts)
    # Parts with a comma or a conjunction of their own are separated by semicolons.
    whole = "\n".join(parts)
    if "," in whole or " or " in whole or " and " in whole:
        return ("; " if last == "and" else "; or ").join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"
