"""The line manager's decision, as the traveller reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from travelsec.document import Block, Heading, ListItem, Paragraph, Tone
from travelsec.pack.model import Pack
from travelsec.problems import UserError
from travelsec.review.decision import Decision
from travelsec.review.decision_findings import DECISION_UNCHECKED, check_with_made
from travelsec.review.model import Difference
from travelsec.trip.facts import Facts
from travelsec.trip.selection import select
from travelsec.trip.stored_trip import StoredTrip
from travelsec.wording import show_date, show_iso


def decision_of_unknown_trip(decision: Decision, pack: Pack, latest: str) -> Iterator[Block]:
    """Yield the decision with its comment, if the trip is not known here.

    `latest` is the latest moment (UTC, as in a report) at which it can have been made.
    """
    labels = {full: item.label for full, _, _, item in pack.items()}
    yield from _message(decision, labels, [], check_with_made(decision, (), "", latest))


def decision_message(
    decision: Decision, trip: StoredTrip, facts: Facts, latest: str
) -> Iterator[Block]:
    """Yield the decision with its comment, and the `must` items that are new by today's facts.

    Args:
        decision: the decision, which is compared with what the trip keeps of its reports.
        trip: the trip.
        facts: what is known of it today.
        latest: the latest moment (UTC, as in a report) at which the decision can have been made.

    Raises:
        UserError: the decision is about another trip.
    """
    if decision.trip != trip.id:
        raise UserError("this decision is about another trip; name that trip with --trip")
    selected = {item.id: item for item in select(facts.pack, facts)}
    new_musts = [
        name
        for name, item in selected.items()
        if item.item.level == "must" and name not in decision.musts
    ]
    traveller = facts.value("traveller")
    name = traveller if isinstance(traveller, str) else ""
    doubts = check_with_made(decision, trip.reports, name, latest)
    labels = {name: item.label for name, item in selected.items()}
    yield from _message(decision, labels, new_musts, doubts)


def _message(
    decision: Decision,
    labels: Mapping[str, str],
    new_musts: list[str],
    doubts: Iterable[Difference],
) -> Iterator[Block]:
    yield Heading(2, "Your line manager’s decision")
    for title, names in (
        ("Open at the time", [name for name in decision.open_must if name in labels]),
        ("New must items since then", new_musts),
    ):
        if names:
            yield Paragraph(f"{title} ({len(names)}):", "strong")
        for name in names:
            yield ListItem(None, labels[name], "plain")
    yield Paragraph(
        f"It is about your report for {show_date(decision.as_of)}. It does not "
        "cover what you change now: send a new report. It is a record, not a signature.",
        "quiet",
    )
    is_doubtful = False
    for doubt in doubts:
        is_doubtful = True
        tone: Tone = "attention" if doubt.code == DECISION_UNCHECKED else "bad"
        yield Paragraph(f"{doubt.message} Ask your line manager.", tone)
    # Last, right above the first question: anything above a long list scrolls away.
    is_good = decision.decision == "approved" and not is_doubtful
    yield Paragraph(
        f"{decision.decision.capitalize()} by {decision.by} on {show_iso(decision.at)}.",
        "good" if is_good else "attention",
    )
    if decision.comment:
        yield Paragraph(f"Comment: {decision.comment}", "strong")
