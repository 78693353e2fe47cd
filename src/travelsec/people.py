"""People to call: how their names and telephone numbers are read and shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from travelsec.problems import brief
from travelsec.values import MAX_ANSWER, InvalidValue, read_text

MAX_PEOPLE = 10
_EXAMPLE_NUMBER = "+44 20 7946 0000"
EXAMPLE = f"Ann Lee, {_EXAMPLE_NUMBER}; Jo Day, +44 20 7946 0001"
"""How to type people at a prompt."""

# Address books put these around a number so that it reads from left to right.
_MARKS = dict.fromkeys((0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
# Patterns for people are compiled when the first is read; most commands read none.
_NO_NAME = r"\d{3}|\+"
_BEGIN = r"(?:\(?\+\s?|\()?[0-9]"
_REST = r"[0-9\s()./\u2010-\u2013-]"
# “ext 12” or “x12”, and a remark such as “(ask reception)”.
_TAIL = r"(?:(?i:ext(?:ension|n)?\b\.?|x|#)\s*[0-9]{1,7})?(?:\s*\([^()0-9]+\))?"
_AFTER_COMMA = rf"(?s)(.*),\s*({_BEGIN}{_REST}*{_TAIL})"
_AT_THE_END = rf"(?s)(.*?)\s+({_BEGIN}{_REST}{{4,}}{_TAIL})"
# “Desk 2 020 7946 0000”: the 2 may be part of either.
_UNCLEAR = r"[0-9]{1,2}[\s\u2010-\u2013-]+[+(0]"


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Someone to call: a name, and a telephone number as one would dial it."""

    name: str
    telephone: str = ""

    def __str__(self) -> str:
        return f"{self.name}, {self.telephone}" if self.telephone else self.name


def read_people(raw: object) -> tuple[Person, ...]:
    """Read people from text with semicolons between them, a list, or a mapping for one of them.

    Raises:
        InvalidValue: someone has no name, or what is a name and what a number is not clear.
    """
    parts: Sequence[object] = raw if isinstance(raw, list) else [raw]
    if isinstance(raw, str):
        parts = [text for text in raw.split(";") if text.strip()]
        if not parts:
            raise InvalidValue("the text is empty")
    if len(parts) > MAX_PEOPLE:
        raise InvalidValue(f"at most {MAX_PEOPLE} people are kept here")
    return tuple(_read_person(person) for person in parts)


def _read_person(raw: object) -> Person:
    if isinstance(raw, str):
        person = _person_in(raw.translate(_MARKS).strip())
    else:
        try:
            person = msgspec.convert(raw, Person)
        except msgspec.ValidationError:
            raise InvalidValue(
                f"each person is written as {{name: Ann Lee, telephone: {_EXAMPLE_NUMBER}}}"
            ) from None
    name, telephone = person.name.strip(), person.telephone.strip()
    read = Person(read_text(name), read_text(telephone) if telephone else "")
    told = brief(f"{name} {telephone}".strip())
    if not any(map(str.isalpha, name)):
        # The first digits would be taken for a name, and stand on the card as one.
        raise InvalidValue(f"“{told}” gives no name (write Ann Lee, {_EXAMPLE_NUMBER})")
    if re.search(_NO_NAME, name) or (telephone and not re.search("[0-9]", telephone)):
        # A number in a name would be missing on the card where numbers are looked for.
        raise InvalidValue(
            f"“{told}”: which part is the number? Write Ann Lee, {_EXAMPLE_NUMBER}, a remark after "
            "it in brackets, and another person after a semicolon"
        )
    return read


def _person_in(text: str) -> Person:
    """Separate a name from the number at its end, with or without a comma between them."""
    if len(text) > 2 * MAX_ANSWER:
        # Before the patterns: what a stranger wrote can be a million characters long.
        raise InvalidValue(
            f"the text is too long: {len(text)} characters, at most {2 * MAX_ANSWER}"
        )
    parts = re.fullmatch(_AFTER_COMMA, text)
    if parts is None:
        parts = re.fullmatch(_AT_THE_END, text)
        if parts is not None and re.match(_UNCLEAR, parts[2]):
            raise InvalidValue(f"“{brief(text)}”: write a comma before the number")
    if parts is None:
        return Person(text)
    return Person(parts[1].rstrip(" ,:;=\u2010\u2011\u2012\u2013\u2014-"), parts[2])
