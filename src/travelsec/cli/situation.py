"""What `incident`, `contacts`, `card` and `debrief` share: packs that always load, and the trip."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from travelsec import files
from travelsec.cli.options import load_packs
from travelsec.cli.telling import warn
from travelsec.folders import trips_file
from travelsec.pack.model import Pack
from travelsec.problems import UserError
from travelsec.trip.facts import Facts

if TYPE_CHECKING:
    from travelsec.trip.record import StoredTrip


def packs_for_emergency(given: list[Path] | None) -> Pack:
    """Load the packs; if those on top have faults, the bundled one alone, with a warning.

    In an emergency the bundled steps are worth more than an error.
    """
    try:
        return load_packs(given)
    except UserError as error:
        from travelsec.pack.load import load

        first = str(error).split("\n")[0]
        warn(f"a pack of your own has faults and was left out. Its first fault: {first}")
        return load()


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
        None and no facts where there is no such trip, or trips cannot be read.

    Raises:
        UserError: a trip was named, and there is none of this name.
    """
    nothing = Facts(pack, {}, today)
    if name is None and not files.exists(trips_file()):
        return None, nothing
    try:
        return _find(pack, today, name) or (None, nothing)
    except UserError as error:
        if name is not None:
            raise
        warn(for_everybody(error))
        return None, nothing


def for_everybody(error: UserError) -> str:
    """Say why what follows is not for one trip."""
    return f"{str(error).rstrip('.')}. What follows holds for everybody."


def here_and_now(facts: Facts) -> Facts:
    """Return the facts as they hold today: before and after a trip abroad nobody is abroad yet.

    Then it is not known where the traveller is, and both forms of each number are given.
    """
    from travelsec.trip.record import is_under_way

    if facts.value("departs") is None or is_under_way(facts):
        return facts
    anywhere = {name: value for name, value in facts.answers.items() if name != "abroad"}
    return Facts(facts.pack, anywhere, facts.today)


def _find(pack: Pack, today: datetime.date, name: str | None) -> tuple[StoredTrip, Facts] | None:
    from travelsec.cli.keeping import find_trip, open_store
    from travelsec.trip import record

    with open_store() as store:
        if name is not None:
            trip = find_trip(store, name)
            return trip, _facts(trip, pack, today)
        found = [
            (trip, _facts(trip, pack, today))
            for trip in (store.find(one) for one in store.names())
            if trip is not None
        ]
    current = [one for one in found if record.is_under_way(one[1])]
    ahead = [one for one in found if not record.is_over(one[1])]
    candidates = current or ahead
    if len(candidates) > 1:
        names = ", ".join(trip.name for trip, _ in candidates)
        warn(f"several trips could be meant ({names}); --trip NAME chooses one of them.")
    if len(candidates) != 1:
        return None
    warn(f"for your trip {candidates[0][0].name}.")
    return candidates[0]


def _facts(trip: StoredTrip, pack: Pack, today: datetime.date) -> Facts:
    from travelsec.trip.record import recall

    return Facts(pack, recall(trip, pack)[0].facts, today)
