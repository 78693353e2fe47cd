"""Lay out what to do in a situation: what comes first, the steps, who to call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from travelsec.document import Block, Heading, ListItem, Paragraph
from travelsec.pack.model import Situation
from travelsec.trip.contacts import ShownContact, related_links, show_contact
from travelsec.trip.facts import Facts
from travelsec.trip.selection import situation_titles, step_text, steps

OTHER_DEVICE = (
    "Are you reading this on the device in question? Then stop using it, and read on elsewhere."
)


RELATED_LINKS = "Related links"


def situation(shown: Situation, facts: Facts) -> Iterator[Block]:
    """Yield a situation to read in an emergency; an unknown fact hides nothing."""
    if shown.compromised:
        yield Paragraph(OTHER_DEVICE, "bad")
    yield Heading(1, facts.fill_or_mark(shown.title))
    for number, step in enumerate(steps(shown, facts), 1):
        body = (facts.fill_or_mark(step.why),) if step.why else ()
        yield ListItem(None, f"{number}. {step_text(step, facts)}", "strong", body)
    if shown.contacts:
        yield Heading(2, "Who to call")
        yield from contacts(facts, shown.contacts)
    if shown.note_down:
        yield Heading(2, "What to note down (a suggestion)")
        for text in shown.note_down:
            yield ListItem(None, facts.fill_or_mark(text), "plain")
    titles = situation_titles(facts)
    if then := [name for name in shown.then if name in titles]:
        yield Heading(2, "What it may lead to")
        for name in then:
            yield ListItem(None, f"{titles[name]}: travelsec incident {name}", "plain")


def situations(shown: Iterable[Situation], facts: Facts) -> Iterator[Block]:
    """Yield the titles of situations with the command for each."""
    for one in shown:
        title = facts.fill_or_mark(one.title)
        yield ListItem(None, title, "plain", (f"travelsec incident {one.id}",))


def contacts_of_all(shown: Sequence[Situation], facts: Facts) -> Iterator[Block]:
    """Yield who to call whichever of the situations it is; if they name no one, everyone."""
    lists = [one.contacts for one in shown if one.contacts]
    # Without one that they share, rather too many than none.
    shared = [name for name in lists[0] if all(name in one for one in lists)] if lists else []
    wanted = shared or dict.fromkeys(name for one in lists for name in one) or None
    yield Heading(2, "Who to call")
    yield from contacts(facts, wanted)


def contacts(facts: Facts, wanted: Iterable[str] | None = None) -> Iterator[Block]:
    """Yield who to call, then what to read; `wanted` are ids of contacts, None takes them all."""
    yield from map(_contact, show_contact(facts, wanted))
    if links := related_links(facts, wanted):
        yield Heading(2, RELATED_LINKS)
        yield from map(_contact, links)


def _contact(shown: ShownContact) -> ListItem:
    """Return a contact with all the ways to reach it."""
    hours = (("Hours", f"{shown.hours}."),) if shown.hours else ()
    body = (shown.note,) if shown.note else ()
    return ListItem(None, shown.name, "strong", body, (*shown.ways, *hours))
