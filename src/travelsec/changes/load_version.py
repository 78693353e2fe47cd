"""Load the packs in force with another version of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from travelsec.pack.folder import bundled_folder, read_files
from travelsec.pack.load import load
from travelsec.pack.model import Pack
from travelsec.pack.parse import parse_pack
from travelsec.problems import InputError


def load_with(folder: Path, overlays: Sequence[Path] = ()) -> Pack:
    """Load the bundled pack and overlays, with a folder in place of the pack that has its id.

    If none has, the folder goes on top.

    Raises:
        InputError: every fault of the packs.
    """
    pack_id = _id_of(folder)
    if pack_id == load().sources[0].info.id:
        return load(overlays, bundled=folder)
    replaced = [folder if _id_of(overlay) == pack_id else overlay for overlay in overlays]
    return load(replaced if folder in replaced else [*replaced, folder])


def _id_of(folder: Path) -> str:
    parsed = parse_pack(str(folder), read_files(folder, bundled_folder()))
    if parsed.problems or parsed.info is None:
        raise InputError(parsed.problems)
    return parsed.info.value.id
