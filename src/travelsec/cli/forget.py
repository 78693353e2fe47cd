"""Forget trips, and name the files written for them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from travelsec import files
from travelsec.cli.open_store import locked
from travelsec.cli.streams import print_confirmation
from travelsec.pack.model import Pack
from travelsec.safe_text import line
from travelsec.store import Store
from travelsec.trip.stored_trip import StoredTrip, TripGone


def forget_trips(store: Store, trips: Iterable[StoredTrip], packs: Pack, *, private: bool) -> None:
    """Forget trips, or their names and numbers, and name the files written for them."""
    texts: list[str] = []
    try:
        for trip in trips:
            texts += _forget_trip(store, trip, packs, private=private)
    finally:
        # If one trip fails, earlier ones stay forgotten.
        if texts:
            try:
                store.wipe()
            finally:
                print_confirmation(lambda stream: print(*texts, sep="\n", file=stream))


def _forget_trip(store: Store, trip: StoredTrip, packs: Pack, *, private: bool) -> list[str]:
    """Forget a trip, or its names and numbers; return what to say about it."""
    with locked(store, trip):
        try:
            if private:
                names = [question.id for question in packs.questions.values() if question.private]
                exports = store.forget_facts(trip.id, names)
                text = f"Forgotten: names and numbers of {line(trip.name)}."
            else:
                exports = store.forget(trip.id)
                text = f"Forgotten: {line(trip.name)}."
        except TripGone:
            return [f"Forgotten already, by another travelsec: {line(trip.name)}."]
    return [text, *_file_lines(exports)]


def _file_lines(exports: Iterable[str]) -> Iterator[str]:
    """Yield lines that name the files written for a trip, and parts of files left beside them."""
    paths = [Path(name) for name in exports]
    if not paths:
        return
    yield "These files were written for it. They stay until you delete them:"
    for path in paths:
        yield f"  {line(str(path))}{'' if os.path.lexists(path) else ' (not there now)'}"
    for folder in sorted({path.parent for path in paths}):
        for path in files.leftovers(folder):
            yield f"  {line(str(path))} (part of a file: the writing was cut short)"
