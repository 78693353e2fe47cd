"""Load the packs in force with another version of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from travelsec.pack.check import check_parsed, read_pack
from travelsec.pack.folder import bundled_folder
from travelsec.pack.load import load
from travelsec.pack.model import Pack
from travelsec.pack.parse import ParsedPack
from travelsec.problems import InputError


def load_with(folder: Path, overlays: Sequence[Path] = ()) -> Pack:
    """Load the bundled pack and overlays, with a folder in place of the pack that has its id.

    If none has, the folder goes on top.

    Raises:
        InputError: every fault of the packs.
    """
    bottom = bundled_folder()
    version = read_pack(folder, bottom)
    pack_id = _id_of(version)
    if version.problems or pack_id is None:
        # In the place of another pack, further faults may only follow from these.
        raise InputError(version.problems)
    packs = [read_pack(overlay, bottom) for overlay in overlays]
    if pack_id == load().sources[0].info.id:
        packs = [version, *packs]
    else:
        replaced = [version if _id_of(pack) == pack_id else pack for pack in packs]
        packs = [read_pack(bottom, bottom), *replaced]
        if version not in replaced:
            packs.append(version)
    checked = check_parsed(packs)
    if checked.problems:
        raise InputError(checked.problems)
    return checked.pack


def _id_of(parsed: ParsedPack) -> str | None:
    return parsed.info.value.id if parsed.info else None
