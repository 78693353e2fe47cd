"""What people say happened, and the situations they may mean."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from travelsec.conditions import EqualTo
from travelsec.pack.load import load
from travelsec.pack.model import Situation, Step
from travelsec.trip.facts import Facts
from travelsec.trip.nearest import meant_situation, nearest


def situation(name: str, title: str, *also: str) -> Situation:
    """Return a situation with these words."""
    return Situation(name, title, (Step("Stay calm.", ("leaflet",)),), also=also)


SITUATIONS = [
    situation("lost", "Something is lost or stolen", "theft", "bag"),
    situation("phone-taken", "My phone was taken", "stolen phone"),
    situation("fire", "The office is on fire", "smoke", "burning"),
]


@pytest.mark.parametrize(
    ("said", "found", "is_clear"),
    [
        ("fire", ["fire"], True),
        ("FIRE!", ["fire"], True),
        ("The office is on fire", ["fire"], True),
        ("smoke", ["fire"], True),
        ("smoking", [], False),
        ("burn", ["fire"], True),
        ("smoek", ["fire"], True),
        ("stolen", ["lost", "phone-taken"], False),
        ("phone stolen", ["phone-taken", "lost"], True),
        ("my bag was stolen", ["lost", "phone-taken"], True),
        ("fone-taken", ["phone-taken"], True),
        ("my something was", [], False),
        ("tax", [], False),
        ("", [], False),
        ("—", [], False),
    ],
)
def test_words_find_situations(said: str, found: list[str], is_clear: bool) -> None:
    """The best first; a word that fits only one counts most."""
    result = nearest(SITUATIONS, said)
    assert ([one.id for one in result.situations], result.is_clear) == (found, is_clear)


@given(st.text())
def test_nothing_that_is_said_is_too_much(said: str) -> None:
    """One that stands out is there; none is there twice."""
    result = nearest(SITUATIONS, said)
    names = [one.id for one in result.situations]
    assert len(names) == len(set(names))
    assert names or not result.is_clear


def test_without_situations_nothing_is_near() -> None:
    assert nearest([], "fire").situations == []


@pytest.mark.parametrize(
    ("said", "meant", "near", "rest"),
    [
        ("Phone taken", "phone-taken", [], []),
        ("phone_taken", "phone-taken", [], []),
        ("burning", "fire", [], ["lost"]),
        ("bag burning", None, ["lost", "fire"], []),
        ("approval", None, [], ["lost", "fire"]),
        ("tax", None, [], ["lost", "fire"]),
    ],
)
def test_the_situation_that_is_meant(
    said: str, meant: str | None, near: list[str], rest: list[str]
) -> None:
    """By its id even if the trip rules it out; one for managers never is."""
    lost, phone, fire = SITUATIONS
    known = [
        lost,
        replace(phone, when=EqualTo("abroad", (True,))),
        fire,
        replace(situation("approval", "Approval"), audience="manager"),
    ]
    pack = replace(load(), situations={each.id: each for each in known})
    found = meant_situation(Facts(pack, {"abroad": False}, datetime.date(2026, 11, 22)), said)
    assert (found.situation and found.situation.id) == meant
    assert ([each.id for each in found.near], [each.id for each in found.rest]) == (near, rest)
