"""Derived facts count days, nights and devices."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travelsec import due
from travelsec.bank_holidays import NATIONS, Nation, dates_of
from travelsec.conditions import FactState, Range
from travelsec.derived import BANK_HOLIDAYS, DERIVED
from travelsec.question_types import NONE

MONDAY = datetime.date(2026, 11, 23)


def derive(fact: str, today: datetime.date, *answers: Any, nation: Nation | None = None) -> Any:
    """Return the value of a derived fact, given the answers to its sources."""
    states = {
        source: FactState(True, answer)
        for source, answer in zip(DERIVED[fact].sources, answers, strict=True)
    }
    dates: Any = dates_of(nation)
    states[BANK_HOLIDAYS] = FactState(True, dates)
    return DERIVED[fact].state(today, states.__getitem__).value


SAMPLES: dict[str, Any] = {
    "date": MONDAY + datetime.timedelta(30),
    "number": 3,
    "choices": ("laptop", "phone"),
}
"""An answer to each type of question that facts are derived from."""


@pytest.mark.parametrize("fact", DERIVED)
def test_a_fact_that_depends_on_the_day_says_so(fact: str) -> None:
    """A review judges a report for two days, and looks again only at what the day can change."""
    answers = [SAMPLES[kind] for kind in DERIVED[fact].sources.values()]
    next_week = MONDAY + datetime.timedelta(7)
    changes = derive(fact, MONDAY, *answers) != derive(fact, next_week, *answers)
    assert changes == DERIVED[fact].by_day


def working_days(
    today: datetime.date, departs: datetime.date, nation: Nation | None = None
) -> int | None:
    """Return the working days that are left before departure."""
    days: int | None = derive("working_days_to_departure", today, departs, nation=nation)
    return days


@pytest.mark.parametrize(
    ("days", "expected"), [(-3, 0), (0, 0), (1, 1), (5, 5), (6, 5), (7, 5), (8, 6), (21, 15)]
)
def test_working_days_to_departure(days: int, expected: int) -> None:
    """Today counts and the day of departure does not; once the trip has begun, there are none."""
    assert working_days(MONDAY, MONDAY + datetime.timedelta(days)) == expected


@pytest.mark.parametrize(
    ("nation", "expected"),
    [("england-and-wales", 5), ("scotland", 4), ("northern-ireland", 5), (None, 8)],
)
def test_bank_holidays_are_no_working_days(nation: Nation | None, expected: int) -> None:
    """From Christmas Eve 2026 to 5 January 2027; in Scotland 2 January has a substitute day."""
    days = working_days(datetime.date(2026, 12, 24), datetime.date(2027, 1, 5), nation)
    assert days == expected


@pytest.mark.parametrize(
    ("fact", "answers", "expected"),
    [
        ("nights", (MONDAY, MONDAY + datetime.timedelta(4)), 4),
        ("nights", (MONDAY, MONDAY), 0),
        ("nights", (MONDAY, MONDAY - datetime.timedelta(1)), 0),
        ("days_to_departure", (MONDAY + datetime.timedelta(7),), 7),
        ("days_to_departure", (MONDAY - datetime.timedelta(7),), 0),
        ("device_kinds", (("laptop", "phone"),), 2),
        ("device_kinds", ((),), 0),
        ("device_nights", (3, MONDAY, MONDAY + datetime.timedelta(4)), 12),
        ("device_nights", (3, MONDAY, MONDAY), None),
        ("device_nights", (3, MONDAY, NONE), None),
        ("nights", (MONDAY, NONE), None),
        ("days_to_departure", (NONE,), None),
        ("open_ended", (NONE, None), True),
        ("open_ended", (MONDAY, NONE), True),
        ("open_ended", (None, NONE), True),
        ("open_ended", (MONDAY, MONDAY), False),
        ("open_ended", (MONDAY, None), None),
        ("open_ended", (None, MONDAY), None),
        ("open_ended", (None, None), None),
    ],
)
def test_a_fact_is_computed(fact: str, answers: tuple[Any, ...], expected: int | None) -> None:
    """Nothing is below zero, and a number of things to take is never zero.

    A trip is open-ended if a date is none; unknown while a date may yet be.
    """
    assert derive(fact, MONDAY, *answers) == expected


@given(
    today=st.dates(datetime.date(2026, 1, 1), datetime.date(2028, 12, 31)),
    ahead=st.integers(0, 60),
    notice=st.integers(1, 20),
    nation=st.sampled_from((None, *NATIONS)),
)
def test_working_days_are_counted_as_in_a_due_date(
    today: datetime.date, ahead: int, notice: int, nation: Nation | None
) -> None:
    """Too few are left exactly if the due date has passed."""
    departs = today + datetime.timedelta(ahead)
    parsed = due.parse_due(f"{notice} working days before departure")
    day = parsed.date(departs, None, dates_of(nation))
    assert day is not None
    left = working_days(today, departs, nation)
    assert left is not None
    assert (left < notice) is (day < today)


def test_no_date_gives_no_number() -> None:
    """For certain: a condition on it is false, and not unknown as before an answer."""
    states = {"departs": FactState(True, MONDAY), "returns": FactState(True, NONE)}
    nights = DERIVED["nights"].state(MONDAY, states.__getitem__)
    assert nights == FactState(False, None)
    assert Range("returns", MONDAY, None).truth(states.__getitem__) is False


def test_a_return_that_does_not_matter_leaves_nothing_unknown() -> None:
    """As where only the day of departure is asked."""
    states = {"departs": FactState(True, MONDAY), "returns": FactState(False, None)}
    assert DERIVED["open_ended"].state(MONDAY, states.__getitem__) == FactState(True, False)
