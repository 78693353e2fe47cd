"""Lay out what to do in a situation: what comes first, the steps, who to call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from travelsec.document import Block, Heading, ListItem, Paragraph
from travelsec.pack.model import Situation
from travelsec.problems import brief
from travelsec.trip.contacts import ShownContact, related_links, show_contact
from travelsec.trip.facts import Facts
from travelsec.trip.selection import possible_titles, step_text, steps


class ShownStep(Struct, frozen=True, forbid_unknown_fields=True):
    """What to do next in a situation, and why, if the guidance says so."""

    do: str
    why: str


class Named(Struct, frozen=True, forbid_unknown_fields=True):
    """A situation by its id and its title."""

    id: str
    title: str


class Advice(Struct, frozen=True, forbid_unknown_fields=True):
    """A situation as the traveller reads it; `then` is what it may lead to.

    `compromised`: the device in question should be used no more.
    """

    id: str
    title: str
    compromised: bool
    steps: tuple[ShownStep, ...]
    contacts: tuple[ShownContact, ...]
    links: tuple[ShownContact, ...]
    note_down: tuple[str, ...]
    then: tuple[Named, ...]


OTHER_DEVICE = (
    "Are you reading this on the device in question? Then stop using it, and read on elsewhere."
)


RELATED_LINKS = "Related links"


def advise(situation: Situation, facts: Facts) -> Advice:
    """Return what to do in a situation; an unknown fact hides nothing."""
    titles = possible_titles(facts)
    return Advice(
        id=situation.id,
        title=facts.fill_or_mark(situation.title),
        compromised=situation.compromised,
        steps=tuple(
            ShownStep(step_text(step, facts), facts.fill_or_mark(step.why) if step.why else "")
            for step in steps(situation, facts)
        ),
        contacts=tuple(show_contact(facts, situation.contacts)),
        links=tuple(related_links(facts, situation.contacts)),
        note_down=tuple(map(facts.fill_or_mark, situation.note_down)),
        then=tuple(Named(name, titles[name]) for name in situation.then if name in titles),
    )


def situation(chosen: Situation, facts: Facts) -> Iterator[Block]:
    """Yield a situation to read in an emergency."""
    advice = advise(chosen, facts)
    if advice.compromised:
        yield Paragraph(OTHER_DEVICE, "bad")
    yield Heading(1, advice.title)
    for number, step in enumerate(advice.steps, 1):
        body = (step.why,) if step.why else ()
        yield ListItem(None, f"{number}. {step.do}", "strong", body)
    if chosen.contacts:
        yield Heading(2, "Who to call")
        yield from _reached(advice.contacts, advice.links)
    if advice.note_down:
        yield Heading(2, "What to note down (a suggestion)")
        for text in advice.note_down:
            yield ListItem(None, text, "plain")
    if advice.then:
        yield Heading(2, "What it may lead to")
        for next_one in advice.then:
            yield ListItem(None, f"{next_one.title}: travelsec incident {next_one.id}", "plain")


def titled(situations: Iterable[Situation], facts: Facts) -> Iterator[Named]:
    """Yield the ids of situations with their titles."""
    for situation in situations:
        yield Named(situation.id, facts.fill_or_mark(situation.title))


def situations(likely: Iterable[Situation], facts: Facts) -> Iterator[Block]:
    """Yield the titles of situations with the command for each."""
    for situation in titled(likely, facts):
        yield ListItem(None, situation.title, "plain", (f"travelsec incident {situation.id}",))


def nearest_situation(
    chosen: Situation, others: Sequence[Situation], facts: Facts, said: str
) -> Iterator[Block]:
    """Yield a situation; if it was found by other words, say what else it may be."""
    if others:
        yield Paragraph(f"This is the nearest to “{brief(said)}”. Others are at the end.")
    yield from situation(chosen, facts)
    if others:
        yield Heading(2, "If something else happened")
        yield from situations(others, facts)


def what_happened(likely: Sequence[Situation], facts: Facts) -> Iterator[Block]:
    """Yield the situations it may be, and who to call whichever it is."""
    yield Heading(1, "What happened?")
    yield from situations(likely, facts)
    yield from contacts_of_all(likely, facts)


def wanted_whichever(situations: Sequence[Situation]) -> list[str] | None:
    """Return the contacts to call whichever of the situations it is; None takes them all."""
    lists = [situation.contacts for situation in situations if situation.contacts]
    # If they share none, list them all: too many is better than none.
    shared = (
        [name for name in lists[0] if all(name in contacts for contacts in lists)] if lists else []
    )
    return shared or list(dict.fromkeys(name for contacts in lists for name in contacts)) or None


def contacts_of_all(situations: Sequence[Situation], facts: Facts) -> Iterator[Block]:
    """Yield who to call whichever of the situations it is; if they name no one, everyone."""
    yield Heading(2, "Who to call")
    yield from contact_blocks(facts, wanted_whichever(situations))


def contact_blocks(facts: Facts, wanted: Iterable[str] | None = None) -> Iterator[Block]:
    """Yield who to call, then what to read; `wanted` are ids of contacts, None takes them all."""
    yield from _reached(show_contact(facts, wanted), related_links(facts, wanted))


def _reached(reached: Iterable[ShownContact], links: Sequence[ShownContact]) -> Iterator[Block]:
    yield from map(_contact, reached)
    if links:
        yield Heading(2, RELATED_LINKS)
        yield from map(_contact, links)


def _contact(contact: ShownContact) -> ListItem:
    """Return a contact with all the ways to reach it."""
    ways = ((way.label, way.value or "no number given") for way in contact.ways)
    hours = (("Hours", f"{contact.hours}."),) if contact.hours else ()
    body = (contact.note,) if contact.note else ()
    return ListItem(None, contact.name, "strong", body, (*ways, *hours))
