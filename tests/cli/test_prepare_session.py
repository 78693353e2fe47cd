"""The trip that `prepare` works on is opened once, and nothing is stored that was not checked."""

from __future__ import annotations

import contextlib
import datetime
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.cli.commands.test_prepare import BARE, TODAY
from tests.terminal import ENTER, Terminal, environment
from travelsec.store import Store


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("--set", "abroad=perhaps", "--no-input"), "abroad"),
        (("--set", "devices=laptop", "--no-input"), "A required answer is missing"),
        (BARE, "there is no terminal to ask in"),
    ],
)
def test_a_run_that_fails_a_check_stores_nothing(
    tmp_path: Path, arguments: tuple[str, ...], fault: str
) -> None:
    """It makes no database, and changes no trip that is there."""
    rome = ("prepare", "--trip", "Rome", *TODAY)
    failed = run(*rome, *arguments, folder=tmp_path)
    assert (failed.code, fault in failed.err) == (2, True), failed.err
    assert list(tmp_path.iterdir()) == []
    assert run(*rome, "--no-input", *BARE, folder=tmp_path).code == 1
    (database,) = tmp_path.rglob("trips.sqlite3")
    before = database.read_bytes()
    for trip in (rome, ("prepare", "--trip", "Oslo", *TODAY)):
        wrong = run(*trip, "--no-input", *BARE, "--set", "official=x", folder=tmp_path)
        assert wrong.code == 2
        assert database.read_bytes() == before
        assert list(database.parent.iterdir()) == [database]


@pytest.mark.parametrize("name", ["", "a\nb", "New trip 2026-11-01"])
def test_a_name_that_no_trip_can_have_makes_no_database(tmp_path: Path, name: str) -> None:
    """On a computer without trips, it is refused as on any other."""
    refused = run("prepare", "--trip", name, "--no-input", *BARE, *TODAY, folder=tmp_path)
    assert refused.code == 2
    assert list(tmp_path.iterdir()) == []
    assert run("prepare", "--trip", "Rome", "--no-input", *BARE, *TODAY, folder=tmp_path).code == 1
    again = run("prepare", "--trip", name, "--no-input", *BARE, *TODAY, folder=tmp_path)
    assert refused.err == again.err.replace(" (allowed: Rome)", "")


def test_answers_are_checked_against_the_trip_chosen(tmp_path: Path) -> None:
    """They are refused if they contradict it, as they are with `--trip`."""
    rome = ("prepare", "--trip", "Rome", "--no-input", *BARE, *TODAY)
    assert run(*rome, "--set", "departs=2026-12-01", folder=tmp_path).code == 1
    (database,) = tmp_path.rglob("trips.sqlite3")
    before = database.read_bytes()
    early = ("--set", "returns=2026-11-25")
    window = Terminal("prepare", *early, *TODAY, "--accessible", folder=tmp_path)
    window.answer("Which trip do you want to prepare?", ENTER)
    window.wait_for("is before the departure")
    assert window.finish() == 2
    assert database.read_bytes() == before
    assert run(*rome, *early, folder=tmp_path).code == 2


def test_a_contradiction_that_is_stored_can_be_corrected_in_the_interview(tmp_path: Path) -> None:
    """A kill between two answers can leave one. A script is told of it."""
    rome = ("prepare", "--trip", "Rome", *TODAY)
    days = ("--set", "departs=2026-12-01", "--set", "returns=2026-12-05")
    assert run(*rome, "--no-input", *BARE, *days, folder=tmp_path).code == 1
    (database,) = tmp_path.rglob("trips.sqlite3")
    with Store(database) as store:
        trip = store.find("Rome")
        assert trip is not None
        store.keep_fact(trip.id, "departs", datetime.date(2026, 12, 9), "terminal")
    for command in (rome, ("prepare", *TODAY)):
        window = Terminal(*command, "--accessible", folder=tmp_path)
        if "--trip" not in command:
            window.answer("Which trip do you want to prepare?", ENTER)
        window.answer("Going on with Rome", f"q{ENTER}")
        assert window.finish() == 130
    told = run(*rome, "--no-input", folder=tmp_path)
    assert (told.code, "is before the departure" in told.err) == (2, True)


def test_defaults_leave_the_answers_of_the_trip_chosen(tmp_path: Path) -> None:
    """They are for questions that have no answer in it; faults are still told before the choice."""
    more = ("--set", "devices=laptop,phone")
    rome = ("prepare", "--trip", "Rome", "--no-input", "--set", "abroad=true", *more, *TODAY)
    assert run(*rome, "--set", "device_count=5", folder=tmp_path).code == 1
    defaults = ("prepare", "--defaults", *TODAY, "--accessible", *more)
    wrong = Terminal(*defaults, "--set", "official=x", folder=tmp_path)
    assert wrong.finish() == 2
    assert "Which trip" not in wrong.text()
    window = Terminal(*defaults, folder=tmp_path)
    window.answer("Which trip do you want to prepare?", ENTER)
    window.answer("Going on with Rome", f"q{ENTER}")
    assert window.finish() == 130
    shown = run("trips", "show", "Rome", "--format", "json", folder=tmp_path).json()
    assert shown["report"]["trip"]["facts"]["device_count"] == 5


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes in folders")
def test_a_trip_can_be_changed_while_answers_come_through_a_pipe(tmp_path: Path) -> None:
    """It is locked only when they are all there, and what was changed meanwhile counts."""
    rome = ("prepare", "--trip", "Rome", "--no-input", *TODAY)
    assert run(*rome, *BARE, folder=tmp_path).code == 1
    pipe = tmp_path / "answers"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "travelsec", *rome, "--answers", str(pipe)]
    with subprocess.Popen(command, cwd=tmp_path, env=environment(tmp_path)) as waiting:
        with os.fdopen(_open_for_its_reader(pipe, waiting), "w", encoding="utf-8") as answers:
            meanwhile = run(*rome, "--set", "destination=Rome", folder=tmp_path)
            assert meanwhile.code == 1, meanwhile.err
            answers.write("trip: {official: true}")
        assert waiting.wait() == 1
    shown = run("trips", "show", "Rome", "--format", "json", folder=tmp_path).json()
    facts = shown["report"]["trip"]["facts"]
    assert (facts["official"], facts["destination"]) == (True, "Rome")


def _open_for_its_reader(pipe: Path, reader: subprocess.Popen[bytes]) -> int:
    """Open a pipe for writing as soon as the process has opened it for reading."""
    while reader.poll() is None:
        with contextlib.suppress(OSError):
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
    raise AssertionError(f"it ended with {reader.returncode} and read nothing")
