"""The packs in force, and what names them."""

from __future__ import annotations

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
