"""What the card says: chosen from a pack for a traveller, cut to what one A4 page holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

from travelsec.pack.model import Situation
from travelsec.people import Person
from travelsec.safe_text import line
from travelsec.trip.contacts import ShownContact, show_contact
from travelsec.trip.facts import Facts
from travelsec.trip.selection import possible_situations, steps


class Steps(NamedTuple):
    """What to do, in order; the first step has the number `first`."""

    title: str
    first: int
    texts: tuple[str, ...]
    kind: Literal["steps"] = "steps"


class Points(NamedTuple):
    """Sentences that hold side by side."""

    title: str
    texts: tuple[str, ...]
    kind: Literal["points"] = "points"


class Entry(NamedTuple):
    """A line of the card: somebody to call, or a step or sentence, which is all `name`."""

    name: str
    ways: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Numbers(NamedTuple):
    """Who to call."""

    title: str
    lines: tuple[Entry, ...]
    kind: Literal["numbers"] = "numbers"


class People(NamedTuple):
    """People the traveller knows; a person without a number gets a blank for it.

    `more` counts those that do not fit; `blanks` the people to be filled in by hand.
    """

    title: str
    people: tuple[Person, ...]
    more: int
    blanks: int
    kind: Literal["people"] = "people"


Part: TypeAlias = Steps | Points | Numbers | People


class Card(NamedTuple):
    """The card: eight panels as they lie on the page, row by row, each with its parts.

    `back` is what stands on the other side: the emergencies of overlays, and whom they name. An
    empty `traveller` is a blank to fill in by hand. `is_shortened` tells that a name or number
    was cut, or people left out, as the page does not hold them.
    """

    traveller: str
    panels: tuple[tuple[Part, ...], ...]
    back: tuple[Steps | Numbers | People, ...]
    is_shortened: bool


# The tool's own words. All else on the card is the pack's.
TITLE = "Emergency card"
SAFETY = "Your safety comes first"
RULES = (
    "About this card (suggestions)",
    (
        "Carry it apart from your devices.",
        "Do not write a password or PIN on it.",
        "Print it at the office, or copy it by hand.",
    ),
)
PRINTING = "Print this on one A4 sheet at 100 %, and fold it in half three times along the lines."
BOTH_SIDES = "Print it on both sides: its back has further emergencies."
CALL = "Who to call"
FURTHER = "Who else to call"
ALWAYS_DO = "In every case"
OTHERS = "Others to call"
MORE = "and {} more: note them on a sheet of your own"

_FRONT = 5  # situations: the first takes two panels, the others share a panel in pairs

# All that the card may depend on. What the traveller carries, plans, or finds sensitive is not
# among it: whoever finds the card learns nothing of the trip.
_USED = (
    *("traveller", "organisation", "service_desk", "abroad", "official"),
    *("departmental_contact", "line_manager", "hosts"),
)
BLANK = "_" * 40

# People of a kind that the page holds at their longest, and blanks where none is known.
_ROOM = {"departmental_contact": (2, 2), "line_manager": (2, 1), "hosts": (3, 3)}
_MORE_HOSTS = 2  # where no contact of the traveller's own organisation stands below them
_WIDTH = 26.0
"""Ems of the longest name or number: one line of a panel, also in a wide typeface."""


def card(facts: Facts) -> Card:
    """Choose what the card says.

    A fact that is not known leaves nothing out, and gives a blank where a name belongs. Hidden
    characters in the card's texts are made visible; formats escape the texts.
    """
    answers = {name: facts.answers[name] for name in _USED if name in facts.answers}
    known = Facts(facts.pack, answers, facts.today)
    front, back = _sides(known)
    common = _common(known, front[1:])
    at_once = _reach(known, front)
    noted = list(_to_be_noted(at_once))
    own = [*_people(known, "departmental_contact"), *_people(known, "line_manager")]
    hosts = list(_people(known, "hosts", more_room=0 if noted else _MORE_HOSTS))
    safety = [text for found in front for text in _texts(known, found, only_safety=True)]
    panels: tuple[tuple[Part, ...], ...] = (
        (Points(SAFETY, tuple(safety)), Points(*RULES)),
        (Numbers(CALL, tuple(_lines(known, at_once))),),
        *_halves(known, front[:1]),
        tuple(_steps(known, front[1:3], common)),
        (
            *_steps(known, front[3:], common),
            *([Points(ALWAYS_DO, tuple(common))] if common else []),
        ),
        tuple(own),
        (*(hosts or [People(OTHERS, (), 0, _ROOM["hosts"][1])]), *noted),
    )
    return Card(
        traveller=_fit(known.value("traveller") or ""),
        panels=panels,
        back=tuple(_back(known, back, {shown.id for shown in at_once})),
        is_shortened=_is_cut(known) or any(part.more for part in (*own, *hosts)),
    )


def entries(part: Part) -> Iterator[tuple[str, Entry]]:
    """Yield the entries of a part for plain formats, each with its number if it is a step."""
    match part:
        case Steps(_, first, texts):
            for number, text in enumerate(texts, first):
                yield f"{number}. ", Entry(text)
        case Points(_, texts):
            for text in texts:
                yield "", Entry(text)
        case Numbers(_, found):
            for contact in found:
                yield "", contact
        case People(_, people, more, blanks):
            for person in (*people, *(Person("") for _ in range(blanks))):
                name = person.name or f"Name: {BLANK}"
                # A number of spaces alone is none.
                ways = (person.telephone,) if person.telephone.strip() else ()
                yield "", Entry(name, ways, () if ways else (f"Telephone: {BLANK}",))
            if more:
                yield "", Entry(MORE.format(more))


def _sides(facts: Facts) -> tuple[list[Situation], list[Situation]]:
    """Return the situations of the front and of the back that can happen to this traveller."""
    shown = possible_situations(facts)
    front = [situation for situation in shown if situation.card == "front"]
    back = [situation for situation in shown if situation.card == "back"]
    return front[:_FRONT], front[_FRONT:] + back


def _back(
    facts: Facts, situations: list[Situation], on_front: set[str]
) -> Iterator[Steps | Numbers | People]:
    """Yield what the front has no room for, and whom it names that the front does not."""
    yield from _steps(facts, situations)
    others = [contact for contact in _reach(facts, situations) if contact.id not in on_front]
    if lines := tuple(_lines(facts, others)):
        yield Numbers(FURTHER, lines)
    yield from _to_be_noted(others)


def _texts(facts: Facts, situation: Situation, *, only_safety: bool = False) -> list[str]:
    """Return the steps, or only those that put the traveller before the device."""
    chosen = (step for step in steps(situation, facts) if step.safety or not only_safety)
    return [line(facts.fill_or_mark(step.do)) for step in chosen]


def _common(facts: Facts, situations: list[Situation]) -> list[str]:
    """Return the steps that all these situations share: they stand once, at their end."""
    lists = [_texts(facts, situation) for situation in situations]
    if len(lists) < 2:
        return []
    return [text for text in lists[0] if all(text in one for one in lists)]


def _steps(
    facts: Facts, situations: list[Situation], common: Sequence[str] = ()
) -> Iterator[Steps]:
    for situation in situations:
        texts = [text for text in _texts(facts, situation) if text not in common]
        yield Steps(line(facts.fill_or_mark(situation.title)), 1, tuple(texts))


def _halves(
    facts: Facts, situations: list[Situation]
) -> tuple[tuple[Steps, ...], tuple[Steps, ...]]:
    """Part the steps of the first situation into two panels of about the same length."""
    if not situations:
        return (), ()
    whole = next(_steps(facts, situations))
    texts = whole.texts
    half = sum(map(len, texts)) / 2
    count = max(n for n in range(len(texts) + 1) if sum(map(len, texts[:n])) <= half) or 1
    first, second = whole._replace(texts=texts[:count]), texts[count:]
    continued = Steps(f"{whole.title} (continued)", count + 1, second)
    return (first,), ((continued,) if second else ())


def _reach(facts: Facts, situations: list[Situation]) -> list[ShownContact]:
    """Return whom the situations send the traveller to, but for people known by name."""
    wanted = dict.fromkeys(name for situation in situations for name in situation.contacts)
    # Where it is not known, as dialled from abroad: such numbers work at home as well.
    abroad = {"abroad": True} if facts.value("abroad") is None else {}
    dialled = Facts(facts.pack, {**facts.answers, **abroad}, facts.today)
    return show_contact(dialled, [name for name in wanted if not facts.pack.contacts[name].people])


def _lines(facts: Facts, reached: list[ShownContact]) -> Iterator[Entry]:
    for shown in reached:
        if shown.ways:
            contact = facts.pack.contacts[shown.id]
            notes = [f"{shown.hours}."] if shown.hours else []
            # What the note on a number says is how to reach it from abroad.
            if shown.note and contact.tel and facts.value("abroad") is not False:
                notes.append(shown.note)
            ways = tuple(line(_way(kind, way)) for kind, way in shown.ways)
            yield Entry(line(shown.name), ways, tuple(map(line, notes)))


def _way(kind: str, way: str) -> str:
    """Name the kind of a way where one does not see it."""
    return way if kind in ("Telephone", "E-mail", "Web") else f"{kind} {way}"


def _to_be_noted(reached: list[ShownContact]) -> Iterator[People]:
    """Yield those whose number no pack can know, with a blank for it."""
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
    given = _given(facts, fact)
    shown = given[: room + more_room]
    fitted = tuple(Person(_fit(person.name), _fit(person.telephone)) for person in shown)
    yield People(line(contact.name), fitted, len(given) - len(shown), 0 if given else blanks)


def _given(facts: Facts, fact: str) -> list[Person]:
    return [person for person in facts.value(fact) or () if isinstance(person, Person)]


def _is_cut(facts: Facts) -> bool:
    people = [person for fact in _ROOM for person in _given(facts, fact)]
    texts = [facts.value("traveller") or ""]
    texts += [text for person in people for text in (person.name, person.telephone)]
    return any(_fit(text) != line(text) for text in texts)


def _fit(text: str) -> str:
    """Cut a text, with a mark, to what one line of a panel holds."""
    safe, width = line(text), 0.0
    for place, character in enumerate(safe):
        width += _ems(character)
        if width > _WIDTH:
            return safe[: place - 1].rstrip() + "…"
    return safe


def _ems(character: str) -> float:
    """Estimate the width of a character, rather too wide than too narrow."""
    if character in "mw":
        return 1
    if character.islower():
        return 0.65 if character.isascii() else 0.8
    return 0.65 if character in " 0123456789+-().," else 1
