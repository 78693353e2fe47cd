"""Write a decision as a draft email to the traveller, with the record attached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from travelsec.document import Block, ListItem, Paragraph
from travelsec.mail_draft import MAIL_WIDTH, Attachment, ReplyTo, draft
from travelsec.report.eml import trip_in_short
from travelsec.report.model import Report
from travelsec.review.decision import ENDING, Decision, decision_json
from travelsec.safe_text import file_name
from travelsec.wording import show_date

_COMMAND = "travelsec prepare --decision"
_LONGEST_NAME = MAIL_WIDTH - len(f"{_COMMAND} {ENDING}")
"""A longer name would break the command, which the traveller copies."""


def decision_mail(
    decision: Decision, report: Report, labels: Mapping[str, str], reply_to: ReplyTo
) -> bytes:
    """Return the draft.

    Args:
        decision: the decision.
        report: the report that it is about.
        labels: the labels of items by their ids.
        reply_to: the email that the report came in.
    """
    name = f"{file_name(report.trip.name)[:_LONGEST_NAME].rstrip('-')}{ENDING}"
    return draft(
        f"Travel readiness report {decision.decision}: {trip_in_short(report)}",
        _sections(decision, report, labels, name),
        Attachment(name, "application/json", decision_json(decision)),
        reply_to,
    )


def _sections(
    decision: Decision, report: Report, labels: Mapping[str, str], name: str
) -> Iterator[list[Block]]:
    who = report.trip.text("traveller")
    yield [Paragraph(f"Dear {who}," if who else "Hello,")]
    about = f"your travel security report of {show_date(decision.as_of)} for “{report.trip.name}”."
    if decision.decision == "approved":
        yield [Paragraph(f"I have approved {about}")]
    else:
        yield [Paragraph(f"I return {about} Please send me a new one.")]
    if decision.comment:
        yield [Paragraph(decision.comment)]
    if decision.open_must:
        yield [
            Paragraph("These required items were open:"),
            *(ListItem(None, labels.get(item, item), "plain") for item in decision.open_must),
        ]
    yield [
        Paragraph("My decision is attached. Save the file, and read it together with your trip:"),
        Paragraph(f"{_COMMAND} {name}"),
    ]
    yield [
        Paragraph(
            "It is a record, not a signature, and about that report only. If anything changes, "
            "please send me a new one."
        )
    ]
    yield [Paragraph("Kind regards"), Paragraph(decision.by)]
