"""Where something is, and whether it is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from travelsec.cli.health.locations import location, may_exist


def test_a_place_is_there_or_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below a file there is nothing; a link that leads nowhere is there."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    file = tmp_path / "file"
    file.touch()
    assert (may_exist(file), may_exist(tmp_path / "none"), may_exist(file / "below")) == (
        True,
        False,
        False,
    )
    found = location("log", file, "VARIABLE")
    assert (found.path, found.present, found.set_by) == ("~/file", True, "VARIABLE")
    assert location("log", None).path == ""


def test_what_nobody_may_look_at_may_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """So nobody is told to rebuild it."""

    def refuse(_path: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "lstat", refuse)
    assert may_exist(Path("anything"))
