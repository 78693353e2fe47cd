"""The titles of the bundled pack's situations, with and without the cache."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pack.packs import parsed_bundled_pack
from travelsec.pack import titles
from travelsec.pack.load import load
from travelsec.pack.titles import situation_titles


def expected() -> dict[str, str]:
    """Return the titles as the pack itself says."""
    situations = load().situations.values()
    return {one.id: one.title for one in situations if one.audience == "traveller"}


def test_they_are_read_from_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pack is not loaded; the manager's situation is not among them."""
    wanted = expected()
    path = tmp_path / "bundled.json"
    path.write_bytes(parsed_bundled_pack())
    monkeypatch.setattr(titles, "_BUNDLED_FILE", path)
    monkeypatch.setattr(titles, "_loaded", dict)
    assert situation_titles() == wanted


def test_without_a_good_cache_the_pack_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is missing, or the files were changed since."""
    monkeypatch.setattr(titles, "_BUNDLED_FILE", tmp_path / "none.json")
    assert situation_titles() == expected()
    path = tmp_path / "bundled.json"
    data = parsed_bundled_pack().replace(b"Officials", b"Strangers")
    path.write_bytes(data.replace(b'"checklists/pack.yaml":"', b'"checklists/pack.yaml":"0'))
    monkeypatch.setattr(titles, "_BUNDLED_FILE", path)
    assert situation_titles() == expected()


@pytest.mark.parametrize("data", [b"", b"a", b"a\n{}\n{}", b"a\n[]\n[]\n"])
def test_a_damaged_cache_is_no_hindrance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    path = tmp_path / "bundled.json"
    path.write_bytes(data)
    monkeypatch.setattr(titles, "_BUNDLED_FILE", path)
    assert situation_titles() == expected()


def test_without_a_pack_there_are_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Help is shown anyway."""
    monkeypatch.setattr(titles, "_BUNDLED_FILE", tmp_path / "none.json")
    monkeypatch.setattr(titles, "_loaded", dict)
    assert situation_titles() == {}
