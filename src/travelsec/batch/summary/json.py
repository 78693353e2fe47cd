"""What a batch has made as JSON: one object, at the end."""

from __future__ import annotations

from travelsec.batch.summary.jsonl import batch_line
from travelsec.batch.summary.results import LINE_VERDICTS, BatchCounts, LineResult, Summary
from travelsec.results.batch import SCHEMA, Batch, BatchLine, BatchTotals
from travelsec.safe_text import ascii_json


def summary(_digits: int, _width: int | None) -> Summary:
    """Return the object, for programs; only a table has a width."""
    return _Json()


class _Json:
    def __init__(self) -> None:
        self._lines: list[BatchLine] = []

    def row(self, result: LineResult) -> str:
        """Keep the line."""
        self._lines.append(batch_line(result))
        return ""

    def end(self, counts: BatchCounts) -> str:
        """Return all lines and the totals."""
        totals = BatchTotals(*(counts[name] for name in (*LINE_VERDICTS, "unchanged")))
        batch = Batch(SCHEMA, tuple(self._lines), totals, counts.exit_code)
        return ascii_json(batch).rstrip()
