"""What a batch has made as JSON Lines: an object for each line, as it is done."""

from __future__ import annotations

import json

import msgspec

from travelsec.batch.summary.results import NOT_MADE, BatchCounts, LineResult, Summary
from travelsec.results.batch import BatchLine


def summary(_digits: int, _width: int | None) -> Summary:
    """Return the objects, for programs; only a table has a width."""
    return _JsonLines()


class _JsonLines:
    def row(self, result: LineResult) -> str:
        """Return the line."""
        return json.dumps(msgspec.to_builtins(batch_line(result)))

    def end(self, _counts: BatchCounts) -> str:
        """Add nothing: the lines say it all."""
        return ""


def batch_line(result: LineResult) -> BatchLine:
    """Return the result of a line as programs get it."""
    return BatchLine(
        line=result.line,
        key=result.key or None,
        file=result.file or None,
        verdict=None if result.verdict == NOT_MADE else result.verdict,
        unchanged=result.unchanged,
        exit_code=result.exit_code,
        faults=result.faults,
    )
