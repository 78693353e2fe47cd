"""The line manager's decision, as the traveller reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from travelsec.document import Block, Heading, ListItem, Paragraph
from travelsec.pack.model import Pack
from travelsec.problems import UserError
from travelsec.review.decision import Decision
from travelsec.trip.facts import Facts
from travelsec.trip.selection import select
from travelsec.wording import show_date, show_iso


def decision_of_unknown_trip(decision: Decision, pack: Pack) -> Iterator[Block]:
    """Yield the decision with its comment, if the trip is not known here."""
    yield from _message(decision, {full: item.label for full, _, _, item in pack.items()}, [])


def decision_message(decision: Decision, trip_id: str, facts: Facts) -> Iterator[Block]:
    """Yield the decision with its comment, and the `must` items that are new by today's facts.

    Raises:
        UserError: it is about another trip than `trip_id`.
    """
    if decision.trip != trip_id:
        raise UserError("this decision is about another trip; name that trip with --trip")
    selected = {item.id: item for item in select(facts.pack, facts)}
    new = [
        name
        for name, item in selected.items()
        if item.item.level == "must" and name not in decision.musts
    ]
    yield from _message(decision, {name: item.label for name, item in selected.items()}, new)


def _message(decision: Decision, labels: Mapping[str, str], new: list[str]) -> Iterator[Block]:
    yield Heading(2, "Your line manager’s decision")
    for title, names in (
        ("Open at the time", [name for name in decision.open_must if name in labels]),
        ("New must items since then", new),
    ):
        if names:
            yield Paragraph(f"{title} ({len(names)}):", "attention")
        for name in names:
            yield ListItem(None, labels[name], "plain")
    yield Paragraph(
        f"It is about your report for {show_date(decision.as_of)}. It does not "
        "cover what you change now: send a new report. It is a record, not a signature.",
        "quiet",
    )
    # Last, right above the first question: anything above a long list scrolls away.
    good = decision.decision == "approved"
    yield Paragraph(
        f"{decision.decision.capitalize()} by {decision.by} on {show_iso(decision.at)}.",
        "good" if good else "attention",
    )
    if decision.comment:
        yield Paragraph(f"Comment: {decision.comment}", "strong")
