"""The debrief: what to do on return, and what happened on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from travelsec import values
from travelsec.document import Block, Heading, ListItem, Paragraph, Tone
from travelsec.trip.facts import Facts
from travelsec.trip.readiness import Readiness, assess
from travelsec.trip.selection import Selected, select
from travelsec.trip.statuses import UNANSWERED, Status, word
from travelsec.trip.stored_trip import Event


def back_items(facts: Facts) -> list[Selected]:
    """Return the items of the phase `back` that apply."""
    return [selected for selected in select(facts.pack, facts) if selected.phase == "back"]


def judge(facts: Facts, statuses: Mapping[str, Status]) -> Readiness:
    """Assess the `back` items as readiness assesses the others."""
    return assess(
        (selected.id, selected.item.level, statuses.get(selected.id, UNANSWERED).status)
        for selected in back_items(facts)
    )


def is_closed(facts: Facts, statuses: Mapping[str, Status], events: Sequence[Event]) -> bool:
    """Tell whether the trip can be closed: no `must` open and every event reported."""
    verdict = judge(facts, statuses).verdict
    return verdict != "not-ready" and all(event.reported for event in events)


def outline(
    name: str, facts: Facts, statuses: Mapping[str, Status], events: Sequence[Event]
) -> Iterator[Block]:
    """Yield the short report of a debrief, the most important first."""
    yield Heading(1, f"Debrief: {name}")
    yield from _verdict(facts, statuses, events)
    yield Heading(2, "What happened")
    if not events:
        yield Paragraph("Nothing is known to have happened.")
    for event in events:
        yield _event(event, facts)
    items = back_items(facts)
    if items:
        yield Heading(2, f"On return ({len(items)})")
    for selected in items:
        status = statuses.get(selected.id, UNANSWERED)
        reason = f": {status.reason}" if status.reason else ""
        settled = not status.is_open
        tone: Tone = "plain" if settled else "bad" if selected.item.level == "must" else "attention"
        text = (
            "no answer yet"
            if status.status == "unanswered"
            else word(status.status, selected.phase)
        )
        late, day = "", []
        if selected.due is not None and status.is_open:
            if selected.due < facts.today:
                late = " – do this now"
            else:
                day = [f"Suggested by {values.show_date(selected.due)}."]
        title = f"{selected.label} – {text}{reason}{late}"
        yield ListItem(status.status == "done", title, tone, (*day, selected.do))


def _verdict(
    facts: Facts, statuses: Mapping[str, Status], events: Sequence[Event]
) -> Iterator[Block]:
    unreported = sum(not event.reported for event in events)
    if unreported:
        noun = "thing that happened is" if unreported == 1 else "things that happened are"
        yield Paragraph(f"REPORT IT NOW. {unreported} {noun} not reported.", "bad")
    judgement = judge(facts, statuses)
    must = judgement.counts["open-must"]
    if must:
        yield Paragraph(f"NOT CLOSED. On return, {must} must still be done.", "bad")
    elif judgement.open:
        yield Paragraph(f"CLOSED, WITH ACTIONS. {len(judgement.open)} still open.", "attention")
    elif not unreported:
        yield Paragraph("CLOSED. Nothing is left to do.", "good")


def _event(event: Event, facts: Facts) -> ListItem:
    situation = facts.pack.situations.get(event.situation)
    title = facts.fill_or_mark(situation.title) if situation else event.situation
    state = "reported" if event.reported else f"NOT REPORTED: travelsec incident {event.situation}"
    texts = [text for text in event.note.values() if text]
    body = (values.join_words(texts),) if texts else ()
    return ListItem(
        event.reported, f"{title} – {state}", "plain" if event.reported else "bad", body
    )
