"""The results of all lines together."""

from __future__ import annotations

import pytest

from travelsec.cli.batch.results import BatchCounts, LineResult
from travelsec.trip.readiness import Verdict


@pytest.mark.parametrize(
    ("verdicts", "code"), [(["ready", "ready-with-actions"], 0), (["not-ready", "ready"], 1)]
)
def test_the_exit_code_is_that_of_the_worst(verdicts: list[Verdict], code: int) -> None:
    """As each line has its own."""
    counts = BatchCounts()
    for number, verdict in enumerate(verdicts):
        counts.add(LineResult(number, "", verdict))
    assert (counts.code(), counts.lines) == (code, 2)
