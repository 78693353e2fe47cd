"""What a traveller is told of the line manager's decision."""

from __future__ import annotations

from collections.abc import Iterator

from travelsec.document import Block, Heading, ListItem, Paragraph
from travelsec.problems import UserError
from travelsec.review.decision import Decision
from travelsec.trip.facts import Facts
from travelsec.trip.selection import select
from travelsec.wording import show_date, show_iso


def decision_message(decision: Decision, trip_id: str, facts: Facts) -> Iterator[Block]:
    """Yield the decision with its comment, and what has come up since.

    Args:
        decision: as it was read from its file.
        trip_id: the id of the trip it is shown for.
        facts: of the trip, as they are known now.

    Raises:
        UserError: it is about another trip.
    """
    if decision.trip != trip_id:
        raise UserError("this decision is about another trip; name that trip with --trip")
    yield Heading(2, "The decision of your line manager")
    labels = {chosen.id: chosen.label for chosen in select(facts.pack, facts)}
    musts = [selected.id for selected in select(facts.pack, facts) if selected.item.level == "must"]
    yield from _items("Open then", [name for name in decision.open_must if name in labels], labels)
    yield from _items(
        "Must items that are new since then",
        [name for name in musts if name not in decision.musts],
        labels,
    )
    yield Paragraph(
        f"It is about your report for {show_date(decision.as_of)}. What you change now is "
        "not part of it: send a new report. It is a record, not a signature.",
        "quiet",
    )
    # Last, right above the first question: what stands above a long list scrolls away.
    good = decision.decision == "approved"
    yield Paragraph(
        f"{decision.decision.capitalize()} by {decision.by} on {show_iso(decision.at)}.",
        "good" if good else "attention",
    )
    if decision.comment:
        yield Paragraph(f"The comment: {decision.comment}", "strong")


def _items(title: str, names: list[str], labels: dict[str, str]) -> Iterator[Block]:
    if names:
        yield Paragraph(f"{title} ({len(names)}):", "attention")
        for name in names:
            yield ListItem(None, labels[name], "plain")
