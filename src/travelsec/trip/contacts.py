"""Who to reach: the contacts that fit the traveller, as they are dialled from where they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from travelsec.conditions import ALWAYS
from travelsec.pack.model import Contact, Pack
from travelsec.people import Person
from travelsec.trip.facts import Facts


class ShownContact(NamedTuple):
    """A contact as it is shown: its name, the ways to reach it, its hours and a note."""

    id: str
    name: str
    ways: tuple[tuple[str, str], ...]
    hours: str
    note: str


def show_contact(facts: Facts, wanted: Iterable[str] | None = None) -> list[ShownContact]:
    """Return the contacts that fit the traveller, those that are for them alone first.

    Numbers are those to dial from abroad, from the United Kingdom, or both where it is not known
    which (UK 0800 numbers may not connect from abroad). A contact that adds no way of its own to
    those before it is left out. `wanted` are ids of contacts, in order; None takes them all.
    """
    names = facts.pack.contacts if wanted is None else wanted
    fitting = [
        (contact, truth)
        for contact in (facts.pack.contacts[name] for name in names)
        if (truth := contact.when.truth(facts.state)) is not False
    ]
    # HMPPS staff see their line first (both pages, under their contacts).
    fitting.sort(
        key=lambda pair: (
            not (pair[1] is True and pair[0].when != ALWAYS and "incidents" in pair[0].topics)
        )
    )
    shown: list[ShownContact] = []
    known: set[str] = set()
    for contact, truth in fitting:
        candidate = _reach(contact, facts)
        ways = {way for _, way in candidate.ways}
        if not ways or not ways <= known:
            shown.append(candidate)
        # Only a contact that surely fits can replace another: its hours may be for other people.
        known |= ways if truth else set()
    return shown


def topics(pack: Pack) -> dict[str, list[str]]:
    """Return the topics that contacts are for, each with their ids, in the pack's order."""
    found: dict[str, list[str]] = {}
    for name, contact in pack.contacts.items():
        for topic in contact.topics:
            found.setdefault(topic, []).append(name)
    return found


def _reach(contact: Contact, facts: Facts) -> ShownContact:
    abroad, home, away = facts.value("abroad"), contact.tel, contact.tel_from_abroad
    if abroad is None:
        numbers = [("Telephone in the UK", home), ("Telephone from abroad", away)]
    else:
        numbers = [("Telephone", (away or home) if abroad else (home or away))]
    people: Iterable[Person] = facts.value(contact.people) or ()
    ways = [
        *((person.name, person.telephone or "no number given") for person in people),
        *numbers,
        ("E-mail", contact.email),
        ("Slack", contact.slack),
        ("Web", contact.url),
    ]
    notes = ("" if abroad is False else contact.note_from_abroad, contact.note)
    return ShownContact(
        id=contact.id,
        name=contact.name,
        ways=tuple((kind, way) for kind, way in ways if way),
        hours=contact.hours,
        note=" ".join(filter(None, notes)),
    )
