"""Files that one process holds at a time; the system lets go of them when the process dies."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import time
from pathlib import Path

_PATIENCE = 0.2
"""Seconds to wait for a process that only looks whether a file is held."""
_FLAGS = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)  # without it, Windows changes line ends

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def hold(path: Path) -> int | None:
    """Make a file, if it is not there yet, and hold it.

    Returns:
        Its handle, for `drop`; None if another process holds it.

    Raises:
        OSError: the file cannot be made.
    """
    deadline = time.monotonic() + _PATIENCE
    while True:
        handle = os.open(path, _FLAGS | _BINARY | os.O_CREAT, 0o600)
        try:
            is_free = _lock(handle)
        except OSError:
            # A file system without locks: nobody else could hold it either.
            is_free = True
        # Whoever held it may have removed it after it was opened here: then the next process
        # would make a new one, and hold that.
        if is_free and os.fstat(handle).st_nlink:
            return handle
        os.close(handle)
        if not is_free:
            if time.monotonic() > deadline:
                return None
            time.sleep(_PATIENCE / 20)


def drop(path: Path, handle: int) -> None:
    """Remove a file that this process holds, and let go of it."""
    # In this order nobody can come to hold a file that is about to be removed. Windows removes
    # no file that anybody has open: not this one yet, nor one that another process has opened.
    if sys.platform == "win32":
        os.close(handle)
    with contextlib.suppress(OSError):
        path.unlink()
    if sys.platform != "win32":
        os.close(handle)


def is_held(path: Path) -> bool:
    """Tell whether a process holds a file; one that is not ours, or is gone, counts as held."""
    handle = _take(path)
    if handle is not None:
        os.close(handle)
    return handle is None


def remove_unless_held(path: Path) -> None:
    """Remove a file of ours that a process left behind when it died."""
    handle = _take(path)
    if handle is not None:
        drop(path, handle)


def _take(path: Path) -> int | None:
    """Hold a file of ours that is there and that nobody holds."""
    try:
        handle = os.open(path, _FLAGS | _BINARY)
    except OSError:
        return None
    try:
        found = os.fstat(handle)
        is_ours = sys.platform == "win32" or found.st_uid == os.geteuid()
        if is_ours and stat.S_ISREG(found.st_mode) and _lock(handle):
            return handle
    except OSError:
        # A file system without locks: nobody knows whether it is held.
        pass
    os.close(handle)
    return None
