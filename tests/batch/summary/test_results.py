"""The results of all lines together."""

from __future__ import annotations

from travelsec.batch.summary.results import BatchCounts, LineResult


def test_the_exit_code_is_that_of_the_worst() -> None:
    """What is unchanged is counted once more, but is one line."""
    counts = BatchCounts()
    counts.add(LineResult(1, "", "ready", 0))
    assert (counts.exit_code, counts.lines) == (0, 1)
    counts.add(LineResult(2, "", "not-ready", 1, unchanged=True))
    counts.add(LineResult(3, "", "ready-with-actions", 0))
    assert (counts.exit_code, counts.lines, counts["unchanged"]) == (1, 3, 1)
