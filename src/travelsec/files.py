"""Read untrusted files up to a limit; write files atomically, readable by their owner only."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath
from typing import BinaryIO

from travelsec import locks
from travelsec.problems import UserError

_PART = 1 << 13

# Names that Windows reserves for devices, in any folder and with any ending.
_DEVICE = r"(?is)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *([.:].*)?"

# The name of a file while it is being written. A killed process leaves it behind.
_PARTIAL = r"\.travelsec-[0-9a-f]{16}\.part"


def read_file(path: Path | str, limit: int) -> bytes:
    """Read the whole of an untrusted regular file.

    Raises:
        UserError: it is not a regular file, cannot be read, or has more bytes than the limit.
    """
    data = read_beginning(path, limit + 1)
    if len(data) > limit:
        raise UserError(f"{path}: the file is larger than {limit // 1024 // 1024} MiB")
    return data


def read_beginning(path: Path | str, length: int) -> bytes:
    """Read at most the first `length` bytes of an untrusted regular file.

    Raises:
        UserError: it is not a regular file, or cannot be read.
    """
    check_name(path)
    try:
        # Opening a pipe that nobody writes to would otherwise block for ever.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | locks.BINARY)
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise UserError(f"{path}: this is not an ordinary file")
            data = os.read(handle, min(length, status.st_size))
            # The file may grow, or report a wrong size, so read to the end.
            while len(data) < length and (more := os.read(handle, min(length - len(data), _PART))):
                data += more
            return data
        finally:
            os.close(handle)
    except FileNotFoundError:
        raise UserError(f"{path}: there is no such file") from None
    except (OSError, ValueError) as error:
        # ValueError: there is a null character in the name.
        reason = error.strerror if isinstance(error, OSError) else error
        raise UserError(f"{path}: cannot be read: {reason}") from None


def check_name(path: Path | str) -> None:
    """Make sure that on Windows the path names exactly this file or folder.

    Raises:
        UserError: Windows would open a device, a hidden stream of a file, or a file with another
            name.
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
    """Return whether there is anything at this path; False if we may not look."""
    # `Path.exists` raises an error if a folder may not be searched or a name is too long.
    return os.path.exists(path)  # noqa: PTH110


def is_folder(path: Path) -> bool:
    """Return whether there is a folder at this path; False if we may not look."""
    return os.path.isdir(path)  # noqa: PTH112


def check_writable(path: Path, *, force: bool) -> None:
    """Make sure that a file can be written here, before asking the user anything.

    Raises:
        UserError: it cannot be written, or exists and `force` is not given.
    """
    _check_place(path, force=force)
    remove_leftovers(path.parent)
    locks.drop(*_make_partial(path))


def leftovers(folder: Path) -> list[Path]:
    """Return the partial files that interrupted writes left in a folder."""
    return [path for path in _partials(folder) if not locks.is_held(path)]


def remove_leftovers(folder: Path) -> None:
    """Remove the partial files that interrupted writes left in a folder."""
    for path in _partials(folder):
        locks.remove_unless_held(path)


def _partials(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return [folder / entry.name for entry in entries if re.fullmatch(_PARTIAL, entry.name)]
    except OSError:
        # A folder that cannot be listed may still be writable.
        return []


def _make_partial(path: Path) -> tuple[Path, int]:
    """Create a partial file and hold it, so that no other process takes it for a leftover."""
    while True:
        partial = path.with_name(f".travelsec-{os.urandom(8).hex()}.part")
        try:
            handle = locks.hold(partial)
        except OSError as error:
            raise UserError(f"{path}: cannot write in {path.parent}: {error.strerror}") from None
        if handle is not None:
            return partial, handle


def _check_place(path: Path, *, force: bool) -> None:
    check_name(path)
    folder = path.parent
    try:
        try:
            path.lstat()
        except (FileNotFoundError, NotADirectoryError):
            if folder.is_dir():
                return
            raise UserError(f"{path}: there is no folder {folder}; make it first") from None
        if path.is_dir():
            raise UserError(f"{path}: this is a folder; name a file in it")
        if (path.exists() and not path.is_file()) or _is_of_the_system(folder):
            # Replacing /dev/null, for one, would break it for everybody.
            raise UserError(f"{path}: this is not an ordinary file; name another")
    except OSError as error:
        raise UserError(f"{path}: cannot be written: {error.strerror}") from None
    if not force:
        raise _exists_error(path)


def _is_of_the_system(folder: Path) -> bool:
    # /dev/stdout is a link to the output, which may be a regular file.
    where = folder.resolve().parts
    return where == (os.sep, "dev") or where[:2] == (os.sep, "proc")


def write_file(path: Path, data: bytes, *, force: bool, in_bulk: bool = False) -> None:
    """Write a file atomically, through a partial file beside it. Mode 0600.

    A symbolic link is replaced; its target stays as it is. After the last of many files written
    `in_bulk`, call `sync_folder`.

    Raises:
        UserError: it cannot be written, or exists and may not be replaced; it stays as it was.
    """
    with writing(path, force=force, in_bulk=in_bulk) as file:
        file.write(data)


@contextlib.contextmanager
def writing(path: Path, *, force: bool, in_bulk: bool = False) -> Iterator[BinaryIO]:
    """Open a file to write piece by piece, otherwise as `write_file` does."""
    _check_place(path, force=force)
    partial, handle = _make_partial(path)
    try:
        with open(handle, "wb", closefd=sys.platform == "win32") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        # Windows cannot move an open file; elsewhere, hold it until it is in place.
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
            # The content is on the disk already.
            with contextlib.suppress(OSError):
                os.close(handle)


def sync_folder(folder: Path) -> None:
    """Flush the names of new files to the disk, where the system can."""
    if sys.platform == "win32":
        return
    # Some file systems cannot; the files themselves are safe.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _claim(partial: Path, path: Path) -> None:
    """Move the file into place, unless another file has appeared there."""
    try:
        os.link(partial, path)
    except FileExistsError:
        raise _exists_error(path) from None
    except OSError:
        # File systems without hard links, such as FAT, need two steps.
        if path.exists():
            raise _exists_error(path) from None
        partial.replace(path)


def _exists_error(path: Path) -> UserError:
    return UserError(f"{path}: the file exists; --force replaces it")
