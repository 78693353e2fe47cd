"""The results of a batch's lines: counted, and written in one of the formats."""

from __future__ import annotations

from collections import Counter
from typing import Literal, NamedTuple, Protocol

from travelsec.trip.readiness import Verdict

NOT_MADE: Literal["not-made"] = "not-made"
LINE_VERDICTS: tuple[Verdict | Literal["not-made"], ...] = (
    "ready",
    "ready-with-actions",
    "not-ready",
    NOT_MADE,
)


class LineResult(NamedTuple):
    """The result of a line; its report has the texts, unless it has faults.

    `exit_code` is what a command for this line alone would end with.
    """

    line: int
    key: str
    verdict: Verdict | Literal["not-made"]
    exit_code: int
    file: str = ""
    unchanged: bool = False
    musts: str = ""
    waived: str = ""
    traveller: str = ""
    faults: tuple[str, ...] = ()


class BatchCounts(Counter[str]):
    """How many lines had each verdict, and how many are `unchanged`."""

    exit_code = 0
    """That of the worst line."""

    def add(self, result: LineResult) -> None:
        """Count a line."""
        self[result.verdict] += 1
        self["unchanged"] += result.unchanged
        self.exit_code = max(self.exit_code, result.exit_code)

    @property
    def lines(self) -> int:
        """The number of lines."""
        return self.total() - self["unchanged"]


class Summary(Protocol):
    """Writes what was made; an empty text is not printed.

    Its module has `summary(digits, width)`, which makes one: `digits` is the width of the numbers
    of lines, and `width` that of the window, or None where there is no window.
    """

    def row(self, result: LineResult) -> str:
        """Return what to print when a line is done."""

    def end(self, counts: BatchCounts) -> str:
        """Return what to print at the end, given how many there are of each."""
