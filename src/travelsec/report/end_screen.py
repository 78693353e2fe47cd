"""What an interview ends with: the verdict, and the open items that fit on the screen."""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

from travelsec.document import Tone
from travelsec.report.model import Report, ReportItem
from travelsec.report.outline import VERDICTS, actual_state, due, in_order, is_missed, verdict
from travelsec.wording import at_the_latest, show_date

_ROW = 66
"""The most characters of a label and a date that fit beside the level in 80 columns."""


class EndScreen(NamedTuple):
    """The verdict in words, what is open, and how many more items are.

    `missed` are the items past their deadline, with who to ask. The `rows` are level, label and
    date of the others.
    """

    verdict: str
    tone: Tone
    missed: list[str]
    rows: list[tuple[str, str, str]]
    more: int


def end_screen(report: Report, room: int) -> EndScreen:
    """Sum up a report, with at most `room` lines for what is open."""
    stands = actual_state(report)
    items = in_order(stands.open, report.as_of)
    listed = items
    if sum(_lines_needed(item, report) for item in items) > room:
        needed = accumulate(_lines_needed(item, report) for item in items)
        listed = items[: sum(lines < room for lines in needed)]
    missed = [
        f"{item.label} ({item.level}) – {due(item, report.as_of)}."
        for item in listed
        if is_missed(item, report.as_of)
    ]
    rows: list[tuple[str, str, str]] = [
        (item.level, item.label, _when(item, report)) for item in listed[len(missed) :]
    ]
    tone = VERDICTS[stands.verdict][1]
    return EndScreen(verdict(report).text, tone, missed, rows, len(items) - len(listed))


def _lines_needed(item: ReportItem, report: Report) -> int:
    """Return about how many lines an item takes in a window of 80 columns."""
    if is_missed(item, report.as_of):
        return 1 + len(f"{item.label} ({item.level}) – {due(item, report.as_of)}.") // 80
    return 1 if len(item.label) + len(_when(item, report)) <= _ROW else 2


def _when(item: ReportItem, report: Report) -> str:
    if item.status == "declined":
        return "declined"
    if item.deadline is not None:
        return at_the_latest(item.deadline, report.as_of, item.ask)
    if item.due is None:
        return ""
    return "now" if item.due <= report.as_of else f"by {show_date(item.due)}"
