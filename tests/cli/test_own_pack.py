"""The index of a page goes into a pack of the user's own, which is made if it is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands.test_guidance import make_pack, revise
from travelsec.cli.compare_page import compare_page
from travelsec.cli.own_pack import add_own_pack, place_in_own_pack
from travelsec.pack.load import load
from travelsec.problems import UserError


def test_a_folder_counts_as_a_pack_once_it_has_a_file(tmp_path: Path) -> None:
    """It counts once, however it is named."""
    folder = tmp_path / "ours"
    assert add_own_pack(None, folder) is None
    folder.mkdir()
    assert add_own_pack([tmp_path], folder) == [tmp_path]
    (folder / "page.yaml").touch()
    assert add_own_pack(None, folder) == [folder]
    named = [tmp_path / "ours" / ".." / "ours"]
    assert add_own_pack(named, folder) == named


def test_the_index_overrides_that_of_another_pack_only(tmp_path: Path) -> None:
    """A file of the folder itself is written anew; otherwise the folder becomes a pack."""
    pack = make_pack(tmp_path)
    revise(tmp_path)
    _, revision = compare_page(load([pack]), tmp_path / "new.md", None, None)
    home = pack / "page.yaml"
    assert place_in_own_pack(pack, home, revision) == (home, revision)
    own = tmp_path / "ours" / "it"
    file, overriding = place_in_own_pack(own, home, revision)
    assert file == own / "bicycles-at-work.yaml"
    assert overriding.index.override
    assert [path.name for path in own.iterdir()] == ["pack.yaml"]
    with pytest.raises(UserError, match=r"new\.md"):
        place_in_own_pack(tmp_path / "new.md", home, revision)
