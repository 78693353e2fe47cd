"""Read dates as people in Britain write them: day first, with words, or counted from today.

No library: dateparser and dateutil guess at what they do not understand, and swap day and month.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import NamedTuple

from travelsec.wording import MONTHS, show_date

_WEEKDAY_NAMES = {
    "mon": "monday",
    "tue tues": "tuesday",
    "wed weds": "wednesday",
    "thu thur thurs": "thursday",
    "fri": "friday",
    "sat": "saturday",
    "sun": "sunday",
}
_WEEKDAY_OF = {
    name: number
    for number, (short, full) in enumerate(_WEEKDAY_NAMES.items())
    for name in (*short.split(), full)
}
_MONTH_OF = {
    name: number
    for number, month in enumerate(MONTHS, 1)
    for name in (month.casefold(), month[:3].casefold())
} | {"sept": 9}
_SOON = datetime.timedelta(183)
_NUMERALS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class NotUnderstood(ValueError):
    """The text is not a date; the message says why, and is empty if it looks like none at all."""


class WrittenDate(NamedTuple):
    """A date, and why a different one may be meant; empty if it is certain."""

    date: datetime.date
    doubt: str = ""


def read_certain(text: str) -> datetime.date:
    """Read a date that has its year and can be one day only.

    Raises:
        NotUnderstood: it is not a date, has no year, or could be another day.
    """
    date, doubt = read_written(text, None)
    if doubt:
        # With its year, nothing is in doubt but which of two numbers is the month.
        other = date.replace(month=date.day, day=date.month)
        raise NotUnderstood(f"it could be {show_date(date)} or {show_date(other)}")
    return date


def read_written(text: str, today: datetime.date | None) -> WrittenDate:
    """Read a date; without `today`, only one that is complete.

    Raises:
        NotUnderstood: it is not a date, or its weekday is another.
    """
    words = text.casefold().replace(",", " ").split()
    try:
        relative = _relative_date(words, today) if today is not None else None
        return relative or _absolute_date(words, today)
    except OverflowError:
        raise NotUnderstood from None


def _relative_date(words: Sequence[str], today: datetime.date) -> WrittenDate | None:
    """Read “tomorrow”, “in 3 days”, “Friday” or “next Friday”."""
    match words:
        case ["today"]:
            return WrittenDate(today)
        case ["tomorrow"]:
            return WrittenDate(today + datetime.timedelta(1))
        case ["in", number, ("day" | "days" | "week" | "weeks") as unit]:
            days = _count(number) * (7 if unit.startswith("week") else 1)
            return WrittenDate(today + datetime.timedelta(days))
        case ["next", name] if name in _WEEKDAY_OF:
            return _next_weekday(_WEEKDAY_OF[name], today)
        case [name] | ["on" | "this", name] if name in _WEEKDAY_OF:
            date = _coming(_WEEKDAY_OF[name], today)
            return WrittenDate(date, _doubt_of_same_weekday(date, today))
    return None


def _count(word: str) -> int:
    if word in ("a", "an"):
        return 1
    if word in _NUMERALS:
        return _NUMERALS.index(word)
    if re.fullmatch(r"[0-9]{1,4}", word):
        return int(word)
    raise NotUnderstood


def _coming(weekday: int, today: datetime.date) -> datetime.date:
    """Return the next such weekday after today."""
    return today + datetime.timedelta((weekday - today.weekday() - 1) % 7 + 1)


def _doubt_of_same_weekday(date: datetime.date, today: datetime.date) -> str:
    return f"Today is {show_date(today)}" if date.weekday() == today.weekday() else ""


def _next_weekday(weekday: int, today: datetime.date) -> WrittenDate:
    """Take the day in the week after this one; some mean the day that comes first."""
    monday = today + datetime.timedelta(7 - today.weekday())
    date, coming = monday + datetime.timedelta(weekday), _coming(weekday, today)
    return WrittenDate(date, f"It could also be {show_date(coming)}" if date != coming else "")


def _absolute_date(words: Sequence[str], today: datetime.date | None) -> WrittenDate:
    """Read a date in figures or with the name of its month, perhaps after its weekday."""
    weekday = _WEEKDAY_OF.get(words[0].removesuffix(".")) if words else None
    date_text = " ".join(words if weekday is None else words[1:]).removesuffix(".")
    year, month, day, is_clear = _in_words(date_text) or _in_figures(date_text)
    if year is None:
        if today is None:
            raise NotUnderstood("it has no year")
        date = _coming_day(month, day, today)
        # A weekday that fits tells the year; so does a day that comes within months.
        is_clear_year = weekday is not None or date - today <= _SOON
        doubt = "" if is_clear_year else "You gave no year"
    else:
        date, doubt = _date_in_calendar(year, month, day), ""
    if weekday is not None and weekday != date.weekday():
        name = list(_WEEKDAY_NAMES.values())[weekday].capitalize()
        raise NotUnderstood(f"{show_date(date)} is not a {name}")
    if not is_clear and weekday is None:
        doubt = "The day comes first here, then the month"
    return WrittenDate(date, doubt)


def _in_words(text: str) -> tuple[int | None, int, int, bool] | None:
    """Return the year, month and day of “5th of December 2026” or “Dec 5, 2026”, which are clear.

    A year of two digits could be taken for a day, except in “05-Dec-26”, as spreadsheets write it.
    """
    day, month, year = r"(?:the )?([0-9]{1,2})(?:st|nd|rd|th)?", r"([a-z]{3,9})\.?", r"([0-9]{4})"
    written: Sequence[str | None]
    if match := re.fullmatch(r"([0-9]{1,2})-([a-z]{3,9})-([0-9]{2})", text):
        written = (match[1], match[2], f"20{match[3]}")
    elif match := re.fullmatch(rf"{day}[ -]?(?:of )?{month}(?:[ -]?{year})?", text):
        written = match.groups()
    elif match := re.fullmatch(rf"{month} {day}(?: {year})?", text):
        written = (match[2], match[1], match[3])
    else:
        return None
    if written[1] not in _MONTH_OF:
        raise NotUnderstood
    return (int(written[2]) if written[2] else None), _MONTH_OF[written[1]], int(written[0]), True


def _in_figures(text: str) -> tuple[int | None, int, int, bool]:
    """Return the year, month and day of “2026-12-5”, “5/12/2026”, “5.12.26” or “5/12”.

    The last value tells whether the day cannot be taken for the month.
    """
    if match := re.fullmatch(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})", text):
        return int(match[1]), int(match[3]), int(match[4]), True
    match = re.fullmatch(r"([0-9]{1,2}) ?([-/.]) ?([0-9]{1,2})(?: ?\2 ?([0-9]{4}|[0-9]{2}))?", text)
    # “5.12” and “5-12” could be anything; “5/12” is a date.
    if match is None or (match[4] is None and match[2] != "/"):
        raise NotUnderstood
    day, month = int(match[1]), int(match[3])
    if month > 12 >= day >= 1 and month <= 31:
        raise NotUnderstood("write the day first, then the month")
    year = None if match[4] is None else int(match[4]) + (2000 if len(match[4]) == 2 else 0)
    return year, month, day, day > 12 or day == month


def _coming_day(month: int, day: int, today: datetime.date) -> datetime.date:
    """Return the first such day from today on; 29 February may be years away."""
    for year in range(today.year, today.year + 9):
        try:
            date = datetime.date(year, month, day)
        except ValueError:
            continue
        if date >= today:
            return date
    raise NotUnderstood("there is no such day in the calendar")


def _date_in_calendar(year: int, month: int, day: int) -> datetime.date:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise NotUnderstood("there is no such day in the calendar") from None
