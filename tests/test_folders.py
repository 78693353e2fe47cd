"""The data folder: the user's own, a named one, or none at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import Outcome, run
from tests.terminal import environment
from travelsec import folders
from travelsec.problems import UserError

BARE = ("--no-input", "--set", "abroad=false", "--set", "devices=laptop")
# As for a user whom the system does not know.
NOBODY = """
import pwd

def getpwuid(number):
    raise KeyError(number)

pwd.getpwuid = getpwuid
"""


def run_without_home(*arguments: str, folder: Path, **more: str) -> Outcome:
    """Run a command for a user without a home folder and without a name."""
    (folder / "sitecustomize.py").write_text(NOBODY, encoding="utf-8")
    path = os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")]))
    env = environment(folder, PYTHONPATH=path, **more)
    del env["HOME"], env["XDG_DATA_HOME"]
    done = subprocess.run(
        [sys.executable, "-m", "travelsec", *arguments],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


without_home = pytest.mark.skipif(os.name != "posix", reason="Windows has another way to know")


@without_home
@pytest.mark.parametrize("command", [("incident", "out-of-sight"), ("card",), ("contacts",)])
def test_without_a_home_the_emergency_commands_work(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    expected = run(*command, folder=tmp_path)
    for more in ((), ("--trip", "Rome")):
        done = run_without_home(*command, *more, folder=tmp_path)
        assert (done.code, done.out) == (0, expected.out)
        assert done.err.startswith("travelsec: there is no home folder to keep trips in.")
        assert done.err.count("\n") == 1


@without_home
@pytest.mark.parametrize(
    "command",
    [
        ("trips", "list"),
        ("trips", "show", "Rome"),
        ("trips", "forget", "--all-past"),
        ("prepare", "--trip", "Rome", *BARE),
        ("export", "Rome"),
        ("debrief", "Rome"),
    ],
)
def test_without_a_home_the_error_says_how_to_name_a_folder(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    done = run_without_home(*command, folder=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Error: there is no home folder to keep trips in.")
    assert "TRAVELSEC_DATA_DIR" in done.err
    assert done.err.count("\n") == 1


@without_home
@pytest.mark.parametrize(
    "command",
    [
        ("--version",),
        ("--help",),
        ("prepare", "--help"),
        ("prepare", *BARE),
        ("checklist", "list"),
        ("guidance", "list"),
    ],
)
def test_without_a_home_commands_that_store_nothing_work(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    assert run_without_home(*command, folder=tmp_path) == run(*command, folder=tmp_path)


@without_home
def test_a_named_folder_replaces_the_home(tmp_path: Path) -> None:
    """It is the data folder itself."""
    named = {"TRAVELSEC_DATA_DIR": str(tmp_path / "kept")}
    assert run_without_home("prepare", "--trip", "Rome", *BARE, folder=tmp_path, **named).code == 1
    assert (tmp_path / "kept" / "trips.sqlite3").is_file()
    assert "Rome" in run_without_home("trips", "list", folder=tmp_path, **named).out


def test_a_named_folder_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Absolute, or relative to the working folder; an empty name counts as none."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRAVELSEC_DATA_DIR", "kept")
    assert folders.data_folder() == tmp_path / "kept"
    monkeypatch.setenv("TRAVELSEC_DATA_DIR", str(tmp_path / "elsewhere"))
    assert folders.data_folder() == tmp_path / "elsewhere"
    monkeypatch.setenv("TRAVELSEC_DATA_DIR", "")
    monkeypatch.setenv("WIN_PD_OVERRIDE_LOCAL_APPDATA", str(tmp_path / "own"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "own"))
    assert folders.data_folder() == tmp_path / "own" / "travelsec"


def no_working_folder() -> str:
    raise FileNotFoundError


def test_a_relative_folder_in_a_deleted_working_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getcwd", no_working_folder)
    monkeypatch.setenv("TRAVELSEC_DATA_DIR", "kept")
    with pytest.raises(UserError, match="TRAVELSEC_DATA_DIR=kept"):
        folders.data_folder()


@pytest.mark.parametrize("error", [RuntimeError, KeyError, ValueError, OSError])
def test_every_way_to_have_no_home_is_reported(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    """Systems and versions of platformdirs differ."""

    def fail(*_arguments: object, **_options: object) -> Path:
        raise error

    def unexpanded(*_arguments: object, **_options: object) -> Path:
        return Path("~/.local/share/travelsec")

    monkeypatch.delenv("TRAVELSEC_DATA_DIR", raising=False)
    for found in (fail, unexpanded):
        monkeypatch.setattr("platformdirs.user_data_path", found)
        with pytest.raises(UserError, match="TRAVELSEC_DATA_DIR"):
            folders.trips_file()


def test_a_folder_that_cannot_be_created_is_reported(tmp_path: Path) -> None:
    """Such as in a home folder that does not exist."""
    (tmp_path / "file").touch()
    named = {"TRAVELSEC_DATA_DIR": str(tmp_path / "file" / "below")}
    done = run("trips", "list", folder=tmp_path, **named)
    assert done.code == 2
    assert "Set the environment variable TRAVELSEC_DATA_DIR" in done.err


def test_the_help_names_the_variables(tmp_path: Path) -> None:
    shown = run("--help", folder=tmp_path).out
    assert {"TRAVELSEC_DATA_DIR", "TRAVELSEC_PACKS"} <= set(shown.split())
