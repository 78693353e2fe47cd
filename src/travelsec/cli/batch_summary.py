"""Print what a batch has made: a table for people, or JSON for programs."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

import msgspec

from travelsec.cli.exit_codes import NO, READY, USAGE
from travelsec.cli.streams import silence
from travelsec.problems import brief
from travelsec.results.batch import SCHEMA, Batch, BatchLine, BatchTotals
from travelsec.safe_text import line
from travelsec.trip.readiness import Verdict
from travelsec.wording import count

NOT_MADE: Literal["not-made"] = "not-made"
_VERDICTS: tuple[Verdict | Literal["not-made"], ...] = (
    "ready",
    "ready-with-actions",
    "not-ready",
    NOT_MADE,
)
_TRAVELLER_WIDTH = 24


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
        return max(_code(verdict) for verdict in _VERDICTS if self[verdict])


class Summary(Protocol):
    """Prints the result of each line as it is done, and at the end how many there are of each."""

    def row(self, result: LineResult) -> None: ...

    def end(self, counts: BatchCounts) -> None: ...


class Table:
    """For people; `digits` is the width of the numbers of lines."""

    def __init__(self, digits: int) -> None:
        self._digits = digits
        self._begun = False

    def row(self, result: LineResult) -> None:
        """Print a row, and the head above the first."""
        if not self._begun:
            self._row("Line", "Verdict", "Musts open", "Waived", "Traveller", "File")
            self._begun = True
        name = Path(result.file).name
        self._row(
            str(result.line),
            result.verdict.replace("-", " "),
            result.musts,
            result.waived,
            result.traveller,
            f"{name} (unchanged)" if result.unchanged else name,
        )

    def end(self, counts: BatchCounts) -> None:
        """Print the totals."""
        parts = (f"{counts[verdict]} {verdict.replace('-', ' ')}" for verdict in _VERDICTS)
        same = f"; {counts['unchanged']} unchanged" if counts["unchanged"] else ""
        _print(f"\n{count(counts.lines, 'line')}: {', '.join(parts)}{same}")

    def _row(self, *cells: str) -> None:
        number, verdict, musts, waived, traveller, file = cells
        numbers = f"{number:>{self._digits}}  {verdict:18}  {musts:>10}  {waived:>6}"
        _print(f"{numbers}  {_fitted(traveller, _TRAVELLER_WIDTH)}  {file}".rstrip())


class JsonLines:
    """For programs: an object for each line, as it is done."""

    def row(self, result: LineResult) -> None:
        """Print the line."""
        _print(json.dumps(msgspec.to_builtins(_line(result))))

    def end(self, counts: BatchCounts) -> None:
        """Print nothing: the lines say it all."""


class Json:
    """For programs: one object, at the end."""

    def __init__(self) -> None:
        self._lines: list[BatchLine] = []

    def row(self, result: LineResult) -> None:
        """Keep the line."""
        self._lines.append(_line(result))

    def end(self, counts: BatchCounts) -> None:
        """Print all lines and the totals."""
        totals = BatchTotals(*(counts[name] for name in (*_VERDICTS, "unchanged")))
        found = Batch(SCHEMA, tuple(self._lines), totals, counts.code())
        _print(json.dumps(msgspec.to_builtins(found), indent=2))


def summary(format_: str, digits: int) -> Summary:
    """Return the summary in one of the formats."""
    known: dict[str, Summary] = {"text": Table(digits), "jsonl": JsonLines(), "json": Json()}
    return known[format_]


def _code(verdict: str) -> int:
    return {NOT_MADE: USAGE, "not-ready": NO}.get(verdict, READY)


def _line(result: LineResult) -> BatchLine:
    return BatchLine(
        line=result.line,
        key=result.key or None,
        file=result.file or None,
        verdict=None if result.verdict == NOT_MADE else result.verdict,
        unchanged=result.unchanged,
        exit_code=_code(result.verdict),
        faults=result.faults,
    )


def _print(text: str) -> None:
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # Nobody reads the rows any more, but the reports are still wanted.
        silence(sys.stdout)


def _fitted(text: str, width: int) -> str:
    """Return the text made safe, and cut or padded to this many columns."""
    shown = brief(line(text), width)
    while (columns := sum(map(_columns, shown))) > width:
        shown = f"{shown[:-2]}…"
    return shown + " " * (width - columns)


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
