"""`trips forget`, with a question before it or with `--yes`."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.crash import invariants
from tests.crash.invariants import Fault
from tests.crash.prompts import SIDES
from tests.crash.scenarios.scenario import Scenario
from tests.crash.shot import Shot, between_answers, within
from tests.crash.traveller import TODAY, items, pack, settings
from tests.crash.window import Ending
from tests.crash.wording import FORGOTTEN


@dataclass(frozen=True)
class PrivateTrip:
    """A trip whose every text has words that nothing else has.

    Attributes:
        name: its name.
        id: its id in the database.
        words: the words.
        facts: its rows of that table when it was begun.
    """

    name: str
    id: str
    words: str
    facts: list[tuple[object, ...]]

    @classmethod
    def begin(cls, scenario: Scenario, name: str) -> PrivateTrip:
        """Begin a trip with an answer to every question and a long reason for many items."""
        words = f"Secret of {name}"
        reasons = [f"--set={item.id}=declined:{words * 10}" for item in items().values()]
        answers = settings(words)
        scenario.script("prepare", "--no-input", "--trip", name, *TODAY, *answers, *reasons)
        trips = invariants.rows(scenario.folder)["trips"]
        trip_id = next(str(row[0]) for row in trips if name in row)
        return cls(name, trip_id, words, _mentions(scenario.folder, trip_id)["facts"])

    def is_there(self, folder: Path) -> bool:
        """Return whether it is kept."""
        return bool(_mentions(folder, self.id)["trips"])

    def faults(self, folder: Path, ending: Ending) -> Iterator[Fault]:
        """Yield what is wrong if it is neither wholly there nor wholly gone."""
        now = _mentions(folder, self.id)
        # A debrief adds what is asked on return, and changes no other fact.
        on_return = {one.id for one in pack().questions.values() if one.phase == "back"}
        facts = [row for row in now["facts"] if not on_return & set(row)]
        if facts != (self.facts if now["trips"] else []) or (
            not now["trips"] and any(now.values())
        ):
            counts = {table: len(found) for table, found in now.items()}
            yield Fault("trip half forgotten", f"{self.name}: {counts}")
        if f"{FORGOTTEN}{self.name}" in ending.text:
            if any(now.values()):
                yield Fault("confirmed as forgotten, and is there", self.name)
            elif self.words.encode() in invariants.database(folder).read_bytes():
                yield Fault("confirmed as forgotten, and its bytes are there", self.name)


def _mentions(folder: Path, trip_id: str) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows with the id of a trip, by table."""
    tables = invariants.rows(folder).items()
    return {table: [row for row in found if trip_id in row] for table, found in tables}


class Forget(Scenario):
    """Each of two trips is wholly there or wholly gone; from the bytes too, once confirmed."""

    name = "trips forget"

    def __init__(self, folder: Path, chance: Random) -> None:
        super().__init__(folder, chance)
        # That which stays lies between them in the file.
        names = ("First", "Stays", "Second")
        trips = [PrivateTrip.begin(self, name) for name in names]
        self.stays = trips.pop(1)
        self.trips: Sequence[PrivateTrip] = trips
        self.side = SIDES[chance.choice(list(SIDES))]
        self.asks = chance.random() < 0.5

    def shot(self) -> Shot:
        return between_answers(self.chance, most=2) if self.asks else within(self.chance, 0.6)

    def attempt(self, shot: Shot | None) -> Ending:
        names = [trip.name for trip in self.trips if trip.is_there(self.folder)]
        yes = () if self.asks else ("--yes",)
        return self.converse(
            "trips", "forget", *names, *yes, *self.side.options, shot=shot, side=self.side
        )

    def is_done(self, ending: Ending) -> bool:
        return self.has_finished(ending) or not self._are_there()

    def faults(self, ending: Ending) -> Iterator[Fault]:
        faults = (trip.faults(self.folder, ending) for trip in (*self.trips, self.stays))
        yield from itertools.chain.from_iterable(faults)
        if self.has_finished(ending) and self._are_there():
            yield Fault("trip not forgotten", f"exit {ending.code}")
        if not self.stays.is_there(self.folder):
            yield Fault("trip lost", self.stays.name)

    def _are_there(self) -> bool:
        return any(trip.is_there(self.folder) for trip in self.trips)
