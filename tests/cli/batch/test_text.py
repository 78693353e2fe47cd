"""A table of what a batch has made."""

from __future__ import annotations

import io
import sys

import pytest

from tests.cli.batch.summaries import print_results, shown


def test_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    """What is unchanged is marked and counted."""
    assert [" ".join(line.split()) for line in shown("text", capsys).splitlines()] == [
        "Line Verdict Musts open Waived Traveller File",
        "2 ready 0 1 Ann a-1.json (unchanged)",
        "3 not ready 7 0 Bo<U+001B>[2J 0003.json",
        "4 not made",
        "",
        "3 lines: 1 ready, 0 ready with actions, 1 not ready, 1 not made; 1 unchanged",
    ]


class Window(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("columns", "rows"), [("80", 2), ("109", 2), ("110", 1)])
def test_no_file_name_is_broken_in_a_narrow_window(
    columns: str, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There it stands below its row; a row without a file is one line."""
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr(sys, "stdout", window := Window())
    print_results("text")
    lines = window.getvalue().splitlines()
    assert len(lines) == 3 * rows + 1 + 2
    assert all(len(line) <= int(columns) for line in lines[:-1])
    if rows == 2:
        assert lines[3] == "      a-1.json (unchanged)"
