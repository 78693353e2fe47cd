"""Finding a pack's folder and reading its files."""

from __future__ import annotations

from pathlib import Path

from tests.pack.packs import BASE, base, faults_of
from travelsec.pack.folder import bundled_folder, read_files


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
