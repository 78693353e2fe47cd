"""Travellers of several kinds, and cards for them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache

from travelsec.card.content import Card, card_content
from travelsec.pack.load import load
from travelsec.pack.model import Pack
from travelsec.people import MAX_PEOPLE, Person
from travelsec.question_types import Value
from travelsec.trip.facts import Facts
from travelsec.values import MAX_ANSWER

TODAY = datetime.date(2026, 11, 22)

# What the traveller carries and plans: nothing of it may be seen on the card.
TRIP: Mapping[str, Value] = {
    "destination": "Wolfsburg",
    "departs": datetime.date(2026, 12, 1),
    "returns": datetime.date(2026, 12, 5),
    "devices": ("laptop", "tablet"),
    "places": ("hotel",),
    "plans": ("sensitive", "printing"),
    "papers": True,
    "prints_personal": True,
}
TRAVELLERS: Mapping[str, Mapping[str, Value]] = {
    "hmpps-official-abroad": {
        **TRIP,
        "traveller": "A. Smith",
        "organisation": "hmpps",
        "abroad": True,
        "official": True,
        "departmental_contact": (Person("Ann Lee", "+44 20 7946 0001"),),
        "line_manager": (Person("Bob Ray", "+44 20 7946 0002"),),
        "hosts": (Person("Cara Sousa", "+351 21 999 0003"), Person("D. Costa")),
    },
    "agency-at-home": {
        "traveller": "B. Jones",
        "organisation": "agency",
        "abroad": False,
        "devices": ("laptop",),
        "line_manager": (Person("Bob Ray", "020 7946 0002"),),
    },
    "hq-on-holiday": {
        **TRIP,
        "traveller": "C. Brown",
        "organisation": "hq",
        "abroad": True,
        "official": False,
        "departmental_contact": (Person("Ann Lee", "+44 20 7946 0001"),),
    },
    "nobody-known": {},
}


def crowd(name: str, telephone: str) -> Mapping[str, Value]:
    """Return facts with as many people of every kind as there can be, all alike."""
    people = (Person(name[:MAX_ANSWER], telephone[:MAX_ANSWER]),) * MAX_PEOPLE
    known = ("departmental_contact", "line_manager", "hosts")
    return {"traveller": name[:MAX_ANSWER], **dict.fromkeys(known, people)}


# The page at its fullest: for nobody in particular all steps and contacts are there.
LONGEST: Mapping[str, Mapping[str, Value]] = {
    "wide": crowd("W" * MAX_ANSWER, "9" * MAX_ANSWER),
    "words": crowd("Featherstonehaugh " * 20, "+44 20 7946 0000 " * 20),
    "small": crowd("m" * MAX_ANSWER, "8" * MAX_ANSWER),
    "chinese": crowd("漢" * MAX_ANSWER, "漢" * MAX_ANSWER),
    "without-numbers": crowd("W" * MAX_ANSWER, ""),
    "hq": {
        **crowd("W" * MAX_ANSWER, "9" * MAX_ANSWER),
        "organisation": "hq",
        "official": True,
    },
    "hq-without-numbers": {**crowd("W" * MAX_ANSWER, ""), "organisation": "hq"},
    "hmpps": {
        **crowd("W" * MAX_ANSWER, "9" * MAX_ANSWER),
        "organisation": "hmpps",
        "abroad": True,
    },
}


@cache
def bundled() -> Pack:
    """Return the bundled pack, read once."""
    return load()


def card_for(answers: Mapping[str, Value], pack: Pack | None = None) -> Card:
    """Return the card of a traveller."""
    return card_content(Facts(pack or bundled(), answers, TODAY))
