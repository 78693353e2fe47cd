"""`incident`, `card` and `contacts` give their text, whatever is broken around them."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import Outcome, run
from tests.pack.packs import parsed_bundled_pack
from tests.terminal import environment

pytestmark = pytest.mark.crash

REPOSITORY = Path(__file__).parent.parent.parent
FAULT_INJECTION = Path(__file__).with_name("fault_injection.py")
TODAY = ("--today", "2026-12-02")
COMMANDS = {
    "incident": ("incident", "out-of-sight", *TODAY),
    "card": ("card", *TODAY),
    "contacts": ("contacts", *TODAY),
}
FACTS = {
    "abroad": "true",
    "official": "true",
    "devices": "laptop",
    "departs": "2026-12-01",
    "returns": "2026-12-05",
    "line_manager": "Jo Day, +44 7700 900123",
}
FOR_EVERYBODY = "What follows holds for everyone.\n"


def keep(folder: Path, name: str = "Lisbon") -> Path:
    """Keep a trip that is under way; return the database."""
    settings = [text for fact, value in FACTS.items() for text in ("--set", f"{fact}={value}")]
    done = run("prepare", "--trip", name, "--no-input", *settings, *TODAY, folder=folder)
    assert done.code == 1, done.err
    for lock in (folder / "data" / "travelsec").glob("*.lock"):
        lock.unlink()
    return folder / "data" / "travelsec" / "trips.sqlite3"


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what each command says to somebody without a trip."""
    nobody = tmp_path_factory.mktemp("nobody")
    return {name: run(*command, folder=nobody).out for name, command in COMMANDS.items()}


def contents(folder: Path) -> dict[str, Any]:
    """Return all that is in a folder: names, kinds, sizes, and the bytes of small files."""
    found: dict[str, Any] = {}
    for path in folder.rglob("*"):
        status = path.lstat()
        small = path.is_file() and not path.is_symlink() and status.st_size < 1 << 20
        bytes_ = path.read_bytes() if small else None
        found[str(path)] = (status.st_mode, status.st_size, status.st_mtime_ns, bytes_)
    return found


def flip_a_bit(path: Path) -> None:
    """What SQLite then says of the table is no UTF-8."""
    data = bytearray(path.read_bytes())
    data[data.index(b"tablefactsfacts") + 6] ^= 0x80
    path.write_bytes(data)


def be_of_another_program(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE recipes (name TEXT)")
    database.close()


def be_newer(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()


def be_a_socket(path: Path) -> None:
    path.unlink()
    before = Path.cwd()
    # From within, for the path of a socket has to be short.
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(before)


def be_huge(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(1 << 36)


def be_in_a_folder_that_is_gone(path: Path) -> None:
    shutil.rmtree(path.parent)
    path.parent.symlink_to("nowhere")


def be_below_a_file(path: Path) -> None:
    shutil.rmtree(path.parent)
    path.parent.touch()


def instead(make: Callable[[Path], object]) -> Callable[[Path], None]:
    """Return what puts something else in the place of a file."""

    def put(path: Path) -> None:
        path.unlink()
        make(path)

    return put


STATES: dict[str, Callable[[Path], object]] = {
    "a flipped bit": flip_a_bit,
    "no database": lambda path: path.write_text("not a database", encoding="utf-8"),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:5000]),
    "another program's": be_of_another_program,
    "newer": be_newer,
    "a folder": instead(Path.mkdir),
    "a pipe": instead(lambda path: os.mkfifo(path, 0o600)),
    "a socket": be_a_socket,
    "a link to itself": instead(lambda path: path.symlink_to(path.name)),
    "a link to nowhere": instead(lambda path: path.symlink_to("nowhere")),
    "a device": instead(lambda path: path.symlink_to("/dev/zero")),
    "in a folder that is gone": be_in_a_folder_that_is_gone,
    "below a file": be_below_a_file,
}


@pytest.mark.skipif(os.name != "posix", reason="pipes, links and sockets are POSIX's")
@pytest.mark.parametrize("state", STATES)
def test_no_state_of_the_database_silences_them(
    tmp_path: Path, expected: dict[str, str], state: str
) -> None:
    """The text for everybody, one warning, exit code 0; nothing is made or changed."""
    STATES[state](keep(tmp_path))
    before = contents(tmp_path)
    for name, command in COMMANDS.items():
        done = run(*command, folder=tmp_path)
        assert (done.code, done.out) == (0, expected[name]), done.err
        assert done.err.endswith(FOR_EVERYBODY)
        assert done.err.count("\n") == 1
    assert contents(tmp_path) == before


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read all")
@pytest.mark.parametrize("mode", [0o000, 0o600])
def test_a_folder_that_may_not_be_searched_is_told(
    tmp_path: Path, expected: dict[str, str], mode: int
) -> None:
    folder = keep(tmp_path).parent
    folder.chmod(mode)
    try:
        done = run(*COMMANDS["card"], folder=tmp_path)
    finally:
        folder.chmod(0o700)
    assert (done.code, done.out) == (0, expected["card"])
    assert done.err.endswith(FOR_EVERYBODY)


def test_a_database_that_was_never_written_is_no_fault(
    tmp_path: Path, expected: dict[str, str]
) -> None:
    """It is what a first run leaves that was killed at once."""
    path = keep(tmp_path)
    path.write_bytes(b"")
    for name, command in COMMANDS.items():
        assert run(*command, folder=tmp_path) == Outcome(0, expected[name], "")
    assert path.read_bytes() == b""


@pytest.mark.skipif(sys.platform != "linux", reason="the file has holes")
def test_a_huge_file_is_no_fault(tmp_path: Path) -> None:
    """What lies behind the trips is not read."""
    be_huge(keep(tmp_path))
    assert "Jo Day" in run(*COMMANDS["card"], folder=tmp_path).out


def test_what_a_crash_left_in_the_middle_is_rolled_back(tmp_path: Path) -> None:
    """The trip is read as it was before; a database that is opened to read alone cannot be."""
    path = keep(tmp_path)
    names = ("trips.sqlite3", "trips.sqlite3-journal")
    database = sqlite3.connect(path, isolation_level=None)
    # So that pages are written before the end.
    database.execute("PRAGMA cache_size = 1")
    database.execute("BEGIN IMMEDIATE")
    database.execute("UPDATE facts SET value = ?", (json.dumps("x" * 9000),))
    database.execute("UPDATE trips SET name = 'Rome'")
    crashed = {name: path.with_name(name).read_bytes() for name in names}
    database.execute("ROLLBACK")
    database.close()
    assert b"x" * 1000 in crashed[path.name]
    for name, data in crashed.items():
        path.with_name(name).write_bytes(data)
    done = run(*COMMANDS["card"], folder=tmp_path)
    assert done.err == "travelsec: for your trip Lisbon.\n"
    assert "Jo Day" in done.out


def test_a_locked_database_is_not_waited_for(tmp_path: Path, expected: dict[str, str]) -> None:
    """For a second, where other commands wait ten."""
    path = keep(tmp_path)
    began = time.monotonic()
    run(*COMMANDS["incident"], folder=tmp_path)
    usual = time.monotonic() - began
    lock = sqlite3.connect(path, isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    began = time.monotonic()
    done = run(*COMMANDS["incident"], folder=tmp_path)
    waited = time.monotonic() - began - usual
    lock.close()
    assert (done.code, done.out) == (0, expected["incident"])
    assert done.err.endswith(FOR_EVERYBODY)
    assert waited < 7


@pytest.mark.parametrize("name", COMMANDS)
def test_looking_for_a_trip_writes_nothing(tmp_path: Path, name: str) -> None:
    """Not even the folder, where there is none."""
    alone = tmp_path / "alone"
    alone.mkdir()
    run(*COMMANDS[name], folder=alone)
    run(*COMMANDS[name], "--trip", "Rome", folder=alone)
    assert list(alone.iterdir()) == []
    keep(tmp_path)
    before = contents(tmp_path)
    assert run(*COMMANDS[name], folder=tmp_path).err == "travelsec: for your trip Lisbon.\n"
    assert contents(tmp_path) == before


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_trip_that_is_not_there_is_a_warning(
    tmp_path: Path, expected: dict[str, str], is_kept: bool
) -> None:
    if is_kept:
        keep(tmp_path)
    for name, command in COMMANDS.items():
        done = run(*command, "--trip", "Lisbn", folder=tmp_path)
        assert (done.code, done.out) == (0, expected[name])
        assert done.err.startswith("travelsec: there is no trip “Lisbn”")
        assert done.err.endswith(FOR_EVERYBODY)
        assert ("did you mean Lisbon?" in done.err) == is_kept


def injected(
    folder: Path, command: tuple[str, ...], turn: int, *, after: tuple[bool, ...]
) -> list[dict[str, Any]]:
    """Run a command with one call after another failing; return what came of each run."""
    request = {"arguments": command, "folder": str(folder), "turn": turn, "after": after}
    done = subprocess.run(
        [sys.executable, str(FAULT_INJECTION)],
        input=json.dumps(request),
        env=environment(folder),
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


INJECTED = [("incident", 0), ("card", 1), ("contacts", 2)]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="each run is a copy of a process")
@pytest.mark.parametrize(("name", "turn"), INJECTED)
def test_no_call_that_fails_silences_them(
    tmp_path: Path, expected: dict[str, str], name: str, turn: int
) -> None:
    """Each call to the file system and the database, alone and with all that come after it.

    Only without any form of the bundled pack is there nothing to say but that.
    """
    keep(tmp_path)
    everybody = expected[name]
    whole = run(*COMMANDS[name], folder=tmp_path)
    attempts = injected(tmp_path, COMMANDS[name], turn, after=(False, True))
    for after in (False, True):
        calls = [one for one in attempts if one["after"] == after]
        # First the packs, then the trips.
        trips = [one["call"].split(": ")[1] for one in calls].index("folder")
        assert trips > 10
        for one in calls[:trips]:
            if after:
                assert (one["code"], one["out"]) == (2, ""), one
                assert one["err"].startswith("Error: the checklists that come with travelsec"), one
            else:
                assert (one["code"], one["out"], one["err"]) == (0, whole.out, whole.err), one
            assert one["err"].count("\n") == 1, one
        assert len(calls[trips:]) > 20
        for one in calls[trips:]:
            if (one["code"], one["out"], one["err"]) == (0, whole.out, whole.err):
                # Nothing of the trip was lost: it failed to look for a terminal.
                assert one["call"].endswith(": open"), one
                continue
            assert (one["code"], one["out"]) == (0, everybody), one
            assert one["err"].endswith(FOR_EVERYBODY), one
            assert one["err"].count("\n") == 1, one


WRITING = [
    ("card", ("--output", "made.txt", "--force"), 0),
    ("incident", ("--note", "made.txt", "--force"), 1),
]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="each run is a copy of a process")
@pytest.mark.parametrize(("name", "more", "turn"), WRITING)
def test_no_call_that_fails_keeps_back_the_text_of_what_is_to_be_written(
    tmp_path: Path, expected: dict[str, str], name: str, more: tuple[str, ...], turn: int
) -> None:
    """The text comes before the failure; the system's no is exit code 2."""
    keep(tmp_path)
    whole = run(*COMMANDS[name], folder=tmp_path).out
    everybody = expected[name]
    calls = injected(tmp_path, (*COMMANDS[name], *more), turn, after=(False,))
    assert len(calls) > 80
    for one in calls:
        assert "Traceback" not in one["err"], one
        if one["code"] == 0:
            assert "made.txt" in one["err"], one
        else:
            assert one["out"] in (whole, everybody), one
            assert one["code"] in ((2,) if one["error"] == "OSError" else (2, 70)), one


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """Return the folder of a copy of travelsec and its checklists, to be damaged."""
    without = shutil.ignore_patterns("__pycache__")
    shutil.copytree(REPOSITORY / "src", tmp_path / "installed" / "src", ignore=without)
    shutil.copytree(REPOSITORY / "checklists", tmp_path / "installed" / "checklists")
    write_compiled(tmp_path / "installed")
    return tmp_path / "installed"


def write_compiled(installed: Path) -> None:
    path = installed / "src" / "travelsec" / "pack" / "bundled.json"
    path.write_bytes(parsed_bundled_pack())


def damage_compiled(installed: Path) -> None:
    path = installed / "src" / "travelsec" / "pack" / "bundled.json"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def damage_files(installed: Path) -> None:
    (installed / "checklists" / "situations.yaml").write_bytes(b"situations: \xff\n")


def test_one_form_of_the_checklists_is_enough(
    tmp_path: Path, expected: dict[str, str], installed: Path
) -> None:
    """The files say what the compiled form does; it is taken alone if they cannot be read."""
    own = {"PYTHONPATH": str(installed / "src")}
    for name, command in COMMANDS.items():
        assert run(*command, folder=tmp_path, **own) == Outcome(0, expected[name], "")
    damage_compiled(installed)
    assert run(*COMMANDS["card"], folder=tmp_path, **own) == Outcome(0, expected["card"], "")
    write_compiled(installed)
    damage_files(installed)
    for name, command in COMMANDS.items():
        done = run(*command, folder=tmp_path, **own)
        assert (done.code, done.out) == (0, expected[name])
        assert "the checklists have faults" in done.err
        assert done.err.count("\n") == 1
    shutil.rmtree(installed / "checklists")
    assert run(*COMMANDS["card"], folder=tmp_path, **own).out == expected["card"]


def test_without_any_checklists_it_says_what_to_do(tmp_path: Path, installed: Path) -> None:
    damage_compiled(installed)
    damage_files(installed)
    for command in COMMANDS.values():
        done = run(*command, folder=tmp_path, PYTHONPATH=str(installed / "src"))
        assert (done.code, done.out) == (2, "")
        assert "Use the card that you carry" in done.err
        assert done.err.count("\n") == 1


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="links are POSIX's")
@pytest.mark.parametrize("way", ["--pack", "TRAVELSEC_PACKS"])
def test_no_overlay_silences_them(tmp_path: Path, expected: dict[str, str], way: str) -> None:
    (tmp_path / "a-file").touch()
    (tmp_path / "empty").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "bytes").mkdir()
    (tmp_path / "bytes" / "a.yaml").write_bytes(b"pack: \xff\0")
    for pack in ("a-file", "empty", "loop", "bytes", "missing", "x" * 300, "a-file/below"):
        given = ("--pack", pack) if way == "--pack" else ()
        env = {} if given else {"TRAVELSEC_PACKS": pack}
        for name, command in COMMANDS.items():
            done = run(*command, *given, folder=tmp_path, **env)
            assert (done.code, done.out) == (0, expected[name]), done.err
            assert done.err.startswith("travelsec: a pack of your own has faults and was left out.")
            assert done.err.count("\n") == 1


SHELL = [
    "rmdir ../gone; {} <&-",
    "rmdir ../gone; {} --trip Lisbon",
    "rmdir ../gone; TRAVELSEC_DATA_DIR=relative {}",
    "{} 2>&-",
    "TRAVELSEC_PACKS=missing {} 2>/dev/full",
    "{} --trip Lisbon 2>/dev/full",
]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("line", SHELL)
def test_nothing_around_the_process_silences_them(
    tmp_path: Path, expected: dict[str, str], line: str
) -> None:
    """A working folder that is gone, streams that are closed or full."""
    for name, command in COMMANDS.items():
        (tmp_path / "gone").mkdir(exist_ok=True)
        program = f"{sys.executable} -m travelsec {' '.join(command)}"
        done = subprocess.run(
            ["sh", "-c", line.format(program)],
            cwd=tmp_path / "gone",
            env=environment(tmp_path),
            capture_output=True,
            check=False,
        )
        assert done.stdout.decode() == expected[name], done.stderr
        assert b"Traceback" not in done.stderr
        if "/dev/full" not in line:
            assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("old.txt", "the file exists; --force replaces it"),
        ("no/card.html", "there is no folder no; make it first"),
        ("folder.md", "this is a folder; name a file in it"),
    ],
)
def test_a_card_that_cannot_be_written_is_shown(tmp_path: Path, output: str, told: str) -> None:
    """The text comes first, then what is wrong; the exit code is 2."""
    keep(tmp_path)
    (tmp_path / "old.txt").write_text("An earlier card.", encoding="utf-8")
    (tmp_path / "folder.md").mkdir()
    done = run(*COMMANDS["card"], "--output", output, folder=tmp_path)
    assert done.code == 2
    assert done.out == run(*COMMANDS["card"], folder=tmp_path).out
    assert "Jo Day" in done.out
    assert done.err.endswith(f"Error: {output}: {told}\n")
    assert (tmp_path / "old.txt").read_text(encoding="utf-8") == "An earlier card."


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="the system's permissions")
@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("card", "--output", "card.txt"), "The trip does not remember the card."),
        (("incident", "unsure", "--note", "note.txt"), "The trip does not remember it."),
    ],
)
def test_what_the_trip_cannot_remember_is_written(
    tmp_path: Path, command: tuple[str, ...], told: str
) -> None:
    """Somebody else is reading for a long time, so that the trip cannot be changed."""
    path = keep(tmp_path)
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM trips").fetchall()
    done = run(*command, *TODAY, folder=tmp_path)
    reader.close()
    assert done.code == 0
    assert told in done.err
    assert (tmp_path / command[-1]).exists()
