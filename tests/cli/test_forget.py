"""A forgotten trip is gone down to the bytes, and the files that were written for it are named."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import Outcome, run
from tests.cli.commands.test_trips import SECRETS, keep
from tests.terminal import SECONDS, environment


def bytes_kept(folder: Path) -> bytes:
    """Return all bytes of all files in the data folder."""
    return b"".join(p.read_bytes() for p in (folder / "data").rglob("*") if p.is_file())


def test_a_forgotten_trip_is_nowhere_in_the_bytes(tmp_path: Path) -> None:
    """Names, numbers, reasons and notes are gone; the other trip and the export are not."""
    keep(tmp_path, "Rome", "--output", "rome.json")
    keep(tmp_path, "Kept", "--set", "traveller=B. Jones", "--set", "destination=Delft")
    assert all(secret.encode() in bytes_kept(tmp_path) for secret in SECRETS)
    run("trips", "forget", "Kept", "--private", "--yes", folder=tmp_path)
    forgotten = run("trips", "forget", "Rome", "--yes", folder=tmp_path)
    assert forgotten.code == 0, forgotten.err
    assert str(tmp_path / "rome.json") in forgotten.out
    # “Kept” still has its own reason and note.
    run("trips", "forget", "Kept", "--yes", folder=tmp_path)
    left = bytes_kept(tmp_path)
    assert not [secret for secret in (*SECRETS, "Rome", "rome.json") if secret.encode() in left]
    assert (tmp_path / "rome.json").exists()


def test_private_forgets_names_and_numbers_only(tmp_path: Path) -> None:
    """The trip, its statuses and reasons stay."""
    keep(tmp_path, "Rome")
    done = run("trips", "forget", "Rome", "--private", "--yes", folder=tmp_path)
    assert done.code == 0, done.err
    assert b"Xanthippe" not in bytes_kept(tmp_path)
    assert b"7700 900123" not in bytes_kept(tmp_path)
    assert "Zebra-reason" in run("trips", "show", "Rome", folder=tmp_path).out


def test_forget_names_every_file_that_was_written(tmp_path: Path) -> None:
    """The report, the card and the note of an incident; and of each whether it is there."""
    keep(tmp_path, "Rome", "--output", "report.json")
    run("export", "Rome", "--output", "report.html", folder=tmp_path)
    run("card", "--trip", "Rome", "--output", "card.txt", folder=tmp_path)
    run("incident", "broken-seal", "--trip", "Rome", "--note", "note.txt", folder=tmp_path)
    (tmp_path / "report.json").unlink()
    told = run("trips", "forget", "Rome", "--yes", folder=tmp_path).out.splitlines()
    assert told[0] == "Forgotten: Rome."
    assert sorted(told[2:]) == [
        f"  {tmp_path / 'card.txt'}",
        f"  {tmp_path / 'note.txt'}",
        f"  {tmp_path / 'report.html'}",
        f"  {tmp_path / 'report.json'} (not there now)",
    ]


def test_locks_of_killed_processes_are_removed(tmp_path: Path) -> None:
    """Those of trips, with the next lock; in a folder that the user chose may be other locks."""
    keep(tmp_path, "Rome")
    folder = tmp_path / "data" / "travelsec"
    for name in (f"{'0a' * 16}.lock", "poetry.lock"):
        (folder / name).touch()
    assert run("trips", "forget", "Rome", "--yes", folder=tmp_path).code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["poetry.lock", "trips.sqlite3"]


INJECTED = """
import os, subprocess, sys
import travelsec.{module} as module

real = module.{name}

def late(*arguments, **options):
    {happens}
    return real(*arguments, **options)

module.{name} = late
"""


KILLED = """
    with module.writing(arguments[0], force=True) as file:
        file.write(arguments[1])
        file.flush()
        os.kill(os.getpid(), 9)
"""


FORGOTTEN = """
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [sys.executable, "-m", "travelsec", "trips", "forget", "Rome", "--yes"]
    subprocess.run(command, env=env, check=True, stdout=2)
"""


def run_with(happens: str, before: str, *arguments: str, folder: Path) -> Outcome:
    """Run travelsec, and have something happen before a function of it is called."""
    module, _, name = before.rpartition(".")
    site = folder / "site"
    site.mkdir()
    injected = INJECTED.format(module=module, name=name, happens=happens.strip())
    (site / "sitecustomize.py").write_text(injected, encoding="utf-8")
    path = os.pathsep.join(filter(None, [str(site), os.environ.get("PYTHONPATH")]))
    done = subprocess.run(
        [sys.executable, "-m", "travelsec", *arguments],
        cwd=folder,
        env=environment(folder, PYTHONPATH=path),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX does")
@pytest.mark.parametrize(
    "command",
    [
        ("export", "Rome", "--output", "out/rome.html"),
        ("card", "--trip", "Rome", "--output", "out/card.html"),
        ("incident", "broken-seal", "--trip", "Rome", "--note", "out/note.txt"),
        ("prepare", "--trip", "Rome", "--no-input", "--output", "out/rome.json"),
    ],
)
def test_what_a_kill_left_behind_is_named(tmp_path: Path, command: tuple[str, ...]) -> None:
    """A hidden file with a whole report in it, in a folder that was never written to before."""
    keep(tmp_path, "Rome")
    (tmp_path / "out").mkdir()
    assert run_with(KILLED, "files.write_file", *command, folder=tmp_path).code == -9
    (left,) = (tmp_path / "out").iterdir()
    told = run("trips", "forget", "Rome", "--yes", folder=tmp_path).out.splitlines()
    assert told[2:] == [
        f"  {tmp_path / command[-1]} (not there now)",
        f"  {left} (part of a file: the writing was cut short)",
    ]
    assert [path.name for path in (tmp_path / "data" / "travelsec").iterdir()] == ["trips.sqlite3"]


EXPORT = ("export", "Rome", "--output", "rome.json")


def test_a_trip_that_is_forgotten_before_it_is_known_where_it_goes(tmp_path: Path) -> None:
    """Nothing is damaged: the report is written, and who asked for it is told to delete it."""
    keep(tmp_path, "Rome")
    done = run_with(FORGOTTEN, "report.build.build", *EXPORT, folder=tmp_path)
    assert done.code == 0, done.err
    told = "“Rome” has since been forgotten by another travelsec. Delete rome.json yourself"
    assert told in done.err
    assert "damaged" not in done.err
    assert (tmp_path / "rome.json").exists()


def test_a_trip_that_is_forgotten_just_before_its_report_is_written(tmp_path: Path) -> None:
    """Then forgetting it names the report, which is about to be there."""
    keep(tmp_path, "Rome")
    done = run_with(FORGOTTEN, "files.write_file", *EXPORT, folder=tmp_path)
    assert done.code == 0, done.err
    assert f"  {tmp_path / 'rome.json'} (not there now)" in done.err
    assert (tmp_path / "rome.json").exists()
