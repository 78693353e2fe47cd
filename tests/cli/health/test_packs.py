"""The packs in force, and what names them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.cli.command import run
from tests.pack.packs import OVER, write
from travelsec.cli.health import packs


def in_force(folder: Path, *options: str, **env: str) -> list[tuple[str, str]]:
    data = run("doctor", *options, "--format", "json", folder=folder, **env).json()
    return [(pack["id"], pack["set_by"]) for pack in data["packs"]]


def test_each_pack_is_told_with_what_names_it(tmp_path: Path) -> None:
    """The bundled one by nothing; a variable and an option each name theirs, in their order."""
    assert in_force(tmp_path) == [("moj", "")]
    write(tmp_path / "one", {"over": OVER})
    write(tmp_path / "two", {"over": OVER.replace("id: over", "id: again")})
    found = in_force(tmp_path, "--pack", "two", TRAVELSEC_PACKS=str(tmp_path / "one"))
    assert found == [("moj", ""), ("over", "TRAVELSEC_PACKS"), ("again", "--pack")]
    text = run("doctor", folder=tmp_path, TRAVELSEC_PACKS=str(tmp_path / "one")).out
    assert "~/one, by TRAVELSEC_PACKS" in " ".join(text.split())


def test_a_broken_pack_leaves_the_bundled_one_in_force(tmp_path: Path) -> None:
    """As `incident` does."""
    write(tmp_path / "broken", {"over": "pack: {"})
    assert in_force(tmp_path, "--pack", "broken") == [("moj", "")]


USES = (
    *(("incident", "broken-seal"), ("card",), ("contacts",), ("prepare", "--no-input")),
    *(("debrief", "report.json", "--no-input"), ("export", "Home")),
    *(("review", "report.json"), ("trips", "list"), ("checklist", "list"), ("guidance", "list")),
)
"""A use of each command that needs the packs; the first three never refuse."""


def test_all_that_a_broken_pack_affects_is_told(tmp_path: Path) -> None:
    """The commands for emergencies do without it, and the others stop."""
    known = ("--set", "abroad=false", "--set", "devices=laptop")
    report = ("--trip", "Home", "--output", "report.json")
    run("prepare", "--no-input", *known, *report, folder=tmp_path)
    write(tmp_path / "broken", {"over": "pack: {"})
    broken = {"TRAVELSEC_PACKS": str(tmp_path / "broken")}
    (trouble,) = run("doctor", "--format", "json", folder=tmp_path, **broken).json()["troubles"]
    assert trouble["affects"] == [words[0] for words in USES]
    assert "incident, card and contacts do without packs of your own" in trouble["next"]
    ends = [run(*words, folder=tmp_path, **broken) for words in USES]
    assert [done.code for done in ends] == [0] * 3 + [2] * 7
    assert all("broken/over.yaml:1:7" in done.err for done in ends)


@pytest.mark.skipif(os.name != "posix", reason="cmd and PowerShell have quotes of their own")
def test_the_command_to_mend_a_pack_can_be_typed(tmp_path: Path) -> None:
    """Whatever the folder is called, and the user with it."""
    home = tmp_path / "it's my\thome"
    home.mkdir()
    write(home / "O'Brien $HOME", {"over": "pack: {"})
    done = run("doctor", "--format", "json", folder=home, TRAVELSEC_PACKS="O'Brien $HOME")
    assert "checklist validate 'O'\\''Brien $HOME', and" in done.json()["troubles"][0]["next"]
    whole = str(home / "O'Brien $HOME")
    advice = run("doctor", "--format", "json", folder=home, TRAVELSEC_PACKS=whole)
    told = advice.json()["troubles"][0]["next"]
    typed = told.partition("travelsec checklist validate ")[2].partition(", and mend them")[0]
    command = ["sh", "-c", f"printf %s {typed}"]
    shown = subprocess.run(command, env={"HOME": str(home)}, capture_output=True, check=True)
    assert shown.stdout.decode() == whole
    assert str(home) not in advice.out


def test_bundled_files_that_cannot_be_read_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left of their cache is used; its message is not trusted to be free of answers."""

    def fail(*_: Any) -> NoReturn:
        raise ValueError("Xanthippe Quill")

    monkeypatch.setattr(packs, "load", fail)
    monkeypatch.setattr(packs, "load_cached", fail)
    found, (trouble,), pack = packs.packs([])
    assert (found, pack) == ([], None)
    assert trouble.message == "the checklists that come with travelsec cannot be read: ValueError"
    assert trouble.next.startswith("Install travelsec again.")
