"""`travelsec checklist validate`: errors and warnings, each at its place, in every format."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import run
from tests.cli.commands.checklist.overlay import GOOD, ITEM, pack
from tests.junit import outcomes, read
from travelsec.formats import FINDING_FORMATS
from travelsec.pack import yaml
from travelsec.pack.folder import bundled_folder


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


def test_junit_has_every_file(tmp_path: Path) -> None:
    """Those of the bundled pack as well, which pass."""
    pack(tmp_path, ITEM.replace("PATH", "no/such/thing"))
    done = run("checklist", "validate", "mine", "--format", "junit", folder=tmp_path)
    assert done.code == 1
    found = dict(outcomes(read(done.out)["checklist validate"]))
    assert len(found) == len(list(bundled_folder().rglob("*.yaml"))) + 1
    assert [name for name in found if found[name] != "passed"] == ["mine/over.yaml"]


def test_packs_lie_over_one_another_in_order(tmp_path: Path) -> None:
    """A second folder may refer to the first; TRAVELSEC_PACKS does not count."""
    first = pack(tmp_path, "questions: [{id: visa, ask: Visa?, type: yes-no}]\n", "first")
    pack(tmp_path, GOOD.replace("cites", "when: {visa: true}, cites"), "second")
    assert run("checklist", "validate", "first", "second", folder=tmp_path).code == 0
    alone = run("checklist", "validate", "second", folder=tmp_path, TRAVELSEC_PACKS=str(first))
    assert alone.code == 1
    assert "no question asks for the fact “visa”" in alone.out


@pytest.mark.parametrize(("name", "what"), [("none", "no such folder"), ("f.yaml", "not a folder")])
def test_a_folder_that_is_not_there(tmp_path: Path, name: str, what: str) -> None:
    """Nothing could be checked: exit code 2."""
    (tmp_path / "f.yaml").touch()
    done = run("checklist", "validate", name, folder=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert what in done.err


def test_hostile_texts_are_harmless(tmp_path: Path) -> None:
    """No escape sequence and no line break of a pack's own gets through in any format."""
    text = GOOD.replace("level: must", r'level: "mu\e[31m\n::error::st\u202e"')
    pack(tmp_path, text)
    for form in FINDING_FORMATS.names:
        done = run("checklist", "validate", "mine", "--format", form, folder=tmp_path)
        assert done.code == 1
        assert "\x1b" not in done.out
        assert "\u202e" not in done.out
        if form == "junit":
            read(done.out)
        elif form != "json":
            assert len(done.out.splitlines()) == 1


def test_the_hook_for_pre_commit(tmp_path: Path) -> None:
    """Its entry, with a folder as its argument, is a command that there is."""
    file = bundled_folder().parent / ".pre-commit-hooks.yaml"
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


def test_a_file_that_is_not_read_is_told(tmp_path: Path) -> None:
    """Whoever names it .yml would lose all that is in it."""
    folder = pack(tmp_path, "")
    (folder / "more.yml").write_text("contacts: []\n", encoding="utf-8")
    done = run("checklist", "validate", str(folder), folder=tmp_path)
    assert done.code == 0
    assert "more.yml: warning: this file is not read: its name must end in .yaml" in done.out


@pytest.mark.parametrize("name", ["mine/over.yaml", "mine/parts/more.yaml"])
def test_a_file_stands_for_its_whole_pack(tmp_path: Path, name: str) -> None:
    """Half a pack has faults that the whole one has not. What is checked is said."""
    pack(tmp_path, ITEM.replace("PATH", "no/such/thing"))
    (tmp_path / "mine" / "parts").mkdir()
    (tmp_path / "mine" / "parts" / "more.yaml").write_text("contacts: x\n", encoding="utf-8")
    whole = run("checklist", "validate", "mine", folder=tmp_path)
    done = run("checklist", "validate", name, folder=tmp_path)
    assert (done.code, done.out) == (1, whole.out)
    assert done.err == f"{name} is checked with its whole pack, mine\n{whole.err}"


def test_a_file_of_no_pack_is_told(tmp_path: Path) -> None:
    """With what to name instead."""
    (tmp_path / "p.yaml").write_text("contacts: []\n", encoding="utf-8")
    done = run("checklist", "validate", "p.yaml", folder=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "name the folder of the pack" in done.err
