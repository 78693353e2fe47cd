"""Names of one person are known in different ways of writing, and those of others are not."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from travelsec.names import comparable, may_be_same, name_words, names_somebody

SAME = [
    ("Alice Smith", "Smith, Alice"),
    ("Alice Smith", "SMITH Alice"),
    ("Alice Smith", "Dr Alice  Smith"),
    ("Alice Smith", "SMITH, Prof. Alice (she/her)"),
    ("Alice Smith", "alice.smith@example.org"),
    ("Alice Smith", "Alice M. Smith"),
    ("Alice Smith", "\u0410lice Sm\u0456th"),
    ("Alice Smith", "\u0391lice Smith"),
    ("Alice Smith", "A1ice Smith"),
    ("Alice Smith", "Smi\u200bth, Al\ufe0fice"),
    ("A. Smith", "Smith A"),
    ("Jos\u00e9 D\u00edaz", "Jose\u0301 Diaz"),
    ("Pat O\u2019Neil", "O'Neil, Pat"),
    ("Ann-Marie Lee", "Lee, Ann Marie"),
    ("\u0410\u043d\u043d\u0430 \u0420\u0430\u043a", "\u0420\u0410\u041a \u0410\u041d\u041d\u0410"),
    ("\u674e \u5b89", "\u5b89 \u674e"),
    ("Smith", "Smith"),
]
OTHERS = [
    ("Alice Smith", "Alan Smith"),
    ("Alice Smith", "Alice Smithson"),
    ("Alice Smith", "Alice Jones"),
    ("Alice Smith", "Smith"),
    ("Alice Smith", "A. Smith"),
    ("A. Smith", "B. Smith"),
    ("A. Smith", "A. B. Smith"),
    ("Mr Smith", "Mrs Smith"),
    ("Alice M. Smith", "Alice N. Smith"),
    ("Pat O\u2019Neil", "Pat Neil"),
    ("Jo Day", "Jo Day-Lewis"),
    ("Ann Lee", "Lee Lee"),
    ("\u0410\u043d\u043d\u0430 \u0420\u0430\u043a", "\u0410\u043d\u043d\u0430 \u0420\u043e\u043a"),
    ("\u0930\u093e\u092e \u0926\u093e\u0938", "\u0930\u0940\u092e\u093e \u0926\u093e\u0938"),
    ("Alice Smith", ""),
    ("", ""),
]


@pytest.mark.parametrize(("name", "other"), SAME)
def test_one_person_is_known_however_the_name_is_written(name: str, other: str) -> None:
    """Turned round, with a title, in letters that look the same."""
    assert may_be_same(name, other)
    assert may_be_same(other, name)


@pytest.mark.parametrize(("name", "other"), OTHERS)
def test_other_people_are_others(name: str, other: str) -> None:
    """Of one family, with the same initials, or with vowels that only marks tell apart."""
    assert not may_be_same(name, other)
    assert not may_be_same(other, name)


@given(st.text(), st.text())
@example("\u0130", "")
def test_any_names_can_be_compared(name: str, other: str) -> None:
    """It does not matter which of the two comes first, nor where a name is cut in two."""
    assert may_be_same(name, other) == may_be_same(other, name)
    turned, straight = name_words(f"{other} {name}"), name_words(f"{name} {other}")
    if "(" not in name + other and ")" not in name + other and "@" not in name + other:
        assert turned == straight


@pytest.mark.parametrize("name", ["", " ", ".", "-", "\u200b", "\u3164", "\ufe0f", "(!)"])
def test_a_name_without_a_letter_names_nobody(name: str) -> None:
    assert not names_somebody(name)


@pytest.mark.parametrize(
    "name", ["A. Smith", "\u674e\u5b89", "4711", "\u0645\u06cc\u200c\u0646\u0627"]
)
def test_a_name_with_a_letter_or_digit_names_somebody(name: str) -> None:
    assert names_somebody(name)


@pytest.mark.parametrize(
    ("name", "other"),
    [("A. Smith", " a.  SMITH"), ("\uff21. Smith", "A. Smith"), ("A. Smi\u200bth", "A. Smith")],
)
def test_a_name_is_the_same_however_it_was_typed(name: str, other: str) -> None:
    assert comparable(name) == comparable(other)
