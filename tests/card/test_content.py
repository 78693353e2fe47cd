"""What the card says, and what it must not say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.card.travellers import LONGEST, TODAY, TRAVELLERS, TRIP, bundled, card_for
from tests.pack.packs import load_over, write
from tests.report import samples
from travelsec.card import text
from travelsec.card.content import RULES, Card, Instructions, Numbers, Part, People, card_content
from travelsec.pack.load import load
from travelsec.pack.model import Pack, Situation
from travelsec.people import Person
from travelsec.question_types import Value
from travelsec.trip.facts import Facts


def parts(card: Card) -> dict[str, Part]:
    """Return the parts of a card by title."""
    return {part.title: part for panel in card.panels for part in panel}


def people(card: Card) -> dict[str, People]:
    """Return the parts with people by title."""
    return {title: part for title, part in parts(card).items() if isinstance(part, People)}


def all_steps(card: Card) -> list[str]:
    """Return the texts of all steps."""
    found = [part for part in parts(card).values() if isinstance(part, Instructions) and part.first]
    return [step for part in found for step in part.texts]


def front(pack: Pack) -> list[Situation]:
    """Return the situations that a pack puts on the front of the card."""
    return [situation for situation in pack.situations.values() if situation.card == "front"]


def numbers(card: Card) -> str:
    """Return all ways to reach somebody, and the notes on them."""
    found = parts(card)["Who to call"]
    assert isinstance(found, Numbers)
    return "\n".join(text for one in found.lines for text in (one.name, *one.ways, *one.notes))


@pytest.mark.parametrize("name", TRAVELLERS)
def test_safety_comes_first_for_everybody(name: str) -> None:
    """The first panel has the steps that put the traveller first, and the card's own rules."""
    card = card_for(TRAVELLERS[name])
    safety, rules = card.panels[0]
    assert isinstance(safety, Instructions)
    at_home = TRAVELLERS[name].get("abroad") is False
    marked = [
        step.do
        for one in front(bundled())
        # At home no officials ask for a device.
        if not (at_home and one.id == "unlock-request")
        for step in one.steps
        if step.safety
    ]
    assert marked
    assert list(safety.texts) == marked
    assert rules == Instructions(*RULES)
    assert len(card.panels) == 8
    assert not card.is_shortened


def test_every_emergency_is_there_with_all_its_steps() -> None:
    """The card has every step of the situations on the front that may apply."""
    shown = text.render(card_for({}))
    flat = " ".join(shown.split())
    assert front(bundled())
    for situation in front(bundled()):
        assert situation.title.upper() in shown
        for step in situation.steps:
            assert step.do in flat


@pytest.mark.parametrize("name", TRAVELLERS)
def test_nothing_of_the_trip_is_on_the_card(name: str) -> None:
    """The card is the same, whatever is carried, planned or sensitive."""
    with_trip = {**TRAVELLERS[name], **TRIP}
    without = {fact: value for fact, value in with_trip.items() if fact not in TRIP}
    more: list[Mapping[str, Value]] = [
        {"plans": ("own-equipment",)},
        {"devices": ("phone",)},
        {"devices": ()},
        {"places": ("home",), "home_shared": True},
    ]
    expected = card_for(without)
    assert card_for(with_trip) == expected
    for facts in more:
        assert card_for({**without, **facts}) == expected
    assert "Wolfsburg" not in text.render(expected)


@pytest.mark.parametrize("abroad", [True, None])
def test_numbers_are_as_dialled_from_abroad(abroad: bool | None) -> None:
    """Unless somebody is sure to stay at home."""
    facts: dict[str, Value] = {} if abroad is None else {"abroad": abroad}
    shown = numbers(card_for(facts))
    at_home = numbers(card_for({"abroad": False}))
    desk = bundled().contacts["technology-service-desk"]
    assert desk.tel_from_abroad in shown
    assert desk.note_from_abroad in shown
    assert "\n0" not in shown
    assert desk.tel in at_home
    assert "+44" not in at_home


def test_what_the_pack_has_withdrawn_is_not_offered() -> None:
    """Nor what only other travellers need."""
    shown = text.render(card_for({}))
    assert bundled().withdrawn
    assert not any(one.value in shown for one in bundled().withdrawn)
    assert (
        "HMPPS"
        not in numbers(card_for({"organisation": "agency", "abroad": False})).split(
            "Information Incident"
        )[0]
    )


def test_agencies_find_their_own_contact_to_fill_in() -> None:
    """The step that their situations share is there once."""
    own = "Your own organisation’s incident contact"
    agency, hq = card_for({"organisation": "agency"}), card_for({"organisation": "hq"})
    assert people(agency)[own].blanks == 1
    assert "In every case" in parts(agency)
    assert own not in parts(hq)
    assert "In every case" not in parts(hq)
    assert not any("In an agency" in step for step in all_steps(agency))


def test_official_business() -> None:
    """Only a private journey has no officials to visit and no steps about them."""
    private, unknown = card_for({"abroad": True, "official": False}), card_for({"abroad": True})
    assert "The officials you are visiting" not in parts(private)
    assert people(private)["Others to call"].blanks == 3
    assert not any("official business" in step for step in all_steps(private))
    assert people(unknown)["The officials you are visiting"].blanks == 3
    assert any("official business" in step for step in all_steps(unknown))


def test_people_or_blanks() -> None:
    """The card has the people it knows, or blanks to fill in."""
    known = people(card_for(TRAVELLERS["hmpps-official-abroad"]))
    assert known["Your line manager"].people == (Person("Bob Ray", "+44 20 7946 0002"),)
    assert known["Your line manager"].blanks == 0
    assert known["The officials you are visiting"].people[1] == Person("D. Costa", "")
    assert all(part.blanks and not part.people for part in people(card_for({})).values())


@pytest.mark.parametrize("name", LONGEST)
def test_the_longest_names_are_cut_with_a_mark(name: str) -> None:
    """As many people as fit, none wider than a line; the rest are counted."""
    card = card_for(LONGEST[name])
    assert card.is_shortened
    for title, room in (("departmental contact", 2), ("line manager", 2)):
        part = people(card)[f"Your {title}"]
        assert (len(part.people), part.more) == (room, 10 - room)
    hosts = people(card)["The officials you are visiting"]
    assert (len(hosts.people), hosts.more) == ((5, 5) if name.startswith("hq") else (3, 7))
    assert all(one.name.endswith("…") and len(one.name) <= 41 for one in hosts.people)


def test_an_ordinary_long_name_is_not_cut() -> None:
    """Nor is a mark in the name itself taken for a cut."""
    name = "Alexandra Featherstonehaugh-Cholmond…"
    card = card_for({"line_manager": (Person(name, "+44 20 7946 0000 ext 12345"),)})
    assert people(card)["Your line manager"].people[0].name == name
    assert not card.is_shortened


def test_hidden_characters_are_visible() -> None:
    """Before the text is cut, as they then take up room."""
    card = card_for({"traveller": "A\u202eB\x1b[31m", "line_manager": (Person("\u200b" * 200),)})
    assert card.traveller == "A<U+202E>B<U+001B>[31m"
    name = people(card)["Your line manager"].people[0].name
    assert name.startswith("<U+200B><U+200B>")
    assert name.endswith("…")


def test_a_pack_without_the_situations_still_gives_a_card(tmp_path: Path) -> None:
    """What an overlay drops is left out; the rules stay."""
    made = card_for({}, samples.read_pack(tmp_path))
    assert parts(made)["About this card (suggestions)"] == Instructions(*RULES)
    assert all_steps(made) == []


OVERLAY = """\
pack: {id: over, version: '1', title: Over, covers: More., not_covered: Little.}
situations:
  - id: boat-sinks
    title: The boat sinks
    when: {destination: Atlantis}
    steps: [{do: Leave the boat., cites: [remote-working/key-points/report-quickly]}]
    contacts: [coastguard, harbour, technology-service-desk]
  - id: for-managers
    title: If the boat sinks
    audience: manager
    steps: [{do: Stay calm., cites: [remote-working/key-points/report-quickly]}]
contacts:
  - {id: coastguard, name: The coastguard, tel: "999",
     cites: [remote-working/key-points/report-quickly]}
  - {id: harbour, name: The harbour, note: Ask there.,
     cites: [remote-working/key-points/report-quickly]}
"""


def test_the_emergencies_of_an_overlay_are_on_the_back(tmp_path: Path) -> None:
    """Whoever they may happen to, with further people to call, and blanks for numbers."""
    folder = write(tmp_path / "over", {"over": OVERLAY})
    facts: Mapping[str, Value] = {"destination": "Rome", "abroad": True}
    made = card_content(Facts(load([folder]), facts, TODAY))
    alone = card_content(Facts(load(), facts, TODAY))
    steps, called, noted = (part for part in made.back if part not in alone.back)
    # Where the traveller goes decides nothing: whoever finds the card learns nothing of the trip.
    assert steps == Instructions("The boat sinks", ("Leave the boat.",), 1)
    assert isinstance(called, Numbers)
    assert [one.name for one in called.lines] == ["The coastguard"]
    assert noted == People("The harbour", (), 0, 1)
    assert made.panels == alone.panels


def with_situations(folder: Path, *cards: str, long: int = 0) -> Card:
    """Return the card of a pack with situations on these sides, in order; one may be long."""
    more = "".join(f"{{do: Then {step}., cites: [leaflet]}}, " for step in range(7))
    written = "situations:\n" + "".join(
        f"  - id: s{number}\n    title: Emergency {number}\n    card: {side}\n"
        f"    steps: [{more if number == long else ''}{{do: Do {number}., cites: [leaflet]}}, "
        f"{{do: And {number}., cites: [leaflet]}}, "
        "{do: Do this in every case., cites: [leaflet]}]\n"
        for number, side in enumerate(cards, 1)
    )
    return card_for({}, load_over(folder, written))


def test_a_pack_says_what_is_on_the_card(tmp_path: Path) -> None:
    """A long first one has two panels, the others share one in pairs; some are nowhere."""
    made = with_situations(tmp_path, "none", "back", *["front"] * 5, long=3)
    titles = [[part.title for part in panel] for panel in made.panels[2:6]]
    assert titles == [
        ["Emergency 3"],
        ["Emergency 3 (continued)"],
        ["Emergency 4", "Emergency 5"],
        ["Emergency 6", "Emergency 7", "In every case"],
    ]
    assert [part.title for part in made.back if "Emergency" in part.title] == ["Emergency 2"]


def test_short_situations_have_a_panel_each(tmp_path: Path) -> None:
    """At home there is no long one; what they all share is said once."""
    made = with_situations(tmp_path, *["front"] * 4)
    titles = [[part.title for part in panel] for panel in made.panels[2:6]]
    alone = [[f"Emergency {number}"] for number in range(1, 4)]
    assert titles == [*alone, ["Emergency 4", "In every case"]]
    assert all_steps(made)[:3] == ["Do 1.", "And 1.", "Do 2."]


def test_what_the_front_has_no_room_for_is_on_the_back(tmp_path: Path) -> None:
    """No emergency is lost."""
    made = with_situations(tmp_path, *["front"] * 7)
    assert [part.title for part in made.back][:2] == ["Emergency 6", "Emergency 7"]


def test_a_single_situation_shares_no_step(tmp_path: Path) -> None:
    """Otherwise all its steps would be below another title."""
    made = with_situations(tmp_path, "front", "front", long=1)
    assert "In every case" not in parts(made)
    assert "Do 2." in all_steps(made)
