"""Who to reach: the contacts and people of the traveller, as dialled from where they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from travelsec.conditions import ALWAYS, Truth
from travelsec.pack.model import Contact, Guidance, Item, Pack, Question
from travelsec.people import Person
from travelsec.question_types import Value, show_value
from travelsec.telephone import as_dialled, doubts
from travelsec.trip.facts import Facts

_SENTENCE_END = r"(?<=[.!?])\s+"


class Way(Struct, frozen=True, forbid_unknown_fields=True):
    """A way to reach a contact. For a person, the label is the name and the value the number.

    The number of a person may be unknown; then it is empty.
    """

    kind: Literal["telephone", "email", "slack", "web", "person"]
    label: str
    value: str


class ShownContact(Struct, frozen=True, forbid_unknown_fields=True):
    """A contact as people read it: its name, the ways to reach it, its hours and a note."""

    id: str
    name: str
    ways: tuple[Way, ...]
    hours: str
    note: str


def show_contact(
    facts: Facts, wanted: Iterable[str] | None = None, *, anywhere: bool = False
) -> list[ShownContact]:
    """Return the contacts that fit the traveller, starting with those specific to the traveller.

    Numbers are those to dial from where the traveller is, or both forms if that is not known (UK
    0800 numbers may not connect from abroad), and for a trip abroad also with `anywhere`. Contacts
    reached in the same ways are merged under all their names. `related_links` has the web pages.
    `wanted` are ids of contacts, in order; None takes them all.
    """
    fitting = [pair for pair in _fitting(facts, wanted) if not _is_link(pair[0])]
    # HMPPS staff see their line first (both pages, under their contacts).
    fitting.sort(
        key=lambda pair: (
            not (pair[1] is True and pair[0].when != ALWAYS and "incidents" in pair[0].topics)
        )
    )
    shown: list[ShownContact] = []
    # Only a contact that surely fits can absorb another: its hours may be for other people.
    sure: list[int] = []
    for contact, truth in fitting:
        candidate = _as_shown(contact, facts, anywhere=anywhere)
        ways = _values_of_ways(candidate)
        same = next(
            (place for place in sure if ways and ways <= _values_of_ways(shown[place])), None
        )
        if same is not None:
            shown[same] = _together(shown[same], candidate)
            continue
        sure += [len(shown)] if truth else []
        shown.append(candidate)
    return shown


def related_links(facts: Facts, wanted: Iterable[str] | None = None) -> list[ShownContact]:
    """Return the contacts that are only web pages: something to read, nobody to call."""
    return [
        _as_shown(contact, facts) for contact, _ in _fitting(facts, wanted) if _is_link(contact)
    ]


def contact_lines(
    facts: Facts, wanted: Sequence[str], *, anywhere: bool = False
) -> tuple[str, ...]:
    """Return a line for each of these contacts that fits the traveller, web pages last."""
    listed = [*show_contact(facts, wanted, anywhere=anywhere), *related_links(facts, wanted)]
    return tuple(map(_contact_line, listed))


def who_to_ask(pack: Pack, page: Guidance) -> str:
    """Name who knows about a page, with one way to reach them: its contact, else its publisher."""
    contact = pack.contacts.get(page.ask)
    return page.publisher if contact is None else _name_with_way(contact)


def _name_with_way(contact: Contact) -> str:
    ways = (contact.email, contact.tel, contact.slack, contact.url, contact.note)
    return f"{contact.name}, {next(filter(None, ways), contact.tel_from_abroad)}"


def who_to_ask_about(pack: Pack, item: Item) -> str:
    """Name the item’s own contact that is for everybody, or else who knows the pages it cites."""
    own = (pack.contacts[name] for name in item.contacts)
    for contact in own:
        if contact.when == ALWAYS:
            return _name_with_way(contact)
    pages = [pack.guidance[path.partition("/")[0]] for path in item.cites]
    return who_to_ask(pack, next((page for page in pages if page.ask), pages[0]))


def topics(pack: Pack) -> dict[str, list[str]]:
    """Map each topic to the ids of its contacts, in the pack's order."""
    by_topic: dict[str, list[str]] = {}
    for name, contact in pack.contacts.items():
        for topic in contact.topics:
            by_topic.setdefault(topic, []).append(name)
    return by_topic


def people(facts: Facts, value: object) -> tuple[Person, ...]:
    """Return the people of an answer, with their numbers as dialled from where the traveller is.

    If that is not known, numbers are as dialled from abroad: they work at home as well.
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
    if facts.pack.questions[fact].type == "people" and facts.value("abroad") is not False:
        for person in facts.value(fact) or ():
            if person.telephone:
                yield from doubts(person.telephone)


def _fitting(facts: Facts, wanted: Iterable[str] | None) -> Iterator[tuple[Contact, Truth]]:
    """Yield the contacts that fit the traveller or may, and whether they surely do."""
    for name in facts.pack.contacts if wanted is None else wanted:
        contact = facts.pack.contacts[name]
        truth = contact.when.truth(facts.state)
        if truth is not False:
            yield contact, truth


def _contact_line(contact: ShownContact) -> str:
    ways = "; ".join(f"{way.label} {way.value}" for way in contact.ways)
    hours = f" ({contact.hours})" if contact.hours else ""
    return f"{contact.name}{hours}: {ways or contact.note}"


def _is_link(contact: Contact) -> bool:
    others = (contact.tel, contact.tel_from_abroad, contact.email, contact.slack, contact.people)
    return bool(contact.url) and not any(others)


def _values_of_ways(contact: ShownContact) -> set[str]:
    return {way.value for way in contact.ways if way.value}


def _together(first: ShownContact, second: ShownContact) -> ShownContact:
    """Merge two contacts reached in the same ways, without repeating a sentence of their notes."""
    sentences = dict.fromkeys(
        sentence for note in (first.note, second.note) for sentence in re.split(_SENTENCE_END, note)
    )
    return replace(
        first, name=f"{first.name}, {second.name}", note=" ".join(filter(None, sentences))
    )


def _hours_for(contact: Contact, facts: Facts) -> str:
    meant = (opening.hours for opening in contact.hours_for if opening.when.truth(facts.state))
    return next(meant, contact.hours)


def _as_shown(contact: Contact, facts: Facts, *, anywhere: bool = False) -> ShownContact:
    abroad, home, away = facts.value("abroad"), contact.tel, contact.tel_from_abroad
    if abroad is None or (abroad and anywhere):
        numbers = [("Telephone in the UK", home), ("Telephone from abroad", away)]
    else:
        numbers = [("Telephone", (away or home) if abroad else (home or away))]
    reachable = people(facts, facts.value(contact.people))
    ways = [
        *(Way("person", person.name, person.telephone) for person in reachable),
        *(Way("telephone", label, number) for label, number in numbers),
        Way("email", "E-mail", contact.email),
        Way("slack", "Slack", contact.slack),
        Way("web", "Web", contact.url),
    ]
    notes = ("" if abroad is False else contact.note_from_abroad, contact.note)
    return ShownContact(
        id=contact.id,
        name=contact.name,
        ways=tuple(way for way in ways if way.value or way.kind == "person"),
        hours=_hours_for(contact, facts),
        note=" ".join(filter(None, notes)),
    )
