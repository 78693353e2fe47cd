"""The dates by which items are due."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travelsec.bank_holidays import NATIONS, Nation, dates_of
from travelsec.due import parse_due, suggested_day

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
    assert parse_due(text).date(TUESDAY, SATURDAY) == datetime.date.fromisoformat(date)


def test_a_trip_without_dates_has_no_due_dates() -> None:
    """Each anchor needs only its own date."""
    assert parse_due("1 day before departure").date(None, SATURDAY) is None
    assert parse_due("1 day before departure").date(TUESDAY, None) is not None
    assert parse_due("1 day after return").date(TUESDAY, None) is None
    assert parse_due("on return").date(None, SATURDAY) == SATURDAY


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
    with pytest.raises(ValueError, match="is not a day") as caught:
        parse_due(text)
    assert "(like “2 days before departure”, “15 working days" in str(caught.value)


def test_a_long_text_is_cut_in_the_message() -> None:
    """However long it is."""
    with pytest.raises(ValueError, match=r"“x{59}…” is not a day"):
        parse_due("x" * 10_000)


@pytest.mark.parametrize("unit", ["days", "working days", "weeks"])
def test_due_dates_stop_at_the_ends_of_the_calendar(unit: str) -> None:
    """A date at the very end stays there."""
    first, last = datetime.date.min, datetime.date.max
    assert parse_due(f"9 {unit} before departure").date(first, None) == first
    assert parse_due(f"9 {unit} after return").date(None, last) == last


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
    date = parse_due(f"{count} {unit} {anchor}").date(day, day)
    assert date is not None
    assert date <= day if anchor == "before departure" else date >= day
    if count == 0:
        assert date == day


@pytest.mark.parametrize(
    ("text", "day", "nation", "date"),
    [
        # Christmas 2026: Boxing Day is a Saturday, so that Monday the 28th is a substitute day.
        ("1 working day before departure", "2026-12-29", "england-and-wales", "2026-12-24"),
        ("2 working days before departure", "2026-12-29", "england-and-wales", "2026-12-23"),
        ("1 working day before departure", "2026-12-26", "england-and-wales", "2026-12-24"),
        ("1 working day after return", "2026-12-24", "scotland", "2026-12-29"),
        # Christmas 2027: both days are on the weekend, and both are made up for.
        ("1 working day after return", "2027-12-24", "northern-ireland", "2027-12-29"),
        # New Year 2028: Saturday the 1st and Sunday the 2nd.
        ("1 working day after return", "2027-12-31", "england-and-wales", "2028-01-04"),
        ("1 working day after return", "2027-12-31", "scotland", "2028-01-05"),
        # Easter 2027: Scotland works on the Monday.
        ("1 working day before departure", "2027-03-30", "england-and-wales", "2027-03-25"),
        ("1 working day before departure", "2027-03-30", "scotland", "2027-03-29"),
        # The weeks that are left after five days at a time hold bank holidays of their own.
        ("15 working days before departure", "2027-01-11", "england-and-wales", "2026-12-16"),
        ("15 working days before departure", "2027-01-11", None, "2026-12-21"),
        # Only in Northern Ireland, and only in Scotland.
        ("1 working day after return", "2026-03-16", "northern-ireland", "2026-03-18"),
        ("1 working day after return", "2026-03-16", "england-and-wales", "2026-03-17"),
        ("1 working day before departure", "2026-12-01", "scotland", "2026-11-27"),
        # A day on which nobody works is no less a day.
        ("4 days before departure", "2026-12-29", "england-and-wales", "2026-12-25"),
        ("0 working days before departure", "2026-12-25", "england-and-wales", "2026-12-25"),
    ],
)
def test_bank_holidays_are_no_working_days(
    text: str, day: str, nation: Nation | None, date: str
) -> None:
    """Those of the nation, with their substitute days."""
    start = datetime.date.fromisoformat(day)
    found = parse_due(text).date(start, start, dates_of(nation))
    assert found == datetime.date.fromisoformat(date)


_DAYS = st.dates(datetime.date(2015, 1, 1), datetime.date(2040, 1, 1))
_NATIONS = st.sampled_from((None, *NATIONS))


@given(st.integers(1, 60), _DAYS, _NATIONS)
def test_as_many_working_days_lie_between_as_asked(
    count: int, day: datetime.date, nation: Nation | None
) -> None:
    """Between the due date and the departure, or the return and the due date."""
    dates = dates_of(nation)
    before = parse_due(f"{count} working days before departure").date(day, None, dates)
    after = parse_due(f"{count} working days after return").date(None, day, dates)
    assert before is not None
    assert after is not None

    def is_working_day(date: datetime.date) -> bool:
        return date.weekday() < 5 and date not in dates

    one = datetime.timedelta(1)
    assert is_working_day(before)
    assert sum(is_working_day(before + n * one) for n in range((day - before).days)) == count
    assert is_working_day(after)
    assert sum(is_working_day(after - n * one) for n in range((after - day).days)) == count


@given(st.integers(0, 60), _DAYS, _DAYS, _NATIONS)
def test_a_later_trip_or_a_shorter_notice_is_never_due_earlier(
    count: int, one: datetime.date, other: datetime.date, nation: Nation | None
) -> None:
    """Whatever bank holidays lie in between."""
    dates = dates_of(nation)
    parsed = parse_due(f"{count} working days before departure")
    first, second = (parsed.date(day, None, dates) for day in sorted((one, other)))
    shorter = parse_due(f"{max(count - 1, 0)} working days before departure").date(one, None, dates)
    due = parsed.date(one, None, dates)
    assert None not in (first, second, due, shorter)
    assert first <= second  # type: ignore[operator]
    assert due <= shorter  # type: ignore[operator]


@given(st.none() | _DAYS, st.none() | _DAYS, _DAYS)
def test_only_a_day_before_a_deadline_to_come_is_suggested(
    due: datetime.date | None, deadline: datetime.date | None, today: datetime.date
) -> None:
    """Otherwise it would contradict the deadline, or who to ask once that is missed."""
    suggested = suggested_day(due, deadline, today)
    assert suggested in (due, None)
    if due is not None and deadline is not None:
        assert (suggested is not None) is (due < deadline and today <= deadline)
    else:
        assert suggested == due
