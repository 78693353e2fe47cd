"""Who to reach: the contacts and people of the traveller, as dialled from where they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from travelsec.conditions import ALWAYS
from travelsec.pack.model import Contact, Pack, Question
from travelsec.people import Person
from travelsec.question_types import Value, show_value
from travelsec.telephone import as_dialled, doubts
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


def people(facts: Facts, value: object) -> tuple[Person, ...]:
    """Return the people of an answer, with their numbers as dialled from where the traveller is.

    Where that is not known, it is as from abroad: such numbers work at home as well.
    """
    abroad = facts.value("abroad") is not False
    return tuple(
        replace(person, telephone=as_dialled(person.telephone, abroad=abroad))
        for person in (value if isinstance(value, tuple) else ())
        if isinstance(person, Person)
    )


def show_answer(facts: Facts, question: Question, value: Value) -> str:
    """Write an answer as `show_value` does, with numbers as dialled from where the traveller is."""
    return show_value(question, people(facts, value) if question.type == "people" else value)


def telephone_doubts(facts: Facts, fact: str) -> Iterator[str]:
    """Yield why the people of a fact may be out of reach for a traveller abroad."""
    if facts.value("abroad") is not False and facts.pack.questions[fact].type == "people":
        for person in facts.value(fact) or ():
            if person.telephone:
                yield from doubts(person.telephone)


def _reach(contact: Contact, facts: Facts) -> ShownContact:
    abroad, home, away = facts.value("abroad"), contact.tel, contact.tel_from_abroad
    if abroad is None:
        numbers = [("Telephone in the UK", home), ("Telephone from abroad", away)]
    else:
        numbers = [("Telephone", (away or home) if abroad else (home or away))]
    known = people(facts, facts.value(contact.people))
    ways = [
        *((person.name, person.telephone or "no number given") for person in known),
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
