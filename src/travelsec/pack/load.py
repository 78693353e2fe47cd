"""Load packs from folders: the bundled one, and overlays on top of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from travelsec.pack import cache
from travelsec.pack.folder import bundled_folder, read_files
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
    if not overlays and bundled is None and (pack := _compiled()):
        return pack
    from travelsec.pack.check import check

    checked = check(overlays, bundled=bundled)
    if checked.problems:
        raise InputError(checked.problems)
    return checked.pack


def load_compiled() -> Pack | None:
    """Return the bundled pack from its compiled form, for when its files cannot be read.

    Returns:
        None if the compiled form is damaged.

    Raises:
        OSError: it cannot be read either.
    """
    return cache.read_cache(cache.FILE.read_bytes(), None)


def _compiled() -> Pack | None:
    """Return the bundled pack from its compiled form, if that is of its files as they are."""
    try:
        folder = bundled_folder()
        return cache.read_cache(cache.FILE.read_bytes(), read_files(folder, folder))
    except Exception:  # the files say the same, or what is wrong with them
        return None
