"""What an interview ends with: the verdict, and the open items that fit on the screen."""

from __future__ import annotations

from typing import NamedTuple

from travelsec.document import Tone
from travelsec.report.model import Report, ReportItem
from travelsec.report.outline import VERDICTS, actual_state, in_order, verdict
from travelsec.wording import show_date


class EndScreen(NamedTuple):
    """The verdict in words, rows of level, label and date, and how many more are open."""

    verdict: str
    tone: Tone
    rows: list[tuple[str, str, str]]
    more: int


def end_screen(report: Report, room: int) -> EndScreen:
    """Sum up a report, with at most `room` lines for what is open."""
    stands = actual_state(report)
    items = in_order(stands.open)
    shown = items if len(items) <= room else items[: max(room - 1, 0)]
    rows: list[tuple[str, str, str]] = [
        (item.level, item.label, _when(item, report)) for item in shown
    ]
    tone = VERDICTS[stands.verdict][1]
    return EndScreen(verdict(report).text, tone, rows, len(items) - len(shown))


def _when(item: ReportItem, report: Report) -> str:
    if item.status == "declined":
        return "declined"
    if item.due is None:
        return ""
    return "now" if item.due <= report.as_of else f"by {show_date(item.due)}"
