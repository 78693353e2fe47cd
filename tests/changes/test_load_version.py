"""Which packs are compared when a folder is named."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.pack.packs import OVER, write
from travelsec.changes.load_version import load_with
from travelsec.pack.folder import bundled_folder
from travelsec.pack.model import Pack
from travelsec.problems import InputError

QUESTION = "questions: [{id: seat, ask: Which seat?, type: text}]\n"


def ids(pack: Pack) -> list[str]:
    """Return the packs by id and version."""
    return [f"{source.info.id} {source.info.version}" for source in pack.sources]


def copy_of_bundled(folder: Path, version: str) -> Path:
    """Write the bundled pack as somebody has edited it, with this version."""
    shutil.copytree(bundled_folder(), folder / "edited")
    file = folder / "edited" / "pack.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub("version: .*", f'version: "{version}"', text), encoding="utf-8")
    return folder / "edited"


def test_a_folder_takes_the_place_of_the_bundled_pack(tmp_path: Path) -> None:
    """It has its id, so overlays go on top of it."""
    over = write(tmp_path / "over", {"over": OVER + QUESTION})
    edited = copy_of_bundled(tmp_path, "99")
    bundled = ids(load_with(over))[0].partition(" ")[0]
    assert ids(load_with(edited)) == [f"{bundled} 99"]
    assert ids(load_with(edited, [over])) == [f"{bundled} 99", "over 1"]


def test_a_folder_takes_the_place_of_an_overlay(tmp_path: Path) -> None:
    """It stays below those that may need it."""
    over = write(tmp_path / "over", {"over": OVER + QUESTION})
    newer = write(tmp_path / "newer", {"over": OVER.replace("'1'", "'2'") + QUESTION})
    needs = OVER.replace("id: over", "id: top") + QUESTION.replace("{", "{override: true, ")
    top = write(tmp_path / "top", {"top": needs})
    assert ids(load_with(newer, [over, top]))[1:] == ["over 2", "top 1"]


def test_another_folder_goes_on_top(tmp_path: Path) -> None:
    """No pack below has its id."""
    over = write(tmp_path / "over", {"over": OVER})
    top = write(tmp_path / "top", {"top": OVER.replace("id: over", "id: top")})
    assert ids(load_with(top, [over]))[1:] == ["over 1", "top 1"]


def test_faults_are_those_of_the_folder(tmp_path: Path) -> None:
    """Not the clashes with the pack whose place it would take."""
    broken = write(tmp_path / "over", {"over": "pack: {id: over}\nquestions: [{id: 7}]\n"})
    with pytest.raises(InputError) as caught:
        load_with(broken)
    assert len(caught.value.problems) > 1
    assert all("over.yaml" in str(problem) for problem in caught.value.problems)
