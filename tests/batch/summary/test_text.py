"""A table of what a batch has made."""

from __future__ import annotations

import pytest

from tests.batch.summary.summaries import shown


def test_a_table() -> None:
    """What is unchanged is marked and counted."""
    assert [" ".join(line.split()) for line in shown("text").splitlines()] == [
        "Line Verdict Musts open Waived Traveller File",
        "2 ready 0 1 Ann a-1.json (unchanged)",
        "3 not ready 7 0 Bo<U+001B>[2J 0003.json",
        "4 not made",
        "",
        "3 lines: 1 ready, 0 ready with actions, 1 not ready, 1 not made; 1 unchanged",
    ]


@pytest.mark.parametrize(("width", "rows"), [(80, 2), (109, 2), (110, 1)])
def test_no_file_name_is_broken_in_a_narrow_window(width: int, rows: int) -> None:
    """There it stands below its row; a row without a file is one line."""
    lines = shown("text", width).splitlines()
    assert len(lines) == 3 * rows + 1 + 2
    assert all(len(line) <= width for line in lines[:-1])
    if rows == 2:
        assert lines[3] == "      a-1.json (unchanged)"
