"""What a pack file may say: every fault of every entry, each at its place, in one run."""

from __future__ import annotations

import datetime
import random
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pack.packs import BASE, OVER, base, faults_of, load_over, write
from travelsec.pack import load, parse
from travelsec.pack.folder import bundled_folder
from travelsec.problems import InputError


def test_a_pack_without_faults_loads(tmp_path: Path) -> None:
    """Texts are read as their fields' types, and what is left out has its default."""
    pack = load_over(tmp_path)
    assert pack.questions["abroad"].required is True
    assert pack.questions["country"].required is False
    assert pack.guidance["leaflet"].expires == datetime.date(2030, 12, 31)
    assert [item.phase for item in pack.checklists[0].sections[0].items] == ["before", "before"]
    assert pack.contacts["desk"].topics == ("loss",)


ONE_FAULT = [
    # Fields that are none, and fields that are missing.
    (
        *("questions", "required: true", "requird: true"),
        "questions.yaml:5:5: unknown field “requird” (allowed: id, ask, type, choices, none, help, "
        "when, default, required, private, override; did you mean required?)",
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
        "contacts, withdrawn, guidance, drop; did you mean pack?)",
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
        "questions.yaml:4:11: type: “yesno” is not allowed here (allowed: choice, choices, date, "
        "number, people, text, yes-no; did you mean yes-no?)",
    ),
    (
        *("guidance", "kind: contact", "kind: [contact]"),
        "guidance.yaml:12:35: sections: statements: kind: a list is not allowed here "
        "(allowed: background, contact, duty, link)",
    ),
    (
        *("questions", "required: true", "required: yes"),
        "questions.yaml:5:15: required: “yes” is neither true nor false (allowed: true, false)",
    ),
    # Wrong kinds of value.
    (
        *("checklist", "do: Pack a charger.", "do: [Pack, a charger]"),
        "checklist.yaml:21:15: sections: items: do: a list stands where text is needed",
    ),
    (
        *("situations", "steps:\n      - do: Call.\n        cites: [leaflet]", "steps: Call."),
        "situations.yaml:12:12: steps: “Call.” stands where a list is needed",
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
        "questions.yaml:9:14: choices: a list stands where a mapping is needed",
    ),
    (
        *("questions", "when: {abroad: true}", "when: abroad"),
        "questions.yaml:13:11: when: “abroad” is no condition: write {fact: value}",
    ),
    (
        *("pack", "pack:\n", "contacts: [Ann]\npack:\n"),
        "pack.yaml:1:12: “Ann” stands where a mapping of fields is needed",
    ),
    (
        *("pack", "pack:\n", "drop: desk\npack:\n"),
        "pack.yaml:1:7: “desk” stands where a list is needed",
    ),
    (
        *("pack", "pack:\n", "questions: {a: b}\npack:\n"),
        "pack.yaml:1:12: “questions” holds a list of entries",
    ),
    (
        *("pack", "pack:\n", "checklist: []\npack:\n"),
        "pack.yaml:1:12: a list stands where a mapping of fields is needed",
    ),
    (
        *("guidance", "2030-12-31", "31/12/2030"),
        "guidance.yaml:16:14: expires: “31/12/2030” is not a date "
        "(write year-month-day, like 2026-12-01)",
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
        "contacts.yaml:5:9: tel: nothing stands where text is needed",
    ),
    (
        *("questions", "laptop: Laptop", "laptop: ''"),
        "questions.yaml:9:23: choices: the text is empty: write the text, or leave the field out",
    ),
    # Ids.
    (
        *("questions", "laptop: Laptop", "Laptop: Laptop"),
        "questions.yaml:9:15: choices: “Laptop” is no id (lower-case words with hyphens",
    ),
    (
        *("checklist", "id: clear-files", "id: Clear files"),
        "checklist.yaml:10:15: sections: items: id: “Clear files” is no id "
        "(lower-case words with hyphens, like clear-files)",
    ),
    (
        *("checklist", "id: clear-files", 'id: "clear-files\\n"'),
        "checklist.yaml:10:15: sections: items: id: “clear-files ” is no id "
        "(lower-case words with hyphens, like clear-files)",
    ),
    (
        *("questions", "id: manager", "id: line-manager"),
        "questions.yaml:24:9: id: “line-manager” is no fact id "
        "(lower-case words with underscores, like home_shared)",
    ),
    (
        *("guidance", '"0123456789abcdef"', "0123"),
        "guidance.yaml:10:57: sections: statements: fingerprint: “0123” is no fingerprint "
        "(16 of the digits 0-9 and a-f)",
    ),
    (
        *("checklist", "cites: [leaflet]", "cites: [The leaflet]"),
        "checklist.yaml:33:19: sections: items: cites: “The leaflet” is no citation "
        "(page/section/statement, or a page without sections)",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "expected"), ONE_FAULT)
def test_a_fault_says_what_is_wrong_and_where(
    tmp_path: Path, file: str, old: str, new: str, expected: str
) -> None:
    """One fault, at its line and column, with what would be right."""
    (fault,) = faults_of(base(tmp_path, file, old, new))
    assert expected in fault


@pytest.mark.parametrize("word", ["true", "True", "TRUE"])
def test_true_may_be_written_with_capitals(tmp_path: Path, word: str) -> None:
    """As other YAML readers take it; and it is no fault beside another fault either."""
    folder = base(tmp_path, "questions", "required: true", f"required: {word}")
    assert load.load(bundled=folder).questions["abroad"].required is True
    (folder / "questions.yaml").write_text(
        BASE["questions"].replace("required: true", f"required: {word}\n    x: y")
    )
    (fault,) = faults_of(folder)
    assert fault.startswith("base/questions.yaml:6:5: unknown field “x”")


def test_an_item_can_have_a_phase_of_its_own(tmp_path: Path) -> None:
    """Its section's phase is for those that name none."""
    folder = base(tmp_path, "checklist", "level: should", "level: should\n          phase: back")
    items = load.load(bundled=folder).checklists[0].sections[0].items
    assert [item.phase for item in items] == ["before", "back"]


def test_a_phase_that_is_null_is_no_fault_of_its_own(tmp_path: Path) -> None:
    """Null stands for “not given” where a field may be left out, whatever else is wrong."""
    folder = base(tmp_path, "checklist", "phase: away", "phase: null\n      colour: red")
    (fault,) = faults_of(folder)
    assert fault.startswith("base/checklist.yaml:27:7: sections: unknown field “colour”")


def test_all_faults_of_one_entry_are_told(tmp_path: Path) -> None:
    """In the order of its lines; fields that are missing come last."""
    text = "questions:\n  - id: A\n    type: txt\n    help: ''\n    requird: true\n"
    assert [
        fault.split(" (")[0]
        for fault in faults_of(write(tmp_path / "base", {**BASE, "questions": text}))
    ] == [
        "base/questions.yaml:2:9: id: “A” is no fact id",
        "base/questions.yaml:3:11: type: “txt” is not allowed here",
        "base/questions.yaml:4:11: help: the text is empty: write the text, or leave the field out",
        "base/questions.yaml:5:5: unknown field “requird”",
        "base/questions.yaml:2:5: the field “ask” is missing",
    ]


def test_all_faults_of_all_files_and_packs_are_told(tmp_path: Path) -> None:
    """A file that is no YAML hides none of the faults in the others."""
    folder = write(
        tmp_path / "base",
        {
            **BASE,
            "aa": "[1, 2]",
            "bb": "",
            "cc": "contacts: [{id: A}, {id: b, name: B, cites: [C]}]",
            "dd": "drop: [''",
            "ee": f"{OVER}withdrawn: {{}}\n",
        },
    )
    over = write(tmp_path / "over", {"over": "questions: [x]"})
    whole = "a pack file is a mapping (allowed: pack, "
    expected = [
        f"base/aa.yaml:1:1: {whole}",
        f"base/bb.yaml:1:1: {whole}",
        "base/cc.yaml:1:17: id: “A” is no id",
        "base/cc.yaml:1:12: the field “name” is missing",
        "base/cc.yaml:1:12: the field “cites” is missing",
        "base/cc.yaml:1:46: cites: “C” is no citation",
        "base/dd.yaml:2:1: this is not YAML: ",
        "base/ee.yaml:2:12: “withdrawn” holds a list",
        "base/pack.yaml:2:3: “pack” stands twice in this pack (first at ",
        "over/over.yaml:1:13: “x” stands where a mapping of fields is needed",
        "over: no file of this pack has the key “pack”",
    ]
    faults = faults_of(folder, over)
    for fault, start in zip(faults, expected, strict=True):
        assert fault.startswith(start)


def test_a_pack_says_who_it_is(tmp_path: Path) -> None:
    """Without the key `pack`, and without other faults too, the folder is named."""
    folder = write(tmp_path / "base", {k: v for k, v in BASE.items() if k != "pack"})
    assert faults_of(folder) == ["base: no file of this pack has the key “pack” (id, …)"]
    # A file that cannot be parsed may be the one that says it.
    (folder / "pack.yaml").write_text("pack: [")
    (fault,) = faults_of(folder)
    assert fault.startswith("base/pack.yaml:2:1: this is not YAML")


def test_folders_that_hold_no_pack(tmp_path: Path) -> None:
    """A folder that is none, one without files, a file instead of a folder: told together."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "pack.yml").write_text(BASE["pack"])
    (tmp_path / "file.yaml").write_text(BASE["pack"])
    assert faults_of(tmp_path / "none", tmp_path / "empty", tmp_path / "file.yaml") == [
        "none: there is no such folder with a pack",
        "empty: no file in this folder ends in .yaml",
        "file.yaml: there is no such folder with a pack",
    ]


def test_a_file_that_is_too_large_is_not_read_to_its_end(tmp_path: Path) -> None:
    """A sparse file of a terabyte would fill the memory otherwise."""
    folder = base(tmp_path)
    with (folder / "huge.yaml").open("wb") as file:
        file.truncate(2**40)
    assert faults_of(folder) == ["base/huge.yaml: the file is larger than 4 MiB"]


def test_a_line_break_in_a_name_makes_no_second_fault(tmp_path: Path) -> None:
    """What a file says cannot pretend to be a line of the output."""
    folder = write(tmp_path / "base", {**BASE, "x": '"a\\nError: all is lost": 1\n'})
    (fault,) = faults_of(folder)
    assert "\n" not in fault
    assert "“a Error: all is lost”" in fault


def test_long_texts_are_cut_in_messages(tmp_path: Path) -> None:
    """However long the wrong word is, the message can be read."""
    long = "x" * 100_000
    folder = write(
        tmp_path / "base",
        {
            **BASE,
            "x": f"? {long}\n: 1\ndrop: [a]\nquestions: [{{id: a, type: {long}, ? {long}\n : 1}}]",
        },
    )
    assert max(map(len, faults_of(folder))) < 400


TOKENS = ["pack", "questions", "checklist", "id", "when", "items", "choices", "default", "sections"]


@given(
    st.binary(max_size=40)
    | st.lists(
        st.sampled_from([*TOKENS, ": ", "\n", "  ", "- ", "{", "}", "[", "]", ",", "x"])
    ).map(lambda parts: "".join(parts).encode())
)
def test_any_bytes_make_entries_or_faults(data: bytes) -> None:
    """Whatever a pack file holds, reading it ends with entries or with placed faults."""
    read = parse.parse_pack("folder", [("f.yaml", data)])
    problems = read.problems
    assert problems or read.info is not None
    assert all(problem.place.file for problem in problems)
    assert not any("Expected" in problem.text for problem in problems), "the library’s own words"


@pytest.mark.slow
def test_any_change_of_the_real_checklists_gives_a_pack_or_faults(tmp_path: Path) -> None:
    """Lines and tokens are lost, doubled and exchanged; every fault still has its place."""
    source = random.Random(20261201)
    folder = tmp_path / "checklists"
    shutil.copytree(bundled_folder(), folder)
    files = sorted(folder.rglob("*.yaml"))
    outcomes = {"pack": 0, "faults": 0}
    for _ in range(100):
        file = source.choice(files)
        kept = file.read_bytes()
        file.write_bytes(_mutate(kept.decode(), source))
        try:
            load.load(bundled=folder)
        except InputError as error:
            outcomes["faults"] += 1
            for problem in error.problems:
                # A pack that does not say who it is does so in no line.
                assert problem.place.line > 0 or "no file of this pack" in problem.text
        else:
            outcomes["pack"] += 1
        file.write_bytes(kept)
    assert min(outcomes.values()) > 10, outcomes


def _mutate(text: str, source: random.Random) -> bytes:
    lines = text.splitlines(keepends=True)
    tokens = [token for line in lines for token in line.split()]
    at = source.randrange(len(lines))
    match source.randrange(6):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[at])
        case 2:
            lines[at] = source.choice(lines)
        case 3:
            lines[at] = lines[at].replace(source.choice(lines[at].split() or ["x"]), "", 1)
        case 4:
            old = source.choice(lines[at].split() or ["x"])
            lines[at] = lines[at].replace(old, source.choice(tokens), 1)
        case _:
            lines[at] = lines[at].replace(" ", "", 1)
    return "".join(lines).encode()
