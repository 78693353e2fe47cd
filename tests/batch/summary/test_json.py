"""What a batch has made, as one object."""

from __future__ import annotations

import json

from tests.batch.summary.summaries import shown
from tests.results.schemas import assert_fits


def test_the_lines_and_the_totals() -> None:
    """The lines are those of JSON Lines; the exit code is that of the worst."""
    whole = json.loads(shown("json"))
    assert_fits(whole)
    lines = shown("jsonl").splitlines()
    assert whole["lines"] == [json.loads(line) for line in lines]
    assert whole["totals"] == {
        "ready": 1,
        "ready-with-actions": 0,
        "not-ready": 1,
        "not-made": 1,
        "unchanged": 1,
    }
    assert whole["exit_code"] == 2
