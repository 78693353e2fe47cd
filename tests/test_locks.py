"""One process at a time holds a file, and none is left behind."""

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


def test_one_process_at_a_time_holds_a_file(tmp_path: Path) -> None:
    """The next one can when it is dropped, and then it is gone."""
    path = tmp_path / "a.lock"
    handle = held(path)
    assert locks.hold(path) is None
    assert locks.is_held(path)
    locks.drop(path, handle)
    assert list(tmp_path.iterdir()) == []
    locks.drop(path, held(path))


@posix
def test_a_file_removed_while_it_is_opened_is_not_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise two processes could hold two files with one name."""
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
def test_the_file_of_a_dead_process_is_removed(tmp_path: Path) -> None:
    """Files that are held stay, and so do folders and links."""
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
def test_another_users_file_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder that many users write to."""
    path = tmp_path / "theirs"
    path.touch()
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    locks.remove_unless_held(path)
    assert path.exists()


@posix
def test_a_file_system_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files can be held there, and one that may be held is not removed."""
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
