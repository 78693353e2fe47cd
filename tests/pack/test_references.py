"""References between entries: none may be broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pack.packs import (
    BASE,
    DERIVED_FACTS,
    FACTS_OF_BASE,
    base,
    faults_of,
    faults_over,
    load_over,
    write,
)
from travelsec.pack import load

PAGES = "(allowed: page/general/remove-files, page/general/take-charger, page/general/call-desk"
CITABLE = f"{PAGES}, leaflet"
FACTS = ", ".join(FACTS_OF_BASE)

ONE_FAULT = [
    # Ids that lead nowhere.
    (
        *("checklist", "page/general/take-charger", "page/general/take-chargers"),
        "checklist.yaml:23:19: no guidance has the statement “page/general/take-chargers” "
        f"{CITABLE}; did you mean page/general/take-charger?)",
    ),
    (
        *("checklist", "cites: [leaflet]", "cites: [leaflet, page]"),
        "checklist.yaml:33:28: “page” is a page with an index: cite one of its statements "
        f"{PAGES})",
    ),
    (
        *("situations", "- do: Call.\n        cites: [leaflet]", "- {do: Call., cites: [leaf]}"),
        f"situations.yaml:13:29: no guidance has the statement “leaf” {CITABLE}; did you mean "
        "leaflet?)",
    ),
    (
        *("contacts", "cites: [leaflet]", "cites: [flyer]"),
        f"contacts.yaml:10:13: no guidance has the statement “flyer” {CITABLE})",
    ),
    (
        *("contacts", "cites: [page/general/call-desk]", "cites: [page/general/call]"),
        f"contacts.yaml:6:13: no guidance has the statement “page/general/call” {CITABLE}; did you "
        "mean page/general/call-desk?)",
    ),
    (
        *(
            "questions",
            "laptop: Laptop, phone: Phone}",
            "laptop: Laptop, phone: Phone}\n    choice_cites: {laptop: [leaf]}",
        ),
        f"questions.yaml:10:29: no guidance has the statement “leaf” {CITABLE}; did you mean "
        "leaflet?)",
    ),
    (
        *(
            "questions",
            "laptop: Laptop, phone: Phone}",
            "laptop: Laptop, phone: Phone}\n    choice_cites: {lap: [leaflet]}",
        ),
        "questions.yaml:10:20: choice_cites: “lap” is not a choice of this question (allowed: "
        "laptop, phone; did you mean laptop?)",
    ),
    (
        *("situations", "contacts: [desk]", "contacts: [desc]"),
        "situations.yaml:8:16: there is no contact “desc” (allowed: desk; did you mean desk?)",
    ),
    (
        *("situations", "then: [unsure]", "then: [unsure, los]"),
        "situations.yaml:9:20: there is no situation “los” (allowed: loss, unsure; did you mean "
        "loss?)",
    ),
    (
        *("checklist", "situation: loss", "contacts: [desk, dsk]"),
        "checklist.yaml:32:28: there is no contact “dsk” (allowed: desk; did you mean desk?)",
    ),
    (
        *("checklist", "situation: loss", "situation: theft"),
        "checklist.yaml:32:22: there is no situation “theft” (allowed: loss, unsure)",
    ),
    (
        *("guidance", "ask: desk", "ask: dsk"),
        "guidance.yaml:5:10: there is no contact “dsk” (allowed: desk; did you mean desk?)",
    ),
    # Placeholders.
    (
        *("checklist", "$nights", "$night"),
        "checklist.yaml:12:15: do: no question asks for “$night” "
        f"(allowed: {FACTS}, {DERIVED_FACTS}; did you mean nights?)",
    ),
    (
        *("checklist", "$nights", "$manager"),
        "checklist.yaml:12:15: do: the fact “manager” is private",
    ),
    (
        *("checklist", "$nights", "5 $ in"),
        "checklist.yaml:12:15: do: write “$$” for a “$” that begins no fact’s name",
    ),
    (
        *("checklist", "why: Less is lost.", "why: ${Abroad}"),
        "checklist.yaml:13:16: why: no question asks for “$Abroad”",
    ),
    (
        *("checklist", "label: Charger", "label: Pack $count2 chargers"),
        "checklist.yaml:20:18: label: no question asks for “$count2”",
    ),
    (
        *("situations", "title: Not sure", "title: Not $sure"),
        "situations.yaml:11:12: title: no question asks for “$sure”",
    ),
    (
        *("situations", "do: Call the desk.", "do: Call $manager."),
        "situations.yaml:5:13: do: the fact “manager” is private",
    ),
    (
        *("questions", "ask: Which country?", "ask: Which $land?"),
        "questions.yaml:11:10: ask: no question asks for “$land”",
    ),
    (
        *("questions", "default: $device_kinds", "default: $devices_kind"),
        "questions.yaml:23:14: default: no question asks for “$devices_kind”",
    ),
    # Questions.
    (
        *("questions", "when: {abroad: true}", "when: {country: NO}"),
        "questions.yaml:13:11: “country” depends on itself: the conditions of country form a "
        "circle",
    ),
    (
        *("questions", "choices: {laptop: Laptop, phone: Phone}", "help: None."),
        "questions.yaml:6:5: a question of the type choices needs “choices”",
    ),
    (
        *("questions", "type: number", "type: number\n    choices: {one: One}"),
        "questions.yaml:23:14: a question of the type number has no choices",
    ),
    (
        *("questions", "type: number", "type: number\n    none: never"),
        "questions.yaml:23:11: only a question of the type date can have “none”",
    ),
    (
        *("checklist", "when: {abroad: true}", "when: {departs: none}"),
        "checklist.yaml:4:19: a date is needed here, not none",
    ),
    (
        *("questions", "default: $device_kinds", "default: two"),
        "questions.yaml:23:14: “two” is not a whole number from 0 to 999999",
    ),
    (
        *("questions", "default: $device_kinds", "default: [2]"),
        "questions.yaml:23:14: one number is needed here, not a list",
    ),
    (
        *("questions", "  - id: departs", "    default: {x: y}\n  - id: departs"),
        "questions.yaml:14:14: one text is needed here, not a mapping",
    ),
    # Items.
    (
        *("checklist", "      phase: away\n", ""),
        "checklist.yaml:27:11: no phase: give one to “know-loss” or to its section",
    ),
    (
        *("checklist", "due: 2 days before departure", "due: in time"),
        "checklist.yaml:16:16: “in time” is not a day (like “2 days before departure”, ",
    ),
    (
        *("checklist", "formerly: [clean-device]", "formerly: [clean-device, charger]"),
        "checklist.yaml:17:36: “trip.charger” is the id of a current item",
    ),
    ("checklist", "  title: The trip\n", "", ":2:3: the checklist “trip” has no title"),
    ("checklist", "      title: Packing\n", "", ":6:7: the section “packing” has no title"),
    # Contacts.
    (
        *("contacts", "    tel: 020 7946 0000\n", ""),
        "contacts.yaml:2:5: “desk” cannot be reached: give tel, tel_from_abroad, email, slack, url "
        "or a note",
    ),
    (
        *("contacts", "    name: The desk", "    name: The desk\n    note: Call $tel_dsk."),
        "contacts.yaml:4:11: note: no contact “dsk” has a number of its own for “$tel_dsk” "
        "(allowed: tel_desk; did you mean tel_desk?)",
    ),
    (
        *("contacts", "tel: 020 7946 0000", "tel: ${tel_desk}"),
        "contacts.yaml:5:10: tel: no contact “desk” has a number of its own for “$tel_desk”",
    ),
    (
        *("situations", "- do: Call the desk.", "- do: Call $tel_police."),
        "situations.yaml:5:13: do: no contact “police” has a number of its own for “$tel_police”",
    ),
    # Ids that stand twice.
    (
        *("questions", "  - id: departs", "  - id: abroad"),
        "questions.yaml:14:9: “abroad” appears twice in this pack (first at base/questions.yaml:2",
    ),
    (
        *("checklist", "        - id: know-loss", "        - id: charger"),
        "checklist.yaml:28:15: “trip.charger” appears twice in this pack (first at "
        "base/checklist.yaml:19:11)",
    ),
    (
        *("checklist", "    - id: on-the-way", "    - id: packing"),
        "checklist.yaml:24:11: the section “packing” appears twice in this list (first at "
        "base/checklist.yaml:6:11)",
    ),
    (
        *("guidance", "id: take-charger", "id: remove-files"),
        "guidance.yaml:11:13: the statement “remove-files” appears twice",
    ),
    (
        *("guidance", "  - id: leaflet", "      - {id: general, title: More}\n  - id: leaflet"),
        "guidance.yaml:13:9: the section “general” appears twice",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "expected"), ONE_FAULT)
def test_a_broken_reference_is_reported_at_its_place(
    tmp_path: Path, file: str, old: str, new: str, expected: str
) -> None:
    """At its line and column."""
    faults = faults_of(base(tmp_path, file, old, new))
    assert any(expected in fault for fault in faults), faults


@pytest.mark.parametrize("name", ["any", "all", "not", "nights", "device_nights"])
def test_questions_cannot_have_reserved_names(tmp_path: Path, name: str) -> None:
    """Those mean something else in a condition."""
    questions = f"questions: [{{id: {name}, ask: What?, type: number}}]\n"
    assert faults_over(tmp_path, questions) == [
        f"over1/over.yaml:2:18: “{name}” is a reserved name: take another"
    ]


def test_all_faults_of_all_packs_are_reported_in_order(tmp_path: Path) -> None:
    """By file and line, in one run."""
    faults = faults_over(
        tmp_path,
        "contacts:\n"
        "  - {id: far, name: Far, cites: [none], when: {x: 1}}\n"
        "  - {id: near, name: Near, tel: '1', cites: [leaflet], when: {not: {devices: desk}}}\n"
        "questions: [{id: q, ask: $, type: choice, default: 1}]\n",
        "situations: [{id: s, title: S, steps: [{do: $x, cites: [y]}], then: [z], contacts: [a]}]",
    )
    assert [fault.split(" ", 1)[0] for fault in faults] == [
        "over1/over.yaml:3:5:",
        "over1/over.yaml:3:34:",
        "over1/over.yaml:3:48:",
        "over1/over.yaml:4:78:",
        "over1/over.yaml:5:13:",
        "over1/over.yaml:5:26:",
        "over1/over.yaml:5:52:",
        "over2/over.yaml:2:45:",
        "over2/over.yaml:2:57:",
        "over2/over.yaml:2:70:",
        "over2/over.yaml:2:85:",
    ]


def test_questions_follow_those_they_depend_on(tmp_path: Path) -> None:
    """Through derived facts too."""
    folder = write(
        tmp_path / "base",
        {
            **BASE,
            "questions": BASE["questions"]
            .replace("when: {abroad: true}", "when: {any: [{nights: 3}, {not: {count: 2}}]}")
            .replace("default: $device_kinds", "when: {device_kinds: {at_least: 1}}"),
        },
    )
    assert list(load.load(bundled=folder).questions) == [
        *("abroad", "devices", "departs", "returns", "count", "country", "manager"),
    ]


def test_only_the_questions_in_a_circle_are_reported(tmp_path: Path) -> None:
    """Not those that wait behind it, nor those that it waits for."""
    questions = """
questions:
  - {id: a, ask: A?, type: yes-no, when: {b: true}}
  - {id: b, ask: B?, type: yes-no, when: {c: true, abroad: true}}
  - {id: c, ask: C?, type: yes-no, when: {not: {a: true}}}
  - {id: d, ask: D?, type: yes-no, when: {a: true}}
  - {id: e, ask: E?, type: yes-no, when: {d: true}}
"""
    rest = "depends on itself: the conditions of a, b and c form a circle"
    assert faults_over(tmp_path, questions) == [
        f"over1/over.yaml:4:42: “a” {rest}",
        f"over1/over.yaml:5:42: “b” {rest}",
        f"over1/over.yaml:6:42: “c” {rest}",
    ]


def test_a_fact_derived_from_a_private_one_is_private(tmp_path: Path) -> None:
    """The number of nights would reveal a private date."""
    folder = base(
        tmp_path, "questions", "ask: Which day do you leave?", "ask: When?\n    private: true"
    )
    (tmp_path / "base" / "checklist.yaml").write_text(
        BASE["checklist"].replace("{devices: [laptop, phone]}", "{days_to_departure: 3}"),
        encoding="utf-8",
    )
    assert faults_of(folder) == [
        "base/checklist.yaml:12:15: do: the fact “nights” is private",
        "base/checklist.yaml:15:18: the fact “days_to_departure” is private: no condition may look "
        "at it",
    ]


def test_two_items_cannot_share_a_former_id(tmp_path: Path) -> None:
    """An answer with that id could belong to either."""
    folder = base(
        tmp_path, "checklist", "level: should", "level: should\n          formerly: [clean-device]"
    )
    assert faults_of(folder) == [
        "base/checklist.yaml:23:22: “trip.clean-device” is already the former id of the item at "
        "base/checklist.yaml:10:11"
    ]


WITHDRAWN = "withdrawn: [{value: VALUE, reason: it rings for ever, cites: [leaflet]}]\n"
CONTACT = "contacts: [{id: help, name: Help, FIELD: DETAIL, cites: [leaflet]}]\n"


@pytest.mark.parametrize(
    ("field", "detail", "withdrawn"),
    [
        ("tel", "020 7946 0123", "02079460123"),
        ("tel", "(020) 7946-0123", "020 7946 0123"),
        ("tel", "020.7946.0123", "020 7946 0123"),
        ("tel_from_abroad", "+44 20 7946 0123", "020 7946 0123"),
        ("tel_from_abroad", "+44 (0)20 7946 0123", "020 7946 0123"),
        ("tel", "0044 20 7946 0123", "020 7946 0123"),
        ("tel", "020 7946 0123", "+44 20 7946 0123"),
        ("tel", "020\u00a07946‑0123", "020 7946 0123"),
        ("email", "Help@Example.org", "help@example.org"),
        ("slack", "'#Help'", "'#help'"),
        ("url", "https://example.org/help", "https://example.org/help"),
    ],
)
def test_a_withdrawn_detail_is_never_offered(
    tmp_path: Path, field: str, detail: str, withdrawn: str
) -> None:
    """However it is written, and whichever pack offers it."""
    (fault,) = faults_over(
        tmp_path,
        CONTACT.replace("FIELD", field).replace("DETAIL", detail),
        WITHDRAWN.replace("VALUE", withdrawn),
    )
    bare = withdrawn.strip("'")
    assert fault.startswith("over1/over.yaml:2:")
    assert fault.endswith(f": “{bare}” is withdrawn: it rings for ever")


@pytest.mark.parametrize(
    ("detail", "withdrawn"),
    [
        ("020 7946 0124", "020 7946 0123"),
        ("+45 20 7946 0123", "+44 20 7946 0123"),
        ("+1 20 7946 0123", "120 7946 0123"),
        ("a.b@example.org", "ab@example.org"),
    ],
)
def test_a_similar_detail_is_not_taken_for_a_withdrawn_one(
    tmp_path: Path, detail: str, withdrawn: str
) -> None:
    """A digit or a country makes another number, a full stop another address."""
    pack = load_over(
        tmp_path,
        CONTACT.replace("FIELD", "tel").replace("DETAIL", detail),
        WITHDRAWN.replace("VALUE", withdrawn),
    )
    assert pack.contacts["help"].tel == detail


def test_placeholders_fill_in_a_telephone_number(tmp_path: Path) -> None:
    """In contacts, notes and steps, from the contact it belongs to."""
    pack = load_over(
        tmp_path,
        "contacts:\n"
        "  - {id: night-desk, name: Night desk, tel: +44 20 7946 0199, cites: [leaflet]}\n"
        "  - {id: other, name: Other, tel: $tel_night_desk, cites: [leaflet],\n"
        "     note: 'It costs $$5 or $5. Call ${tel_night_desk}.'}\n"
        "  - {id: foreign, name: Foreign, tel: +351 21 999 0003, cites: [leaflet]}\n"
        "  - {id: two, name: Two, tel: +44 20 7946 0101, tel_from_abroad: +44 20 7946 0102,\n"
        "     cites: [leaflet]}\n"
        "situations:\n"
        "  - id: night\n"
        "    title: At night\n"
        "    steps: [{do: 'In $country, call $tel_night_desk.', cites: [leaflet]}]\n"
        "    note_down: [The time you called $tel_night_desk.]\n",
    )
    numbers = {name: (one.tel, one.tel_from_abroad) for name, one in pack.contacts.items()}
    assert numbers["night-desk"] == numbers["other"] == ("020 7946 0199", "+44 20 7946 0199")
    assert numbers["foreign"] == ("+351 21 999 0003", "")
    assert numbers["two"] == ("+44 20 7946 0101", "+44 20 7946 0102")
    assert pack.contacts["other"].note == "It costs $$5 or $5. Call +44 20 7946 0199."
    night = pack.situations["night"]
    assert night.steps[0].do == "In $country, call +44 20 7946 0199."
    assert night.note_down == ("The time you called +44 20 7946 0199.",)


def test_a_replaced_number_changes_everywhere(tmp_path: Path) -> None:
    """An overlay changes it once."""
    pack = load_over(
        tmp_path,
        "contacts:\n"
        "  - {id: desk, override: true, name: New, tel: +44 20 7946 0101, cites: [leaflet]}\n"
        "  - {id: other, name: Other, note: Call $tel_desk., cites: [leaflet]}\n",
    )
    assert pack.contacts["other"].note == "Call +44 20 7946 0101."


def test_a_lead_in_that_its_step_does_not_begin_with_is_an_error(tmp_path: Path) -> None:
    """It would be left out of nothing."""
    step = "{do: Show it., cites: [leaflet], lead_in: On business}"
    assert faults_over(tmp_path, f"situations: [{{id: s, title: S, steps: [{step}]}}]\n") == [
        "over1/over.yaml:2:82: the step’s “do” does not begin with these words"
    ]


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("managers", "no question asks for the people “managers”"),
        ("country", "“country” is a fact of the type text, not people"),
        ("nights", "“nights” is a fact of the type number, not people"),
        ("hosts", "“hosts” is not private, so reports would name these people"),
    ],
)
def test_the_people_of_a_contact_are_those_of_a_private_question(
    tmp_path: Path, name: str, wrong: str
) -> None:
    """Only such a question asks for names and numbers, and keeps them out of reports."""
    over = (
        "questions: [{id: hosts, ask: Whom will you visit?, type: people}]\n"
        f"contacts: [{{id: boss, name: The boss, people: {name}, note: Call., cites: [leaflet]}}]\n"
    )
    meant = "; did you mean manager?" if name == "managers" else ""
    assert faults_over(tmp_path, over) == [
        f"over1/over.yaml:3:47: {wrong} (allowed: manager{meant})"
    ]


def test_hours_for_some_people_are_checked_like_any_condition(tmp_path: Path) -> None:
    contact = "{id: c, name: C, tel: '1', cites: [leaflet], hours_for: [{hours: X, when: {zz: 1}}]}"
    (fault,) = faults_over(tmp_path, f"contacts: [{contact}]\n")
    assert "zz" in fault


def test_an_unknown_item_that_a_step_needs_is_an_error(tmp_path: Path) -> None:
    """The message suggests the nearest id."""
    step = "{do: Show it., cites: [leaflet], needs: [trip.chargre]}"
    assert faults_over(tmp_path, f"situations: [{{id: s, title: S, steps: [{step}]}}]\n") == [
        "over1/over.yaml:2:81: there is no item “trip.chargre” (allowed: trip.clear-files, "
        "trip.charger, trip.know-loss; did you mean trip.charger?)"
    ]
