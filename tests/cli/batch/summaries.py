"""Results of the lines of a batch, and what each format makes of them."""

from __future__ import annotations

import pytest

from travelsec.cli.batch.results import BatchCounts, LineResult
from travelsec.formats import SUMMARY_FORMATS

RESULTS = [
    LineResult(2, "A-1", "ready", "out/a-1.json", True, "0", "1", "Ann"),
    LineResult(3, "", "not-ready", "out/0003.json", False, "7", "0", "Bo\x1b[2J"),
    LineResult(4, "", "not-made", faults=("b.csv:4: “x”",)),
]


def print_results(format_: str) -> None:
    """Print these results."""
    counts = BatchCounts()
    made = SUMMARY_FORMATS.find(format_).load().summary(digits=4)
    for result in RESULTS:
        counts.add(result)
        made.row(result)
    made.end(counts)


def shown(format_: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what is printed of these results."""
    print_results(format_)
    return capsys.readouterr().out
