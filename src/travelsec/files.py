"""Read a file of a stranger within limits; write one whole or not at all, for its owner only."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath
from typing import BinaryIO

from travelsec.problems import UserError

_PART = 1 << 13

_BINARY = getattr(os, "O_BINARY", 0)  # without it, Windows changes line ends

# What Windows takes for a device, whatever folder stands before it and whatever ending follows.
_DEVICE = r"(?is)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *([.:].*)?"

# The name of a file while it is written. A process that is killed meanwhile leaves it behind.
_PARTIAL = r"\.travelsec-[0-9a-f]{16}\.part"


def read_file(path: Path | str, limit: int) -> bytes:
    """Read an ordinary file that a stranger may have made, whole.

    Args:
        path: the file.
        limit: bytes that are read at most.

    Raises:
        UserError: it is none, cannot be read, or is larger.
    """
    data = _read(path, limit + 1)
    if len(data) > limit:
        raise UserError(f"{path}: the file is larger than {limit // 1024 // 1024} MiB")
    return data


def read_beginning(path: Path | str, length: int) -> bytes:
    """Read so many bytes of an ordinary file that a stranger may have made; fewer if it ends.

    Raises:
        UserError: it is none, or cannot be read.
    """
    return _read(path, length)


def _read(path: Path | str, most: int) -> bytes:
    check_name(path)
    try:
        # A pipe without a writer would be waited for without end.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY)
        try:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                raise UserError(f"{path}: this is no ordinary file")
            return _read_up_to(handle, most, found.st_size)
        finally:
            os.close(handle)
    except FileNotFoundError:
        raise UserError(f"{path}: there is no such file") from None
    except (OSError, ValueError) as error:
        # ValueError: a name with a null character in it.
        reason = error.strerror if isinstance(error, OSError) else error
        raise UserError(f"{path}: cannot be read: {reason}") from None


def check_name(path: Path | str) -> None:
    """Make sure that Windows takes the path for that of a file or folder, and of this one.

    Raises:
        UserError: it would open a device, such as a serial port, a hidden stream of a file, or a
            file of another name.
    """
    if sys.platform != "win32":
        return
    whole = PureWindowsPath(path)
    if whole.drive.startswith("\\\\.\\"):
        raise UserError(f"{path}: Windows takes this for a device; name a file")
    for name in whole.parts[bool(whole.anchor) :]:
        if re.fullmatch(_DEVICE, name):
            what = f"keeps the name “{name}” for a device"
        elif ":" in name:
            what = f"takes “{name}” for a hidden part of another file"
        elif name.endswith((".", " ")) and name != "..":
            what = f"drops the end of the name “{name}”"
        else:
            continue
        raise UserError(f"{path}: Windows {what}; use another")


def exists(path: Path) -> bool:
    """Tell whether anything can be found at this path; none that cannot be looked at can."""
    try:
        return path.exists()
    except OSError:
        # Such as a name too long for a file, or a folder that may not be searched.
        return False


def is_folder(path: Path) -> bool:
    """Tell whether a folder can be found at this path."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _read_up_to(handle: int, limit: int, size: int) -> bytes:
    # A file can grow meanwhile, or have another size than it says: the end is where none is left.
    data = os.read(handle, min(limit, size))
    while len(data) < limit and (part := os.read(handle, min(limit - len(data), _PART))):
        data += part
    return data


def check_writable(path: Path, *, force: bool) -> None:
    """Make sure that a file can be written here, before anybody has been asked anything.

    Args:
        path: the file to write.
        force: an existing file may be replaced.

    Raises:
        UserError: it cannot be written, or exists and may not be replaced.
    """
    _check_place(path, force=force)
    # Here, and in what follows, so that who only reads does not wait for it.
    from travelsec import locks

    try:
        remove_leftovers(path.parent)
        locks.drop(*_make_partial(path.parent))
    except OSError as error:
        raise UserError(f"{path}: cannot write in {path.parent}: {error.strerror}") from None


def leftovers(folder: Path) -> list[Path]:
    """Return what is left in a folder of files whose writing was cut short."""
    from travelsec import locks

    return [path for path in _partials(folder) if not locks.is_held(path)]


def remove_leftovers(folder: Path) -> None:
    """Remove from a folder what is left of files whose writing was cut short."""
    from travelsec import locks

    for path in _partials(folder):
        locks.remove_unless_held(path)


def _partials(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return [folder / entry.name for entry in entries if re.fullmatch(_PARTIAL, entry.name)]
    except OSError:
        # Whoever may not list a folder may still write in it.
        return []


def _make_partial(folder: Path) -> tuple[Path, int]:
    """Make a file to write to, and hold it, so that nobody takes it for a leftover."""
    from travelsec import locks

    while True:
        path = folder / f".travelsec-{os.urandom(8).hex()}.part"
        handle = locks.hold(path)
        if handle is not None:
            return path, handle


def _check_place(path: Path, *, force: bool) -> None:
    check_name(path)
    try:
        _look_at_place(path, force=force)
    except OSError as error:
        raise UserError(f"{path}: cannot be written: {error.strerror}") from None


def _look_at_place(path: Path, *, force: bool) -> None:
    folder = path.parent
    if not _exists(path):
        if not folder.is_dir():
            raise UserError(f"{path}: there is no folder {folder}; make it first")
        return
    if path.is_dir():
        raise UserError(f"{path}: this is a folder; name a file in it")
    if (path.exists() and not path.is_file()) or _is_of_the_system(folder):
        # Such as /dev/null: putting a file in its place would take it from everybody.
        raise UserError(f"{path}: this is no ordinary file; name another")
    if not force:
        raise UserError(f"{path}: the file exists; --force replaces it")


def _is_of_the_system(folder: Path) -> bool:
    # /dev/stdout leads to whatever file the output goes to, and looks like an ordinary one.
    where = folder.resolve().parts
    return where == (os.sep, "dev") or where[:2] == (os.sep, "proc")


def write(path: Path, data: bytes, *, force: bool, in_bulk: bool = False) -> None:
    """Write a file: to a partial one beside it, then in its place. Mode 0600.

    A symbolic link is replaced; the file it leads to stays as it is.

    Args:
        path: the file.
        data: what it is to hold.
        force: it may be replaced if it exists.
        in_bulk: many are written to one folder, and `sync_folder` follows the last.

    Raises:
        UserError: it cannot be written, or exists and may not be replaced; then the file that
            was there is as it was.
    """
    with writing(path, force=force, in_bulk=in_bulk) as file:
        file.write(data)


@contextlib.contextmanager
def writing(path: Path, *, force: bool, in_bulk: bool = False) -> Iterator[BinaryIO]:
    """Open a file to write piece by piece; as with `write`, it is whole or not there at all.

    Raises:
        UserError: as with `write`.
    """
    _check_place(path, force=force)
    try:
        partial, handle = _make_partial(path.parent)
    except OSError as error:
        raise UserError(f"{path}: cannot write in {path.parent}: {error.strerror}") from None
    try:
        with open(handle, "wb", closefd=sys.platform == "win32") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        # Windows moves no file that is open; elsewhere it is held until it is in its place.
        if force:
            partial.replace(path)
        else:
            _claim(partial, path)
        if not in_bulk:
            sync_folder(path.parent)
    except OSError as error:
        raise UserError(f"{path}: cannot be written: {error.strerror}") from None
    finally:
        with contextlib.suppress(OSError):
            partial.unlink()
        if sys.platform != "win32":
            os.close(handle)


def sync_folder(folder: Path) -> None:
    """Put the names of new files on the disk, too, where the system can do that."""
    if sys.platform == "win32":
        return
    # Some file systems cannot do it; the files themselves are safe.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _exists(path: Path) -> bool:
    """Tell whether anything stands there, a symbolic link that leads nowhere too."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _claim(partial: Path, path: Path) -> None:
    """Put the file in place unless one has come to stand there meanwhile."""
    try:
        os.link(partial, path)
    except FileExistsError:
        raise UserError(f"{path}: the file exists; --force replaces it") from None
    except OSError:
        # A file system without links, such as FAT: the check and the move are two steps there.
        if path.exists():
            raise UserError(f"{path}: the file exists; --force replaces it") from None
        partial.replace(path)
