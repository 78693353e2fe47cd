"""Fields of entries: every fault is reported at its place, in one run."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from tests.pack.packs import BASE, base, faults_of, write
from travelsec.pack import load
from travelsec.question_types import QuestionType

ONE_FAULT = [
    # Fields that are none, and fields that are missing.
    (
        *("questions", "required: true", "requird: true"),
        "questions.yaml:5:5: unknown field “requird” (did you mean required?)",
    ),
    (
        *("checklist", "          why: Less", "          because: Less"),
        "checklist.yaml:13:11: sections: items: unknown field “because”",
    ),
    ("questions", "  - id: country\n    ask", "  - ask", ":10:5: the field “id” is missing"),
    (
        *("checklist", "          level: must\n", ""),
        "checklist.yaml:10:11: sections: items: the field “level” is missing",
    ),
    ("checklist", "  id: trip\n", "", "checklist.yaml:2:3: the field “id” is missing"),
    ("pack", '  version: "1.0"\n', "", "pack.yaml:2:3: the field “version” is missing"),
    (
        *("situations", "      - do: Call.\n        cites", "      - cites"),
        "situations.yaml:13:9: steps: the field “do” is missing",
    ),
    (
        *("pack", "pack:\n", "packs: []\npack:\n"),
        "pack.yaml:1:1: unknown field “packs” (allowed: pack, questions, checklist, situations, "
        "contacts, withdrawn, guidance, also_cites, drop; did you mean pack?)",
    ),
    # Words that are not allowed.
    (
        *("checklist", "level: must", "level: shall"),
        "checklist.yaml:14:18: sections: items: level: “shall” is not allowed here "
        "(allowed: consider, must, should)",
    ),
    (
        *("checklist", "phase: before", "phase: befor"),
        "checklist.yaml:8:14: sections: phase: “befor” is not allowed here "
        "(allowed: away, back, before; did you mean before?)",
    ),
    (
        *("questions", "type: yes-no", "type: yesno"),
        "questions.yaml:4:11: type: “yesno” is not allowed here "
        f"(allowed: {', '.join(sorted(get_args(QuestionType)))}; did you mean yes-no?)",
    ),
    (
        *("guidance", "kind: contact", "kind: [contact]"),
        "guidance.yaml:12:35: sections: statements: kind: a list is not allowed here "
        "(allowed: background, contact, duty, link)",
    ),
    (
        *("questions", "required: true", "required: yes"),
        "questions.yaml:5:15: required: “yes” is neither true nor false "
        "(allowed: true, false; did you mean true?)",
    ),
    (
        *("checklist", "do: Pack a charger.", f"do: {'x' * 2001}"),
        f"checklist.yaml:21:15: sections: items: do: “{'x' * 59}…” is too long: 2001 characters, "
        "at most 2000",
    ),
    # Wrong kinds of value.
    (
        *("checklist", "do: Pack a charger.", "do: [Pack, a charger]"),
        "checklist.yaml:21:15: sections: items: do: text is needed here, not a list",
    ),
    (
        *("situations", "steps:\n      - do: Call.\n        cites: [leaflet]", "steps: Call."),
        "situations.yaml:12:12: steps: a list is needed here, not “Call.”",
    ),
    (
        *("situations", "steps:\n      - do: Call.\n        cites: [leaflet]", "steps: []"),
        "situations.yaml:12:12: steps: the list is empty: at least one is needed",
    ),
    (
        *("checklist", "cites: [leaflet]", "cites: []"),
        "checklist.yaml:33:18: sections: items: cites: the list is empty: at least one is needed",
    ),
    (
        *("questions", "{laptop: Laptop, phone: Phone}", "[laptop, phone]"),
        "questions.yaml:9:14: choices: a mapping is needed here, not a list",
    ),
    (
        *("questions", "when: {abroad: true}", "when: abroad"),
        "questions.yaml:13:11: when: “abroad” is not a condition: write {fact: value}",
    ),
    (
        *("pack", "pack:\n", "contacts: [Ann]\npack:\n"),
        "pack.yaml:1:12: a mapping of fields is needed here, not “Ann”",
    ),
    (
        *("pack", "pack:\n", "drop: desk\npack:\n"),
        "pack.yaml:1:7: a list is needed here, not “desk”",
    ),
    (
        *("pack", "pack:\n", "questions: {a: b}\npack:\n"),
        "pack.yaml:1:12: “questions” holds a list of entries",
    ),
    (
        *("pack", "pack:\n", "checklist: []\npack:\n"),
        "pack.yaml:1:12: a mapping of fields is needed here, not a list",
    ),
    (
        *("guidance", "2030-12-31", "31/12/2030"),
        "guidance.yaml:16:14: expires: “31/12/2030” is not in ISO 8601: write 2030-12-31",
    ),
    (
        *("guidance", "2030-12-31", "2030-02-30"),
        "guidance.yaml:16:14: expires: 2030-02-30 is not in the calendar",
    ),
    # Empty texts, also where the field could be left out.
    (
        *("questions", "ask: Which country?", "ask: ''"),
        "questions.yaml:11:10: ask: the text is empty: write the text, or leave the field out",
    ),
    (
        *("questions", "ask: Which country?", "ask: '  '"),
        "questions.yaml:11:10: ask: the text is empty: write the text, or leave the field out",
    ),
    (
        *("checklist", "why: Less is lost.", 'why: ""'),
        "checklist.yaml:13:16: sections: items: why: the text is empty: write the text, or leave "
        "the field out",
    ),
    (
        *("contacts", "tel: 020 7946 0000", "tel:"),
        "contacts.yaml:5:9: tel: text is needed here, not nothing",
    ),
    (
        *("questions", "laptop: Laptop", "laptop: ''"),
        "questions.yaml:9:23: choices: the text is empty: write the text, or leave the field out",
    ),
    # Ids.
    (
        *("questions", "laptop: Laptop", "Laptop: Laptop"),
        "questions.yaml:9:15: choices: “Laptop” is not an id (lower-case words with hyphens",
    ),
    (
        *("checklist", "id: clear-files", "id: Clear files"),
        "checklist.yaml:10:15: sections: items: id: “Clear files” is not an id "
        "(lower-case words with hyphens, like hire-car)",
    ),
    (
        *("checklist", "id: clear-files", 'id: "clear-files\\n"'),
        "checklist.yaml:10:15: sections: items: id: “clear-files ” is not an id "
        "(lower-case words with hyphens, like hire-car)",
    ),
    (
        *("questions", "id: manager", "id: line-manager"),
        "questions.yaml:24:9: id: “line-manager” is not a fact id "
        "(lower-case words with underscores, like home_shared)",
    ),
    (
        *("guidance", '"0123456789abcdef"', "0123"),
        "guidance.yaml:10:57: sections: statements: fingerprint: “0123” is not a fingerprint "
        "(travelsec guidance index makes them)",
    ),
    (
        *("checklist", "cites: [leaflet]", "cites: [The leaflet]"),
        "checklist.yaml:33:19: sections: items: cites: “The leaflet” is not a citation "
        "(page/section/statement, or a page without sections)",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "expected"), ONE_FAULT)
def test_a_fault_says_what_is_wrong_and_where(
    tmp_path: Path, file: str, old: str, new: str, expected: str
) -> None:
    """At its line and column, with what would be right."""
    (fault,) = faults_of(base(tmp_path, file, old, new))
    assert expected in fault


@pytest.mark.parametrize("word", ["true", "True", "TRUE"])
def test_true_may_be_written_with_capitals(tmp_path: Path, word: str) -> None:
    """As in other YAML readers, and beside another fault too."""
    folder = base(tmp_path, "questions", "required: true", f"required: {word}")
    assert load.load(bundled=folder).questions["abroad"].required is True
    (folder / "questions.yaml").write_text(
        BASE["questions"].replace("required: true", f"required: {word}\n    x: y"), encoding="utf-8"
    )
    (fault,) = faults_of(folder)
    assert fault.startswith("base/questions.yaml:6:5: unknown field “x”")


def test_an_item_can_have_its_own_phase(tmp_path: Path) -> None:
    """The section's phase is for items without one."""
    folder = base(tmp_path, "checklist", "level: should", "level: should\n          phase: back")
    items = load.load(bundled=folder).checklists[0].sections[0].items
    assert [item.phase for item in items] == ["before", "back"]


def test_a_null_phase_is_no_fault(tmp_path: Path) -> None:
    """Null means “not given” for optional fields, even beside another fault."""
    folder = base(tmp_path, "checklist", "phase: away", "phase: null\n      colour: red")
    (fault,) = faults_of(folder)
    assert fault.startswith("base/checklist.yaml:27:7: sections: unknown field “colour”")


def test_all_faults_of_one_entry_are_reported(tmp_path: Path) -> None:
    """In the order of the lines, with missing fields last."""
    text = "questions:\n  - id: A\n    type: txt\n    help: ''\n    requird: true\n"
    assert [
        fault.split(" (")[0]
        for fault in faults_of(write(tmp_path / "base", {**BASE, "questions": text}))
    ] == [
        "base/questions.yaml:2:9: id: “A” is not a fact id",
        "base/questions.yaml:3:11: type: “txt” is not allowed here",
        "base/questions.yaml:4:11: help: the text is empty: write the text, or leave the field out",
        "base/questions.yaml:5:5: unknown field “requird”",
        "base/questions.yaml:2:5: the field “ask” is missing",
    ]


def test_long_texts_are_cut_in_messages(tmp_path: Path) -> None:
    """However long the wrong word is."""
    long = "x" * 100_000
    folder = write(
        tmp_path / "base",
        {
            **BASE,
            "x": f"? {long}\n: 1\ndrop: [a]\nquestions: [{{id: a, type: {long}, ? {long}\n : 1}}]",
        },
    )
    assert max(map(len, faults_of(folder))) < 400
