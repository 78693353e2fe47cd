"""Who to reach: the contacts that fit the traveller, as they are dialled from where they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from travelsec.conditions import ALWAYS, Truth
from travelsec.pack.model import Contact, Pack
from travelsec.people import Person
from travelsec.trip.facts import Facts


class ShownContact(NamedTuple):
    """A contact as it is shown: a name, the ways to reach it, when, and what else to know."""

    id: str
    name: str
    ways: tuple[tuple[str, str], ...]
    hours: str
    note: str


def show_contact(facts: Facts, wanted: Iterable[str] | None = None) -> list[ShownContact]:
    """Return the contacts that fit the traveller, those that are for them alone first.

    Args:
        facts: the facts of the trip; what is not known leaves nobody out.
        wanted: ids of contacts, in order; None takes all that there are.

    Returns:
        Each with numbers as dialled from abroad, from the United Kingdom, or both where that is
        not known (facts page: UK 0800 numbers may not connect from abroad). A contact that adds
        no way of its own to those before it is left out.
    """
    names = list(facts.pack.contacts) if wanted is None else list(wanted)
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
        one = _reach(contact, facts)
        ways = {way for _, way in one.ways}
        if not ways or not ways <= known:
            shown.append(one)
        # Only what is sure to fit may stand for another: its hours may be for others alone.
        known |= ways if truth else set()
    return shown


def by_topic(pack: Pack, topic: str) -> list[str]:
    """Return the ids of the contacts for a topic, in the pack's order."""
    return [name for name, contact in pack.contacts.items() if topic in contact.topics]


def topics(pack: Pack) -> list[str]:
    """Return the topics that contacts are for, in the pack's order."""
    return list(dict.fromkeys(t for contact in pack.contacts.values() for t in contact.topics))


def _reach(contact: Contact, facts: Facts) -> ShownContact:
    ways = [*_people(contact, facts), *_numbers(contact, _is_abroad(facts))]
    ways += [
        (kind, way)
        for kind, way in (
            ("E-mail", contact.email),
            ("Slack", contact.slack),
            ("Web", contact.url),
        )
        if way
    ]
    notes = [contact.note]
    if _is_abroad(facts) is not False:
        notes.insert(0, contact.note_from_abroad)
    note = " ".join(filter(None, notes))
    return ShownContact(contact.id, contact.name, tuple(ways), contact.hours, note)


def _people(contact: Contact, facts: Facts) -> Iterator[tuple[str, str]]:
    for person in facts.value(contact.people) or () if contact.people else ():
        if isinstance(person, Person):
            yield person.name, person.telephone or "no number given"


def _numbers(contact: Contact, abroad: Truth) -> Iterator[tuple[str, str]]:
    home, away = contact.tel, contact.tel_from_abroad
    if abroad is True:
        if away or home:
            yield "Telephone", away or home
    elif abroad is False:
        if home or away:
            yield "Telephone", home or away
    else:
        if home:
            yield "Telephone in the UK", home
        if away:
            yield "Telephone from abroad", away


def _is_abroad(facts: Facts) -> Truth:
    abroad = facts.value("abroad")
    return abroad if isinstance(abroad, bool) else None
