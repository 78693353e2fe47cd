"""What `incident`, `contacts` and `card` share: in an emergency they speak, whatever is broken.

So faults of every kind end here, in a warning: of the disk, of what is kept, of a library, of
travelsec itself. Only `Exception` covers them all.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from travelsec.cli.arguments import overlays
from travelsec.cli.messages import warn
from travelsec.cli.options import load_packs
from travelsec.folders import trips_file
from travelsec.pack.model import Pack
from travelsec.problems import UserError
from travelsec.trip.facts import Facts

if TYPE_CHECKING:
    from travelsec.store import Store
    from travelsec.trip.stored_trip import RestoredTrip, StoredTrip

MAX_WAIT = 1.0
"""Seconds that another process may keep somebody in a hurry waiting for the trips."""


def packs_for_emergency(given: list[Path] | None) -> Pack:
    """Load the packs; if they have faults, the bundled one alone, with a warning.

    Raises:
        UserError: neither the files of the bundled pack nor its compiled form can be read.
    """
    from travelsec.pack.load import load, load_compiled

    try:
        return load_packs(given)
    except Exception as error:
        fault = _reason(error)
    if given or overlays():
        try:
            pack = load()
        except Exception as error:
            fault = _reason(error)
        else:
            warn(f"a pack of your own has faults and was left out. Its first fault: {fault}")
            return pack
    try:
        compiled = load_compiled()
    except Exception:
        compiled = None
    if compiled is None:
        raise UserError(
            f"the checklists that come with travelsec cannot be read ({fault}). Use the card that "
            "you carry, or call your service desk or your line manager. Then install travelsec "
            "again."
        )
    warn(f"the checklists have faults ({fault}). What follows is as they were when installed.")
    return compiled


def trip_under_way(
    pack: Pack, today: datetime.date, name: str | None
) -> tuple[StoredTrip | None, Facts]:
    """Return the trip of this name, or the one under way, and its facts.

    Args:
        pack: the packs of today.
        today: the day it is.
        name: a trip's name or id; None takes the trip that today lies in, or else the only one
            that is not over.

    Returns:
        None and no facts where there is no such trip, or trips cannot be read; then a warning
        says why.
    """
    try:
        found, told = _find(pack, today, name)
    except Exception as error:
        fault = _reason(error)
        if not isinstance(error, UserError):
            fault = f"your trips cannot be read: {fault}"
        found, told = None, f"{fault}. What follows holds for everybody."
    if told:
        warn(told)
    return (found.record, found.facts) if found else (None, Facts(pack, {}, today))


def remember(keep: Callable[[Store], None], what: str) -> bool:
    """Keep something with a trip, now that all that was asked for is done.

    Returns:
        Whether it is kept. If not, that is told, and nothing else has failed.
    """
    from travelsec.cli.trip_session import open_store

    try:
        with open_store(wait=MAX_WAIT) as store:
            keep(store)
    except Exception as error:
        warn(f"{_reason(error)}. The trip does not remember {what}.")
        return False
    return True


def as_of_today(facts: Facts) -> Facts:
    """Return the facts as they hold today: before and after a trip abroad nobody is abroad yet.

    Then it is not known where the traveller is, and both forms of each number are given.
    """
    from travelsec.trip.stored_trip import is_under_way

    if facts.value("departs") is None or is_under_way(facts):
        return facts
    anywhere = {name: value for name, value in facts.answers.items() if name != "abroad"}
    return Facts(facts.pack, anywhere, facts.today)


def _reason(error: Exception) -> str:
    """Say in one line what is wrong; an error that is not ours may hold an answer in its words."""
    if isinstance(error, UserError):
        return str(error).split("\n")[0].rstrip(".")
    text = error.strerror if isinstance(error, OSError) else None
    return text or type(error).__name__


def _find(pack: Pack, today: datetime.date, name: str | None) -> tuple[RestoredTrip | None, str]:
    """Return the trip that is meant, if one is, and what to tell about the choice."""
    path = trips_file()
    if _is_absent(path):
        if name is None:
            return None, ""
        from travelsec.cli.trip_session import no_such_trip

        raise no_such_trip(name, [])
    from travelsec.store import Store
    from travelsec.trip import stored_trip

    with Store(path, wait=MAX_WAIT, read_only=True) as store:
        if name is not None:
            from travelsec.cli.trip_session import find_trip

            trip = find_trip(store, name)
            return stored_trip.restore(trip, pack, today), ""
        found = [stored_trip.restore(trip, pack, today) for trip in store.trips()]
    current = [trip for trip in found if stored_trip.is_under_way(trip.facts)]
    ahead = [trip for trip in found if not stored_trip.is_over(trip.facts)]
    candidates = current or ahead
    if len(candidates) > 1:
        names = ", ".join(trip.record.name for trip in candidates)
        return None, f"several trips could be meant ({names}); --trip NAME chooses one of them."
    if not candidates:
        return None, ""
    return candidates[0], f"for your trip {candidates[0].record.name}."


def _is_absent(path: Path) -> bool:
    """Tell whether nothing was ever kept; what cannot be looked at, or is a broken link, was."""
    for place in (path, *path.parents):
        try:
            place.lstat()
        except FileNotFoundError:
            continue
        return place != path and place.is_dir()
    return False
