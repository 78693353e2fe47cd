"""What a batch has made, as JSON Lines."""

from __future__ import annotations

import json

from tests.batch.summary.summaries import shown


def test_a_line_for_each_result() -> None:
    """In ASCII; what is not known is null."""
    text = shown("jsonl")
    assert text.isascii()
    lines = [json.loads(line) for line in text.splitlines()]
    assert len(lines) == 3
    assert lines[0] == {
        "line": 2,
        "key": "A-1",
        "file": "out/a-1.json",
        "verdict": "ready",
        "unchanged": True,
        "exit_code": 0,
        "faults": [],
    }
    assert lines[2] == {
        "line": 4,
        "key": None,
        "file": None,
        "verdict": None,
        "unchanged": False,
        "exit_code": 2,
        "faults": ["b.csv:4: “x”"],
    }
