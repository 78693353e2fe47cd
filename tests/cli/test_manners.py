"""Streams, signals, full disks, missing homes, and our own faults."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from tests.cli.command import run
from tests.terminal import CTRL_C, ENTER, SECONDS, Terminal, environment
from travelsec.cli.app import COMMANDS, build

BARE = ("prepare", "--no-input", "--set", "abroad=true", "--set", "devices=laptop")
TODAY = ("--today", "2026-11-22")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of 256 KiB; skip where that is not allowed."""
    folder = tmp_path / "small"
    folder.mkdir()
    if sys.platform != "linux" or not shutil.which("mount"):
        pytest.skip("a small disk is mounted on Linux only")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def fill(folder: Path, leave: int = 0) -> None:
    """Fill a disk but for so many bytes."""
    with (folder / "ballast").open("wb") as file:
        free = shutil.disk_usage(folder).free - leave
        file.write(b"\0" * max(free, 0))


def test_a_full_disk_keeps_every_answer(small_disk: Path) -> None:
    """The answer that cannot be kept is told; those before it are there when there is room."""
    terminal = Terminal("prepare", *TODAY, folder=small_disk)
    terminal.answer("What is your name?", "A. Smith", ENTER)
    terminal.wait_for("Which part of the MoJ")
    fill(small_disk)
    terminal.forget()
    terminal.type("1" + ENTER)
    assert terminal.finish() == 2
    assert "the disk is full" in " ".join(terminal.text().split())
    assert "Traceback" not in terminal.text()
    (small_disk / "ballast").unlink()
    again = Terminal("prepare", *TODAY, folder=small_disk)
    again.answer("Which trip do you want to prepare?", ENTER)
    again.answer("Which part of the MoJ", CTRL_C)
    assert again.finish() == 130
    assert "What is your name?" not in again.text()


def test_a_full_disk_leaves_no_half_report(small_disk: Path, tmp_path: Path) -> None:
    """The report that was there stays as it was."""
    report = small_disk / "report.json"
    report.write_text("the old one", encoding="utf-8")
    fill(small_disk, leave=8192)
    done = run(*BARE, "--output", str(report), "--force", folder=tmp_path)
    assert done.code == 2
    assert os.strerror(errno.ENOSPC) in done.err
    assert report.read_text(encoding="utf-8") == "the old one"
    assert sorted(path.name for path in small_disk.iterdir()) == ["ballast", "report.json"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("format_", [(), ("--format", "json")])
def test_standard_output_that_is_full(tmp_path: Path, format_: tuple[str, ...]) -> None:
    """Exit code 2 and a message: the report did not arrive."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "travelsec", *BARE, *format_],
            cwd=tmp_path,
            env=environment(tmp_path),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert os.strerror(errno.ENOSPC) in done.stderr
    assert "Traceback" not in done.stderr


def test_colour_only_where_it_is_shown(tmp_path: Path) -> None:
    """A terminal has it; NO_COLOR, --plain and a pipe have none."""
    coloured = Terminal(*BARE, *TODAY, folder=tmp_path)
    coloured.finish()
    assert b"\x1b[" in coloured.raw
    for arguments, env in (((), {"NO_COLOR": "1"}), (("--plain",), {}), ((), {"TERM": "dumb"})):
        plain = Terminal(*BARE, *TODAY, *arguments, folder=tmp_path, env=env)
        plain.finish()
        assert b"\x1b" not in plain.raw
    assert "\x1b" not in run(*BARE, *TODAY, folder=tmp_path).out


def test_the_window_may_change_its_size(tmp_path: Path) -> None:
    """Amid a list, in both directions; the answers are not harmed."""
    terminal = Terminal("prepare", *TODAY, folder=tmp_path, columns=100)
    terminal.answer("What is your name?", "A. Smith", ENTER)
    terminal.wait_for("Which part of the MoJ")
    for columns in (45, 160):
        terminal.forget()
        terminal.child.setwinsize(30, columns)
        terminal.wait_for("Which part of the MoJ")
    terminal.forget()
    terminal.type("1" + ENTER)
    terminal.answer("Which service desk", "q")
    assert terminal.finish() == 130
    shown = run("trips", "show", "New trip 2026-11-22", *TODAY, folder=tmp_path).out
    assert "MoJ headquarters" in shown


def test_a_fault_of_ours_is_one_line_and_a_log(tmp_path: Path) -> None:
    """Exit code 70; the traceback is in the log, which holds no answer."""
    (tmp_path / "sitecustomize.py").write_text(
        "import travelsec.report.build as build\n"
        "def broken(*_args, **_more):\n"
        "    raise KeyError('A. ' + 'Smith')\n"
        "build.build = broken\n",
        encoding="utf-8",
    )
    path = os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH")]))
    done = run(*BARE, "--set", "traveller=A. Smith", folder=tmp_path, PYTHONPATH=path)
    assert done.code == 70
    lines = [line for line in done.err.splitlines() if "without an answer" not in line]
    assert len(lines) == 1
    assert "this is a fault of travelsec, not yours" in lines[0]
    log = tmp_path / "data" / "travelsec" / "fault.log"
    assert str(log) in lines[0]
    text = log.read_text(encoding="utf-8")
    assert "KeyError" in text
    assert "broken" in text
    assert "A. Smith" not in text


IN_A_CALLBACK = """
import os, signal, sys, time, weakref
from travelsec.cli import app, main

class Thing:
    pass

def killed_while_it_tidies_up(prog_name):
    thing = Thing()
    watch = weakref.ref(thing, lambda _: os.kill(os.getpid(), signal.{name}))
    del thing
    time.sleep(600)

app.build = lambda arguments: killed_while_it_tidies_up
main.main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_a_signal_is_not_lost_while_python_tidies_up(tmp_path: Path, name: str, code: int) -> None:
    """What is raised in a callback of Python's own nobody can catch; it would print a traceback."""
    done = subprocess.run(
        [sys.executable, "-c", IN_A_CALLBACK.format(name=name)],
        env=environment(tmp_path),
        capture_output=True,
        check=False,
        timeout=SECONDS,
    )
    assert (done.returncode, done.stderr) == (code, b"")


def test_help_names_every_command(tmp_path: Path) -> None:
    """All of them, and nothing else."""
    shown = run("--help", folder=tmp_path)
    assert shown.code == 0
    listed = shown.out.partition("Commands:")[2]
    assert sorted(re.findall(r"^  ([a-z]+)  ", listed, re.MULTILINE)) == sorted(COMMANDS)
    assert run("-h", folder=tmp_path).out == shown.out


def parameters(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Yield each argument and option of a command and of those below it, with its path."""
    yield from ((f"{path} {parameter.name}", parameter) for parameter in command.params)
    for name, below in getattr(command, "commands", {}).items():
        yield from parameters(below, f"{path} {name}")


def test_every_argument_and_option_has_a_help_text() -> None:
    """Of every command, and of every command below one."""
    found = dict(parameters(get_command(build([])), "travelsec"))
    assert len(found) > 100
    assert [path for path, parameter in found.items() if not parameter.help] == []


def test_a_wrong_command_is_told(tmp_path: Path) -> None:
    """With the nearest match, exit code 2."""
    done = run("prepar", folder=tmp_path)
    assert done.code == 2
    assert "prepare" in done.err


@pytest.mark.parametrize("argument", ["--\u202e.json", "\u202ereview", "--set\x9b=x"])
def test_an_option_with_hidden_characters_is_spelled_out(tmp_path: Path, argument: str) -> None:
    """`*` in a folder of strangers can make one of a file's name."""
    done = run(argument, folder=tmp_path)
    assert done.code == 2
    assert "there is no command or option" in done.err
    assert not {"\u202e", "\x9b"} & set(done.err)


@pytest.mark.skipif(os.name != "posix", reason="a shell of POSIX closes streams")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_do_no_harm(tmp_path: Path, closed: str) -> None:
    """What can be said is said, nothing else is, and what was to be written is written."""
    program = f"{sys.executable} -m travelsec"
    shell = ["sh", "-c", f"{program} incident broken-seal --note note.txt {closed}"]
    env = environment(tmp_path)
    done = subprocess.run(shell, cwd=tmp_path, env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    assert (b"Stop using it now." in done.stdout) == (">&-" not in closed.replace("2>&-", ""))
    assert b"The note is in" not in done.stdout
    note = (tmp_path / "note.txt").read_text(encoding="utf-8")
    assert "Where? ____" in note
    assert "Stop using it now." not in note


NO_TEXT = os.fsdecode(b"caf\xe9")
REPORTED = (
    ("prepare", "--trip", "Rome", "--no-input", "--output", "again.html"),
    ("export", "Rome", "--output", f"{NO_TEXT}.html"),
    ("card", "--trip", "Rome", "--output", "card.txt"),
    ("incident", "broken-seal", "--trip", "Rome", "--note", "note.txt"),
    ("prepare", "--batch", "people.jsonl", "--output-dir", f"./{NO_TEXT}"),
    ("review", "report.json", "--approve", "--by", "Jones"),
    ("review", os.curdir, "--format", "json"),
    ("review", os.curdir, "--output", "review.csv"),
    ("checklist", "schema", "--output", "schema.json"),
    ("checklist", "validate", "./pack", "--format", "json"),
    ("trips", "show", "Rome"),
    ("trips", "forget", "Rome", "--yes"),
)


@pytest.mark.skipif(sys.platform != "linux", reason="where names of files are any bytes")
@pytest.mark.parametrize("whole_path", [False, True], ids=["working folder", "whole path"])
def test_a_folder_whose_name_is_no_text(tmp_path: Path, whole_path: bool) -> None:
    """As an old system, or another's USB stick, brings it: every command works there."""
    folder = tmp_path / NO_TEXT
    (folder / "pack").mkdir(parents=True)
    (folder / "pack" / "a.yaml").write_text("faulty: [1]\n", encoding="utf-8")
    (folder / "people.jsonl").write_text('{"trip": {"abroad": true, "devices": []}}\n')
    env = {"XDG_DATA_HOME": str(folder / "data")}
    where = tmp_path if whole_path else folder

    def command(*arguments: str) -> tuple[str, ...]:
        names = [str(folder / a) if whole_path and ("." in a or "/" in a) else a for a in arguments]
        return tuple(names)

    begun = run(*command(*BARE, "--trip", "Rome", "--output", "report.json"), folder=where, **env)
    assert begun.code == 1, begun.err
    for arguments in REPORTED:
        done = run(*command(*arguments), folder=where, **env)
        assert done.code in (0, 1), done.err
    assert f"{tmp_path}/caf<U+DCE9>/caf<U+DCE9>.html" in done.out
