"""Dates, plurals and lists of words as people read them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Literal

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def show_date(date: datetime.date) -> str:
    """Write a date for people, whatever the locale: “Tue 1 December 2026”."""
    return f"{_WEEKDAYS[date.weekday()]} {date.day} {MONTHS[date.month - 1]} {date.year}"


def short_date(date: datetime.date) -> str:
    """Write a date for a table: “1 Dec 2026”."""
    return f"{date.day} {MONTHS[date.month - 1][:3]} {date.year}"


def short_dates(first: datetime.date, last: datetime.date) -> str:
    """Write a period for a table, the month and year once if shared: “1 to 5 Dec 2026”."""
    if first == last:
        return short_date(last)
    day, month, year = short_date(first).split()
    start = f"{day} {month} {year}"
    if first.year == last.year:
        start = day if first.month == last.month else f"{day} {month}"
    return f"{start} to {short_date(last)}"


def at_the_latest(deadline: datetime.date, today: datetime.date, ask: str) -> str:
    """Say when something must be done, or that it is too late and who to ask."""
    if deadline < today:
        return f"missed: it was due by {show_date(deadline)}; ask {ask}"
    return f"at the latest by {show_date(deadline)}"


def as_sentence(text: str) -> str:
    """Make a sentence of words that have no capital letter or full stop yet."""
    return f"{text[:1].upper()}{text[1:]}."


def show_iso(text: str) -> str:
    """Write an ISO date, or the day of an ISO time, for people; other texts stay as they are."""
    try:
        return show_date(datetime.datetime.fromisoformat(text).date())
    except ValueError:
        return text


def count(number: int, singular: str, plural: str | None = None) -> str:
    """Write a number with its noun: “1 item”, “2 items”, or “2 entries” if `plural` is given."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


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
