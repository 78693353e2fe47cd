"""Load packs from folders: the bundled one, and overlays on top of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from travelsec.pack.check import check
from travelsec.pack.model import Pack
from travelsec.problems import InputError


def load(overlays: Sequence[Path] = (), *, bundled: Path | None = None) -> Pack:
    """Read the bundled pack with overlays on top.

    Args:
        overlays: folders of further packs, each laid over those before it.
        bundled: the folder at the bottom, if not the one that comes with travelsec.

    Raises:
        InputError: every fault of every pack.
    """
    checked = check(overlays, bundled=bundled)
    if checked.problems:
        raise InputError(checked.problems)
    return checked.pack
