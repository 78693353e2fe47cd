"""Warnings about entries that nobody gets, or that some people get without what they need."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pack.packs import base
from tests.pack.warnings_of import ITEM, over, warnings


@pytest.mark.parametrize(
    "when",
    [
        "{all: [{abroad: true}, {abroad: false}]}",
        # The checklist holds abroad.
        "{abroad: false}",
        "{device_kinds: {at_least: 3}}",
        "{devices: {at_least: 3}}",
        "{all: [{count: 1}, {count: {at_least: 2}}]}",
    ],
)
def test_an_item_for_nobody_gets_a_warning(tmp_path: Path, when: str) -> None:
    """Its condition contradicts itself, its parents' conditions or the questions."""
    found = warnings(base(tmp_path), over(tmp_path, ITEM.replace("EXTRA", f", when: {when}")))
    assert [text for text in found if text.startswith("unreachable over/over.yaml:7:92: ")], found


def test_a_sentence_about_what_is_not_covered_that_nobody_reads_is_warned_of(
    tmp_path: Path,
) -> None:
    """The condition is tested like every other, in the pack that has it."""
    when = "not_covered_when: {all: [{abroad: true}, {abroad: false}]}"
    found = warnings(base(tmp_path, new=f"All else.\n  {when}\n", old="All else.\n"))
    told = "unreachable base/pack.yaml:7:21: no one reads what “base” does not cover"
    assert [text for text in found if text.startswith(told)], found


@pytest.mark.parametrize(
    ("text", "start"),
    [
        (
            "questions: [{id: q, ask: Q?, type: yes-no, when: {all: [{abroad: true}, "
            "{not: {abroad: true}}]}}]\n",
            "unreachable over/over.yaml:2:50: the question “q” is never asked",
        ),
        (
            "checklist: {id: trip, sections: [{id: packing, when: {abroad: false}}]}\n",
            "unreachable over/over.yaml:2:54: no one gets the section “packing”",
        ),
        (
            "checklist: {id: two, title: Two, when: {all: [{abroad: true}, {abroad: false}]},"
            " sections: [{id: s, title: S, phase: away}]}\n",
            "unreachable over/over.yaml:2:40: no one gets the checklist “two”",
        ),
        (
            "situations: [{id: s, title: S, when: {abroad: true}, steps: "
            "[{do: Do., cites: [leaflet], when: {abroad: false}}]}]\n",
            "unreachable over/over.yaml:2:96: no one gets “s, step 1”",
        ),
        (
            "contacts: [{id: home, name: H, note: N, cites: [leaflet], when: {abroad: false}}]\n"
            "situations: [{id: s, title: S, when: {abroad: true}, contacts: [home], steps: "
            "[{do: Do., cites: [leaflet]}]}]\n",
            "unreachable over/over.yaml:3:65: no one in “s” gets the contact “home”",
        ),
        (
            "contacts: [{id: home, name: H, note: N, cites: [leaflet], when: {abroad: false}}]\n"
            + ITEM.replace("EXTRA", ", contacts: [home]"),
            "unreachable over/over.yaml:8:97: no one in “trip.new” gets the contact “home”",
        ),
        (
            "situations: [{id: s, title: S, note_down: [The time in $country.], steps: "
            "[{do: Do., cites: [leaflet]}]}]\n",
            "empty-placeholder over/over.yaml:2:44: note_down 1: not everyone who reads this",
        ),
        (
            "checklist: {id: home, title: H, when: {abroad: false}, sections: [{id: s, title: S, "
            "phase: away, items: [{id: i, label: I, do: Do., level: should, cites: [leaflet], "
            "suggestion: To $country.}]}]}\n",
            "empty-placeholder over/over.yaml:2:178: suggestion: no one who reads this is asked "
            "for “$country”, so the suggestion is never shown",
        ),
        (
            "situations: [{id: s, title: S, when: {abroad: false}, steps: "
            "[{do: Tell $country., cites: [leaflet]}]}]\n",
            "empty-placeholder over/over.yaml:2:68: do: no one who reads this",
        ),
    ],
)
def test_other_entries_for_nobody_get_a_warning(tmp_path: Path, text: str, start: str) -> None:
    """Questions, sections, checklists, situations, steps and contacts, each at its place."""
    found = warnings(base(tmp_path), over(tmp_path, text))
    assert [one for one in found if one.startswith(start)], found


def test_the_items_of_a_section_for_nobody_get_no_warning(tmp_path: Path) -> None:
    """One mistake gets one warning."""
    text = "checklist: {id: trip, sections: [{id: packing, when: {abroad: false}}]}\n"
    found = warnings(base(tmp_path), over(tmp_path, text))
    assert len([one for one in found if one.startswith("unreachable")]) == 1


STEP = """\
situations:
  - id: asked
    title: Asked
    steps:
      - {do: Show it., cites: [leaflet], needs: [trip.NAME]WHEN}
"""


@pytest.mark.parametrize(
    ("name", "when", "more", "expected"),
    [
        ("charger", "", "", "which is not for all who get the step"),
        ("charger", ", when: {abroad: true}", "", ""),
        ("clear-files", ", when: {abroad: true}", "", "which is not for all who get the step"),
        ("know-loss", ", when: {abroad: true}", "", "its phase is away"),
        ("charger", ", when: {abroad: true}", "drop: [trip.charger]\n", "which is dropped"),
        # Only people abroad undertake to know the situation.
        ("charger", "", ITEM.replace("EXTRA", ", situation: asked"), ""),
    ],
)
def test_a_step_whose_needs_are_not_met_gets_a_warning(
    tmp_path: Path, name: str, when: str, more: str, expected: str
) -> None:
    """Everybody who gets the step must have an item before the trip that provides it."""
    text = STEP.replace("NAME", name).replace("WHEN", when) + more.replace("EXTRA", "")
    found = warnings(base(tmp_path), over(tmp_path, text))
    told = [one for one in found if one.startswith("step-needs over/over.yaml:6:50: ")]
    assert (expected in told[0]) if expected else not told


def test_a_lasting_arrangement_is_for_somebody_only_if_a_date_can_be_none(tmp_path: Path) -> None:
    """Then nights are for nobody in it; without it, nobody has one."""
    none = "questions: [{id: returns, ask: When?, type: date, none: never, override: true}]\n"
    for question, when, is_for_nobody in (
        ("", "{open_ended: true}", True),
        ("", "{open_ended: false}", False),
        (none, "{open_ended: true}", False),
        (none, "{open_ended: false}", False),
        (none, "{returns: none}", False),
        (none, "{all: [{returns: none}, {nights: {at_least: 1}}]}", True),
    ):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        item = ITEM.replace("EXTRA", f", when: {when}")
        found = warnings(base(folder), over(folder, question + item))
        assert any(text.startswith("unreachable") for text in found) is is_for_nobody, when
