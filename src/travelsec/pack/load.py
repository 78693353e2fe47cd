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
        bundled: a folder to use instead of the bundled pack's.

    Raises:
        InputError: every fault of every pack.
    """
    if not overlays and bundled is None and (pack := _fresh_cache()):
        return pack
    from travelsec.pack.check import check_packs

    checked = check_packs(overlays, bundled=bundled)
    if checked.problems:
        raise InputError(checked.problems)
    return checked.pack


def load_cached() -> Pack | None:
    """Return the cached bundled pack, for when its files cannot be read; None if damaged.

    Raises:
        OSError: the cache cannot be read either.
    """
    return cache.read_cache(cache.CACHE_FILE.read_bytes(), None)


def _fresh_cache() -> Pack | None:
    """Return the cached bundled pack, if its files have not changed since."""
    try:
        folder = bundled_folder()
        return cache.read_cache(cache.CACHE_FILE.read_bytes(), read_files(folder, folder))
    except Exception:  # read the files instead, which reports what is wrong with them
        return None
