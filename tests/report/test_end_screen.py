"""What an interview ends with."""

from __future__ import annotations

import datetime

import pytest
from msgspec.structs import replace as put

from travelsec.report.end_screen import end_screen
from travelsec.report.model import Report

DUE = datetime.date(2026, 11, 29)
ROWS = [
    ("must", "Two", "now"),
    ("must", "Three", "by Sun 29 November 2026"),
    ("should", "One", "declined"),
    ("consider", "Four", ""),
]


@pytest.fixture
def opened(report: Report) -> Report:
    """Return a report of 24 November with four open items, and one that is done."""
    item = put(report.items[0], phase="before", status="todo", due=None)
    return put(
        report,
        items=(
            put(item, label="One", level="should", status="declined", due=DUE),
            put(item, label="Two", level="must", due=report.as_of),
            put(item, label="Three", level="must", status="unanswered", due=DUE),
            put(item, label="Four", level="consider"),
            put(item, label="Five", level="must", status="done"),
        ),
    )


def test_the_strictest_come_first_with_the_day(opened: Report) -> None:
    """One that is declined says so instead."""
    end = end_screen(opened, 50)
    assert (end.rows, end.more) == (ROWS, 0)
    assert (end.tone, end.verdict.partition(".")[0]) == ("bad", "NOT READY")


@pytest.mark.parametrize(("room", "shown"), [(4, 4), (3, 2), (1, 0), (0, 0)])
def test_what_does_not_fit_is_counted(opened: Report, room: int, shown: int) -> None:
    """A line is needed to say how many more there are."""
    end = end_screen(opened, room)
    assert (end.rows, end.more) == (ROWS[:shown], 4 - shown)
