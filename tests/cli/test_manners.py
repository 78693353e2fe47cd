"""Streams, signals, full disks, missing homes, and our own faults."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.terminal import CTRL_C, ENTER, Terminal

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
    """The answer that cannot be kept is reported; those before it are there when there is room."""
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
    again.answer("How do you want to go on?", ENTER)
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
    terminal.answer("Will you leave the United Kingdom?", "q")
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
@pytest.mark.parametrize(
    "whole_path",
    [
        pytest.param(False, id="working folder"),
        pytest.param(True, id="whole path", marks=pytest.mark.slow),
    ],
)
def test_a_folder_whose_name_is_no_text(tmp_path: Path, whole_path: bool) -> None:
    """As an old system, or another's USB stick, brings it: every command works there."""
    folder = tmp_path / NO_TEXT
    (folder / "pack").mkdir(parents=True)
    (folder / "pack" / "a.yaml").write_text("faulty: [1]\n", encoding="utf-8")
    (folder / "people.jsonl").write_text(
        '{"trip": {"abroad": true, "devices": []}}\n', encoding="utf-8"
    )
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
