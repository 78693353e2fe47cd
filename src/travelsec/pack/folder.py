"""Find the folders of packs, and read the files in them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from travelsec.folders import PACKS
from travelsec.pack.yaml import MAX_YAML_BYTES
from travelsec.problems import InputError, Place, allowed

if TYPE_CHECKING:
    from travelsec.pack.model import PackInfo

_PACKAGE = Path(__file__).resolve().parent.parent


def bundled_folder() -> Path:
    """Return the folder of the bundled pack."""
    return _shipped_folder("checklists")


def optional_packs() -> dict[str, Path]:
    """Return the packs that come with travelsec and count only where they are named.

    Each is a folder by its name, which is the id of the pack.
    """
    return {path.name: path for path in sorted(_shipped_folder("checklists-optional").glob("*/"))}


def offers(coverable: Iterable[PackInfo]) -> list[PackInfo]:
    """Return those packs whose `not_covered` is covered by an optional pack that is here."""
    infos = list(coverable)
    # An installation may lack the optional packs.
    shipped = optional_packs() if infos else {}
    return [info for info in infos if info.covered_by in shipped]


def _shipped_folder(name: str) -> Path:
    """Return a folder that comes along: in the installed package, or else beside `src`."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent.parent / name


def pack_folder(text: str) -> Path:
    """Return the folder of a pack as people name it: by its path, or an optional pack by its name.

    The name comes first, so that the same words mean the same pack in every working folder. A
    folder that happens to have that name is `./NAME`.
    """
    return optional_packs().get(text) or Path(text)


def as_typed(folder: Path) -> str:
    """Return what people type to name this folder: `pack_folder` the other way round."""
    packs = optional_packs()
    text = str(folder)
    names = (name for name, path in packs.items() if path == folder)
    return next(names, f".{os.sep}{text}" if text in packs else text)


def overlays() -> list[Path]:
    """Return the folders of the packs that `PACKS` names."""
    return [pack_folder(text) for text in os.environ.get(PACKS, "").split(os.pathsep) if text]


def no_such_folder(folder: Path, *others: str) -> str:
    """Say that a pack is missing; what looks like a name may be a misspelt one.

    `others` are further words that could be meant.
    """
    if folder.name != str(folder):
        return "there is no such folder"
    alternatives = allowed([*others, *optional_packs()], folder.name)
    return (
        f"there is no such folder here, and no optional pack of this name{alternatives}; "
        "travelsec checklist packs lists those"
    )


def folder_of(file: Path) -> Path | None:
    """Return the folder of the pack that a file belongs to, if any.

    It is the nearest one above the file that has a file with the entry `pack:`.

    Raises:
        InputError: a file beside it cannot be read.
    """
    entry = re.compile(rb"""^(?:\xef\xbb\xbf)?(?:\{\s*)?["']?pack["']?\s*:""", re.MULTILINE)
    for folder in file.resolve().parents:
        paths = sorted(path for path in folder.glob("*.yaml") if path.is_file())
        if any(entry.search(_read_bytes(path)) for path in paths):
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

    The files of packs that come along are named without the folder they are installed in.

    Raises:
        InputError: there is no such folder, no such file in it, or one that cannot be read.
    """
    if not folder.is_dir():
        raise InputError.at(Place(str(folder)), no_such_folder(folder))
    paths = sorted(path for path in folder.rglob("*.yaml") if path.is_file())
    if not paths:
        raise InputError.at(Place(str(folder)), "no file in this folder ends in .yaml")
    is_shipped = folder == bottom == bundled_folder() or folder in optional_packs().values()
    named = folder.relative_to(bundled_folder().parent) if is_shipped else folder
    names = [
        (named / path.relative_to(folder)).as_posix() if is_shipped else str(path) for path in paths
    ]
    return [(name, _read_bytes(path)) for name, path in zip(names, paths, strict=True)]


def _read_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            # One byte more than allowed shows that the file is too large.
            return file.read(MAX_YAML_BYTES + 1)
    except OSError as error:
        raise InputError.at(Place(str(path)), f"cannot be read: {error.strerror}") from None
