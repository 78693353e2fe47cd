"""Read a file of a stranger within limits; write one whole or not at all, for its owner only."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from travelsec.problems import UserError

_PART = 1 << 13

_BINARY = getattr(os, "O_BINARY", 0)  # without it, Windows changes line ends


def read(path: Path | str, limit: int) -> bytes:
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
    import tempfile

    _check_place(path, force=force)
    try:
        with tempfile.TemporaryFile(dir=path.parent):
            pass
    except OSError as error:
        raise UserError(f"{path}: cannot write in {path.parent}: {error.strerror}") from None


def _check_place(path: Path, *, force: bool) -> None:
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


def write(path: Path, data: bytes, *, force: bool) -> None:
    """Write a file: to a temporary one beside it, then in its place. Mode 0600.

    A symbolic link is replaced; the file it leads to stays as it is.

    Raises:
        UserError: it cannot be written, or exists and may not be replaced; then the file that
            was there is as it was.
    """
    with writing(path, force=force) as file:
        file.write(data)


@contextlib.contextmanager
def writing(path: Path, *, force: bool) -> Iterator[BinaryIO]:
    """Open a file to write piece by piece; as with `write`, it is whole or not there at all.

    Raises:
        UserError: as with `write`.
    """
    # Who only reads does not wait for it.
    import tempfile

    _check_place(path, force=force)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    except OSError as error:
        raise UserError(f"{path}: cannot write in {path.parent}: {error.strerror}") from None
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if force:
            temporary.replace(path)
        else:
            _claim(temporary, path)
    except OSError as error:
        raise UserError(f"{path}: cannot be written: {error.strerror}") from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def _exists(path: Path) -> bool:
    """Tell whether anything stands there, a symbolic link that leads nowhere too."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _claim(temporary: Path, path: Path) -> None:
    """Put the file in place unless one has come to stand there meanwhile."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise UserError(f"{path}: the file exists; --force replaces it") from None
    except OSError:
        # A file system without links, such as FAT: the check and the move are two steps there.
        if path.exists():
            raise UserError(f"{path}: the file exists; --force replaces it") from None
        temporary.replace(path)
