"""Choose what the card says for a traveller, and cut it to fit an A4 page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

from travelsec.pack.model import Situation
from travelsec.people import Person
from travelsec.safe_text import line
from travelsec.trip.contacts import ShownContact, Way, people, show_contact
from travelsec.trip.facts import Facts
from travelsec.trip.selection import possible_situations, step_text, steps


class Instructions(NamedTuple):
    """What to do: numbered from `first` if the order matters, else side by side."""

    title: str
    texts: tuple[str, ...]
    first: int = 0
    kind: Literal["instructions"] = "instructions"


class CardEntry(NamedTuple):
    """An entry of the card: someone to call, or a step or sentence, which has only a `name`."""

    name: str
    ways: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Numbers(NamedTuple):
    """Who to call."""

    title: str
    lines: tuple[CardEntry, ...]
    kind: Literal["numbers"] = "numbers"


class People(NamedTuple):
    """People the traveller knows; a person without a number gets a blank for it.

    `more` counts the people that do not fit; `blanks` those to fill in by hand.
    """

    title: str
    people: tuple[Person, ...]
    more: int
    blanks: int
    kind: Literal["people"] = "people"


Part: TypeAlias = Instructions | Numbers | People


class Card(NamedTuple):
    """The card: eight panels as they lie on the page, row by row, each with its parts.

    `back` is the other side: the emergencies of overlays, and the people to call in them. An
    empty `traveller` is a blank to fill in by hand. `is_shortened` tells whether a name or number
    was cut, or people were left out, to fit the page. A QR code calls `desk`.
    """

    traveller: str
    panels: tuple[tuple[Part, ...], ...]
    back: tuple[Part, ...]
    is_shortened: bool
    desk: CardEntry | None


# All other words on the card come from the packs.
TITLE = "Emergency card"
SAFETY = "Your safety comes first"
RULES = (
    "About this card (suggestions)",
    (
        "Carry it apart from your devices.",
        "Do not write passwords or PINs on it.",
        "Print it at the office, or copy it by hand.",
    ),
)
PRINTING = "Print this on one A4 sheet at 100 %, and fold it in half three times along the lines."
BOTH_SIDES = "Print it on both sides: its back has further emergencies."
CALL = "Who to call"
FURTHER = "Who else to call"
ALWAYS_DO = "In every case"
OTHERS = "Others to call"
MORE = "and {} more: note them on a separate sheet"

_FRONT = 5  # situations: a long first one takes two panels, the others share a panel in pairs
_LONG = 8  # steps: more than a panel holds

# The only facts the card may depend on. What the traveller carries, plans or finds sensitive is
# not among them, so the card tells its finder nothing about the trip.
_USED = (
    *("traveller", "organisation", "abroad", "official"),
    *("departmental_contact", "line_manager", "hosts"),
)
BLANK_LINE = "_" * 40

# How many people of a kind fit at their longest, and how many blanks if none is known.
_ROOM = {"departmental_contact": (2, 2), "line_manager": (2, 1), "hosts": (3, 3)}
_MORE_HOSTS = 2  # if no contact of the traveller's own organisation is below them
_WIDTH = 26.0
"""The most ems of a name or number, so that it fits a line of a panel in any typeface."""


def card_content(facts: Facts) -> Card:
    """Choose what the card says.

    A missing fact never leaves anything out; a missing name becomes a blank. Hidden characters
    are made visible; formats escape the texts.
    """
    answers = {name: facts.answers[name] for name in _USED if name in facts.answers}
    card_facts = Facts(facts.pack, answers, facts.today)
    possible = possible_situations(card_facts)
    for_front = [situation for situation in possible if situation.card == "front"]
    front, crowded_out = for_front[:_FRONT], for_front[_FRONT:]
    back = crowded_out + [situation for situation in possible if situation.card == "back"]
    common = _common_steps(card_facts, _sharing(card_facts, front))
    at_once = _contacts_for(card_facts, front)
    noted = list(_to_be_noted(at_once))
    own = [*_people(card_facts, "departmental_contact"), *_people(card_facts, "line_manager")]
    hosts = list(_people(card_facts, "hosts", more_room=0 if noted else _MORE_HOSTS))
    safety = [
        text
        for situation in front
        for text in _texts_of_steps(card_facts, situation, only_safety=True)
    ]
    return Card(
        traveller=_fit(card_facts.value("traveller") or ""),
        panels=(
            (Instructions(SAFETY, tuple(safety)), Instructions(*RULES)),
            (Numbers(CALL, tuple(_entries_of_contacts(card_facts, at_once))),),
            *_situations(card_facts, front, common),
            tuple(own),
            (*(hosts or [People(OTHERS, (), 0, _ROOM["hosts"][1])]), *noted),
        ),
        back=tuple(_back(card_facts, back, {contact.id for contact in at_once})),
        is_shortened=_is_cut(card_facts) or any(people.more for people in (*own, *hosts)),
        desk=_desk(card_facts, at_once),
    )


def card_entries(part: Part) -> Iterator[tuple[str, CardEntry]]:
    """Yield the entries of a part for plain formats, each with its number if it is a step."""
    match part:
        case Instructions(_, texts, first):
            for number, text in enumerate(texts, first):
                yield f"{number}. " if first else "", CardEntry(text)
        case Numbers(_, contacts):
            for contact in contacts:
                yield "", contact
        case People(_, people, more, blanks):
            for person in (*people, *(Person("") for _ in range(blanks))):
                name = person.name or f"Name: {BLANK_LINE}"
                # A number may be blank.
                ways = (person.telephone,) if person.telephone.strip() else ()
                yield "", CardEntry(name, ways, () if ways else (f"Telephone: {BLANK_LINE}",))
            if more:
                yield "", CardEntry(MORE.format(more))


def _back(facts: Facts, situations: list[Situation], on_front: set[str]) -> Iterator[Part]:
    """Yield the situations that are not on the front, and the contacts for them."""
    yield from _instructions(facts, situations)
    others = [contact for contact in _contacts_for(facts, situations) if contact.id not in on_front]
    if lines := tuple(_entries_of_contacts(facts, others)):
        yield Numbers(FURTHER, lines)
    yield from _to_be_noted(others)


def _texts_of_steps(facts: Facts, situation: Situation, *, only_safety: bool = False) -> list[str]:
    """Return the steps, or only those that put the traveller before the device."""
    chosen = (step for step in steps(situation, facts) if step.safety or not only_safety)
    return [line(step_text(step, facts)) for step in chosen]


def _common_steps(facts: Facts, situations: list[Situation]) -> list[str]:
    """Return the steps that all these situations share; the card gives them once."""
    lists = [_texts_of_steps(facts, situation) for situation in situations]
    if len(lists) < 2:
        return []
    return [text for text in lists[0] if all(text in texts for texts in lists)]


def _instructions(
    facts: Facts, situations: list[Situation], common: Sequence[str] = ()
) -> Iterator[Instructions]:
    for situation in situations:
        texts = [text for text in _texts_of_steps(facts, situation) if text not in common]
        yield Instructions(line(facts.fill_or_mark(situation.title)), tuple(texts), 1)


def _sharing(facts: Facts, front: list[Situation]) -> list[Situation]:
    """Return the situations that share panels: all but a long first one."""
    return front[1:] if front and len(_texts_of_steps(facts, front[0])) > _LONG else front


def _situations(
    facts: Facts, front: list[Situation], common: Sequence[str]
) -> Iterator[tuple[Instructions, ...]]:
    """Yield the four panels of the situations; the last one lists the steps they share."""
    sharing = _sharing(facts, front)
    if len(sharing) < len(front):
        yield from _halves(facts, front[0])
        ends = [0, 2, len(sharing)]
    else:
        ends = [0, 1, 2, 3, len(sharing)]
    panels = [
        tuple(_instructions(facts, sharing[start:end], common)) for start, end in pairwise(ends)
    ]
    yield from panels[:-1]
    always = (Instructions(ALWAYS_DO, tuple(common)),) if common else ()
    yield (*panels[-1], *always)


def _halves(facts: Facts, situation: Situation) -> Iterator[tuple[Instructions, ...]]:
    """Split the steps of a situation into two panels of about the same length."""
    whole = next(_instructions(facts, [situation]))
    texts = whole.texts
    half = sum(map(len, texts)) / 2
    count = (
        max(number for number in range(len(texts) + 1) if sum(map(len, texts[:number])) <= half)
        or 1
    )
    first, second = whole._replace(texts=texts[:count]), texts[count:]
    continued = Instructions(f"{whole.title} (continued)", second, count + 1)
    yield (first,)
    yield (continued,) if second else ()


def _contacts_for(facts: Facts, situations: list[Situation]) -> list[ShownContact]:
    """Return who to call in these situations, except people known by name."""
    wanted = dict.fromkeys(name for situation in situations for name in situation.contacts)
    # If `abroad` is not known, give numbers as dialled from abroad: they work at home as well.
    abroad = {"abroad": True} if facts.value("abroad") is None else {}
    dialled = Facts(facts.pack, {**facts.answers, **abroad}, facts.today)
    return show_contact(dialled, [name for name in wanted if not facts.pack.contacts[name].people])


def _entries_of_contacts(facts: Facts, reached: list[ShownContact]) -> Iterator[CardEntry]:
    for shown in reached:
        if shown.ways:
            source = facts.pack.contacts[shown.id]
            notes = [f"{shown.hours}."] if shown.hours else []
            # The note on a number says how to reach it from abroad.
            if shown.note and source.tel and facts.value("abroad") is not False:
                notes.append(shown.note)
            ways = tuple(line(_labelled_way(way)) for way in shown.ways)
            yield CardEntry(line(shown.name), ways, tuple(map(line, notes)))


def _desk(facts: Facts, reached: list[ShownContact]) -> CardEntry | None:
    """Return the first contact with a telephone that surely fits the traveller."""
    for reachable in reached:
        contact = facts.pack.contacts[reachable.id]
        # The number from abroad: a mobile that scans the code can dial it at home too.
        number = contact.tel_from_abroad or contact.tel
        if number and contact.when.truth(facts.state):
            return CardEntry(line(contact.name), (line(number),))
    return None


def _labelled_way(way: Way) -> str:
    """Name the kind of a way to reach someone, unless it is obvious."""
    is_obvious = way.label in ("Telephone", "E-mail", "Web")
    return way.value if is_obvious else f"{way.label} {way.value}"


def _to_be_noted(reached: list[ShownContact]) -> Iterator[People]:
    """Yield a blank for each contact whose number no pack can know."""
    for contact in reached:
        if not contact.ways:
            yield People(line(contact.name), (), 0, 1)


def _people(facts: Facts, fact: str, *, more_room: int = 0) -> Iterator[People]:
    """Yield the people a private question asks for, unless this traveller has none."""
    contacts = facts.pack.contacts.values()
    contact = next((contact for contact in contacts if contact.people == fact), None)
    if contact is None or contact.when.truth(facts.state) is False:
        return
    room, blanks = _ROOM[fact]
    given = _people_given(facts, fact)
    listed = given[: room + more_room]
    fitted = tuple(Person(_fit(person.name), _fit(person.telephone)) for person in listed)
    yield People(line(contact.name), fitted, len(given) - len(listed), 0 if given else blanks)


def _people_given(facts: Facts, fact: str) -> list[Person]:
    return list(people(facts, facts.value(fact)))


def _is_cut(facts: Facts) -> bool:
    people = [person for fact in _ROOM for person in _people_given(facts, fact)]
    texts = [facts.value("traveller") or ""]
    texts += [text for person in people for text in (person.name, person.telephone)]
    return any(_fit(text) != line(text) for text in texts)


def _fit(text: str) -> str:
    """Cut a text to fit a line of a panel, and mark the cut."""
    safe, width = line(text), 0.0
    for place, character in enumerate(safe):
        width += _ems(character)
        if width > _WIDTH:
            return safe[: place - 1].rstrip() + "…"
    return safe


def _ems(character: str) -> float:
    """Estimate the width of a character in ems, on the wide side."""
    if character in "mw":
        return 1
    if character.islower():
        return 0.65 if character.isascii() else 0.8
    return 0.65 if character in " 0123456789+-().," else 1
