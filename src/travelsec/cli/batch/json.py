"""Print what a batch has made as JSON: one object, at the end."""

from __future__ import annotations

from travelsec.cli.batch.jsonl import batch_line
from travelsec.cli.batch.results import (
    VERDICTS,
    BatchCounts,
    LineResult,
    Summary,
    print_text,
)
from travelsec.results.batch import SCHEMA, Batch, BatchLine, BatchTotals
from travelsec.safe_text import ascii_json


def summary(digits: int) -> Summary:  # noqa: ARG001
    """Return the object, for programs; only a table needs the digits."""
    return _Json()


class _Json:
    def __init__(self) -> None:
        self._lines: list[BatchLine] = []

    def row(self, result: LineResult) -> None:
        """Keep the line."""
        self._lines.append(batch_line(result))

    def end(self, counts: BatchCounts) -> None:
        """Print all lines and the totals."""
        totals = BatchTotals(*(counts[name] for name in (*VERDICTS, "unchanged")))
        batch = Batch(SCHEMA, tuple(self._lines), totals, counts.code())
        print_text(ascii_json(batch).rstrip())
