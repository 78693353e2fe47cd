"""What an interview ends with."""

from __future__ import annotations

import pytest
from msgspec.structs import replace as put

from travelsec.report.end_screen import end_screen
from travelsec.report.model import Report


@pytest.mark.parametrize(("room", "shown"), [(50, 2), (2, 2), (1, 0), (0, 0)])
def test_what_does_not_fit_is_counted(report: Report, room: int, shown: int) -> None:
    """A line is needed to say how many more there are."""
    first, second, *_ = report.items
    opened = put(report, items=(put(first, status="todo"), put(second, status="declined")))
    end = end_screen(opened, room)
    assert (len(end.rows), end.more) == (shown, 2 - shown)
    assert {row[2] for row in end.rows} <= {"declined", "now", "", "by Sun 29 November 2026"}
