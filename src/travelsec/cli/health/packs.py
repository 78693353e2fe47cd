"""Look at the packs in force, and at what keeps them from being read."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from travelsec.cli.health.locations import location
from travelsec.cli.health.masks import mask
from travelsec.cli.shell import quoted
from travelsec.folders import PACKS
from travelsec.pack import cache
from travelsec.pack.folder import as_typed, bundled_folder, overlays
from travelsec.pack.load import load, load_cached
from travelsec.pack.model import Pack
from travelsec.problems import UserError
from travelsec.results.doctor import Location, PackInForce, Trouble

_USERS = (
    *("incident", "card", "contacts", "prepare", "debrief", "export", "review", "trips"),
    *("checklist", "guidance"),
)


def packs(folders: Iterable[Path]) -> tuple[list[PackInForce], list[Trouble], Pack | None]:
    """Return the packs that `incident` would use, what is wrong with them, and their content."""
    named = dict.fromkeys(overlays(), PACKS)
    wanted = [*named.items(), *((path, "--pack") for path in folders if path not in named)]
    pack, troubles = _load_as_incident_does(wanted)
    if troubles:
        wanted = []
    if pack is None:
        return [], troubles, None
    folders_in_order = [(bundled_folder(), ""), *wanted]
    in_force = [
        PackInForce(source.info.id, source.info.version, source.info.title, mask(str(path)), set_by)
        for source, (path, set_by) in zip(pack.sources, folders_in_order, strict=False)
    ]
    return in_force, troubles, pack


def locations() -> list[Location]:
    """Return where the bundled pack is, and its parsed form."""
    return [location("checklists", bundled_folder()), location("cache", cache.CACHE_FILE)]


def _load_as_incident_does(wanted: list[tuple[Path, str]]) -> tuple[Pack | None, list[Trouble]]:
    """Load the packs, or else the bundled one, or else its cache, as `incident` does."""
    troubles: list[Trouble] = []
    for attempt in (wanted, []) if wanted else ([],):
        try:
            return load([path for path, _ in attempt]), troubles
        except Exception as error:
            troubles.append(_trouble(error, attempt))
    with contextlib.suppress(Exception):
        return load_cached(), troubles
    return None, troubles


def _trouble(error: Exception, attempted: list[tuple[Path, str]]) -> Trouble:
    first = str(error).split("\n")[0] if isinstance(error, UserError) else type(error).__name__
    if not attempted:
        return Trouble(
            mask(f"the checklists that come with travelsec cannot be read: {first}"),
            _USERS,
            "Install travelsec again. Until then, use the card that you carry.",
        )
    folders = " ".join(_path_as_typed(path) for path, _ in attempted)
    variable = any(set_by == PACKS for _, set_by in attempted)
    return Trouble(
        mask(f"a pack of your own has faults: {first}"),
        _USERS,
        f"See all faults with travelsec checklist validate {folders}, and mend them"
        f"{f', or take the pack out of {PACKS}' if variable else ''}. Until then, incident, card "
        "and contacts do without packs of your own, and the others stop.",
    )


def _path_as_typed(path: Path) -> str:
    """Return a path as it is typed; a shell expands ~ only outside quotes."""
    first, separator, below = mask(as_typed(path)).partition("/")
    if first == "~":
        return f"{first}{separator}{quoted(below) if below else ''}"
    return quoted(f"{first}{separator}{below}")
