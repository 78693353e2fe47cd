"""Find a stored trip by its name or id, or by the beginning of its name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from travelsec import values
from travelsec.problems import UserError, allowed, brief

if TYPE_CHECKING:
    from travelsec.store import Store
    from travelsec.trip.stored_trip import StoredTrip

_PROVISIONAL = "New trip [0-9]{4}-[0-9]{2}-[0-9]{2}"


def find_trip(store: Store, name: str, *, noun: str = "trip") -> StoredTrip:
    """Return the trip of this name or id, or the only one whose name begins with it, in any case.

    Raises:
        UserError: there is no such trip, or several; it calls them `noun`.
    """
    # SQLite cannot look for a name with bytes that are not text.
    if values.is_text(name) and (trip := store.find(name)) is not None:
        return trip
    names = store.names()
    beginning = names_beginning(names, name)
    if len(beginning) > 1:
        raise UserError(
            f"several trips have a name that begins with “{brief(name)}”: write more of it"
            f"{allowed(beginning)}"
        )
    trip = store.find(beginning[0]) if beginning else None
    if trip is None:
        raise no_such_trip(name, names, noun=noun)
    return trip


def find_exact_trip(store: Store, name: str) -> StoredTrip | None:
    """Return the trip of this name or id, or None if a trip can be begun with this name.

    Raises:
        UserError: there is no such trip, and none can have this name.
    """
    trip = store.find(_read_name(name))
    if trip is None:
        check_new_name(name, store.names())
    return trip


def check_new_name(name: str, names: list[str]) -> None:
    """Make sure that a trip can be begun with this name; `names` are those of the trips.

    Raises:
        UserError: none can have it.
    """
    if re.match(_PROVISIONAL, _read_name(name)):
        # An earlier run may have printed a command with this name.
        raise UserError(
            f"there is no trip “{brief(name)}” any more: once its destination or date is known, a "
            f"trip is renamed after it{allowed(names)}"
        )


def _read_name(name: str) -> str:
    try:
        return values.read_text(name.strip())
    except values.InvalidValue as wrong:
        raise UserError(f"--trip: {wrong}") from None


def names_beginning(names: Iterable[str], start: str) -> list[str]:
    """Return the names with this beginning, in any case; if one is the whole name, only that."""
    start = start.strip().casefold()
    matches = [name for name in names if start and name.casefold().startswith(start)]
    return [name for name in matches if name.casefold() == start] or matches


def no_such_trip(name: str, names: list[str], *, noun: str = "trip") -> UserError:
    """Return the error that there is no trip of this name; `names` are those of the trips."""
    none = "; none is kept on this computer, travelsec prepare begins one"
    return UserError(f"there is no {noun} “{brief(name)}”{allowed(names, name) if names else none}")
