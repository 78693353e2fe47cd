"""What a batch has made, for people and for programs."""

from __future__ import annotations

import json

import pytest

from tests.results.schemas import assert_fits
from travelsec.cli.batch_summary import BatchCounts, LineResult, summary
from travelsec.trip.readiness import Verdict

RESULTS = [
    LineResult(2, "A-1", "ready", "out/a-1.json", True, "0", "1", "Ann"),
    LineResult(3, "", "not-ready", "out/0003.json", False, "7", "0", "Bo\x1b[2J"),
    LineResult(4, "", "not-made", faults=("b.csv:4: “x”",)),
]


def shown(format_: str, capsys: pytest.CaptureFixture[str], results: list[LineResult]) -> str:
    """Return what is printed of these results."""
    counts = BatchCounts()
    made = summary(format_, digits=4)
    for result in results:
        counts.add(result)
        made.row(result)
    made.end(counts)
    return capsys.readouterr().out


def test_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    """What is unchanged is marked and counted."""
    assert [" ".join(line.split()) for line in shown("text", capsys, RESULTS).splitlines()] == [
        "Line Verdict Musts open Waived Traveller File",
        "2 ready 0 1 Ann a-1.json (unchanged)",
        "3 not ready 7 0 Bo<U+001B>[2J 0003.json",
        "4 not made",
        "",
        "3 lines: 1 ready, 0 ready with actions, 1 not ready, 1 not made; 1 unchanged",
    ]


def test_json_and_json_lines_have_the_same_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """In ASCII; JSON has the totals too."""
    whole = json.loads(shown("json", capsys, RESULTS))
    assert_fits(whole)
    text = shown("jsonl", capsys, RESULTS)
    assert text.isascii()
    assert [json.loads(line) for line in text.splitlines()] == whole["lines"]
    assert whole["lines"][0] == {
        "line": 2,
        "key": "A-1",
        "file": "out/a-1.json",
        "verdict": "ready",
        "unchanged": True,
        "exit_code": 0,
        "faults": [],
    }
    assert whole["lines"][2] == {
        "line": 4,
        "key": None,
        "file": None,
        "verdict": None,
        "unchanged": False,
        "exit_code": 2,
        "faults": ["b.csv:4: “x”"],
    }
    assert whole["totals"] == {
        "ready": 1,
        "ready-with-actions": 0,
        "not-ready": 1,
        "not-made": 1,
        "unchanged": 1,
    }
    assert whole["exit_code"] == 2


@pytest.mark.parametrize(
    ("verdicts", "code"), [(["ready", "ready-with-actions"], 0), (["not-ready", "ready"], 1)]
)
def test_the_exit_code_is_that_of_the_worst(verdicts: list[Verdict], code: int) -> None:
    """As each line has its own."""
    counts = BatchCounts()
    for number, verdict in enumerate(verdicts):
        counts.add(LineResult(number, "", verdict))
    assert (counts.code(), counts.lines) == (code, 2)
