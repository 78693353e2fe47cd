"""Dates, plurals and lists of words as people read and write them."""

from __future__ import annotations

import datetime

import pytest

from travelsec.wording import count, join_words, short_date, short_dates, show_date, show_iso


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["a, x", "b"], "a, x; b"),
    ],
)
def test_words_are_joined_as_in_a_sentence(words: list[str], text: str) -> None:
    """Parts with a comma are separated by semicolons."""
    assert join_words(words) == text


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["a"], "a"),
        (["a", "b"], "a or b"),
        (["a", "b", "c"], "a, b or c"),
        (["a, x", "b"], "a, x; or b"),
    ],
)
def test_words_can_be_alternatives(words: list[str], text: str) -> None:
    """Then the last part follows “or”, whatever separates the others."""
    assert join_words(words, "or") == text


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (count(0, "item"), "0 items"),
        (count(1, "item"), "1 item"),
        (count(2, "item"), "2 items"),
        (count(1, "entry", "entries"), "1 entry"),
        (count(2, "entry", "entries"), "2 entries"),
        (count(2, "item is", "items are"), "2 items are"),
    ],
)
def test_a_number_has_its_noun_in_the_right_form(told: str, text: str) -> None:
    """Singular after one, plural after none and many."""
    assert told == text


def test_a_date_has_its_weekday_except_in_a_table() -> None:
    """In English, whatever the locale."""
    day = datetime.date(2026, 12, 1)
    assert show_date(day) == "Tue 1 December 2026"
    assert short_date(day) == "1 Dec 2026"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("2026-12-01", "Tue 1 December 2026"),
        ("2026-12-01T23:59:59Z", "Tue 1 December 2026"),
        ("2026-02-30", "2026-02-30"),
        ("soon", "soon"),
        ("", ""),
    ],
)
def test_an_iso_date_is_written_for_people(written: str, text: str) -> None:
    """Any other text stays as it is."""
    assert show_iso(written) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2026-12-01", "2026-12-05", "1 to 5 Dec 2026"),
        ("2026-11-30", "2026-12-05", "30 Nov to 5 Dec 2026"),
        ("2026-12-30", "2027-01-02", "30 Dec 2026 to 2 Jan 2027"),
        ("2025-12-01", "2026-12-01", "1 Dec 2025 to 1 Dec 2026"),
        ("2026-12-01", "2026-12-01", "1 Dec 2026"),
    ],
)
def test_a_period_in_a_table_says_nothing_twice(first: str, last: str, text: str) -> None:
    days = (datetime.date.fromisoformat(day) for day in (first, last))
    assert short_dates(*days) == text
