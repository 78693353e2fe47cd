"""`checklist`: packs are validated, listed, shown, and measured against the guidance."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import run
from tests.pack.packs import OVER, write
from travelsec.pack import yaml
from travelsec.pack.folder import bundled_folder
from travelsec.pack.load import load

ROOT = bundled_folder().parent
ITEM = """\
checklist:
  id: overseas
  sections:
    - id: what-you-carry
      items:
        - {id: visa, label: LABEL, do: Carry it., why: So., level: must, cites: [PATH]}
"""
GOOD = ITEM.replace("LABEL", "Visa").replace(
    "PATH", "taking-equipment-overseas/general-guidance/remove-files"
)


def pack(folder: Path, text: str, name: str = "mine") -> Path:
    """Write an overlay of one file into a folder of this name."""
    return write(folder / name, {"over": OVER.replace("id: over", f"id: {name}") + text})


# validate


def test_the_bundled_pack_is_valid(tmp_path: Path) -> None:
    """Nothing on standard output, the summary beside it."""
    done = run("checklist", "validate", folder=tmp_path)
    assert (done.code, done.out) == (0, "")
    assert (
        done.err == f"0 errors, 0 warnings in {len(list(bundled_folder().rglob('*.yaml')))} files\n"
    )


def test_naming_the_bundled_folder_checks_it_once(tmp_path: Path) -> None:
    """It is no overlay on itself."""
    done = run("checklist", "validate", str(bundled_folder()), folder=tmp_path)
    assert (done.code, done.out) == (0, "")


def test_errors_and_warnings_of_a_pack(tmp_path: Path) -> None:
    """All in one run, each with its place; an error is exit code 1."""
    pack(tmp_path, ITEM.replace("LABEL", "x" * 41).replace("PATH", "no/such/thing"))
    done = run("checklist", "validate", "mine", folder=tmp_path)
    assert done.code == 1
    rows = done.out.splitlines()
    assert rows[0].startswith("mine/over.yaml:7:29: warning: label: 41 characters")
    assert rows[1].startswith("mine/over.yaml:7:118: error: no guidance has the statement")
    assert len(rows) == 2
    assert done.err.startswith("1 error, 1 warning in ")


def test_warnings_alone_are_exit_code_0(tmp_path: Path) -> None:
    """The pack loads."""
    pack(tmp_path, GOOD.replace("Visa", "x" * 41))
    done = run("checklist", "validate", "mine", folder=tmp_path)
    assert done.code == 0
    assert len(done.out.splitlines()) == 1


def test_packs_lie_over_one_another_in_order(tmp_path: Path) -> None:
    """A second folder may refer to the first; TRAVELSEC_PACKS does not count."""
    first = pack(tmp_path, "questions: [{id: visa, ask: Visa?, type: yes-no}]\n", "first")
    pack(tmp_path, GOOD.replace("cites", "when: {visa: true}, cites"), "second")
    assert run("checklist", "validate", "first", "second", folder=tmp_path).code == 0
    alone = run("checklist", "validate", "second", folder=tmp_path, TRAVELSEC_PACKS=str(first))
    assert alone.code == 1
    assert "no question asks for the fact “visa”" in alone.out


@pytest.mark.parametrize(("name", "what"), [("none", "no such folder"), ("f.yaml", "no folder")])
def test_a_folder_that_is_not_there(tmp_path: Path, name: str, what: str) -> None:
    """Nothing could be checked: exit code 2."""
    (tmp_path / "f.yaml").touch()
    done = run("checklist", "validate", name, folder=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert what in done.err


def test_json_for_machines(tmp_path: Path) -> None:
    """The same findings, each with a code."""
    pack(tmp_path, ITEM.replace("LABEL", "x" * 41).replace("PATH", "no/such/thing"))
    done = run("checklist", "validate", "mine", "--format", "json", folder=tmp_path)
    assert done.code == 1
    first, second = done.json()
    assert first == {
        "file": str(Path("mine", "over.yaml")),
        "line": 7,
        "column": 29,
        "severity": "warning",
        "code": "long-label",
        "text": "label: 41 characters, and 40 fit a tick list: shorten it",
    }
    assert (second["severity"], second["code"]) == ("error", "error")
    assert run("checklist", "validate", "--format", "json", folder=tmp_path).json() == []


def test_commands_for_github(tmp_path: Path) -> None:
    """What would end a property or a message is written as GitHub wants it."""
    folder = pack(tmp_path, ITEM.replace("LABEL", "x" * 41).replace("PATH", "no/100%"), "a,b")
    text = (folder / "over.yaml").read_text(encoding="utf-8").replace("id: a,b", "id: ab")
    (folder / "over.yaml").write_text(text, encoding="utf-8")
    done = run("checklist", "validate", "a,b", "--format", "github", folder=tmp_path)
    rows = done.out.splitlines()
    assert any(
        row.startswith("::error file=a%2Cb/over.yaml,line=7,col=") and "“no/100%25” is no" in row
        for row in rows
    ), rows
    assert all(row.startswith("::") for row in rows)


def test_hostile_texts_are_harmless(tmp_path: Path) -> None:
    """No escape sequence and no line break of a pack's own gets through in any format."""
    text = GOOD.replace("level: must", r'level: "mu\e[31m\n::error::st\u202e"')
    pack(tmp_path, text)
    for form in ("text", "json", "github"):
        done = run("checklist", "validate", "mine", "--format", form, folder=tmp_path)
        assert done.code == 1
        assert "\x1b" not in done.out
        assert "\u202e" not in done.out
        if form != "json":
            assert len(done.out.splitlines()) == 1


def test_the_hook_for_pre_commit(tmp_path: Path) -> None:
    """Its entry, with a folder as its argument, is a command that there is."""
    file = ROOT / ".pre-commit-hooks.yaml"
    hooks: Any = yaml.parse(file.read_bytes(), file.name)
    (hook,) = hooks
    assert (hook["id"], hook["language"]) == ("travelsec-validate", "python")
    assert hook["pass_filenames"] == "false"
    program, *arguments = shlex.split(hook["entry"])
    assert program == "travelsec"
    pack(tmp_path, GOOD)
    assert run(*arguments, "mine", folder=tmp_path).code == 0
    pack(tmp_path, GOOD.replace("must", "most"), "bad")
    assert run(*arguments, "bad", folder=tmp_path).code == 1


# list


def test_the_list_says_for_whom_and_whence(tmp_path: Path) -> None:
    """Phase, level, condition in words, page and path of the source."""
    done = run("checklist", "list", folder=tmp_path)
    assert done.code == 0
    text = " ".join(done.out.split())
    assert (
        "overseas.clear-files: must, before Clear unneeded files "
        "For: abroad; device_kinds: at least 1, or plans: own-equipment "
        "Source: Taking equipment overseas, "
        "taking-equipment-overseas/general-guidance/remove-files"
    ) in text


def test_the_list_can_be_narrowed(tmp_path: Path) -> None:
    """By phase and level, of the overlay too."""
    pack(tmp_path, GOOD)
    arguments = ("checklist", "list", "--phase", "before", "--level", "must", "--format", "json")
    items = run(*arguments, "--pack", "mine", folder=tmp_path).json()["items"]
    assert {(item["phase"], item["level"]) for item in items} == {("before", "must")}
    assert "overseas.visa" in {item["id"] for item in items}
    assert "selected" not in items[0]
    wrong = run("checklist", "list", "--phase", "befor", folder=tmp_path)
    assert wrong.code == 2
    assert "did you mean before?" in wrong.err


def test_what_a_trip_gets_and_why_not_the_rest(tmp_path: Path) -> None:
    """Every item is told of once: in, kept for want of an answer, or left out with the answer."""
    arguments = ("checklist", "list", "--for", "abroad=no", "--for", "devices=laptop")
    done = run(*arguments, folder=tmp_path)
    assert done.code == 0
    text = " ".join(done.out.split())
    assert "overseas.clear-files: must, before Clear unneeded files Left out: abroad is no" in text
    assert "Ask before you print Kept: plans is not known" in text
    items = {
        item["id"]: item
        for item in run(*arguments, "--format", "json", folder=tmp_path).json()["items"]
    }
    everything = run("checklist", "list", "--format", "json", folder=tmp_path).json()["items"]
    assert list(items) == [item["id"] for item in everything]
    assert items["remote-working.password-manager"]["choice"] == "in"
    kept = items["remote-working.ask-before-printing"]
    assert (kept["choice"], kept["selected"]) == ("kept", True)
    out = items["overseas.clear-files"]
    assert (out["choice"], out["reasons"]) == ("left-out", ["abroad is no"])


def test_the_trip_of_an_answers_file(tmp_path: Path) -> None:
    """The options are laid over the file."""
    (tmp_path / "a.yaml").write_text("trip: {abroad: true, devices: [laptop]}\n", encoding="utf-8")
    arguments = ("checklist", "list", "--answers", "a.yaml", "--format", "json")
    items = run(*arguments, folder=tmp_path).json()["items"]
    assert items[0]["choice"] == "in"
    items = run(*arguments, "--for", "abroad=no", folder=tmp_path).json()["items"]
    assert items[0]["choice"] == "left-out"


@pytest.mark.parametrize("setting", ["abroad=maybe", "abraod=yes", "overseas.clear-files=done"])
def test_a_trip_that_cannot_be(tmp_path: Path, setting: str) -> None:
    """A wrong fact, a wrong value, and an item, of which nothing depends."""
    done = run("checklist", "list", "--for", setting, folder=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert f"--for {setting}" in done.err or f"--set {setting}" in done.err


# show


def test_an_item_in_full_by_its_old_name_too(tmp_path: Path) -> None:
    """The full id, the former id, and the short one where it is the only one."""
    pack(tmp_path, GOOD.replace("id: visa", "id: visa, formerly: [stamp]"))
    shown = [
        run("checklist", "show", name, "--pack", "mine", folder=tmp_path).out
        for name in ("overseas.visa", "overseas.stamp", "visa")
    ]
    assert shown[0] == shown[1] == shown[2]
    for words in (
        "Do: Carry it.",
        "Level: must",
        "Phase: before",
        "For: abroad; ",
        "Formerly: stamp",
    ):
        assert words in shown[0]


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("home_shared", ["question"]),
        ("unlock-request", ["situation"]),
        ("privacy-team", ["contact"]),
        ("overseas", ["checklist"]),
        ("taking-equipment-overseas", ["page"]),
        ("remote-working", ["checklist", "page"]),
    ],
)
def test_every_kind_of_entry_can_be_shown(tmp_path: Path, name: str, kinds: list[str]) -> None:
    """For people and for machines; a name of two things shows both."""
    entries = run("checklist", "show", name, "--format", "json", folder=tmp_path).json()["entries"]
    assert [(entry["kind"], entry["id"]) for entry in entries] == [(kind, name) for kind in kinds]
    text = run("checklist", "show", name, folder=tmp_path).out
    assert all(f"{name} ({kind})" in text for kind in kinds)


def test_everything_is_shown_without_a_name(tmp_path: Path) -> None:
    """Each entry of the packs once."""
    entries = run("checklist", "show", "--format", "json", folder=tmp_path).json()["entries"]
    names = [(entry["kind"], entry["id"]) for entry in entries]
    assert len(set(names)) == len(names)
    assert {kind for kind, _ in names} == {
        *("checklist", "item", "question", "situation", "contact", "page")
    }
    assert all(
        f"{name} ({kind})" in run("checklist", "show", folder=tmp_path).out
        for kind, name in names[:5]
    )


def test_an_unknown_name(tmp_path: Path) -> None:
    """The nearest is named."""
    done = run("checklist", "show", "clear-file", folder=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "did you mean overseas.clear-files?" in done.err


# coverage


def test_the_bundled_pack_carries_every_duty(tmp_path: Path) -> None:
    """Exit code 0, and each duty with who cites it."""
    done = run("checklist", "coverage", folder=tmp_path)
    assert done.code == 0
    assert "[x] remove-files\n    item overseas.clear-files\n" in done.out
    assert "Every duty is carried" in done.out
    data = run("checklist", "coverage", "--format", "json", folder=tmp_path).json()
    assert data["carried"] == data["duties"] > 60
    statements = [
        statement
        for page in data["pages"]
        for section in page["sections"]
        for statement in section["statements"]
    ]
    assert len(statements) == data["duties"]
    assert all(statement["carried"] and statement["cited_by"] for statement in statements)


def test_an_overlay_can_uncover_a_duty(tmp_path: Path) -> None:
    """Exit code 1, and the duty is named; also of a page that the overlay brings."""
    duty = "taking-equipment-overseas/general-guidance/remove-files"
    citing = [name for name, *_, item in load().items() if duty in item.cites]
    pack(
        tmp_path,
        f"drop: [{', '.join(citing)}]\n"
        "guidance: [{id: new, title: New, publisher: Us, sections: [{id: s, title: S, statements: "
        '[{id: wave, kind: duty, fingerprint: "0123456789abcdef"}]}]}]\n',
    )
    done = run("checklist", "coverage", folder=tmp_path, TRAVELSEC_PACKS="mine")
    assert done.code == 1
    bare = done.out.split("NOT CARRIED (2)")[1]
    assert duty in bare
    assert "new/s/wave" in bare
    found = json.loads(
        run("checklist", "coverage", "--pack", "mine", "--format", "json", folder=tmp_path).out
    )
    assert found["pages"][-1]["carried"] == 0
    assert found["duties"] - found["carried"] == 2


def test_a_file_that_is_not_read_is_told(tmp_path: Path) -> None:
    """Whoever names it .yml would lose all that is in it."""
    folder = pack(tmp_path, "")
    (folder / "more.yml").write_text("contacts: []\n", encoding="utf-8")
    done = run("checklist", "validate", str(folder), folder=tmp_path)
    assert done.code == 0
    assert "more.yml: warning: this file is not read: its name must end in .yaml" in done.out


def test_ids_are_not_broken(tmp_path: Path) -> None:
    """However long, they can be copied from what is shown."""
    done = run("checklist", "show", "overseas.official-document", folder=tmp_path)
    path = (
        "taking-equipment-overseas/what-to-do-if-you-are-asked-to-unlock-the-device-by-officials/"
        "official-document"
    )
    assert path in done.out


def test_a_wrong_fact_is_told_by_its_option(tmp_path: Path) -> None:
    """The message names --for, as it was given."""
    done = run("checklist", "list", "--for", "abrod=true", folder=tmp_path)
    assert done.code == 2
    assert "--for abrod=true: there is no fact “abrod”" in done.err
