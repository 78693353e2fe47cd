"""Print what a batch has made as a table, for people."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.cells import cell_len, set_cell_size

from travelsec.cli.batch.results import (
    VERDICTS,
    BatchCounts,
    LineResult,
    Summary,
    print_text,
)
from travelsec.console import width_of
from travelsec.problems import brief
from travelsec.safe_text import line
from travelsec.wording import count

WIDE = 110
"""In a window with fewer columns, the file stands below its row, so that its name is not broken."""
_TRAVELLER_WIDTH = 24


def summary(digits: int) -> Summary:
    """Return a table; `digits` is the width of the numbers of lines."""
    return _Table(digits)


class _Table:
    def __init__(self, digits: int) -> None:
        self._digits = digits
        self._begun = False
        self._is_narrow = sys.stdout.isatty() and width_of(sys.stdout) < WIDE

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
        parts = (f"{counts[verdict]} {verdict.replace('-', ' ')}" for verdict in VERDICTS)
        same = f"; {counts['unchanged']} unchanged" if counts["unchanged"] else ""
        print_text(f"\n{count(counts.lines, 'line')}: {', '.join(parts)}{same}")

    def _row(self, *cells: str) -> None:
        number, verdict, musts, waived, traveller, file = cells
        numbers = f"{number:>{self._digits}}  {verdict:18}  {musts:>10}  {waived:>6}"
        row = f"{numbers}  {_fit_width(traveller, _TRAVELLER_WIDTH)}  "
        if self._is_narrow:
            row = f"{row.rstrip()}\n{' ' * (self._digits + 2)}"
        print_text(f"{row}{file}".rstrip())


def _fit_width(text: str, width: int) -> str:
    """Return the text made safe, and cut or padded to this many columns."""
    shown = brief(line(text), width)
    if cell_len(shown) > width:
        shown = f"{set_cell_size(shown, width - 1).rstrip()}…"
    return set_cell_size(shown, width)
