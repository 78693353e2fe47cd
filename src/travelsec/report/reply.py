"""Draft the line manager's reply to the traveller."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from travelsec.report.model import Report, ReportItem
from travelsec.report.outline import actual_state, due, in_order

POINT = "- "
"""The start of a paragraph that is a point in a list."""

_NONE_AGREED = (
    "You have agreed to none of the {} undertakings for the trip. Please go through them, and "
    "agree to each or tell me why you cannot."
)


def reply(report: Report) -> Iterator[str]:
    """Yield the paragraphs of an email to the traveller, for the manager to edit.

    The reply adds nothing to the report. It says “content” only if no `must` is open or waived and
    nothing is declined. Its texts from the report are raw: formats make them safe.
    """
    stands = actual_state(report)
    wanted = [item for item in in_order(stands.open, report.as_of) if item.status != "declined"]
    musts = [item for item in wanted if item.level == "must"]
    undertakings = _all_open(report)
    advice = [item for item in wanted if item.level != "must"]
    others = [item for item in advice if not (undertakings and item.phase == "away")]
    name = report.trip.text("traveller")
    yield f"Dear {name}," if name else "Hello,"
    yield f"Thank you for your travel security checklist, “{report.trip.name}”."
    if stands.musts:
        yield "You are not ready yet: some required items are still open."
    yield from _list_with_lead(
        "Please do the following before you leave:",
        (_to_do(item, report.as_of) for item in musts if item.phase == "before"),
    )
    if undertakings:
        yield _NONE_AGREED.format(undertakings)
    yield from _list_with_lead(
        "Please agree to the following for the trip, or tell me why you cannot:",
        (f"“{item.do}”" for item in musts if item.phase == "away" and not undertakings),
    )
    yield from _list_with_lead(
        "You declined the following. What will you do instead?",
        (_excused(item) for item in in_order(stands.declined, report.as_of)),
    )
    yield from _list_with_lead(
        "You say that the following do not apply to you. They are normally required, so please "
        "tell me a little more:",
        (_excused(item) for item in in_order(stands.waived, report.as_of)),
    )
    yield from _list_with_lead(
        "Please also follow this advice where you can:",
        (_to_do(item, report.as_of) for item in others),
    )
    unsettled = bool(stands.declined or stands.waived)
    if not musts and not unsettled:
        settled = "No required items are open." if others else "Nothing is open."
        yield f"{settled} On that basis I am content with your preparation."
    yield from _list_with_lead(
        "The checklist does not cover everything. Please make sure that you have arranged what "
        "you need of this as well:",
        report.readiness.not_covered,
    )
    if musts or unsettled:
        done = ["you have done or agreed to what is open"] if musts else []
        agreed = ["we have settled my questions"] if unsettled else []
        yield f"Please send me a new report once {' and '.join([*done, *agreed])}."
    yield "Kind regards"


def _all_open(report: Report) -> int:
    """Return the number of undertakings if all wait for an answer, a `must` among them; else 0."""
    away = [
        item for item in report.items if item.phase == "away" and item.status != "not-applicable"
    ]
    waiting = all(item.status in ("todo", "unanswered") for item in away)
    wanted = waiting and len(away) > 1 and any(item.level == "must" for item in away)
    return len(away) if wanted else 0


def _list_with_lead(lead: str, points: Iterable[str]) -> Iterator[str]:
    """Yield a sentence and its points, or nothing if there are none."""
    lines = [f"{POINT}{point}" for point in points]
    if lines:
        yield lead
        yield from lines


def _to_do(item: ReportItem, as_of: datetime.date) -> str:
    when = due(item, as_of)
    return f"{item.label} ({when})" if when else item.label


def _excused(item: ReportItem) -> str:
    return f"{item.label}. You say: “{item.reason}”" if item.reason else item.label
