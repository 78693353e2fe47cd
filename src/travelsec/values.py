"""Read texts and dates strictly, and turn values into plain data and back."""

from __future__ import annotations

import datetime
import re
from typing import Any

import msgspec

from travelsec.problems import brief
from travelsec.safe_text import is_visible

MAX_ANSWER = 200

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class InvalidValue(ValueError):
    """An input is not a value of the type; the message says what is expected."""


def read_date(text: str) -> datetime.date:
    """Read a date like `2026-12-01`, and no other form, so that month and day cannot be swapped.

    Raises:
        InvalidValue: it is not a date in this form.
    """
    if _ISO_DATE.fullmatch(text):
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            raise InvalidValue(f"{text} is not in the calendar") from None
    # Only a mistake needs it.
    from travelsec.written_dates import NotUnderstood, read_written

    try:
        meant = read_written(text, None).date
    except NotUnderstood:
        how = "write year-month-day as in ISO 8601, like 2026-12-01"
        raise InvalidValue(f"“{brief(text)}” is not a date ({how})") from None
    raise InvalidValue(f"“{brief(text)}” is not in ISO 8601: write {meant.isoformat()}")


def read_text(text: str) -> str:
    """Return the text if it is one short line.

    Raises:
        InvalidValue: it is not.
    """
    if not is_text(text):
        raise InvalidValue("the text has bytes in it that are not UTF-8")
    if not is_one_line(text):
        raise InvalidValue("the text has more than one line")
    if not text:
        raise InvalidValue("the text is empty")
    if not is_visible(text):
        raise InvalidValue("nothing in the text can be seen")
    if len(text) > MAX_ANSWER:
        raise InvalidValue(f"the text is too long: {len(text)} characters, at most {MAX_ANSWER}")
    return text


def is_one_line(text: str) -> bool:
    """Return whether there is no line break in the text."""
    return "\n" not in text and "\r" not in text


def is_text(text: str) -> bool:
    """Return whether the text is valid Unicode: options can hold bytes that are not characters."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


def to_data(value: Any) -> Any:
    """Turn a value into data for JSON or YAML, with dates in ISO 8601 and lists for tuples."""
    if isinstance(value, tuple):
        return [to_data(member) for member in value]
    return msgspec.to_builtins(value)


def from_data(data: Any) -> Any:
    """Turn the result of `to_data`, read back from JSON, into what `read_value` takes."""
    if isinstance(data, bool):
        return "true" if data else "false"
    return str(data) if isinstance(data, int) else data
