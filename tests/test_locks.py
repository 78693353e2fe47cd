"""A file is held by one process at a time, and none is left behind."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from travelsec import locks

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no file that is open")

KILLED = """
import os, sys
from pathlib import Path
from travelsec import locks
locks.hold(Path(sys.argv[1]))
os.kill(os.getpid(), 9)
"""


def held(path: Path) -> int:
    """Hold a file that must be free."""
    handle = locks.hold(path)
    assert handle is not None
    return handle


def test_one_process_holds_it_at_a_time(tmp_path: Path) -> None:
    """The next can once it is let go of, and then it is gone."""
    path = tmp_path / "a.lock"
    handle = held(path)
    assert locks.hold(path) is None
    assert locks.is_held(path)
    locks.drop(path, handle)
    assert list(tmp_path.iterdir()) == []
    locks.drop(path, held(path))


@posix
def test_a_file_that_is_removed_while_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever held it lets go at that moment: two processes must not hold two files of one name."""
    path = tmp_path / "a.lock"
    real = os.open
    opened: list[int] = []

    def open_and_lose(*arguments: Any) -> int:
        handle = real(*arguments)
        if not opened:
            path.unlink()
        opened.append(handle)
        return handle

    monkeypatch.setattr(os, "open", open_and_lose)
    handle = held(path)
    assert len(opened) == 2
    monkeypatch.undo()
    assert locks.hold(path) is None
    locks.drop(path, handle)


@posix
def test_what_a_dead_process_held_is_removed(tmp_path: Path) -> None:
    """And nothing else: what is held, or is no file, stays."""
    dead, alive, link = tmp_path / "dead", tmp_path / "alive", tmp_path / "link"
    assert subprocess.run([sys.executable, "-c", KILLED, str(dead)], check=False).returncode == -9
    assert dead.exists()
    handle = held(alive)
    link.symlink_to(dead)
    for path in (link, alive, dead, tmp_path, tmp_path / "missing"):
        locks.remove_unless_held(path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["alive", "link"]
    locks.drop(alive, handle)


@posix
def test_a_file_of_somebody_else_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder that many write to."""
    path = tmp_path / "theirs"
    path.touch()
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    locks.remove_unless_held(path)
    assert path.exists()


@posix
def test_a_file_system_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files can be held there, and nobody removes one that may be held by another."""
    import fcntl

    def none(*_arguments: Any) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", none)
    path = tmp_path / "a.lock"
    handle = held(path)
    locks.remove_unless_held(path)
    assert path.exists()
    locks.drop(path, handle)
    assert not path.exists()
