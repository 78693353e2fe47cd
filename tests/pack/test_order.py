"""The order of the entries of overlays: `after` and `first`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.cli.commands.checklist.overlay import pack
from tests.pack.packs import base, faults_of, faults_over, load_over
from tests.terminal import CTRL_C, Terminal
from travelsec.pack.model import Pack

ITEM = "{id: ID, label: New, do: Do it anew., level: must, cites: [leaflet]EXTRA}"


def question(name: str, extra: str) -> str:
    """Return the line of a question."""
    return f"  - {{id: {name}, ask: Which?, type: yes-no{extra}}}\n"


def section(name: str, extra: str, *items: tuple[str, str]) -> str:
    """Return a section of the checklist of the base pack."""
    listed = (ITEM.replace("ID", one).replace("EXTRA", more) for one, more in items)
    return f"{{id: {name}{extra}, items: [{', '.join(listed)}]}}"


def checklist(*sections: str, name: str = "trip", extra: str = "") -> str:
    """Return a checklist with these sections."""
    return f"checklist: {{id: {name}{extra}, sections: [{', '.join(sections)}]}}\n"


def sections(pack: Pack) -> list[str]:
    """Return the sections of all checklists."""
    return [f"{one.id}/{part.id}" for one in pack.checklists for part in one.sections]


NEW = ", title: New, phase: before"


def test_questions_stand_where_they_are_placed(tmp_path: Path) -> None:
    """Several at one place are in their own order; the rest stays as it was."""
    text = "questions:\n" + "".join(
        (
            question("one", ", after: abroad"),
            question("two", ", after: abroad"),
            question("deep", ", after: one"),
            question("begin", ", first: true"),
            question("end", ""),
        )
    )
    names = list(load_over(tmp_path, text).questions)
    assert names[:6] == ["begin", "abroad", "one", "deep", "two", "devices"]
    assert names[-1] == "end"


def test_a_question_never_stands_before_what_it_depends_on(tmp_path: Path) -> None:
    """Nor does one that is after it."""
    text = (
        "questions:\n"
        + question("one", ", first: true, when: {devices: [phone]}")
        + question("two", ", after: one")
    )
    names = list(load_over(tmp_path, text).questions)
    assert names[:4] == ["abroad", "devices", "one", "two"]


def test_checklists_sections_and_items_stand_where_they_are_placed(tmp_path: Path) -> None:
    """So that approval can come before everything else."""
    pack = load_over(
        tmp_path,
        checklist(
            section("last", NEW),
            section("between", NEW, ("x", "")),
            section("begin", f"{NEW}, first: true", ("y", "")),
            section("packing", "", ("adapter", ", after: clear-files"), ("bag", ", first: true")),
            section("follows", f"{NEW}, after: packing", ("z", "")),
        ),
        checklist(section("s", NEW, ("i", "")), name="approval", extra=", title: A, first: true"),
        checklist(section("t", NEW, ("i", "")), name="then", extra=", title: T, after: approval"),
    )
    assert sections(pack) == [
        *("approval/s", "then/t", "trip/begin", "trip/packing", "trip/follows"),
        *("trip/on-the-way", "trip/last", "trip/between"),
    ]
    packing = pack.checklists[2].sections[1]
    assert [item.id for item in packing.items] == ["bag", "clear-files", "adapter", "charger"]


def test_the_last_pack_that_places_a_section_wins(tmp_path: Path) -> None:
    """A section that a pack below has can be moved, too."""
    pack = load_over(
        tmp_path,
        checklist(section("on-the-way", ", first: true")),
        checklist(section("new", NEW), section("on-the-way", ", after: new")),
    )
    assert sections(pack) == ["trip/packing", "trip/new", "trip/on-the-way"]


def test_an_override_stays_in_place_unless_it_is_placed(tmp_path: Path) -> None:
    """It replaces the entry with its place."""
    stays = "questions:\n" + question("country", ", override: true")
    names = list(load_over(tmp_path, stays).questions)
    assert names[1:3] == ["devices", "country"]
    (tmp_path / "two").mkdir()
    moves = "questions:\n" + question("country", ", override: true, first: true")
    assert next(iter(load_over(tmp_path / "two", moves).questions)) == "country"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "questions:\n" + question("one", ", after: abraod"),
            "3:49: after: there is no question “abraod” (allowed: abroad, devices, country, "
            "departs, returns, count, manager; did you mean abroad?)",
        ),
        (
            checklist(section("new", f"{NEW}, after: pakcing")),
            "2:78: after: there is no section “pakcing” in this checklist (allowed: packing, "
            "on-the-way; did you mean packing?)",
        ),
        (
            checklist(section("packing", "", ("bag", ", after: know-loss"))),
            "2:133: after: there is no item “know-loss” in this section (allowed: clear-files, "
            "charger)",
        ),
        (
            checklist(section("s", NEW), name="new", extra=", title: T, after: tripp"),
            "2:39: after: there is no checklist “tripp” (allowed: trip; did you mean trip?)",
        ),
        (
            checklist(section("s", f"{NEW}, after: s")),
            "2:76: “after” leads in a circle through s: change one of them",
        ),
        (
            checklist(section("s", f"{NEW}, after: t"), section("t", f"{NEW}, after: s")),
            "2:76: “after” leads in a circle through s and t: change one of them",
        ),
        (
            checklist(section("s", f"{NEW}, first: true, after: packing")),
            "2:76: first: “after” puts it elsewhere; leave one of them out",
        ),
    ],
)
def test_a_place_that_cannot_be_is_a_fault(tmp_path: Path, text: str, fault: str) -> None:
    """Unknown ids with the nearest, circles, and two places for one entry."""
    assert faults_over(tmp_path, text) == [f"over1/over.yaml:{fault}"]


def test_a_question_that_waits_for_one_after_it_is_a_fault(tmp_path: Path) -> None:
    """Its condition depends on a question that is to stand after it."""
    text = "questions:\n" + question("one", ", when: {two: true}") + question("two", ", after: one")
    found = faults_over(tmp_path, text)
    assert found[0] == (
        "over1/over.yaml:3:48: “one” depends on itself: the conditions and “after” of one and two "
        "form a circle"
    )


def test_questions_after_each_other_are_one_fault(tmp_path: Path) -> None:
    """A circle is reported once."""
    text = "questions:\n" + question("one", ", after: two") + question("two", ", after: one")
    assert len(faults_over(tmp_path, text)) == 1


def test_the_bottom_pack_has_its_order_in_its_files(tmp_path: Path) -> None:
    """It cannot place its entries elsewhere."""
    folder = base(tmp_path, "questions", "  - id: count\n", "  - id: count\n    first: true\n")
    assert faults_of(folder) == [
        "base/questions.yaml:21:12: first: only a pack on top of another places its entries; move "
        "it in the file"
    ]


def test_a_dropped_target_is_a_fault_of_the_drop(tmp_path: Path) -> None:
    """As for every other reference."""
    found = faults_over(
        tmp_path,
        checklist(section("packing", "", ("bag", ", after: charger"))),
        "drop: [trip.charger]\n",
    )
    assert len(found) == 1
    assert found[0].startswith("over2/over.yaml:2:8: “trip.charger” is still needed at ")


APPROVAL = """\
questions:
  - {id: quay, ask: Is it the quay?, type: yes-no, first: true}
  - {id: pier, ask: Is it the pier?, type: yes-no, after: quay, when: {quay: true}}
checklist:
  id: approval
  title: Approval
  first: true
  sections:
    - id: ask
      title: Ask first
      phase: before
      items:
        - {id: send, label: Send it, do: Send the form., level: must, when: {pier: true},
           cites: [taking-equipment-overseas/general-guidance/remove-files]}
"""
TRIP = (
    *("--set", "quay=yes", "--set", "abroad=true", "--set", "devices=laptop"),
    *("--pack", "mine"),
)


def test_the_first_entries_come_first_everywhere(tmp_path: Path) -> None:
    """In the lists of the pack, the answers file, the report, its page and its review."""
    pack(tmp_path, APPROVAL)
    shown = run("checklist", "show", "--pack", "mine", folder=tmp_path).out
    entries = re.findall(r"(\S+) \((checklist|question)\)", shown)
    assert entries[0] == ("approval", "checklist")
    assert [name for name, kind in entries if kind == "question"][:2] == ["quay", "pier"]
    template = run("prepare", *TRIP, "--answers-template", folder=tmp_path).out
    assert re.findall(r"^  ([\w.-]+): ", template, re.MULTILINE)[:2] == ["quay", "pier"]
    assert re.findall(r"^  ([\w-]+\.[\w-]+): ", template, re.MULTILINE)[0] == "approval.send"
    report = run("prepare", *TRIP, "--no-input", "--format", "json", folder=tmp_path)
    assert report.json()["items"][0]["id"] == "approval.send"
    assert report.json()["trip"]["answers"][0]["fact"] == "quay"
    (tmp_path / "report.json").write_text(report.out, encoding="utf-8")
    page = run("export", "report.json", "--format", "html", folder=tmp_path).out
    assert page.index("<bdi>Approval</bdi>") < page.index("<bdi>Taking equipment overseas</bdi>")
    review = run("review", "report.json", "--format", "json", "--pack", "mine", folder=tmp_path)
    (judged,) = review.json()["reports"]
    assert judged["open_must"][0] == "approval.send"
    assert judged["holds"] is True


def test_the_interview_begins_with_the_first_question(tmp_path: Path) -> None:
    """Nothing else is asked before."""
    pack(tmp_path, APPROVAL)
    terminal = Terminal("prepare", "--pack", "mine", folder=tmp_path)
    terminal.answer("Is it the quay?", CTRL_C)
    assert terminal.finish() == 130
