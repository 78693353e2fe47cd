"""The types of questions: how the answer to each is read, shown, asked for and compared.

A new type is a word in `QuestionType`, its entry here and its schema in `schema.answers`; mypy and
tests/test_question_types.py tell what is missing.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, Protocol, TypeAlias, assert_never

import msgspec

from travelsec.people import EXAMPLE, MAX_PEOPLE, Person, read_people, type_people
from travelsec.problems import allowed, brief
from travelsec.values import MAX_TEXT, InvalidValue, read_date, read_text
from travelsec.wording import join_words, long_date, show_date

QuestionType = Literal["text", "choice", "choices", "yes-no", "date", "number", "people"]
Value: TypeAlias = "str | bool | int | datetime.date | tuple[str, ...] | tuple[Person, ...]"
Comparability: TypeAlias = Literal["text", "one", "several", "range", "never"]
"""With any text, with one of few, with some of few or their number, with bounds; not at all."""

_MAX_NUMBER = 999_999


class HasType(Protocol):
    """Whatever has a type: a `FactType`, or the question that asks for the fact."""

    @property
    def type(self) -> QuestionType: ...

    @property
    def choices(self) -> Mapping[str, str]: ...


class FactType(msgspec.Struct, frozen=True):
    """What values a fact can have."""

    type: QuestionType
    choices: Mapping[str, str] = {}


NUMBER = FactType("number")


class Behaviour(msgspec.Struct, frozen=True, kw_only=True):
    """What depends on a question's type; in its texts `$choices` are the ids of the choices."""

    read: Callable[[HasType, object], Value]  # what a file, an option or a prompt gave
    show: Callable[[HasType, Any], str]  # for people
    type_in: Callable[[Any], str]  # as one types it, so that `read` reads it back
    compared: Comparability
    # For all that conditions can tell apart, given what they compare with.
    samples: Callable[[HasType, Iterable[Any]], Iterable[Value | None]]
    options: Mapping[str, str] | None  # the only answers; None: the choices of the question
    hint: str  # for the schema of answers files
    comment: str  # for the template of answers files
    example: str  # a value for `--set`; empty for the first choice
    expected: str  # what `--set` takes
    prompt: str = ""  # below the question at a prompt
    said: Callable[[str], str] = str  # turns what is said at a prompt into what `read` takes


def behaviour(kind: QuestionType) -> Behaviour:
    """Return all that depends on the type of a question."""
    match kind:
        case "text":
            return _TEXT
        case "choice":
            return _CHOICE
        case "choices":
            return _CHOICES
        case "yes-no":
            return _YES_NO
        case "date":
            return _DATE
        case "number":
            return _NUMBER
        case "people":
            return _PEOPLE
    assert_never(kind)


def read_value(fact: HasType, raw: object) -> Value:
    """Read a value from what a YAML or JSON file, an option or a prompt gave.

    Choices come in the question's order.

    Raises:
        InvalidValue: with what was given, what is expected and the nearest match.
    """
    return behaviour(fact.type).read(fact, raw)


def show_value(fact: HasType, value: Value) -> str:
    """Write a value for people: choices by their labels, “Tue 1 December 2026”, yes or no."""
    return behaviour(fact.type).show(fact, value)


def _single(noun: str, read: Callable[[HasType, str], Value]) -> Callable[[HasType, object], Value]:
    """Return a reader of one text."""

    def read_single(fact: HasType, raw: object) -> Value:
        if not isinstance(raw, str):
            found = "nothing" if raw is None else "a list" if isinstance(raw, list) else "a mapping"
            raise InvalidValue(f"one {noun} is needed here, not {found}")
        return read(fact, raw.strip())

    return read_single


def _read_choice(fact: HasType, text: str) -> str:
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
        _read_choice(fact, part)
    return tuple(choice for choice in fact.choices if choice in parts)


_YES_NO_WORDS = {"true": True, "yes": True, "false": False, "no": False}


def _read_yes_no(_fact: HasType, text: str) -> bool:
    if text.casefold() not in _YES_NO_WORDS:
        raise InvalidValue(f"“{brief(text)}” is neither yes nor no{allowed(_YES_NO_WORDS)}")
    return _YES_NO_WORDS[text.casefold()]


def _read_number(_fact: HasType, text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise InvalidValue(f"“{brief(text)}” is no whole number from 0 to {_MAX_NUMBER}")
    return int(text)


def _days_around(_fact: HasType, bounds: Iterable[datetime.date]) -> list[datetime.date]:
    last = datetime.date.max.toordinal()
    days = {bound.toordinal() + step for bound in bounds for step in (-1, 0, 1)}
    found = [datetime.date.fromordinal(day) for day in sorted(days) if 1 <= day <= last]
    return found or [datetime.date.min]


def _numbers_around(_fact: HasType, bounds: Iterable[int]) -> list[int]:
    numbers = {bound + step for bound in bounds for step in (-1, 0, 1)}
    return sorted(number for number in numbers if 0 <= number <= _MAX_NUMBER) or [0]


_TEXT = Behaviour(
    read=_single("text", lambda _fact, text: read_text(text)),
    show=lambda _fact, value: str(value),
    type_in=str,
    compared="text",
    options={},
    # The last stands for any other text; nobody can give one with a line break.
    samples=lambda _fact, texts: (*texts, "\n"),
    hint=f"One line of at most {MAX_TEXT} characters.",
    comment="",
    example="…",
    expected="text",
)
_CHOICE = Behaviour(
    read=_single("choice", _read_choice),
    show=lambda fact, value: fact.choices.get(value, value),
    type_in=str,
    compared="one",
    options=None,
    samples=lambda fact, _: fact.choices,
    hint="",
    comment="One of: $choices.",
    example="",
    expected="one of $choices",
)
_CHOICES = Behaviour(
    read=_read_choices,
    show=lambda fact, value: join_words(fact.choices.get(part, part) for part in value) or "none",
    type_in=lambda value: ",".join(value) or "none",
    compared="several",
    options=None,
    samples=lambda fact, _: fact.choices,
    hint="A list; for none of them, an empty one.",
    comment="A list, [] for none, of: $choices.",
    example="",
    expected="any of $choices, or none",
)
_YES_NO = Behaviour(
    read=_single("yes or no", _read_yes_no),
    show=lambda _fact, value: "yes" if value else "no",
    type_in=lambda value: "true" if value else "false",
    compared="one",
    options={"yes": "Yes", "no": "No"},
    samples=lambda _fact, _: (True, False),
    hint="",
    comment="true or false.",
    example="true",
    expected="true or false",
)
_DATE = Behaviour(
    read=_single("date", lambda _fact, text: read_date(text)),
    show=lambda _fact, value: show_date(value),
    type_in=str,
    # Somebody who types may say a date; a file must be read the same by every program.
    said=long_date,
    compared="range",
    options={},
    samples=_days_around,
    hint="A date: year-month-day.",
    comment="",
    example="2026-12-01",
    expected="year-month-day",
)
_NUMBER = Behaviour(
    read=_single("number", _read_number),
    show=lambda _fact, value: str(value),
    type_in=str,
    compared="range",
    options={},
    samples=_numbers_around,
    hint="A whole number.",
    comment="",
    example="2",
    expected="a whole number",
)
_PEOPLE = Behaviour(
    read=lambda _fact, raw: read_people(raw),
    show=lambda _fact, value: join_words(map(str, value)) or "none",
    type_in=type_people,
    compared="never",
    options={},
    samples=lambda _fact, _: (None,),
    hint=f"At most {MAX_PEOPLE}, each as {{name: …, telephone: …}}.",
    comment="A list of {name: …, telephone: …}.",
    prompt=f"Write: {EXAMPLE}",
    example="Ann",
    expected="names, each with its number after a comma, and semicolons between people",
)
