"""A pack of the user's own, into which `guidance update --into` writes the index of a page."""

from __future__ import annotations

from pathlib import Path

import msgspec

from travelsec import files
from travelsec.cli.options import packs_in_force
from travelsec.guidance.index_file import PACK
from travelsec.guidance.revision import Revision
from travelsec.problems import UserError


def add_own_pack(packs: list[Path] | None, folder: Path) -> list[Path] | None:
    """Return the packs, with the folder to write into if it is a pack already."""
    if not _is_pack(folder):
        return packs
    in_force = [pack.resolve() for pack in packs_in_force(packs)]
    return packs if folder.resolve() in in_force else [*(packs or []), folder]


def place_in_own_pack(folder: Path, home: Path, revision: Revision) -> tuple[Path, Revision]:
    """Return the file for an index in the user's own pack, and the revision that belongs there.

    The folder becomes a pack if it is not one yet. `home` is the file that has the index so far: if
    it is in another pack, the index overrides the one there.

    Raises:
        UserError: the folder or its first file cannot be written.
    """
    if home.resolve().is_relative_to(folder.resolve()):
        return home, revision
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"{folder}: {error.strerror or error}") from None
    if not _is_pack(folder):
        files.write_file(folder / "pack.yaml", PACK.encode(), force=False)
    index = msgspec.structs.replace(revision.index, override=True)
    return folder / f"{index.id}.yaml", msgspec.structs.replace(revision, index=index)


def _is_pack(folder: Path) -> bool:
    return any(folder.rglob("*.yaml"))
