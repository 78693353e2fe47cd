"""Warnings about how entries use, replace and cite others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pack.packs import OVER, base, write
from tests.pack.warnings_of import ITEM, codes, over, warnings


def test_questions_that_are_used_in_any_way_are_not_told(tmp_path: Path) -> None:
    """By a placeholder, a derived fact, a contact, a condition; and by travelsec itself."""
    questions = """\
questions:
  - {id: seat, ask: Which seat?, type: text}
  - {id: row, ask: Which row?, type: text}
  - {id: by_sea, ask: By sea?, type: yes-no}
  - {id: pets, ask: How many pets?, type: number, default: $row}
  - {id: boss, ask: Who is the boss?, type: people, private: true}
  - {id: hosts, ask: Who are the hosts?, type: people, private: true}
contacts: [{id: boss, name: The boss, people: boss, note: Call., cites: [leaflet]}]
"""
    text = questions + ITEM.replace("Do it.", "Take seat $seat.").replace("EXTRA", "")
    info = OVER.replace("}", ", not_covered_when: {by_sea: true}}")
    found = warnings(base(tmp_path), write(tmp_path / "over", {"over": info + text}))
    told = {one.split("“")[1].split("”")[0] for one in found if one.startswith("unused-question")}
    # Of the base pack nobody looks at the country, the number and the manager.
    assert told == {"country", "count", "manager", "pets"}


def test_a_question_used_by_itself_alone_is_not_used(tmp_path: Path) -> None:
    """A placeholder in its own help leads nowhere."""
    text = "questions: [{id: seat, ask: Which seat?, help: Like $seat., type: text}]\n"
    found = warnings(base(tmp_path), over(tmp_path, text))
    assert any(one.startswith("unused-question over/over.yaml:2:18: ") for one in found)


def test_a_condition_on_free_text_is_warned_of(tmp_path: Path) -> None:
    """Also inside another condition."""
    text = ITEM.replace("EXTRA", ", when: {any: [{country: Peru}]}")
    found = warnings(base(tmp_path), over(tmp_path, text))
    assert [one for one in found if one.startswith("free-text over/over.yaml:7:92: ")], found


def test_a_situation_of_several_steps_is_warned_of_once(tmp_path: Path) -> None:
    """Its steps share its condition, and so do the sections of a checklist."""
    situation = (
        "situations: [{id: s, title: S, when: {country: Peru}, steps: "
        "[{do: One, cites: [leaflet]}, {do: Two, cites: [leaflet]}]}]"
    )
    found = warnings(base(tmp_path), over(tmp_path, situation))
    assert [text.partition(" ")[0] for text in found].count("free-text") == 1


def test_a_citation_of_a_withdrawn_detail_is_warned_of(tmp_path: Path) -> None:
    """The statement that gives the detail is cited elsewhere."""
    text = "withdrawn: [{value: x@y.org, reason: Old., cites: [page/general/call-desk]}]\n"
    found = warnings(base(tmp_path), over(tmp_path, text))
    start = "withdrawn-citation base/contacts.yaml:6:13: "
    assert [warning for warning in found if warning.startswith(start)], found


@pytest.mark.parametrize(
    ("old", "new", "is_warned"),
    [
        ("id: trip\n", "id: trip\n  when: {abroad: true}\n", True),
        ("id: packing\n", "id: packing\n      phase: back\n", True),
        ("id: packing\n", "id: packing\n      when: {abroad: true}\n", True),
        ("id: packing\n", "id: own\n      title: Own\n      phase: back\n", False),
        ("id: trip\n", "id: trip\n", False),
    ],
)
def test_what_changes_items_of_others_is_warned_of(
    tmp_path: Path, old: str, new: str, is_warned: bool
) -> None:
    """A condition at the head of a part that a pack below began holds for its items, too."""
    folder = over(tmp_path, ITEM.replace("EXTRA", "").replace(old, new, 1))
    assert ("replaced" in codes(base(tmp_path), folder)) == is_warned
