"""Warnings about how entries use, replace and cite others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pack.packs import OVER, base, write
from tests.pack.warnings_of import ITEM, codes, over, warnings


def test_used_questions_get_no_warning(tmp_path: Path) -> None:
    """A placeholder, a derived fact, a contact or travelsec itself may use them."""
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


def test_a_question_that_only_uses_itself_gets_a_warning(tmp_path: Path) -> None:
    """A placeholder in its own help does not count."""
    text = "questions: [{id: seat, ask: Which seat?, help: Like $seat., type: text}]\n"
    found = warnings(base(tmp_path), over(tmp_path, text))
    assert any(one.startswith("unused-question over/over.yaml:2:18: ") for one in found)


@pytest.mark.parametrize(
    ("question", "is_warned"),
    [
        ("type: choice, choices: {scotland: Scotland, northern-ireland: Elsewhere}", False),
        ("type: choice, choices: {scotland: Scotland, england: England}", True),
        ("type: choice, choices: {scotland: Scotland}, private: true", True),
        ("type: choices, choices: {scotland: Scotland}", True),
        ("type: text", True),
    ],
)
def test_a_question_that_cannot_tell_the_nation_gets_a_warning(
    tmp_path: Path, question: str, is_warned: bool
) -> None:
    """Its name says whose bank holidays count; that is use enough."""
    folder = over(tmp_path, f"questions: [{{id: nation, ask: Where?, {question}}}]\n")
    about = [one for one in warnings(base(tmp_path), folder) if "“nation”" in one]
    assert [one.partition(" ")[0] for one in about] == ["nation"] * is_warned


def test_a_condition_on_free_text_gets_a_warning(tmp_path: Path) -> None:
    """Inside another condition too."""
    text = ITEM.replace("EXTRA", ", when: {any: [{country: Peru}]}")
    found = warnings(base(tmp_path), over(tmp_path, text))
    assert [one for one in found if one.startswith("free-text over/over.yaml:7:92: ")], found


def test_a_situation_with_several_steps_gets_one_warning(tmp_path: Path) -> None:
    """Its steps share its condition, as the sections of a checklist do."""
    situation = (
        "situations: [{id: s, title: S, when: {country: Peru}, steps: "
        "[{do: One, cites: [leaflet]}, {do: Two, cites: [leaflet]}]}]"
    )
    found = warnings(base(tmp_path), over(tmp_path, situation))
    assert [text.partition(" ")[0] for text in found].count("free-text") == 1


def test_a_citation_of_a_withdrawn_detail_gets_a_warning(tmp_path: Path) -> None:
    """The statement that gives the detail is cited elsewhere."""
    text = "withdrawn: [{value: x@y.org, reason: Old., cites: [page/general/call-desk]}]\n"
    found = warnings(base(tmp_path), over(tmp_path, text))
    start = "withdrawn-citation base/contacts.yaml:6:13: "
    assert [warning for warning in found if warning.startswith(start)], found


@pytest.mark.parametrize(
    ("field", "column"), [("cites: [PATH]", 83), ("choice_cites: {red: [PATH]}", 96)]
)
def test_so_does_that_of_a_question_or_a_choice(tmp_path: Path, field: str, column: int) -> None:
    """At the citation."""
    text = (
        "withdrawn: [{value: x@y.org, reason: Old., cites: [page/general/call-desk]}]\n"
        "questions: [{id: bag, ask: Which bag?, type: choice, choices: {red: Red}, "
        f"{field.replace('PATH', 'page/general/call-desk')}}}]\n"
    )
    found = warnings(base(tmp_path), over(tmp_path, text))
    start = f"withdrawn-citation over/over.yaml:3:{column}: "
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
def test_a_condition_that_changes_the_items_of_others_gets_a_warning(
    tmp_path: Path, old: str, new: str, is_warned: bool
) -> None:
    """One on a section of a pack below holds for the items in it."""
    folder = over(tmp_path, ITEM.replace("EXTRA", "").replace(old, new, 1))
    assert ("replaced" in codes(base(tmp_path), folder)) == is_warned


@pytest.mark.parametrize(
    ("level", "fields", "is_warned"),
    [
        ("must", "level: must", False),
        ("must", "level: should", True),
        ("should", "level: must", True),
        ("should", "level: must, note: Joined.", False),
        ("should", "", False),
    ],
)
def test_a_level_that_is_not_the_duties_own_is_warned_of(
    tmp_path: Path, level: str, fields: str, is_warned: bool
) -> None:
    """The strongest duty that the item cites decides, unless one has no level or a note."""
    item = ITEM.replace("EXTRA", "").replace("[leaflet]", "[new/s/weak, new/s/call]")
    duty = 'kind: duty, fingerprint: "0123456789abcdef"'
    text = (
        "guidance: [{id: new, title: N, publisher: P, sections: [{id: s, title: S, statements: "
        f"[{{id: weak, level: consider, {duty}}}, {{id: call, {duty}, {fields}}}]}}]}}]\n"
    ).replace(", }", "}")
    folder = over(tmp_path, item.replace("level: must", f"level: {level}") + text)
    assert ("level" in codes(base(tmp_path), folder)) == is_warned


@pytest.mark.parametrize(("name", "is_warned"), [("moj-approval", False), ("moj-aproval", True)])
def test_only_an_optional_pack_can_cover_what_a_pack_does_not(
    tmp_path: Path, name: str, is_warned: bool
) -> None:
    """Travellers are told its name; a near miss gets a suggestion."""
    text = OVER.replace("}", f", covered_by: {name}}}")
    found = warnings(base(tmp_path), write(tmp_path / "over", {"over": text}))
    told = [one for one in found if one.startswith("covered-by over/over.yaml:1:")]
    assert len(told) == is_warned
    assert all("did you mean moj-approval?" in one for one in told)


def test_a_citation_that_stands_there_already_gets_a_warning(tmp_path: Path) -> None:
    """In the same list, or in a pack below that has come to cite it, too."""
    text = (
        "contacts: [{id: far, name: F, tel: 020 7946 0003, cites: [leaflet, leaflet]}]\n"
        "also_cites: [{id: desk, cites: [leaflet, page/general/call-desk]}]\n"
    )
    found = warnings(base(tmp_path), over(tmp_path, text))
    assert [one for one in found if one.startswith("repeated-citation ")] == [
        "repeated-citation over/over.yaml:3:42: “page/general/call-desk” is cited here already, "
        "at base/contacts.yaml:6:13: leave it out",
        "repeated-citation over/over.yaml:2:68: “leaflet” is cited here already, at "
        "over/over.yaml:2:59: leave it out",
    ]
