"""Look at the packs in force, and at what keeps them from being read."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from travelsec.cli.health.locations import location
from travelsec.cli.health.masks import mask
from travelsec.folders import PACKS
from travelsec.pack import cache
from travelsec.pack.folder import as_typed, bundled_folder, overlays
from travelsec.pack.load import load, load_cached
from travelsec.pack.model import Pack
from travelsec.problems import UserError
from travelsec.results.doctor import Location, PackInForce, Trouble

_USERS = ("incident", "card", "contacts", "prepare", "debrief")


def packs(folders: Iterable[Path]) -> tuple[list[PackInForce], list[Trouble], Pack | None]:
    """Return the packs that `incident` would use, what is wrong with them, and their content."""
    named = dict.fromkeys(overlays(), PACKS)
    asked = [*named.items(), *((path, "--pack") for path in folders if path not in named)]
    pack, troubles = _loaded(asked)
    if troubles:
        asked = []
    if pack is None:
        return [], troubles, None
    places = [(bundled_folder(), ""), *asked]
    found = [
        PackInForce(source.info.id, source.info.version, source.info.title, mask(str(path)), set_by)
        for source, (path, set_by) in zip(pack.sources, places, strict=False)
    ]
    return found, troubles, pack


def locations() -> list[Location]:
    """Return where the bundled pack is, and its parsed form."""
    return [location("checklists", bundled_folder()), location("cache", cache.FILE)]


def _loaded(asked: list[tuple[Path, str]]) -> tuple[Pack | None, list[Trouble]]:
    """Load the packs, or else the bundled one, or else its cache, as `incident` does."""
    troubles: list[Trouble] = []
    for attempt in (asked, []) if asked else ([],):
        try:
            return load([path for path, _ in attempt]), troubles
        except Exception as error:
            troubles.append(_trouble(error, attempt))
    with contextlib.suppress(Exception):
        return load_cached(), troubles
    return None, troubles


def _trouble(error: Exception, asked: list[tuple[Path, str]]) -> Trouble:
    first = str(error).split("\n")[0] if isinstance(error, UserError) else type(error).__name__
    if not asked:
        return Trouble(
            mask(f"the checklists that come with travelsec cannot be read: {first}"),
            _USERS,
            "Install travelsec again. Until then, use the card that you carry.",
        )
    folders = " ".join(as_typed(path) for path, _ in asked)
    variable = any(by == PACKS for _, by in asked)
    return Trouble(
        mask(f"a pack of your own has faults and is left out: {first}"),
        _USERS,
        mask(
            f"See all faults with travelsec checklist validate {folders}, and mend them"
            f"{f', or take the pack out of {PACKS}' if variable else ''}."
        ),
    )
