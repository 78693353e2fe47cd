"""The types of questions: how their answers are read, shown, asked for and compared.

A new type is a word in `QuestionType`, its entry here and its schema in `schema.answers`. mypy and
tests/test_question_types.py name whatever is missing.
"""

from __future__ import annotations

import datetime
import enum
import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, Protocol, TypeAlias, TypeVar, assert_never

import msgspec

from travelsec.countries import data as country_data
from travelsec.countries import last_typed, matching, read_code, read_countries, show_country
from travelsec.labels import choice_id, choice_ids, ids_by_label
from travelsec.people import EXAMPLE, MAX_PEOPLE, Person, read_people
from travelsec.problems import allowed, brief
from travelsec.values import MAX_ANSWER, InvalidValue, read_date, read_text
from travelsec.wording import join_words, show_date

QuestionType = Literal[
    "text", "choice", "choices", "yes-no", "date", "number", "countries", "people"
]
Value: TypeAlias = "str | bool | int | datetime.date | tuple[str, ...] | tuple[Person, ...]"
V = TypeVar("V", bound=Value)
Comparability: TypeAlias = Literal["text", "one", "several", "range", "never"]
"""What conditions compare an answer with: any text, one of a few words, several of them or their
number, bounds, or nothing."""

_MAX_NUMBER = 999_999
_MIDNIGHT = re.compile(r"(?<=[0-9])[T ]0?0:00(:00(\.0+)?)?\Z")
_TIME = re.compile(r"(?<=[0-9])[T ]+[0-9]{1,2}:[0-9]{2}")
_DAY_NUMBER = re.compile(r"[1-9][0-9]{4}(\.[0-9]+)?")
_DECIMALS = re.compile(r"(?<=[0-9])\.0+\Z")


class _NoDate(enum.StrEnum):
    NONE = "none"


NONE = _NoDate.NONE
"""The answer that there is no such date. It has its own type, so no text can be mistaken for it."""


class HasType(Protocol):
    """A `FactType`, or the question that asks for the fact."""

    @property
    def type(self) -> QuestionType: ...

    @property
    def choices(self) -> Mapping[str, str]: ...

    @property
    def none(self) -> str: ...


class FactType(msgspec.Struct, frozen=True):
    """The values that a fact can have."""

    type: QuestionType
    choices: Mapping[str, str] = {}
    none: str = ""  # what it means that there is no such date; empty: there must be one


NUMBER = FactType("number")
YES_NO = FactType("yes-no")


class Behaviour(msgspec.Struct, frozen=True, kw_only=True):
    """What depends on a question's type; `$choices` in its texts are the ids of the choices."""

    read: Callable[[HasType, object], Value]  # from a file, an option or a prompt
    show: Callable[[HasType, Any], str] = lambda _fact, value: str(value)  # for people
    type_in: Callable[[Any], str] = str  # as typed, so that `read` reads it back
    # Turns a cell of a spreadsheet that is not empty into what `read` takes.
    cell_reader: Callable[[HasType], Callable[[str], str]]
    compared: Comparability
    # One of several, as a condition names it; None: conditions name the whole value.
    read_member: Callable[[HasType, object], str] | None = None
    # A value for each case that conditions can tell apart, given what they compare with.
    samples: Callable[[HasType, Iterable[Any]], Iterable[Value | None]]
    options: Mapping[str, str] | None = {}  # the only answers; None: the choices of the question
    hint: str = ""  # for the schema of answers files
    comment: str = ""  # for the template of answers files
    example: str = ""  # a value for `--set`; empty for the first choice
    expected: str  # what `--set` takes
    prompt: str = ""  # below the question at a prompt
    # Lines that a line being typed at a prompt may become, with what each adds.
    complete: Callable[[str], Sequence[tuple[str, str]]] | None = None
    # What is typed at a prompt on a day, as `read` takes it, and why another value could be meant.
    interpret: Callable[[str, datetime.date], tuple[str, str]] = lambda text, _today: (text, "")


@functools.cache
def behaviour(kind: QuestionType) -> Behaviour:
    """Return the behaviour of a type."""
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
        case "countries":
            return _COUNTRIES
        case "people":
            return _PEOPLE
    assert_never(kind)


def read_value(fact: HasType, raw: object) -> Value:
    """Read an answer from a YAML or JSON file, an option or a prompt.

    Choices are put in the question's order.

    Raises:
        InvalidValue: it is not a value of this type.
    """
    return behaviour(fact.type).read(fact, raw)


def show_value(fact: HasType, value: Value) -> str:
    """Write a value for people: choices by their labels, “Tue 1 December 2026”, yes or no."""
    return behaviour(fact.type).show(fact, value)


def none_hint(fact: HasType) -> str:
    """Say that a date question also takes `none`, and what that means; empty if it does not."""
    return f"For {fact.none}, write none." if fact.none else ""


def _single(noun: str, read: Callable[[HasType, str], V]) -> Callable[[HasType, object], V]:
    """Return a function that reads one text, and refuses lists, mappings and nothing."""

    def read_single(fact: HasType, raw: object) -> V:
        if not isinstance(raw, str):
            given = "nothing" if raw is None else "a list" if isinstance(raw, list) else "a mapping"
            raise InvalidValue(f"one {noun} is needed here, not {given}")
        return read(fact, raw.strip())

    return read_single


def _read_choice(fact: HasType, text: str) -> str:
    if text not in fact.choices:
        raise InvalidValue(f"“{brief(text)}” is not a choice{allowed(fact.choices, text)}")
    return text


def _read_choices(fact: HasType, raw: object) -> tuple[str, ...]:
    if isinstance(raw, str):
        # “none” is an empty list, unless a choice has that name.
        if raw.strip().casefold() == "none" and "none" not in fact.choices:
            return ()
        parts: Sequence[object] = [part.strip() for part in raw.split(",") if part.strip()]
        if not parts:
            # An empty text may come from a variable that is not set, so it does not mean none.
            raise InvalidValue(
                f"the list is empty: for none of them write none{allowed(fact.choices)}"
            )
    elif isinstance(raw, list):
        parts = raw
    else:
        raise InvalidValue(f"a list of choices is needed here{allowed(fact.choices)}")
    for part in parts:
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


def _read_date(fact: HasType, text: str) -> Value:
    if text.casefold() != NONE:
        return read_date(text)
    if not fact.none:
        raise InvalidValue("a date is needed here, not none (write year-month-day)")
    return NONE


def _interpret_date(text: str, today: datetime.date) -> tuple[str, str]:
    if text.strip().casefold() == NONE:
        return text, ""
    # Only prompts and tables need it.
    from travelsec.written_dates import NotUnderstood, read_written

    try:
        date, doubt = read_written(text, today)
    except NotUnderstood as wrong:
        why = str(wrong) or f"“{brief(text)}” is not a date"
        raise InvalidValue(f"{why} (write it like 5 December 2026)") from None
    return date.isoformat(), doubt


def _read_date_cell(text: str) -> str:
    """Write a date as files have it; a date that could be another day is refused.

    Midnight is no time of day, but what spreadsheets and databases add to a date alone.
    """
    if text.casefold() == NONE:
        return text
    from travelsec.written_dates import NotUnderstood, read_certain

    try:
        return read_certain(_MIDNIGHT.sub("", text)).isoformat()
    except NotUnderstood as wrong:
        why = f"is not read: {wrong}" if str(wrong) else _why_no_date(text)
        how = "write it like 5 December 2026, or like 2026-12-05"
        raise InvalidValue(f"“{brief(text)}” {why} ({how})") from None


def _why_no_date(text: str) -> str:
    if _DAY_NUMBER.fullmatch(text):
        day = datetime.date(1899, 12, 30) + datetime.timedelta(int(text[:5]))
        return f"is a number, not a date: in most spreadsheets it stands for {show_date(day)}"
    return "has a time of day" if _TIME.search(text) else "is not a date"


def _read_number(_fact: HasType, text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise InvalidValue(f"“{brief(text)}” is not a whole number from 0 to {_MAX_NUMBER}")
    return int(text)


def _around(bounds: Iterable[int], first: int, last: int) -> list[int]:
    numbers = {bound + step for bound in bounds for step in (-1, 0, 1)}
    return sorted(number for number in numbers if first <= number <= last) or [first]


def _days_around(fact: HasType, compared: Iterable[Any]) -> Iterable[Value]:
    ordinals = (day.toordinal() for day in compared if day is not NONE)
    yield from map(datetime.date.fromordinal, _around(ordinals, 1, datetime.date.max.toordinal()))
    if fact.none:
        yield NONE


def _complete_countries(text: str) -> list[tuple[str, str]]:
    typed = last_typed(text)
    before = text.rstrip().removesuffix(typed)
    names = map(show_country, matching(typed))
    return [(f"{before}{name}, ", name) for name in names]


def _as_it_stands(_fact: HasType) -> Callable[[str], str]:
    return str


_TEXT = Behaviour(
    read=_single("text", lambda _fact, text: read_text(text)),
    cell_reader=_as_it_stands,
    compared="text",
    # A line break is never valid, so it represents any other text.
    samples=lambda _fact, texts: (*texts, "\n"),
    hint=f"One line of at most {MAX_ANSWER} characters.",
    example="…",
    expected="text",
)
_CHOICE = Behaviour(
    read=_single("choice", _read_choice),
    show=lambda fact, value: fact.choices.get(value, value),
    cell_reader=lambda fact: functools.partial(choice_id, ids=ids_by_label(fact.choices)),
    compared="one",
    options=None,
    samples=lambda fact, _: fact.choices,
    comment="One of: $choices.",
    expected="one of $choices",
)
_CHOICES = Behaviour(
    read=_read_choices,
    show=lambda fact, value: (
        join_words(fact.choices.get(choice, choice) for choice in value) or "none"
    ),
    type_in=lambda value: ",".join(value) or "none",
    cell_reader=lambda fact: functools.partial(choice_ids, ids=ids_by_label(fact.choices)),
    compared="several",
    read_member=_single("choice", _read_choice),
    options=None,
    samples=lambda fact, _: fact.choices,
    hint="A list; for none of them, an empty one.",
    comment="A list, [] for none, of: $choices.",
    expected="any of $choices, or none",
)
_YES_NO = Behaviour(
    read=_single("yes or no", _read_yes_no),
    show=lambda _fact, value: "yes" if value else "no",
    type_in=lambda value: "true" if value else "false",
    cell_reader=_as_it_stands,
    compared="one",
    options={"yes": "Yes", "no": "No"},
    samples=lambda _fact, _: (True, False),
    comment="true or false.",
    example="true",
    expected="true or false",
)
_DATE = Behaviour(
    read=_single("date", _read_date),
    show=lambda fact, value: f"none: {fact.none}" if value is NONE else show_date(value),
    cell_reader=lambda _fact: _read_date_cell,
    # At a prompt, people write dates as they like; files hold only year-month-day.
    interpret=_interpret_date,
    prompt="For example: 5 December 2026, or next Friday.",
    compared="range",
    samples=_days_around,
    comment="A date, such as 2026-12-05.",
    hint="A date: year-month-day.",
    example="2026-12-01",
    expected="year-month-day",
)
_NUMBER = Behaviour(
    read=_single("number", _read_number),
    # A spreadsheet may show, and so write, a whole number with decimals.
    cell_reader=lambda _fact: functools.partial(_DECIMALS.sub, ""),
    compared="range",
    samples=lambda _fact, bounds: _around(bounds, 0, _MAX_NUMBER),
    hint="A whole number.",
    example="2",
    expected="a whole number",
)
_COUNTRIES = Behaviour(
    read=lambda _fact, raw: read_countries(raw),
    show=lambda _fact, value: join_words(map(show_country, value)) or "none",
    type_in=lambda value: ", ".join(map(show_country, value)) or "none",
    cell_reader=_as_it_stands,
    compared="several",
    read_member=_single("code of a country", lambda _fact, text: read_code(text)),
    samples=lambda _fact, _: country_data().countries,
    complete=_complete_countries,
    hint="A list of names or codes of countries; for none of them, an empty one.",
    comment="A list of names or codes of countries, [] for none.",
    prompt="With commas between them: Turkey, Georgia. Or none.",
    example="TR",
    expected="names or codes of countries with commas between them, or none",
)
_PEOPLE = Behaviour(
    read=lambda _fact, raw: read_people(raw),
    show=lambda _fact, value: join_words(map(str, value)) or "none",
    type_in=lambda value: "; ".join(map(str, value)),
    cell_reader=_as_it_stands,
    compared="never",
    samples=lambda _fact, _: (None,),
    hint=f"At most {MAX_PEOPLE}, each as {{name: …, telephone: …}}.",
    comment="A list of {name: …, telephone: …}; a number without + is taken for a British one.",
    prompt=f"For example: {EXAMPLE}",
    example="Ann",
    expected="names, each with its number after a comma, and semicolons between people",
)
