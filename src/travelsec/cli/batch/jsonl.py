"""Print what a batch has made as JSON Lines: an object for each line, as it is done."""

from __future__ import annotations

import json

import msgspec

from travelsec.cli.batch.results import (
    NOT_MADE,
    BatchCounts,
    LineResult,
    Summary,
    exit_code,
    print_text,
)
from travelsec.results.batch import BatchLine


def summary(digits: int) -> Summary:  # noqa: ARG001
    """Return the objects, for programs; only a table needs the digits."""
    return _JsonLines()


class _JsonLines:
    def row(self, result: LineResult) -> None:
        """Print the line."""
        print_text(json.dumps(msgspec.to_builtins(batch_line(result))))

    def end(self, counts: BatchCounts) -> None:
        """Print nothing: the lines say it all."""


def batch_line(result: LineResult) -> BatchLine:
    """Return the result of a line as programs get it."""
    return BatchLine(
        line=result.line,
        key=result.key or None,
        file=result.file or None,
        verdict=None if result.verdict == NOT_MADE else result.verdict,
        unchanged=result.unchanged,
        exit_code=exit_code(result.verdict),
        faults=result.faults,
    )
