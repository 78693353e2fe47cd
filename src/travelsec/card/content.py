"""What the card says: chosen from a pack for a traveller, cut to what one A4 page holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

from travelsec.pack.model import Contact, Pack, Situation
from travelsec.safe_text import line
from travelsec.trip.contacts import Reach, reach
from travelsec.trip.facts import Facts
from travelsec.trip.selection import steps
from travelsec.values import Person


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


class Line(NamedTuple):
    """Somebody to call. Without `ways`, there are blanks to fill in by hand."""

    name: str
    ways: tuple[str, ...]
    notes: tuple[str, ...]


class Numbers(NamedTuple):
    """Who to call."""

    title: str
    lines: tuple[Line, ...]
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

    An empty `traveller` is a blank to fill in by hand. `is_shortened` tells that a name or number
    was cut, or people left out, as the page does not hold them.
    """

    traveller: str
    panels: tuple[tuple[Part, ...], ...]
    is_shortened: bool


# The tool's own words. All else on the card is the pack's.
TITLE = "Emergency card"
SAFETY = "Your safety comes first"
RULES = (
    "About this card (suggestions)",
    (
        "Carry it apart from your devices.",
        "Write no password and no PIN on it.",
        "Print it at the office, or copy it by hand.",
        "Fold it in half three times, print outwards.",
    ),
)
CALL = "Who to call"
ALWAYS_DO = "In every case"
OTHERS = "Others to call"
MORE = "and {} more: note them on a sheet of your own"

_UNLOCK = "unlock-request"
_COMPROMISED = ("out-of-sight", "broken-seal")
_GONE = ("phone-taken", "lost-or-stolen")
_SAFETY_STATEMENT = "taking-equipment-overseas/taking-equipment-overseas/never-endanger-yourself"

# All that the card may depend on. What the traveller carries, plans, or finds sensitive is not
# among it: whoever finds the card learns nothing of the trip.
_USED = (
    *("traveller", "organisation", "service_desk", "abroad", "official"),
    *("departmental_contact", "line_manager", "hosts"),
)
# People of a kind that the page holds at their longest, and blanks where none is known.
_ROOM = {"departmental_contact": (2, 2), "line_manager": (2, 1), "hosts": (5, 3)}
_WIDTH = 26.0
"""Ems of the longest name or number: one line of a panel, also in a wide typeface."""


def card(facts: Facts) -> Card:
    """Choose what the card says.

    Args:
        facts: what is known of the traveller and the trip. What is not known leaves nothing out,
            and gives a blank where a name belongs.

    Returns:
        The card. Its texts have every hidden character made visible, and are not escaped.
    """
    answers = {name: facts.answers[name] for name in _USED if name in facts.answers}
    known = Facts(facts.pack, answers, facts.today)
    traveller = known.value("traveller") or ""
    own = [_people(known, "departmental_contact"), _people(known, "line_manager")]
    hosts = _people(known, "hosts") or People(OTHERS, (), 0, _ROOM["hosts"][1])
    people = [part for part in (*own, hosts) if part is not None]
    panels = (
        (Points(SAFETY, _safety(known)), Points(*RULES)),
        (Numbers(CALL, tuple(_lines(known))), *_in_every_case(known)),
        *_unlock(known),
        tuple(_situations(known, _COMPROMISED)),
        tuple(_situations(known, _GONE)),
        tuple(part for part in own if part is not None),
        (hosts,),
    )
    return Card(
        traveller=_fit(traveller),
        panels=panels,
        is_shortened=_fit(traveller) != line(traveller)
        or any(part.more or _is_cut(part) for part in people),
    )


def _shown(facts: Facts, names: tuple[str, ...]) -> list[Situation]:
    """Return the situations that the pack has and that can happen to this traveller."""
    found = (facts.pack.situations.get(name) for name in names)
    return [one for one in found if one and one.when.truth(facts.state) is not False]


def _texts(facts: Facts, situation: Situation) -> list[str]:
    return [line(facts.fill_or_mark(step.do)) for step in steps(situation, facts)]


def _safety(facts: Facts) -> tuple[str, ...]:
    """Return the steps of all situations that put the traveller before the device."""
    return tuple(
        line(facts.fill_or_mark(step.do))
        for situation in _shown(facts, (_UNLOCK, *_COMPROMISED, *_GONE))
        for step in steps(situation, facts)
        if _SAFETY_STATEMENT in step.cites
    )


def _common(facts: Facts) -> list[str]:
    """Return the steps that every report needs: they stand once, beside the numbers."""
    lists = [_texts(facts, one) for one in _shown(facts, (*_COMPROMISED, *_GONE))]
    return [text for text in lists[0] if all(text in one for one in lists)] if lists else []


def _in_every_case(facts: Facts) -> Iterator[Points]:
    common = _common(facts)
    if common:
        yield Points(ALWAYS_DO, tuple(common))


def _situations(facts: Facts, names: tuple[str, ...]) -> Iterator[Steps]:
    common = _common(facts)
    for one in _shown(facts, names):
        texts = [text for text in _texts(facts, one) if text not in common]
        yield Steps(line(facts.fill_or_mark(one.title)), 1, tuple(texts))


def _unlock(facts: Facts) -> tuple[tuple[Steps, ...], tuple[Steps, ...]]:
    """Part the longest situation into two panels of about the same length."""
    found = _shown(facts, (_UNLOCK,))
    if not found:
        return (), ()
    title = line(facts.fill_or_mark(found[0].title))
    texts = _texts(facts, found[0])
    half = sum(map(len, texts)) / 2
    count = next(n for n in range(len(texts) + 1) if sum(map(len, texts[:n])) >= half)
    first, second = Steps(title, 1, tuple(texts[:count])), tuple(texts[count:])
    return (first,), ((Steps(f"{title} (continued)", count + 1, second),) if second else ())


def _lines(facts: Facts) -> Iterator[Line]:
    """Yield whom all situations send the traveller to, but for people known by name."""
    situations = _shown(facts, (*_GONE, *_COMPROMISED, _UNLOCK))
    wanted = dict.fromkeys(name for one in situations for name in one.contacts)
    pack = facts.pack
    abroad = facts.value("abroad")
    # Where it is not known, as dialled from abroad: such numbers work at home as well.
    dialled = facts if abroad is not None else _with_abroad(facts)
    for one in reach(dialled, [name for name in wanted if not pack.contacts[name].people]):
        yield _line(one, pack.contacts[one.id], abroad=abroad is not False)


def _with_abroad(facts: Facts) -> Facts:
    return Facts(facts.pack, {**facts.answers, "abroad": True}, facts.today)


def _line(one: Reach, contact: Contact, *, abroad: bool) -> Line:
    notes = [f"{one.hours}."] if one.hours else []
    # What the notes say of a number is how to reach it from abroad.
    notes += [one.note] if one.note and contact.tel and abroad else []
    return Line(line(one.name), tuple(line(way) for _, way in one.ways), tuple(map(line, notes)))


def _people(facts: Facts, fact: str) -> People | None:
    """Return the people a private question asks for; None if this traveller has none."""
    contact = _contact_of(facts.pack, fact)
    if contact is None or contact.when.truth(facts.state) is False:
        return None
    room, blanks = _ROOM[fact]
    given = [person for person in facts.value(fact) or () if isinstance(person, Person)]
    shown = tuple(Person(_fit(one.name), _fit(one.telephone)) for one in given[:room])
    return People(line(contact.name), shown, len(given[room:]), 0 if given else blanks)


def _contact_of(pack: Pack, fact: str) -> Contact | None:
    return next((one for one in pack.contacts.values() if one.people == fact), None)


def _is_cut(part: People) -> bool:
    return any("…" in (one.name + one.telephone)[-200:] for one in part.people)


def _fit(text: str) -> str:
    """Cut a text, with a mark, to what one line of a panel holds."""
    safe, width = line(text), 0.0
    for place, character in enumerate(safe):
        width += 0.65 if character.islower() or character in " 0123456789+-().,<>" else 1
        if width > _WIDTH:
            return safe[: place - 1].rstrip() + "…"
    return safe
