"""Where trips are kept, and what keeps them from being read or written."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.command import run
from tests.cli.health.states import keep, run_with_few_rights
from travelsec.cli.health import trips
from travelsec.folders import DATA_DIR

POSIX = pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX")


class Usage(NamedTuple):
    """What `shutil.disk_usage` returns."""

    total: int
    used: int
    free: int


def texts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv(DATA_DIR, str(folder))
    return [trouble.text for trouble in trips.troubles(None)]


def test_places_are_told_before_they_are_there(tmp_path: Path) -> None:
    """With what names them."""
    data = run("doctor", "--format", "json", folder=tmp_path).json()
    places = {place["name"]: place for place in data["locations"]}
    assert list(places) == ["program", "checklists", "cache", "data", "trips", "log"]
    assert places["trips"]["path"] == "~/data/travelsec/trips.sqlite3"
    assert (places["data"]["present"], places["data"]["set_by"]) == (False, "")
    keep(tmp_path)
    data = run("doctor", "--format", "json", folder=tmp_path).json()
    assert {place["name"] for place in data["locations"] if place["present"]} >= {"data", "trips"}


def test_without_a_home_folder_there_is_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """The trouble says which variable helps."""
    import platformdirs

    def nowhere(*_: object, **__: object) -> Path:
        raise RuntimeError("no home")

    monkeypatch.delenv(DATA_DIR, raising=False)
    monkeypatch.setattr(platformdirs, "user_data_path", nowhere)
    assert [place.path for place in trips.locations()] == ["", "", ""]
    (trouble,) = trips.troubles(None)
    assert trouble.text == "there is no home folder to keep trips in"
    assert trouble.next.startswith(f"Set the environment variable {DATA_DIR}")
    assert set(trips.READERS) <= set(trouble.affects)


@POSIX
@pytest.mark.slow
@pytest.mark.parametrize(
    ("mode", "place", "told", "reads"),
    [
        (0o000, "trips.sqlite3", "the file cannot be written", False),
        (0o400, "trips.sqlite3", "you may not write here", True),
        (0o500, ".", "you may not write here", True),
        (0o000, ".", "trips.sqlite3: cannot be read: ", False),
    ],
)
def test_what_may_not_be_read_or_written_is_told(
    mode: int, place: str, told: str, reads: bool, tmp_path: Path
) -> None:
    """Commands that only read work where nothing can be written."""
    path = keep(tmp_path).parent / place
    before = path.stat().st_mode
    path.chmod(mode)
    try:
        done = run_with_few_rights("doctor", "--format", "json", folder=tmp_path)
    finally:
        path.chmod(before)
    assert (done.code, done.err) == (1, "")
    (trouble,) = done.json()["troubles"]
    assert told in trouble["text"]
    assert ("incident" in trouble["affects"]) is not reads


@POSIX
def test_a_folder_in_which_none_can_be_made_is_told(tmp_path: Path) -> None:
    """Before the first trip."""
    (tmp_path / "closed").mkdir(mode=0o500)
    env = {DATA_DIR: str(tmp_path / "closed" / "travelsec")}
    done = run_with_few_rights("doctor", "--format", "json", folder=tmp_path, **env)
    (trouble,) = done.json()["troubles"]
    assert trouble["text"] == "~/closed: you may not write here, so no trip can be kept"
    assert list((tmp_path / "closed").iterdir()) == []


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether there is a trip or not."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9 - 9, 9))
    database = keep(tmp_path)
    for folder in (tmp_path / "new", database.parent):
        (text,) = texts(folder, monkeypatch)
        assert text.endswith("the disk is full, so nothing new can be kept")


@POSIX
def test_the_lock_of_another_user_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of one's own is not: the system releases it."""
    folder = keep(tmp_path).parent
    (folder / f"{'a' * 32}.lock").touch()
    assert texts(folder, monkeypatch) == []
    monkeypatch.setattr(os, "geteuid", lambda: folder.stat().st_uid + 1)
    (text,) = texts(folder, monkeypatch)
    assert text.endswith("a trip is locked by another user")


def test_another_process_that_writes_on_and_on_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The emergency commands wait for it no longer than this."""
    database = keep(tmp_path)
    monkeypatch.setattr(trips, "MAX_WAIT", 0.01)
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    (text,) = texts(database.parent, monkeypatch)
    connection.close()
    assert text.endswith("another travelsec has been writing for too long")
    assert texts(database.parent, monkeypatch) == []
