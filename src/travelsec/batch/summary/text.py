"""What a batch has made as a table, for people."""

from __future__ import annotations

from pathlib import Path

from travelsec.batch.summary.results import LINE_VERDICTS, BatchCounts, LineResult, Summary
from travelsec.document import display_width
from travelsec.problems import brief
from travelsec.safe_text import line
from travelsec.wording import count

WIDE = 110
"""In a window with fewer columns, the file is below its row, so that its name is not broken."""
_TRAVELLER_WIDTH = 24


def summary(digits: int, width: int | None) -> Summary:
    """Return a table for a window of this width; `digits` is that of the numbers of lines."""
    return _Table(digits, is_narrow=width is not None and width < WIDE)


class _Table:
    def __init__(self, digits: int, *, is_narrow: bool) -> None:
        self._digits = digits
        self._begun = False
        self._is_narrow = is_narrow

    def row(self, result: LineResult) -> str:
        """Return a row, and the head above the first."""
        name = Path(result.file).name
        row = self._row(
            str(result.line),
            result.verdict.replace("-", " "),
            result.musts,
            result.waived,
            result.traveller,
            f"{name} (unchanged)" if result.unchanged else name,
        )
        if self._begun:
            return row
        self._begun = True
        head = self._row("Line", "Verdict", "Musts open", "Waived", "Traveller", "File")
        return f"{head}\n{row}"

    def end(self, counts: BatchCounts) -> str:
        """Return the totals."""
        parts = (f"{counts[verdict]} {verdict.replace('-', ' ')}" for verdict in LINE_VERDICTS)
        same = f"; {counts['unchanged']} unchanged" if counts["unchanged"] else ""
        return f"\n{count(counts.lines, 'line')}: {', '.join(parts)}{same}"

    def _row(self, *cells: str) -> str:
        number, verdict, musts, waived, traveller, file = cells
        numbers = f"{number:>{self._digits}}  {verdict:18}  {musts:>10}  {waived:>6}"
        row = f"{numbers}  {_fit_width(traveller, _TRAVELLER_WIDTH)}  "
        if self._is_narrow:
            row = f"{row.rstrip()}\n{' ' * (self._digits + 2)}"
        return f"{row}{file}".rstrip()


def _fit_width(text: str, width: int) -> str:
    """Return the text made safe, and cut or padded to this many columns."""
    shown = brief(line(text), width)
    if display_width(shown) > width:
        import wcwidth

        shown = f"{wcwidth.clip(shown, 0, width - 1).rstrip()}…"
    return shown + " " * (width - display_width(shown))
