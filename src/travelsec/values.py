"""Fact values: read them from text, show them to people, write them for machines."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal, Protocol, TypeAlias

import msgspec

from travelsec.problems import allowed, brief

QuestionType = Literal["text", "choice", "choices", "yes-no", "date", "number", "people"]

MAX_TEXT = 200
MAX_PEOPLE = 10
_YES_NO = {"true": True, "yes": True, "false": False, "no": False}
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody to call: a name, and a telephone number as one would dial it."""

    name: str
    telephone: str = ""


Value: TypeAlias = "str | bool | int | datetime.date | tuple[str, ...] | tuple[Person, ...]"


class HasType(Protocol):
    """What tells which values a fact can have: a `FactType`, or the question that asks for it."""

    @property
    def type(self) -> QuestionType: ...

    @property
    def choices(self) -> Mapping[str, str]: ...


class FactType(msgspec.Struct, frozen=True):
    """What values a fact can have."""

    type: QuestionType
    choices: Mapping[str, str] = {}


NUMBER = FactType("number")


class InvalidValue(ValueError):
    """The text is no value of this type; the message says what is expected."""


def read_value(fact: HasType, raw: object) -> Value:
    """Read a value from what a YAML or JSON file, an option or a prompt gave.

    Args:
        fact: the type (and the choices) of the fact.
        raw: text; for `choices` and `people` also a list; for `people` also mappings with
            `name` and `telephone`.

    Returns:
        The typed value: str, bool, int, date, or a tuple. Choices come in the question's order.

    Raises:
        WrongValue: with what was given, what is expected and the nearest match.
    """
    match fact.type:
        case "choices":
            return _read_choices(fact, raw)
        case "people":
            return _read_people(raw)
    if not isinstance(raw, str):
        found = "nothing" if raw is None else "a list" if isinstance(raw, list) else "a mapping"
        raise InvalidValue(f"one {_NOUNS[fact.type]} is needed here, not {found}")
    text = raw.strip()
    match fact.type:
        case "choice":
            return _one_choice(fact, text)
        case "yes-no":
            if text.casefold() not in _YES_NO:
                raise InvalidValue(f"“{brief(text)}” is neither yes nor no{allowed(_YES_NO)}")
            return _YES_NO[text.casefold()]
        case "date":
            return read_date(text)
        case "number":
            if not re.fullmatch(r"[0-9]{1,6}", text):
                raise InvalidValue(f"“{brief(text)}” is no whole number from 0 to 999999")
            return int(text)
    return _short_text(text)


_NOUNS = {
    "text": "text",
    "choice": "choice",
    "yes-no": "yes or no",
    "date": "date",
    "number": "number",
}


_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_date(text: str) -> datetime.date:
    """Read `2026-12-01`; nothing else, so that no month is ever taken for a day.

    Raises:
        WrongValue: it is no such date.
    """
    if _DATE.fullmatch(text):
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            raise InvalidValue(f"{text} is not in the calendar") from None
    raise InvalidValue(f"“{brief(text)}” is not a date (write year-month-day, like 2026-12-01)")


# “Tue 1 Dec 2026”, with the weekday or without, as people say it and as it is shown to them.
_SAID = r"(?:([a-z]{3})[a-z]*,?\s+)?([0-9]{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+([0-9]{4})"


def long_date(text: str) -> str:
    """Return a day whose month is a word as `read_date` takes it; any other text as it is.

    A number for the month is left to `read_date`, which takes none for a day. So is a weekday that
    is not that of the date: one of the two is a slip.
    """
    found = re.fullmatch(_SAID, text.strip().casefold())
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


def _short_text(text: str) -> str:
    if not is_text(text):
        raise InvalidValue("the text has bytes in it that are not UTF-8")
    if "\n" in text or "\r" in text:
        raise InvalidValue("the text has more than one line")
    if not text:
        raise InvalidValue("the text is empty")
    if len(text) > MAX_TEXT:
        raise InvalidValue(f"the text is too long: {len(text)} characters, at most {MAX_TEXT}")
    return text


def _one_choice(fact: HasType, text: str) -> str:
    if text not in fact.choices:
        raise InvalidValue(f"“{brief(text)}” is not a choice{allowed(fact.choices, text)}")
    return text


def _read_choices(fact: HasType, raw: object) -> tuple[str, ...]:
    if isinstance(raw, str):
        # What people write for an empty list where there is no choice of that name.
        if raw.strip().casefold() == "none" and "none" not in fact.choices:
            return ()
        parts: Sequence[object] = [part.strip() for part in raw.split(",") if part.strip()]
        if not parts:
            # Nothing written may be a variable that was not set: only “none” means none.
            raise InvalidValue(
                f"the list is empty: for none of them write none{allowed(fact.choices)}"
            )
    elif isinstance(raw, list):
        parts = raw
    else:
        raise InvalidValue(f"a list of choices is needed here{allowed(fact.choices)}")
    for part in parts:
        if isinstance(part, str) and part in fact.choices:
            continue
        if not isinstance(part, str):
            raise InvalidValue(f"each choice is one word{allowed(fact.choices)}")
        if part.casefold() == "none" and "none" not in fact.choices:
            raise InvalidValue(
                "none stands alone: write none, or [] in a list, or name the choices"
            )
        _one_choice(fact, part)
    return tuple(choice for choice in fact.choices if choice in parts)


def _read_people(raw: object) -> tuple[Person, ...]:
    if isinstance(raw, str):
        parts: Sequence[object] = [part for part in raw.split(";") if part.strip()]
        if not parts:
            raise InvalidValue("the text is empty")
    elif isinstance(raw, list):
        parts = raw
    else:
        parts = [raw]
    if len(parts) > MAX_PEOPLE:
        raise InvalidValue(f"at most {MAX_PEOPLE} people are kept here")
    return tuple(_read_person(part) for part in parts)


def _read_person(raw: object) -> Person:
    if isinstance(raw, str):
        person = _person_in(raw.translate(_MARKS).strip())
    else:
        try:
            person = msgspec.convert(raw, Person)
        except msgspec.ValidationError:
            raise InvalidValue(
                f"each person is written as {{name: Ann Lee, telephone: {_NUMBER}}}"
            ) from None
    name, telephone = person.name.strip(), person.telephone.strip()
    read = Person(_short_text(name), _short_text(telephone) if telephone else "")
    told = brief(f"{name} {telephone}".strip())
    if not any(map(str.isalpha, name)):
        # The first digits would be taken for a name, and stand on the card as one.
        raise InvalidValue(f"“{told}” names nobody (write Ann Lee, {_NUMBER})")
    if re.search(_NO_NAME, name) or (telephone and not re.search(_DIGIT, telephone)):
        # A number in a name would be missing on the card where numbers are looked for.
        raise InvalidValue(
            f"“{told}”: which part is the number? Write Ann Lee, {_NUMBER}, and another person "
            "after a semicolon"
        )
    return read


_NUMBER = "+44 20 7946 0000"
# What address books put around a number so that it reads from left to right.
_MARKS = dict.fromkeys((0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
# Patterns for people are compiled when the first is read; most commands read none.
_DIGIT = "[0-9]"
_NO_NAME = r"\d{3}|\+"
_BEGIN = r"(?:\(?\+\s?|\()?[0-9]"
_REST = r"[0-9\s()./\u2010-\u2013-]"
_AFTER_COMMA = rf"(?s)(.*),\s*({_BEGIN}{_REST}*)"
_AT_THE_END = rf"(?s)(.*?)\s+({_BEGIN}{_REST}{{4,}})"
# “Desk 2 020 7946 0000”: the 2 may be part of either.
_UNCLEAR = r"[0-9]{1,2}[\s\u2010-\u2013-]+[+(0]"


def _person_in(text: str) -> Person:
    """Part a name from the number at its end, with or without a comma between them."""
    if len(text) > 2 * MAX_TEXT:
        # Before the patterns: what a stranger wrote can be a million characters long.
        raise InvalidValue(f"the text is too long: {len(text)} characters, at most {2 * MAX_TEXT}")
    parts = re.fullmatch(_AFTER_COMMA, text)
    if parts is None:
        parts = re.fullmatch(_AT_THE_END, text)
        if parts is not None and re.match(_UNCLEAR, parts[2]):
            raise InvalidValue(f"“{brief(text)}”: write a comma before the number")
    if parts is None:
        return Person(text)
    return Person(parts[1].rstrip(" ,:;=\u2010\u2011\u2012\u2013\u2014-"), parts[2])


def is_text(text: str) -> bool:
    """Tell whether all of it can be written: an option can hold bytes that are no characters."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


def show_value(fact: HasType, value: Value) -> str:
    """Say a value for people: choices by their labels, “Tue 1 December 2026”, yes or no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.date):
        return show_date(value)
    if isinstance(value, tuple):
        return join_words([_show_part(fact, part) for part in value]) or "none"
    if isinstance(value, str) and fact.type == "choice":
        return fact.choices.get(value, value)
    return str(value)


def _show_part(fact: HasType, part: str | Person) -> str:
    if isinstance(part, Person):
        return f"{part.name}, {part.telephone}" if part.telephone else part.name
    return fact.choices.get(part, part)


def show_date(date: datetime.date) -> str:
    """Say a date for people, whatever the locale: “Tue 1 December 2026”."""
    return f"{_WEEKDAYS[date.weekday()]} {date.day} {_MONTHS[date.month - 1]} {date.year}"


def join_words(words: Any) -> str:
    """Join texts as English does: “a, b and c”."""
    parts = list(words)
    if len(parts) < 2:
        return "".join(parts)
    # A part with a comma, or with words that join its own, needs a stronger mark between the parts.
    whole = "\n".join(parts)
    if "," in whole or " or " in whole or " and " in whole:
        return "; ".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def from_data(data: Any) -> Any:
    """Turn what `to_data` gave, read back from JSON, into what `read` takes: scalars as text."""
    if isinstance(data, bool):
        return "true" if data else "false"
    return str(data) if isinstance(data, int) else data


def to_data(value: Value | Person) -> Any:
    """Turn a value into what JSON and YAML can hold: dates as ISO 8601 text, lists for tuples."""
    if isinstance(value, tuple):
        return [to_data(one) for one in value]
    return msgspec.to_builtins(value)
