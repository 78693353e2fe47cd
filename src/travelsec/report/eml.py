"""Write a report as a draft email to the line manager, with the page attached."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from travelsec.document import Block, ListItem, Paragraph
from travelsec.mail_draft import Attachment, draft
from travelsec.problems import brief
from travelsec.question_types import NONE
from travelsec.report import html, outline
from travelsec.report.model import Report, ReportItem
from travelsec.safe_text import file_name
from travelsec.wording import short_date, short_dates

MAX_IN_MAIL = 12
"""The most open items to name; the report has them all."""
_MAX_NAME = 40


def render(report: Report) -> bytes:
    """Return the draft; the mail program adds the sender, the address and the date."""
    words, _ = outline.VERDICTS[outline.actual_state(report).verdict]
    page = Attachment(
        f"{file_name(report.trip.name)}.html", "text/html", html.render(report).encode()
    )
    return draft(
        f"Travel readiness report: {trip_in_short(report)} – {words}", _sections(report), page
    )


def trip_in_short(report: Report) -> str:
    """Name the traveller, the destination and the days, as far as known, for a subject."""
    names = (report.trip.text("traveller"), report.trip.text("destination"))
    parts = [*(brief(name, _MAX_NAME) for name in names if name.strip()), _trip_days(report)]
    return ", ".join(filter(None, parts)) or brief(report.trip.name, _MAX_NAME)


def _trip_days(report: Report) -> str:
    departs, returns = report.trip.date("departs"), report.trip.date("returns")
    if departs is None:
        return ""
    if report.trip.facts.get("returns") == NONE:
        return f"from {short_date(departs)}"
    return short_dates(departs, returns or departs)


def _sections(report: Report) -> Iterator[list[Block]]:
    stands = outline.actual_state(report)
    yield [Paragraph("Hello,")]
    yield [Paragraph(f"My travel security report for “{report.trip.name}” is attached.")]
    yield [outline.verdict(report)]
    if changed := outline.was_changed(report):
        yield [Paragraph(changed)]
    yield list(_open_items(stands, report.as_of))
    yield list(outline.not_covered(report.readiness, stands))
    yield [
        Paragraph(
            "Open the attachment in a browser, or save this email and have it judged by your own "
            "checklists: travelsec review MAIL.eml"
        )
    ]
    yield [
        Paragraph(
            "Please pass the attachment on as it is. Once it is changed, it no longer holds, and "
            "some browsers change a page when they save it. It is my own statement."
        )
    ]
    yield [Paragraph("Kind regards"), Paragraph(report.trip.text("traveller"))]


def _open_items(stands: outline.ActualState, as_of: datetime.date) -> Iterator[Block]:
    """Yield what is open, the most important first, with its dates."""
    items = outline.in_order(stands.open, as_of)
    if not items:
        return
    yield Paragraph(f"{outline.open_title(stands)}:")
    for item in items[:MAX_IN_MAIL]:
        yield ListItem(None, _line_of_item(item, as_of), "plain")
    if len(items) > MAX_IN_MAIL:
        yield ListItem(
            None, f"and {len(items) - MAX_IN_MAIL} more, which the report names", "plain"
        )


def _line_of_item(item: ReportItem, as_of: datetime.date) -> str:
    when = outline.due(item, as_of)
    return f"{item.label} ({item.level}{f', {when}' if when else ''})"
