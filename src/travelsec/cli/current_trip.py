"""Find the packs and the trip for `incident`, `contacts` and `card`, whatever is broken.

In an emergency these commands must print what they know, so any fault becomes a warning here: of
the disk, the stored trips, a library or travelsec itself. Only `Exception` covers them all.
"""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from travelsec.cli.messages import warn
from travelsec.cli.options import load_packs
from travelsec.folders import trips_file
from travelsec.pack.folder import overlays
from travelsec.pack.model import Pack
from travelsec.problems import UserError
from travelsec.trip.facts import Facts

if TYPE_CHECKING:
    from travelsec.store import Store
    from travelsec.trip.stored_trip import RestoredTrip, StoredTrip

MAX_WAIT = 1.0
"""Seconds to wait for another process that is writing: the user is in a hurry."""


def packs_for_emergency(folders: list[Path] | None) -> Pack:
    """Load the packs; if they have faults, load the bundled one alone, with a warning.

    Raises:
        UserError: neither the files of the bundled pack nor their cache can be read.
    """
    from travelsec.pack.load import load, load_cached

    try:
        return load_packs(folders)
    except Exception as error:
        fault = _reason(error)
    if folders or overlays():
        try:
            pack = load()
        except Exception as error:
            fault = _reason(error)
        else:
            warn(f"a pack of your own has faults and was left out. Its first fault: {fault}")
            return pack
    cached = None
    with contextlib.suppress(Exception):
        cached = load_cached()
    if cached is None:
        raise UserError(
            f"the checklists that come with travelsec cannot be read ({fault}). Use the card that "
            "you carry, or call your service desk or your line manager. Then install travelsec "
            "again."
        )
    warn(f"the checklists have faults ({fault}). What follows is as they were when installed.")
    return cached


def trip_under_way(
    pack: Pack, today: datetime.date, name: str | None
) -> tuple[StoredTrip | None, Facts]:
    """Return the trip of this name or id, and its facts.

    Without a name, take the trip under way today, or else the only one that is not over. If there
    is no such trip, or the trips cannot be read, return no facts and warn.
    """
    try:
        trip, notice = _find_meant_trip(pack, today, name)
    except Exception as error:
        fault = _reason(error)
        if not isinstance(error, UserError):
            fault = f"your trips cannot be read: {fault}"
        trip, notice = None, f"{fault}. What follows holds for everyone."
    if notice:
        warn(notice)
    return (trip.record, trip.facts) if trip else (None, Facts(pack, {}, today))


def store_or_warn(keep: Callable[[Store], None], subject: str) -> bool:
    """Store something with a trip; if that fails, warn and return False."""
    from travelsec.cli.open_store import open_store

    try:
        with open_store(wait=MAX_WAIT) as store:
            keep(store)
    except Exception as error:
        warn(f"{_reason(error)}. The trip does not remember {subject}.")
        return False
    return True


def is_absent(path: Path) -> bool:
    """Return whether nothing was ever stored there; even a broken link means that something was."""
    for place in (path, *path.parents):
        try:
            place.lstat()
        except FileNotFoundError:
            continue
        return place != path and place.is_dir()
    return False


def _reason(error: Exception) -> str:
    """Say in a line what is wrong, without a library's own message, which may hold answers."""
    if isinstance(error, UserError):
        return str(error).split("\n")[0].rstrip(".")
    text = error.strerror if isinstance(error, OSError) else None
    return text or type(error).__name__


def _find_meant_trip(
    pack: Pack, today: datetime.date, name: str | None
) -> tuple[RestoredTrip | None, str]:
    """Return the trip that is meant, if any, and a notice about the choice."""
    path = trips_file()
    if is_absent(path):
        if name is None:
            return None, ""
        from travelsec.cli.find_trip import no_such_trip

        raise no_such_trip(name, [])
    from travelsec.store import Store
    from travelsec.trip import stored_trip

    with Store(path, wait=MAX_WAIT, read_only=True) as store:
        if name is not None:
            from travelsec.cli.find_trip import find_trip

            trip = find_trip(store, name)
            return stored_trip.restore_trip(trip, pack, today), ""
        restored = [stored_trip.restore_trip(trip, pack, today) for trip in store.trips()]
    candidates = stored_trip.meant_trips(restored, "during")
    if len(candidates) > 1:
        names = ", ".join(trip.record.name for trip in candidates)
        return None, f"several trips could be meant ({names}); --trip NAME chooses one of them."
    if not candidates:
        return None, ""
    return candidates[0], f"for your trip {candidates[0].record.name}."
