"""Files that one process at a time can hold; the system releases them when it dies."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import time
from pathlib import Path

_PATIENCE = 0.2
"""Seconds to wait for a process that is only checking whether a file is held."""
_FLAGS = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
BINARY = getattr(os, "O_BINARY", 0)  # without it, Windows changes line ends

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
    """Create a file if there is none, and hold it.

    Returns:
        Its handle, for `drop`, or None if another process holds the file.

    Raises:
        OSError: the file cannot be created.
    """
    deadline = time.monotonic() + _PATIENCE
    while True:
        handle = os.open(path, _FLAGS | BINARY | os.O_CREAT, 0o600)
        try:
            is_free = _lock(handle)
        except OSError:
            # This file system has no locks, so nobody else can hold it either.
            is_free = True
        # Its last holder may have removed it after we opened it; another process could then create
        # and hold a new one.
        if is_free and os.fstat(handle).st_nlink:
            return handle
        os.close(handle)
        if not is_free:
            if time.monotonic() > deadline:
                return None
            time.sleep(_PATIENCE / 20)


def drop(path: Path, handle: int) -> None:
    """Remove a file that this process holds, and release it."""
    # In this order, no other process can hold a file that is about to be removed. Windows cannot
    # remove a file that is open, so there it is closed first.
    if sys.platform == "win32":
        _close(handle)
    with contextlib.suppress(OSError):
        path.unlink()
    if sys.platform != "win32":
        _close(handle)


def is_held(path: Path) -> bool:
    """Return whether a process holds a file; a missing file, or another user's, counts as held."""
    handle = _lock_existing(path)
    if handle is not None:
        _close(handle)
    return handle is None


def remove_unless_held(path: Path) -> None:
    """Remove a file of this user that a dead process left behind."""
    handle = _lock_existing(path)
    if handle is not None:
        drop(path, handle)


def _lock_existing(path: Path) -> int | None:
    """Hold an existing file of this user, unless another process does."""
    try:
        handle = os.open(path, _FLAGS | BINARY)
    except OSError:
        return None
    try:
        status = os.fstat(handle)
        is_ours = sys.platform == "win32" or status.st_uid == os.geteuid()
        if is_ours and stat.S_ISREG(status.st_mode) and _lock(handle):
            return handle
    except OSError:
        # This file system has no locks, so it may be held.
        pass
    _close(handle)
    return None


def _close(handle: int) -> None:
    # Nothing was written to it that could be lost.
    with contextlib.suppress(OSError):
        os.close(handle)
