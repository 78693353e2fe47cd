"""`doctor`: it tells what would fail in every state, tells nothing private, and changes nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.cli.health.states import SECRETS, change, everything_in, keep
from tests.results.schemas import assert_fits
from tests.test_folders import run_without_home, without_home

Env = dict[str, str]


def fresh(_folder: Path) -> Env:
    return {}


def with_a_trip(folder: Path) -> Env:
    keep(folder)
    return {}


def damaged(folder: Path) -> Env:
    keep(folder).write_bytes(b"Xanthippe Quill " * 100)
    return {}


def rotten(folder: Path) -> Env:
    change(keep(folder), "UPDATE trips SET begun = 'ZEBRA-DAY'")
    return {}


def newer(folder: Path) -> Env:
    change(keep(folder), "PRAGMA user_version = 99")
    return {}


def of_another_program(folder: Path) -> Env:
    change(keep(folder), "PRAGMA application_id = 1")
    return {}


def folder_for_file(folder: Path) -> Env:
    (folder / "data" / "travelsec" / "trips.sqlite3").mkdir(parents=True)
    return {}


def file_for_folder(folder: Path) -> Env:
    (folder / "data").write_text("mine", encoding="utf-8")
    return {}


def link_to_nowhere(folder: Path) -> Env:
    (folder / "data").symlink_to(folder / "nowhere")
    return {}


def broken_pack(folder: Path) -> Env:
    (folder / "mine").mkdir()
    (folder / "mine" / "pack.yaml").write_text("pack: {", encoding="utf-8")
    return {"TRAVELSEC_PACKS": str(folder / "mine")}


def missing_pack(folder: Path) -> Env:
    return {"TRAVELSEC_PACKS": str(folder / "nowhere")}


def no_moment(_folder: Path) -> Env:
    return {"SOURCE_DATE_EPOCH": "soon"}


WELL = (fresh, with_a_trip)
ILL = {
    damaged: "trips.sqlite3: the file is damaged",
    rotten: "trips.sqlite3: the file is damaged",
    newer: "a newer travelsec wrote this",
    of_another_program: "this is the database of another program",
    folder_for_file: "trips.sqlite3: this is not an ordinary file",
    file_for_folder: "trips.sqlite3: cannot be read: ",
    link_to_nowhere: "trips.sqlite3: cannot be read: ",
    broken_pack: "a pack of your own has faults: ~/mine/pack.yaml:1:7: ",
    missing_pack: "a pack of your own has faults: ~/nowhere: ",
    no_moment: "SOURCE_DATE_EPOCH is not a number of seconds",
}


@pytest.mark.parametrize("state", [*WELL, *ILL])
def test_every_state_is_told_and_left_as_it_is(
    state: Callable[[Path], Env], tmp_path: Path
) -> None:
    """As text and as JSON, with an exit code, without a traceback, a folder or anything private."""
    env = state(tmp_path)
    before = everything_in(tmp_path)
    text = run("doctor", folder=tmp_path, COLUMNS="200", **env)
    done = run("doctor", "--format", "json", folder=tmp_path, **env)
    assert (text.err, done.err) == ("", "")
    assert everything_in(tmp_path) == before
    assert_fits(done.json())
    told = [f"{one['message']} {one['next']}" for one in done.json()["troubles"]]
    if state in ILL:
        assert (text.code, done.code, done.json()["well"]) == (1, 1, False)
        assert len(told) == 1
        assert ILL[state] in told[0]
        assert ILL[state].strip() in " ".join(text.out.split())
        assert done.json()["troubles"][0]["next"]
    else:
        assert (text.code, done.code, done.json()["well"], told) == (0, 0, True, [])
        assert text.out.startswith("All is well")
    for secret in (*SECRETS, str(tmp_path), os.path.realpath(tmp_path)):
        assert secret not in text.out
        assert secret not in done.out


@pytest.mark.parametrize("state", [*WELL, *ILL])
def test_the_commands_for_emergencies_work_in_each_of_these_states(
    state: Callable[[Path], Env], tmp_path: Path
) -> None:
    """So `affects` means that they know less, not that they refuse."""
    env = state(tmp_path)
    for command in (("incident", "broken-seal"), ("contacts",), ("card",)):
        assert run(*command, folder=tmp_path, **env).code == 0


def test_the_user_is_not_named_outside_the_home_folder(tmp_path: Path) -> None:
    """As on a memory stick that the system mounts under the user's name."""
    stick = tmp_path / "media" / "xanthippe" / "stick"
    home = tmp_path / "home"
    home.mkdir()
    names = {"LOGNAME": "xanthippe", "USER": "xanthippe", "TRAVELSEC_DATA_DIR": str(stick)}
    done = run("doctor", "--format", "json", folder=home, **names)
    assert "xanthippe" not in done.out
    paths = {place["name"]: place for place in done.json()["locations"]}
    assert paths["data"]["path"].endswith("/media/USER/stick")
    assert paths["data"]["set_by"] == "TRAVELSEC_DATA_DIR"


@without_home
def test_without_a_home_it_says_how_to_name_a_folder(tmp_path: Path) -> None:
    """The rest is reported."""
    done = run_without_home("doctor", "--format", "json", folder=tmp_path)
    assert (done.code, done.err) == (1, "")
    assert_fits(done.json())
    (trouble,) = done.json()["troubles"]
    assert trouble["message"] == "there is no home folder to keep trips in"
    assert "TRAVELSEC_DATA_DIR" in trouble["next"]
    assert done.json()["packs"]


def test_a_journal_of_a_crash_is_left_to_others(tmp_path: Path) -> None:
    """Opening the database would roll it back: that is a change, though a harmless one."""
    database = keep(tmp_path)
    copy = tmp_path / "copy"
    copy.mkdir()
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("CREATE TABLE filler (text TEXT)")
    for _ in range(2000):
        connection.execute("INSERT INTO filler VALUES (?)", ("x" * 500,))
    for path in database.parent.iterdir():
        shutil.copy(path, copy)
    connection.close()
    assert (copy / "trips.sqlite3-journal").stat().st_size
    before = everything_in(copy)
    done = run("doctor", folder=tmp_path, TRAVELSEC_DATA_DIR=str(copy))
    assert (done.code, done.err) == (0, "")
    assert everything_in(copy) == before
    shown = run("trips", "list", folder=tmp_path, TRAVELSEC_DATA_DIR=str(copy))
    assert "Yonder" in shown.out


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    """With those there are."""
    done = run("doctor", "--format", "xml", folder=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "(allowed: text, json" in done.err
