"""Common mistakes of people who write YAML by hand: one right message each, where it was made.

The words are our own: parsers word theirs differently from version to version.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml as pyyaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.examples import examples
from tests.pack.packs import BASE, OVER, base, write
from travelsec.pack.check import check_packs
from travelsec.pack.lint import lint
from travelsec.problems import Problem

ITEM = """\
checklist:
  id: trip
  sections:
    - id: packing
      items:
        - id: new
          label: New
          do: Do it.
          why: It helps.
          level: must
          due: 2 days before departure
          cites: [leaflet]
"""
"""Line 2 of the overlay is line 1 of this."""

NBSP = "\u00a0"

ERRORS = [
    ("level: must", "when: abroad: true", "11:23", "around a condition: {abroad: …}"),
    ("[leaflet]", "[page]", "13:19", "“page” is a page with an index: cite one of its statements"),
    # Quotes and brackets that are not closed, told where they open.
    ("label: New", 'label: "New', "8:18", "that opens here is not closed"),
    ("label: New", "label: 'New", "8:18", "that opens here is not closed"),
    ("do: Do it.\n          why: It", 'do: "Do\n          why: "It', "9:15", "is not closed in"),
    ("[leaflet]", "[leaflet", "13:18", "the bracket ([) that opens here is not closed: add ]"),
    ("level: must", "when: {abroad: true\n          level: must", "11:17", "add }"),
    ("[leaflet]", "[leaflet}", "13:26", "is closed by ], not by }"),
    ("do: Do it.", "do: 'Don't go.'", "9:19", "this apostrophe ends the text"),
    ("do: Do it.", 'do: "Say "no" now."', "9:21", "the text in quotes has ended before this"),
    ("do: Do it.", 'do: "Now" or never.', "9:21", "the text in quotes has ended before this"),
    # Spaces, tabs and indents.
    ("          label", NBSP * 10 + "label", "8:1", "U+00A0): type a plain space"),
    ("          label", " " * 9 + NBSP + "label", "8:10", "U+00A0): type a plain space"),
    ("          label", "\tlabel", "8:1", "indent with spaces, not tabs"),
    ("- id: new", "-id: new", "7:9", "write “- id:”"),
    ("level: must", "level:must", "11:16", "write “level: must”"),
    ("level: must", f"level:{NBSP}must", "11:17", "U+00A0): type a plain space"),
    ("          label", "           label", "8:12", "begin in the same column"),
    ("          level", "         level", "11:10", "begin in column 11"),
    ("      items:", "       items:", "6:8", "begin in the same column"),
    # Colons and first characters.
    ("label: New", "label New", "8:16", "a colon is missing after “label”"),
    ("level: must", "level = must", "11:16", "a colon is missing after “level”"),
    ("do: Do it.", "do: Note: do it.", "9:19", "a colon and a space in it needs quotes"),
    ("do: Do it.", "do: Do it:\n            now: do it", "9:20", "needs quotes"),
    ("do: Do it.", "do: @home", "9:15", "begins with @, ` or % needs quotes"),
    ("do: Do it.", "do: `x`", "9:15", "begins with @, ` or % needs quotes"),
    ("do: Do it.", "do: %5", "9:15", "begins with @, ` or % needs quotes"),
    ("do: Do it.", "do: > 5 days", "9:15", "a text that begins with > needs quotes"),
    ("do: Do it.", "do: - it", "9:15", "a text that begins with - needs quotes"),
    ("do: Do it.", "do: *Do* it", "9:15", "needs quotes"),
    ("do: Do it.", "do: {name} goes", "9:15", "a placeholder is written $name"),
    ("do: Do it.", "do: {name}", "9:15", "write $name for a fact"),
    ("do: Do it.", "do: [Page](https://x.org) it", "9:15", "begins with [ needs quotes"),
    ("level: must", "level; must", "11:16", "a colon is missing after “level”"),
    ("- id: new", "– id: new", "7:9", "write a hyphen"),
    ("- id: new", "* id: new", "7:9", "write a hyphen"),
    ("[leaflet]", "\n            -leaflet", "14:13", "write “- leaflet”"),
    ("do: Do it.", "do: #12 is due", "9:14", "in quotes if it begins with #"),
    # YAML that is not read.
    ("label: New", "<<: x\n          label: New", "8:11", "merging (<<) is not supported"),
    ("label: New", "label: &new New", "8:18", "anchors (&new) are not supported"),
    ("do: Do it.", "do: *new", "9:15", "aliases (*name) are not supported"),
    ("do: Do it.", "do: !important it", "9:15", "tags (!important) are not supported"),
    ("label: New", "label: New\n          label: Old", "9:11", "“label” appears twice here"),
    ("[leaflet]\n", "[leaflet]\n---\n", "14:1", "remove this “---”"),
    # Values of another kind.
    ("level: must", "level: Must", "11:18", "did you mean must?"),
    ("level: must", "level: “must”", "11:18", "did you mean must?"),
    ("why: It helps.", "card: yes", "10:17", "did you mean true?"),
    ("why: It helps.", "card: no", "10:17", "did you mean false?"),
    ("[leaflet]", "leaflet", "13:18", "a list is needed here, not “leaflet”: write [leaflet]"),
    ("[leaflet]", "leaflet page/a/b", "13:18", "write [leaflet, page/a/b]"),
    ("[leaflet]", "page/a/" + "b" * 40, "13:18", "b" * 40 + "]"),
    ("[leaflet]", "[leaflet page/a/b]", "13:19", "a comma between them: leaflet, page/a/b"),
    ("why: It helps.", "contacts: [desk leaf]", "10:22", "a comma between them: desk, leaf"),
    ("why: It helps.", "when: {abroad = true}", "10:18", "write “abroad: true”"),
    ("why: It helps.", "deadline: soon", "10:21", "“soon” is not a day (like"),
    ("why: It helps.", "id: other", "10:11", "begin each entry of a list with “- id:”"),
    ("label: New", "label: [New]", "8:18", "text is needed here, not a list: write it without"),
    ("why: It helps.", "when: abroad", "10:17", "write {fact: value}, like {abroad: true}"),
    ("why: It helps.", "when: {abroad:true}", "10:18", "write “abroad: true”"),
    ("due: 2 days before departure", "due: 2026-12-01", "12:16", "is not a day (like"),
    ("label: New", "label:", "8:17", "text is needed here, not nothing: write it after"),
    ("    - id: packing\n      items", "      id: packing\n      items", "5:7", "begin each"),
    # Names of fields, and ids.
    ("label: New", "Label: New", "8:11", "did you mean label?"),
    ("cites: [leaflet]", "cite: [leaflet]", "13:11", "did you mean cites?"),
    ("  sections:", "  items: []\n  sections:", "4:3", "“items” is a field of a section"),
    ("- id: new", "- id: trip.new", "7:15", "write new alone"),
    ("- id: new", "- id: new–one", "7:15", "did you mean new-one?"),
    ("- id: new", "- id: New one", "7:15", "did you mean new-one?"),
    ("[leaflet]", "[page/general/take–charger]", "13:19", "did you mean page/general/take-char"),
]

WARNINGS = [
    ("do: Do it.", "do: Use form #12 for it.", "9:24", "“#12 for it.” is left out"),
    ("do: Do it.", "do: “Do it.”", "9:15", "the quotes around it are part of the text"),
    ("do: Do it.", "do: ”Do it.”", "9:15", "the quotes around it are part of the text"),
    ("do: Do it.", "do: ‘Do it.’", "9:15", "the quotes around it are part of the text"),
    ("label: New", "label: Do it", "8:18", "the same as “do”"),
    ("do: Do it.", "do: Read [it](https://x.org) now.", "9:15", "is shown as it stands"),
]


@pytest.fixture(params=["installed", "python"])
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with the installed parser, and with the one in Python."""
    if request.param == "python":
        monkeypatch.delattr(pyyaml, "CSafeLoader", raising=False)


def findings(folder: Path, text: str) -> tuple[list[Problem], list[Problem]]:
    """Return the errors and the warnings of an overlay of one file on the base pack."""
    over = write(folder / "over", {"over": text})
    checked = check_packs([over], bundled=base(folder))
    file = str(over / "over.yaml")
    warnings = [finding.problem for finding in lint(checked)]
    return checked.problems, [one for one in warnings if one.place.file == file]


def changed(old: str, new: str) -> str:
    """Return the overlay with one text replaced."""
    assert ITEM.count(old) == 1
    return OVER + ITEM.replace(old, new)


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize(("old", "new", "place", "words"), ERRORS)
def test_a_mistake_has_one_message(
    tmp_path: Path, old: str, new: str, place: str, words: str
) -> None:
    """Where it was made, with what to write instead."""
    errors, _ = findings(tmp_path, changed(old, new))
    assert len(errors) == 1, errors
    assert f"over.yaml:{place}: " in str(errors[0])
    assert words in errors[0].text


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize(("old", "new", "place", "words"), WARNINGS)
def test_what_may_be_meant_has_a_warning(
    tmp_path: Path, old: str, new: str, place: str, words: str
) -> None:
    """It is no error."""
    errors, (warning,) = findings(tmp_path, changed(old, new))
    assert not errors
    assert f"over.yaml:{place}: " in str(warning)
    assert words in warning.text


@pytest.mark.parametrize(
    "text",
    [
        OVER + ITEM,
        OVER + ITEM.replace("\n", "\r\n"),
        "\ufeff" + OVER + ITEM,
        changed("level: must", "level: must # as the page says"),
        changed("level: must", "level: must  ## twice"),
        changed("do: Do it.", "do: 'Use form #12.'"),
        changed("do: Do it.", "do: Use C#now."),
        changed("do: Do it.", "do: Say “no” to it."),
    ],
)
def test_what_is_right_is_silent(tmp_path: Path, text: str) -> None:
    """Also with the ends of lines of Windows, and with a byte order mark."""
    assert findings(tmp_path, text) == ([], [])


def test_utf_16_is_named(tmp_path: Path) -> None:
    """Some programs call it Unicode."""
    folder = base(tmp_path)
    (folder / "pack.yaml").write_bytes(BASE["pack"].encode("utf-16"))
    (problem,) = check_packs(bundled=folder).problems
    assert "pack.yaml:1:1: this is not UTF-8 text" in str(problem)
    assert "UTF-16" in problem.text


def test_a_fault_hides_no_other_in_its_item(tmp_path: Path) -> None:
    """The level is read with the item, “due” and “cites” are looked up later."""
    text = ITEM.replace("must", "most").replace("[leaflet]", "[leaflet, No Page, nowhere]")
    text = text.replace("2 days", "2 dozen").replace("Do it.", "Do $nothing.")
    errors, _ = findings(tmp_path, OVER + text + "          when: {nobody: true}\n")
    assert [(one.place.line, one.place.column) for one in errors] == [
        (9, 15),
        (11, 18),
        (12, 16),
        (13, 28),
        (13, 37),
        (14, 18),
    ]


def test_a_fault_hides_no_other_in_its_step_or_question(tmp_path: Path) -> None:
    """Nor in any other entry."""
    errors, _ = findings(
        tmp_path,
        OVER
        + "situations:\n"
        + "  - {id: new, title: '', contacts: [nobody], steps: [{do: '', cites: [nowhere]}]}\n"
        + "questions:\n"
        + "  - {id: new, ask: '', type: number, default: many, when: {nobody: true}}\n"
        + "  - {id: other, ask: A, type: txt, cites: [nowhere]}\n"
        + "contacts: [{id: new, name: '', tel: '1', cites: [nowhere]}]\n"
        + "withdrawn: [{value: '', reason: R, cites: [nowhere]}]\n",
    )
    told = [(one.place.line, one.text.split(":")[-1].split(" (")[0].strip()) for one in errors]
    assert [line for line, _ in told] == [3, 3, 3, 3, 5, 5, 5, 6, 6, 7, 7, 8, 8]


def test_the_base_pack_and_those_that_come_along_are_silent() -> None:
    """The new warnings are about nothing in them."""
    checked = check_packs()
    assert (checked.problems, lint(checked)) == ([], [])


@settings(
    max_examples=examples(150),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_slip_of_the_finger_is_told_within_the_file(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """A character too many or too few gives no traceback, and no place outside."""
    text = OVER + ITEM
    index = data.draw(st.integers(0, len(text) - 1))
    if data.draw(st.booleans()):
        text = text[:index] + text[index + 1 :]
    else:
        text = (
            text[:index]
            + data.draw(st.sampled_from("\"'[]{}:-#&*!|>%@`\t \n,?“x\u00a0é"))
            + text[index:]
        )
    errors, warnings = findings(tmp_path_factory.mktemp("mistake"), text)
    lines = text.split("\n")
    for problem in (*errors, *warnings):
        _, line, column = problem.place
        assert line <= len(lines)
        assert not line or column <= len(lines[line - 1]) + 1
