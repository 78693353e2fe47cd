"""Finding a pack's folder and reading its files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.pack.packs import BASE, base, faults_of
from travelsec.folders import PACKS
from travelsec.pack.folder import (
    as_typed,
    bundled_folder,
    no_such_folder,
    offers,
    optional_packs,
    overlays,
    pack_folder,
    read_files,
)
from travelsec.pack.load import load


def test_bundled_files_are_named_without_their_folder() -> None:
    """A fault in the bundled pack looks the same on every computer."""
    folder = bundled_folder()
    names = [name for name, _ in read_files(folder, folder)]
    assert "checklists/overseas.yaml" in names
    assert "checklists/guidance/remote-working.yaml" in names


def test_every_folder_without_a_pack_is_reported(tmp_path: Path) -> None:
    """A missing folder, an empty one, and a file instead of a folder."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "pack.yml").write_text(BASE["pack"], encoding="utf-8")
    (tmp_path / "file.yaml").write_text(BASE["pack"], encoding="utf-8")
    assert faults_of(tmp_path / "none", tmp_path / "empty", tmp_path / "file.yaml") == [
        "none: there is no such folder",
        "empty: no file in this folder ends in .yaml",
        "file.yaml: there is no such folder",
    ]


def test_a_file_that_is_too_large_is_not_read_to_its_end(tmp_path: Path) -> None:
    """A sparse file of a terabyte would fill the memory."""
    folder = base(tmp_path)
    with (folder / "huge.yaml").open("wb") as file:
        file.truncate(2**40)
    assert faults_of(folder) == ["base/huge.yaml: the file is larger than 4 MiB"]


def test_files_of_optional_packs_are_named_without_their_folder_too() -> None:
    """So are faults in them."""
    for name, folder in optional_packs().items():
        names = [file for file, _ in read_files(folder, bundled_folder())]
        assert f"checklists-optional/{name}/pack.yaml" in names


def test_an_optional_pack_goes_by_its_id() -> None:
    """What people type is what reports name."""
    for name, folder in optional_packs().items():
        assert load([folder]).sources[-1].info.id == name


def test_an_optional_pack_is_offered_where_it_is_here() -> None:
    """One that this installation lacks is not."""
    info = load().sources[0].info
    here, missing = (replace(info, covered_by=name) for name in ("moj-approval", "not-here"))
    assert offers([missing, here]) == [here]


def test_a_name_means_the_same_pack_in_every_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that happens to have the name of an optional pack is named with ./"""
    name, folder = next(iter(optional_packs().items()))
    (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path)
    assert pack_folder(name) == folder
    assert pack_folder(f"./{name}").resolve() == tmp_path / name
    for text in (name, f"./{name}", "mine", str(tmp_path)):
        assert pack_folder(as_typed(pack_folder(text))) == pack_folder(text)


def test_the_variable_takes_names_and_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the order they are written."""
    name, folder = next(iter(optional_packs().items()))
    monkeypatch.setenv(PACKS, os.pathsep.join(["mine", name, ""]))
    assert overlays() == [Path("mine"), folder]


@pytest.mark.parametrize(
    ("folder", "hint"),
    [("moj-aproval", True), ("nowhere", False), ("some/moj-aproval", None)],
)
def test_a_misspelt_name_is_told(folder: str, hint: bool | None) -> None:
    """What has a slash in it can only have been a folder."""
    said = no_such_folder(Path(folder))
    assert ("did you mean moj-approval?" in said) is (hint is True)
    assert ("travelsec checklist packs" in said) is (hint is not None)
