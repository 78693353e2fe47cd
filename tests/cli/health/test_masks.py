"""What says who is using the computer is left out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from travelsec.cli.health.masks import mask


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the home folder of the user xanthippe."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("LOGNAME", "xanthippe")
    return tmp_path


def test_the_home_folder_is_a_tilde(home: Path) -> None:
    """Wherever it is in a text, and only the folder itself."""
    text = f"{home}/data: see “{home}”, ({home}) and {home}ly"
    assert mask(text) == f"~/data: see “~”, (~) and {home}ly"


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_so_is_where_a_link_to_it_leads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some programs resolve links."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    monkeypatch.setenv("HOME", str(tmp_path / "link"))
    assert mask(f"{tmp_path / 'real' / 'data'}") == "~/data"


@pytest.mark.usefixtures("home")
def test_the_name_of_the_user_is_left_out_of_paths() -> None:
    """As a whole part of one."""
    text = "/media/xanthippe/stick: see /media/xanthippe, /xanthippes"
    assert mask(text) == "/media/USER/stick: see /media/USER, /xanthippes"


def test_a_root_for_a_home_hides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every path begins with it."""
    monkeypatch.setenv("HOME", "/")
    monkeypatch.setenv("USERPROFILE", "/")
    assert mask("/srv/data") == "/srv/data"
