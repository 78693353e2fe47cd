"""Judge and lay out a debrief: what to do on return, and what happened on the trip."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from travelsec.document import Block, Heading, ListItem, Paragraph, Tone
from travelsec.due import suggested_day
from travelsec.trip.contacts import who_to_ask_about
from travelsec.trip.facts import Facts
from travelsec.trip.readiness import assess
from travelsec.trip.selection import Selected, select
from travelsec.trip.statuses import UNANSWERED, Status, word
from travelsec.trip.stored_trip import Event
from travelsec.wording import as_sentence, at_the_latest, count, join_words, show_date


class Debrief:
    """A trip after the return: its `back` items, and what happened on it."""

    def __init__(
        self, facts: Facts, statuses: Mapping[str, Status], events: Sequence[Event]
    ) -> None:
        self.facts = facts
        self.events = events
        self.items = [
            (selected, statuses.get(selected.id, UNANSWERED))
            for selected in select(facts.pack, facts, ("back",))
        ]
        self.readiness = assess(
            (selected.id, selected.item.level, status.status) for selected, status in self.items
        )

    @property
    def unreported(self) -> int:
        """Return how many events were not reported."""
        return sum(not event.reported for event in self.events)

    @property
    def is_closed(self) -> bool:
        """Whether the trip can be closed: no `must` is open, and every event is reported."""
        ready = self.readiness.verdict != "not-ready"
        return ready and not self.unreported

    def title(self, event: Event) -> str:
        """Return the title of what happened; its id if the packs no longer have it."""
        situation = self.facts.pack.situations.get(event.situation)
        return self.facts.fill_or_mark(situation.title) if situation else event.situation


def opening(name: str, facts: Facts) -> Iterator[Block]:
    """Yield which trip it is, and whether it is too early to close it."""
    yield Heading(1, f"Debrief: {name}")
    if early := _too_early(facts):
        yield Paragraph(early, "strong")


def _too_early(facts: Facts) -> str:
    """Say that the trip is not over yet; nothing if it may be, as on the day of return."""
    departs, returns = facts.value("departs"), facts.value("returns")
    if departs is not None and departs > facts.today:
        return f"This trip has not begun yet: it begins on {show_date(departs)}."
    if returns is not None and returns > facts.today:
        return f"This trip is not over yet: it ends on {show_date(returns)}."
    return ""


def outline(name: str, debrief: Debrief) -> Iterator[Block]:
    """Yield the short report of a debrief, the most important first."""
    facts, events = debrief.facts, debrief.events
    yield from opening(name, facts)
    yield from _verdict_blocks(debrief)
    yield Heading(2, "What happened")
    if not events:
        yield Paragraph("Nothing is known to have happened.")
    for event in events:
        yield _event_entry(event, debrief.title(event))
    if debrief.items:
        yield Heading(2, f"On return ({len(debrief.items)})")
    for selected, status in _missed_first(debrief):
        reason = f": {status.reason}" if status.reason else ""
        is_answered = status.status != "unanswered"
        text = word(status.status, selected.phase) if is_answered else "no answer yet"
        urgent: Tone = "bad" if selected.item.level == "must" else "attention"
        tone = urgent if status.is_open else "plain"
        late, days = _when_due(selected, facts) if status.is_open else ("", [])
        title = f"{selected.label} – {text}{reason}{late}"
        yield ListItem(status.status == "done", title, tone, (*days, selected.do))


def _missed_first(debrief: Debrief) -> list[tuple[Selected, Status]]:
    def is_missed(selected: Selected, status: Status) -> bool:
        deadline = selected.deadline
        return status.is_open and deadline is not None and deadline < debrief.facts.today

    return sorted(debrief.items, key=lambda pair: not is_missed(*pair))


def _when_due(selected: Selected, facts: Facts) -> tuple[str, list[str]]:
    """Return what to add to the title of an open item about its days, and sentences below it."""
    days = []
    late = ""
    suggested = suggested_day(selected.due, selected.deadline, facts.today)
    if suggested is not None:
        if suggested < facts.today:
            late = " – do this now"
        else:
            days.append(f"Suggested by {show_date(suggested)}.")
    if selected.deadline is not None:
        ask = who_to_ask_about(facts.pack, selected.item)
        text = at_the_latest(selected.deadline, facts.today, ask)
        if selected.deadline < facts.today:
            return f" – {text}", []
        days.append(as_sentence(text))
    return late, days


def _verdict_blocks(debrief: Debrief) -> Iterator[Block]:
    unreported = debrief.unreported
    if unreported:
        things = count(unreported, "thing that happened is", "things that happened are")
        yield Paragraph(f"REPORT IT NOW. {things} not reported.", "bad")
    must = debrief.readiness.counts["open-must"]
    if must:
        yield Paragraph(f"NOT CLOSED. On return, {must} must still be done.", "bad")
    elif unreported:
        return
    elif _too_early(debrief.facts):
        text = "NOT CLOSED YET, but no must is open so far. Debrief it again when you are back."
        yield Paragraph(text, "attention")
    elif debrief.readiness.open:
        still_open = len(debrief.readiness.open)
        yield Paragraph(f"CLOSED, WITH ACTIONS. {still_open} still open.", "attention")
    else:
        yield Paragraph("CLOSED. Nothing is left to do.", "good")


def _event_entry(event: Event, title: str) -> ListItem:
    state = "reported" if event.reported else f"NOT REPORTED: travelsec incident {event.situation}"
    texts = [text for text in event.note.values() if text]
    body = (join_words(texts),) if texts else ()
    return ListItem(
        event.reported, f"{title} – {state}", "plain" if event.reported else "bad", body
    )
