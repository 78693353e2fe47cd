"""A table of what a batch has made."""

from __future__ import annotations

import pytest

from tests.cli.batch.summaries import shown


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
