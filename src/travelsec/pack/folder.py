"""Find the folder of the bundled pack, and read the files of any pack's folder."""

from __future__ import annotations

import re
from pathlib import Path

from travelsec.pack.yaml import MAX_BYTES
from travelsec.problems import InputError, Place

_PACKAGE = Path(__file__).resolve().parent.parent


def bundled_folder() -> Path:
    """Return the folder of the bundled pack: in the installed package, or else beside `src`."""
    inside = _PACKAGE / "checklists"
    return inside if inside.is_dir() else _PACKAGE.parent.parent / "checklists"


def folder_of(file: Path) -> Path | None:
    """Return the folder of the pack that a file belongs to, if any.

    It is the nearest one above the file that has a file with the entry `pack:`.

    Raises:
        InputError: a file beside it cannot be read.
    """
    entry = re.compile(rb"""^(?:\xef\xbb\xbf)?(?:\{\s*)?["']?pack["']?\s*:""", re.MULTILINE)
    for folder in file.resolve().parents:
        paths = sorted(path for path in folder.glob("*.yaml") if path.is_file())
        if any(entry.search(_bytes(path)) for path in paths):
            return _as_named(folder, file)
    return None


def _as_named(folder: Path, file: Path) -> Path:
    """Return a folder above a file as the user would name it."""
    for parent in file.parents:
        if parent.resolve() == folder:
            return parent
    return folder


def read_files(folder: Path, bottom: Path) -> list[tuple[str, bytes]]:
    """Read the `*.yaml` files of a pack, in the order of their names.

    The bundled pack's files are named without the folder they are installed in.

    Raises:
        InputError: there is no such folder, no such file in it, or one that cannot be read.
    """
    if not folder.is_dir():
        raise InputError.at(Place(str(folder)), "there is no such folder")
    paths = sorted(path for path in folder.rglob("*.yaml") if path.is_file())
    if not paths:
        raise InputError.at(Place(str(folder)), "no file in this folder ends in .yaml")
    if folder == bottom == bundled_folder():
        names = [f"checklists/{path.relative_to(folder).as_posix()}" for path in paths]
    else:
        names = [str(path) for path in paths]
    return [(name, _bytes(path)) for name, path in zip(names, paths, strict=True)]


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            # One byte more than allowed shows that the file is too large.
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError.at(Place(str(path)), f"cannot be read: {error.strerror}") from None
