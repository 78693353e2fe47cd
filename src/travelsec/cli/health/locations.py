"""Tell where something is, without who is using this computer."""

from __future__ import annotations

from pathlib import Path

from travelsec.cli.health.masks import mask
from travelsec.results.doctor import Location, LocationName


def location(name: LocationName, path: Path | None, set_by: str = "") -> Location:
    """Return where something is; None if it has no place."""
    if path is None:
        return Location(name, "", False, "")
    return Location(name, mask(str(path)), may_exist(path), set_by)


def may_exist(path: Path) -> bool:
    """Return whether something is there; assume so where we may not look."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True
