"""The dates by which items are due."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travelsec.due import parse

TUESDAY = datetime.date(2026, 12, 1)
SATURDAY = datetime.date(2026, 12, 5)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2 days before departure", "2026-11-29"),
        ("1 day before departure", "2026-11-30"),
        ("2 weeks before departure", "2026-11-17"),
        ("1 working day before departure", "2026-11-30"),
        ("2 working days before departure", "2026-11-27"),
        ("15 working days before departure", "2026-11-10"),
        ("on departure", "2026-12-01"),
        ("0 days before departure", "2026-12-01"),
        ("0 working days after return", "2026-12-05"),
        ("on return", "2026-12-05"),
        ("1 day after return", "2026-12-06"),
        ("1 working day after return", "2026-12-07"),
        ("6 working days after return", "2026-12-14"),
        ("1 week after return", "2026-12-12"),
        (" 1 day after return\n", "2026-12-06"),
    ],
)
def test_a_due_date_is_counted_from_the_trip(text: str, date: str) -> None:
    """Working days leave out Saturdays and Sundays, whichever day the trip begins or ends on."""
    assert parse(text).date(TUESDAY, SATURDAY) == datetime.date.fromisoformat(date)


def test_a_trip_without_dates_has_no_due_dates() -> None:
    """Each anchor needs only its own date."""
    assert parse("1 day before departure").date(None, SATURDAY) is None
    assert parse("1 day before departure").date(TUESDAY, None) is not None
    assert parse("1 day after return").date(TUESDAY, None) is None
    assert parse("on return").date(None, SATURDAY) == SATURDAY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2 days",
        "two days before departure",
        "2 days after departure",
        "2 days before return",
        "-1 days before departure",
        "1000 days before departure",
        "٣ days before departure",
        "2  days before departure",
        "2 Days before departure",
        "before departure",
        "on arrival",
        "on departure or return",
    ],
)
def test_any_other_form_is_refused_with_examples(text: str) -> None:
    """The message shows how to write it."""
    with pytest.raises(ValueError, match="is not a due date") as caught:
        parse(text)
    assert "(like “2 days before departure”, “15 working days" in str(caught.value)


def test_a_long_text_is_cut_in_the_message() -> None:
    """However long it is."""
    with pytest.raises(ValueError, match=r"“x{59}…” is not a due date"):
        parse("x" * 10_000)


@pytest.mark.parametrize("unit", ["days", "working days", "weeks"])
def test_due_dates_stop_at_the_ends_of_the_calendar(unit: str) -> None:
    """A date at the very end stays there."""
    first, last = datetime.date.min, datetime.date.max
    assert parse(f"9 {unit} before departure").date(first, None) == first
    assert parse(f"9 {unit} after return").date(None, last) == last


@given(
    st.integers(0, 999),
    st.sampled_from(["day", "days", "working day", "working days", "week", "weeks"]),
    st.sampled_from(["before departure", "after return"]),
    st.dates(),
)
def test_every_due_has_a_date_on_the_right_side(
    count: int, unit: str, anchor: str, day: datetime.date
) -> None:
    """Not after departure, and not before return."""
    date = parse(f"{count} {unit} {anchor}").date(day, day)
    assert date is not None
    assert date <= day if anchor == "before departure" else date >= day
    if count == 0:
        assert date == day


@given(st.integers(1, 60), st.dates(datetime.date(1990, 1, 1), datetime.date(2100, 1, 1)))
def test_as_many_working_days_lie_between_as_asked(count: int, day: datetime.date) -> None:
    """Between the due date and the departure."""
    date = parse(f"{count} working days before departure").date(day, None)
    assert date is not None
    days = [date + datetime.timedelta(n) for n in range((day - date).days)]
    assert sum(one.weekday() < 5 for one in days) == count
    assert date.weekday() < 5
