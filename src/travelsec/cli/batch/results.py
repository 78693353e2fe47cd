"""The results of a batch's lines: counted, and printed in one of the formats."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Literal, NamedTuple, Protocol

from travelsec.cli.exit_codes import NO, READY, USAGE
from travelsec.cli.streams import silence
from travelsec.trip.readiness import Verdict

NOT_MADE: Literal["not-made"] = "not-made"
VERDICTS: tuple[Verdict | Literal["not-made"], ...] = (
    "ready",
    "ready-with-actions",
    "not-ready",
    NOT_MADE,
)


class LineResult(NamedTuple):
    """The result of a line; its report has the texts, unless it has faults."""

    line: int
    key: str
    verdict: Verdict | Literal["not-made"]
    file: str = ""
    unchanged: bool = False
    musts: str = ""
    waived: str = ""
    traveller: str = ""
    faults: tuple[str, ...] = ()


class BatchCounts(Counter[str]):
    """How many lines had each verdict, and how many are `unchanged`."""

    def add(self, result: LineResult) -> None:
        """Count a line."""
        self[result.verdict] += 1
        self["unchanged"] += result.unchanged

    @property
    def lines(self) -> int:
        """The number of lines."""
        return self.total() - self["unchanged"]

    def code(self) -> int:
        """Return the exit code of the worst line."""
        return max(exit_code(verdict) for verdict in VERDICTS if self[verdict])


class Summary(Protocol):
    """Prints the result of each line as it is done, and at the end how many there are of each."""

    def row(self, result: LineResult) -> None: ...

    def end(self, counts: BatchCounts) -> None: ...


def exit_code(verdict: str) -> int:
    """Return the exit code of a line, by its verdict."""
    return {NOT_MADE: USAGE, "not-ready": NO}.get(verdict, READY)


def print_text(text: str) -> None:
    """Print a text at once, as long as someone reads it."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # Nobody reads the rows any more, but the reports are still wanted.
        silence(sys.stdout)
