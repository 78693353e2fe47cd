"""What travellers read before, on and after the snapshot trips: only what can concern them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
import pytest

from tests.trip.test_selection import TRIPS, bundled, facts_of
from travelsec.card import text as card_text
from travelsec.card.content import card_content
from travelsec.document import Block, text_lines
from travelsec.report import text as report_text
from travelsec.report.build import build
from travelsec.trip import advice, debrief, note
from travelsec.trip.facts import Facts
from travelsec.trip.selection import possible_situations, select

NOON = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
PATHS = sorted(TRIPS.glob("*.yaml"))
DEVICE_WORDS = re.compile(
    r"\b(devices?|equipment|screens?|laptops?|tablets?|computers?|memory sticks?)\b", re.IGNORECASE
)
ABROAD_WORDS = re.compile(r"\b(officials?|customs|border|roaming|unlock|hosts?)\b", re.IGNORECASE)
NEVER = {
    "remote-working.no-personal-email",
    "remote-working.no-sensitive-work-in-public",
    "remote-working.do-not-advertise",
    "remote-working.no-calls-in-public",
    "remote-working.store-printouts",
    "remote-working.no-home-disposal",
    "remote-working.file-or-dispose",
}
CALLS = {
    "overseas.calls-not-secure",
    "overseas.no-sensitive-calls",
    "overseas.not-overheard",
    "remote-working.smart-devices-off",
}
PHONE = {
    "overseas.phone-pin",
    "overseas.no-public-charging",
    "overseas.no-vehicle-connection",
    "overseas.know-phone-taken",
}
LOCKS = {
    "remote-working.lock-screen",
    "remote-working.shut-down",
    "remote-working.password-manager",
    "overseas.public-wifi",
}


class Trip(msgspec.Struct, frozen=True):
    """A snapshot trip: its facts, the items that apply, and whether a device may be taken."""

    name: str
    facts: Facts
    items: frozenset[str]

    def may_be(self, fact: str, *choices: str) -> bool:
        """Return whether one of these may have been chosen: it was, or nothing is known."""
        chosen = self.facts.value(fact)
        return chosen is None or bool(set(choices) & set(chosen))

    @property
    def may_have_devices(self) -> bool:
        """Return whether there may be any, of work or of one's own."""
        return self.facts.value("devices") != () or self.may_be("plans", "own-equipment")

    @property
    def may_have_a_phone(self) -> bool:
        """Return whether it may be one of work or of one's own."""
        return self.may_be("devices", "phone") or self.may_be("plans", "own-equipment")


@cache
def trip(path: Path) -> Trip:
    """Return a snapshot trip, read once."""
    facts = facts_of(path)
    return Trip(path.stem, facts, frozenset(one.id for one in select(bundled(), facts)))


TRIP_LIST = [trip(path) for path in PATHS]
WITHOUT_DEVICES = [one for one in TRIP_LIST if not one.may_have_devices]
AT_HOME = [one for one in TRIP_LIST if one.facts.value("abroad") is False]


def said(blocks: Iterator[Block]) -> str:
    """Return a document as one line of text."""
    return " ".join(text for text, _ in text_lines(blocks, 80))


def texts(facts: Facts) -> Iterator[str]:
    """Yield all that the traveller and the manager read, but for the traveller's own answers."""
    report = build(facts, {}, how={}, created=NOON)
    bare = msgspec.structs.replace(report, trip=msgspec.structs.replace(report.trip, answers=()))
    yield report_text.render(bare)
    yield said(debrief.outline("Trip", debrief.Debrief(facts, {}, [])))
    for situation in possible_situations(facts):
        yield said(advice.situation(situation, facts))
        yield note.note_text(situation, facts, {})


def test_there_are_at_least_40_trips_and_each_says_what_is_special_about_it() -> None:
    """In a comment on its first line."""
    firsts = [path.read_text(encoding="utf-8").partition("\n")[0] for path in PATHS]
    assert len(set(firsts)) == len(PATHS) >= 40
    assert all(re.fullmatch(r"# .+\.", first) for first in firsts)


@pytest.mark.parametrize("one", WITHOUT_DEVICES, ids=lambda one: one.name)
def test_no_word_of_devices_without_any(one: Trip) -> None:
    """The card is left out: it must not tell who finds it what is carried.

    Smart devices are not the traveller's: they stand around.
    """
    shown = " ".join(" ".join(texts(one.facts)).split())
    assert not DEVICE_WORDS.findall(re.sub("smart.devices", "", shown))


@pytest.mark.parametrize("one", AT_HOME, ids=lambda one: one.name)
def test_no_word_of_officials_or_roaming_at_home(one: Trip) -> None:
    """Nor on the card."""
    shown = [*texts(one.facts), card_text.render(card_content(one.facts))]
    assert not ABROAD_WORDS.findall(" ".join(" ".join(shown).split()))
    assert not any(name.startswith("overseas.") for name in one.items)


@pytest.mark.parametrize("one", TRIP_LIST, ids=lambda one: one.name)
def test_what_must_never_be_done_is_for_everyone_who_works_away(one: Trip) -> None:
    """Whatever is planned."""
    works = any(name.startswith("remote-working.") for name in one.items)
    assert one.items & NEVER == (NEVER if works else set())
    home_is_shared = one.facts.value("home_shared") is not False
    assert ("remote-working.no-calls-in-shared-rooms" in one.items) == (works and home_is_shared)


@pytest.mark.parametrize("one", TRIP_LIST, ids=lambda one: one.name)
def test_what_a_kind_of_device_needs_follows_it_alone(one: Trip) -> None:
    """Plans do not hide it, and own equipment may be of any kind."""
    abroad = one.facts.value("abroad") is not False
    overseas = {name for name in CALLS | PHONE | LOCKS if name.startswith("overseas.")}
    here = CALLS | PHONE | LOCKS if abroad else (CALLS | LOCKS) - overseas
    own = one.may_be("plans", "own-equipment")
    has_screen = own or one.may_be("devices", "laptop", "tablet", "phone", "other")
    calls = has_screen or one.may_be("plans", "calls")
    assert one.items & CALLS == (CALLS & here if calls else set())
    assert one.items & LOCKS == (LOCKS & here if has_screen else set())
    assert one.items & PHONE == (PHONE & here if one.may_have_a_phone else set())
    never_alone = "remote-working.never-unattended" in one.items
    assert never_alone == one.may_have_devices


@pytest.mark.parametrize("one", TRIP_LIST, ids=lambda one: one.name)
def test_no_text_has_a_hole(one: Trip) -> None:
    """Nothing is left to fill in, and nothing is counted to nought."""
    shown = " ".join(texts(one.facts))
    assert not re.findall(r"\$\w+|not given\)|\b0 or more", shown)
