"""Dates as people write them: day first, nothing guessed, every doubt told."""

from __future__ import annotations

import contextlib
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travelsec.values import InvalidValue, read_date
from travelsec.wording import MONTHS, show_date
from travelsec.written_dates import NotUnderstood, read_certain, read_written

TODAY = datetime.date(2026, 11, 25)
"""A Wednesday."""

YEARS = st.dates(datetime.date(1000, 1, 1))


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026-12-05", "2026-12-05"),
        ("2026-12-5", "2026-12-05"),
        ("2026/12/5", "2026-12-05"),
        ("25/12/2026", "2026-12-25"),
        ("25.12.26", "2026-12-25"),
        ("25-12-2026", "2026-12-25"),
        ("12/12/2026", "2026-12-12"),
        ("5 Dec 2026", "2026-12-05"),
        ("5th of December 2026", "2026-12-05"),
        ("Dec 5th, 2026", "2026-12-05"),
        ("5-Dec-2026", "2026-12-05"),
        ("05-Dec-26", "2026-12-05"),
        ("25-dec-26", "2026-12-25"),
        ("the 5th of December 2026", "2026-12-05"),
        ("SAT 5 DECEMBER 2026", "2026-12-05"),
        ("Saturday, 5 Sept. 2026", "2026-09-05"),
        ("sat 5/12/2026", "2026-12-05"),
        ("Sat 5 Dec", "2026-12-05"),
        ("5 Dec", "2026-12-05"),
        ("5th of January", "2027-01-05"),
        ("25/12", "2026-12-25"),
        ("today", "2026-11-25"),
        ("Tomorrow", "2026-11-26"),
        ("friday", "2026-11-27"),
        ("on Mon", "2026-11-30"),
        ("this Sunday", "2026-11-29"),
        ("next Tuesday", "2026-12-01"),
        ("in 3 days", "2026-11-28"),
        ("in a week", "2026-12-02"),
        ("in two weeks", "2026-12-09"),
    ],
)
def test_a_clear_date_is_read_without_a_doubt(text: str, date: str) -> None:
    """In any case, with or without the weekday."""
    assert read_written(text, TODAY) == (datetime.date.fromisoformat(date), "")


@pytest.mark.parametrize(
    ("text", "date", "doubt"),
    [
        ("5/12/2026", "2026-12-05", "The day comes first here, then the month"),
        ("5.12.26", "2026-12-05", "The day comes first here, then the month"),
        ("5/12", "2026-12-05", "The day comes first here, then the month"),
        ("24 Nov", "2027-11-24", "You gave no year"),
        ("28/5", "2027-05-28", "You gave no year"),
        ("29 February", "2028-02-29", "You gave no year"),
        ("next Friday", "2026-12-04", "It could also be Fri 27 November 2026"),
        ("wednesday", "2026-12-02", "Today is Wed 25 November 2026"),
    ],
)
def test_a_date_that_can_be_read_in_two_ways_is_doubted(text: str, date: str, doubt: str) -> None:
    """It is read anyway: the traveller sees how, and confirms it."""
    assert read_written(text, TODAY) == (datetime.date.fromisoformat(date), doubt)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Tue 5 December 2026", "Sat 5 December 2026 is not a Tuesday"),
        ("fri 5 dec", "Sat 5 December 2026 is not a Friday"),
        ("31 November 2026", "there is no such day in the calendar"),
        ("30 Feb", "there is no such day in the calendar"),
        ("12/25/2026", "write the day first, then the month"),
        *((text, "") for text in ("", "soon", "5", "5.12", "2026", "20261205", "1 De 2026")),
        *(
            (text, "")
            for text in (
                "1 Decembre 2026",
                "1 December 26",
                "1-Dec 26",
                "Dec-05-26",
                "5/12-2026",
                "5 12 2026",
            )
        ),
        *((text, "") for text in ("in x days", "in 9999999 days", "next", "next week", "sat sun")),
        *((text, "") for text in ("٥/12/2026", "5/12/2026 10:00", "friday 5", "2026-W49-2")),
    ],
)
def test_nothing_is_guessed(text: str, why: str) -> None:
    """What a person would not take for a date is none."""
    with pytest.raises(NotUnderstood) as wrong:
        read_written(text, TODAY)
    assert str(wrong.value) == why


@given(YEARS)
def test_every_date_is_read_in_each_of_its_forms(day: datetime.date) -> None:
    """Whatever the day, and the case."""
    year, month, name = f"{day:%Y}", day.month, MONTHS[day.month - 1]
    forms = [
        show_date(day),
        show_date(day).upper(),
        f"{day.day} {name[:3]} {year}",
        f"{day.day}th of {name}, {year}",
        f"{name} {day.day} {year}",
        f"{year}-{month}-{day.day}",
        day.isoformat(),
        f"{day.day}/{month}/{year}",
        f"{day.day:02}.{month:02}.{year}",
        f"{show_date(day)[:3]} {day.day}-{month}-{year}",
    ]
    assert {read_written(form, TODAY).date for form in forms} == {day}


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2090, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_one_of_the_coming_fortnight(today: datetime.date, number: int) -> None:
    """“Friday” is the first after today, “next Friday” is in the week after this one."""
    name = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[number]
    coming, following = (read_written(f"{word}{name}", today).date for word in ("", "next "))
    assert coming.weekday() == following.weekday() == number
    assert 1 <= (coming - today).days <= 7
    assert following.isocalendar()[:2] == (today + datetime.timedelta(7)).isocalendar()[:2]


WORDS = st.sampled_from(
    [
        *("next", "in", "on", "the", "of", "th", "today", "days", "dec", "fri"),
        *("5", "12", "31", "99", "2026", "/", "-", "."),
    ]
)


@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join), st.lists(WORDS).map("".join)), YEARS)
def test_no_text_is_a_crash(text: str, today: datetime.date) -> None:
    """It is a date, or it is refused."""
    with contextlib.suppress(NotUnderstood):
        assert isinstance(read_written(text, today).date, datetime.date)


@given(YEARS)
def test_a_certain_date_is_one_day_only(day: datetime.date) -> None:
    """In figures, unless the day could be the month; then both days are named."""
    text = f"{day.day}/{day.month}/{day:%Y}"
    if day.day > 12 or day.day == day.month:
        assert read_certain(text) == day
    else:
        other = datetime.date(day.year, day.day, day.month)
        with pytest.raises(NotUnderstood) as wrong:
            read_certain(text)
        assert str(wrong.value) == f"it could be {show_date(day)} or {show_date(other)}"


@pytest.mark.parametrize(
    ("text", "why"),
    [("5 Dec", "it has no year"), ("25/12", "it has no year"), ("today", ""), ("next Friday", "")],
)
def test_a_certain_date_does_not_depend_on_today(text: str, why: str) -> None:
    """It has its year."""
    with pytest.raises(NotUnderstood) as wrong:
        read_certain(text)
    assert str(wrong.value) == why


@pytest.mark.parametrize("text", ["5/12/2026", "2026-12-5", "Sat 5 December 2026", "5.12.26"])
def test_scripts_write_iso_8601_and_are_told_how(text: str) -> None:
    """With the date that was probably meant."""
    with pytest.raises(InvalidValue) as wrong:
        read_date(text)
    assert str(wrong.value) == f"“{text}” is not in ISO 8601: write 2026-12-05"


@pytest.mark.parametrize("text", ["tomorrow", "5 Dec", "soon", "Tue 5 December 2026"])
def test_scripts_are_told_no_date_that_depends_on_the_day(text: str) -> None:
    """Nor one with the wrong weekday."""
    with pytest.raises(InvalidValue, match=r"is not a date .* ISO 8601"):
        read_date(text)
