"""What the lint rules examine."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tests.pack.packs import base
from tests.pack.warnings_of import ITEM, over
from travelsec.conditions import ALWAYS, Truth
from travelsec.pack.check import check_packs
from travelsec.pack.lint.subject import LintEntry, Subject
from travelsec.question_types import Value
from travelsec.trip.facts import Facts

HOURS = """\
situations:
  - id: extra
    title: Extra
    when: {devices: [phone]}
    steps:
      - {do: Call first., cites: [leaflet]}
      - {do: Then go home., why: It is late., when: {abroad: true}, cites: [leaflet]}
contacts:
  - id: guard
    name: The guard
    tel: 020 7946 0001
    note: Ring twice.
    for: [extra]
    hours_for: [{hours: Day and night, when: {abroad: true}}]
    cites: [leaflet]
"""


def subject_of(folder: Path, text: str) -> Subject:
    """Return the base pack with an overlay of one file."""
    return Subject(check_packs([over(folder, text)], bundled=base(folder)))


def named(entries: list[LintEntry], name: str) -> LintEntry:
    """Return the only entry of this name."""
    (entry,) = (entry for entry in entries if entry.name == name)
    return entry


def test_every_entry_is_there_once(tmp_path: Path) -> None:
    """Items by their whole ids; steps and hours by numbers, as they have no ids."""
    subject = subject_of(tmp_path, HOURS)
    assert [entry.name for entry in subject.items] == [
        "trip.clear-files",
        "trip.charger",
        "trip.know-loss",
    ]
    assert [entry.name for entry in subject.sections] == ["packing", "on-the-way"]
    assert [entry.name for entry in subject.steps] == [
        "loss, step 1",
        "unsure, step 1",
        "extra, step 1",
        "extra, step 2",
    ]
    names = [entry.name for entry in subject.entries]
    assert sorted(names) == sorted(
        [
            *("abroad", "devices", "country", "departs", "returns", "count", "manager"),
            *("trip", "packing", "on-the-way", "trip.clear-files", "trip.charger"),
            *("trip.know-loss", "loss", "unsure", "extra", "loss, step 1", "unsure, step 1"),
            *("extra, step 1", "extra, step 2", "desk", "guard", "guard, hours 1"),
        ]
    )


@pytest.mark.parametrize(
    ("facts", "outer", "whole"),
    [
        ({"abroad": True, "devices": ("phone",)}, True, True),
        ({"abroad": True, "devices": ()}, True, False),
        ({"abroad": False, "devices": ("phone",)}, False, False),
    ],
)
def test_an_item_is_for_those_who_get_its_checklist(
    tmp_path: Path, facts: dict[str, Value], outer: Truth, whole: Truth
) -> None:
    """Its section has no condition of its own."""
    subject = subject_of(tmp_path, HOURS)
    item = named(subject.items, "trip.clear-files")
    state = Facts(subject.pack, facts, datetime.date(2026, 11, 24)).state
    assert (item.outer.truth(state), item.when.truth(state)) == (outer, whole)


def test_a_step_is_for_those_who_get_its_situation(tmp_path: Path) -> None:
    """What has no parent is for all but whom its own condition leaves out."""
    subject = subject_of(tmp_path, HOURS)
    first, second = (named(subject.steps, f"extra, step {number}") for number in (1, 2))
    assert first.when == first.outer == named(subject.situations, "extra").when
    assert second.outer == first.outer
    assert {*second.when.facts()} == {"devices", "abroad"}
    assert named(subject.situations, "extra").outer == ALWAYS


def test_an_entry_that_an_overlay_replaces_is_where_it_stands_there(tmp_path: Path) -> None:
    """What the overlay leaves alone is where it was."""
    text = "questions: [{id: country, override: true, ask: Where?, type: text}]\n"
    subject = subject_of(tmp_path, text)
    country, abroad = (named(subject.questions, name) for name in ("country", "abroad"))
    assert (country.value.ask, country.when) == ("Where?", ALWAYS)
    place = country.placed.at("ask")
    assert (Path(place.file).name, place.line) == ("over.yaml", 2)
    assert place.column == text.index("Where?") + 1
    assert Path(abroad.placed.place.file).name == "questions.yaml"


def test_a_new_item_is_in_the_section_that_it_was_put_into(tmp_path: Path) -> None:
    """Its parents are there, too."""
    item = named(subject_of(tmp_path, ITEM.replace("EXTRA", "")).items, "trip.new")
    assert item.parent is not None
    assert item.parent.name == "packing"
    assert item.parent.parent is not None
    assert item.parent.parent.name == "trip"
    assert {*item.when.facts()} == {"abroad"}


def test_the_texts_in_which_facts_are_filled_in(tmp_path: Path) -> None:
    """Those of contacts are apart; what is empty is left out."""
    subject = subject_of(tmp_path, HOURS)
    of_items = [(text.path, text.text) for text in subject.texts if "charger" in text.entry.name]
    assert of_items == [(("label",), "Charger"), (("do",), "Pack a charger.")]
    texts = [text.text for text in subject.texts]
    assert {"Who is your line manager?", "Extra", "Then go home.", "It is late."} <= {*texts}
    assert "Ring twice." not in texts
    of_guard = [text.text for text in subject.contact_texts if text.entry.name == "guard"]
    assert of_guard == ["The guard", "Ring twice."]


def test_a_warning_about_a_text_names_its_field_and_stands_there(tmp_path: Path) -> None:
    """A text of a list by its number, from one."""
    subject = subject_of(
        tmp_path, HOURS.replace("    steps:", "    note_down: [When, Where]\n    steps:")
    )
    text = next(text for text in subject.texts if text.text == "Where")
    finding = text.warn("odd", "it is odd")
    assert (finding.code, finding.problem.severity) == ("odd", "warning")
    assert finding.problem.text == "note_down 2: it is odd"
    assert finding.problem.place == text.entry.placed.at("note_down", 1)
    assert finding.problem.place.column > text.entry.placed.at("note_down", 0).column


def test_a_warning_about_a_missing_field_stands_at_the_entry(tmp_path: Path) -> None:
    """There is no better place."""
    item = named(subject_of(tmp_path, HOURS).items, "trip.charger")
    assert item.warn("odd", "it is odd", "why").problem.place == item.placed.place
    assert item.warn("odd", "it is odd", "do").problem.place.line == item.placed.place.line + 2


def test_a_derived_fact_comes_from_several_questions(tmp_path: Path) -> None:
    """Another comes from its own."""
    subject = subject_of(tmp_path, HOURS)
    assert {*subject.sources("nights")} == {"departs", "returns"}
    assert {*subject.sources("country")} == {"country"}
