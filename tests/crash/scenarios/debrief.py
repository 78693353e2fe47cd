"""`debrief` of a trip, which is kept or forgotten at its end."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

from tests.crash import invariants
from tests.crash.invariants import Fault
from tests.crash.prompts import SIDES, Side
from tests.crash.scenarios.forget import PrivateTrip
from tests.crash.scenarios.scenario import Scenario
from tests.crash.shot import Shot, between_answers
from tests.crash.traveller import BACK, Traveller
from tests.crash.window import Ending


class _Debrief(Scenario):
    """What was confirmed is kept; in the end all is as after an undisturbed debrief."""

    side: Side
    usual = frozenset({0, 1})

    def __init__(self, folder: Path, chance: Random) -> None:
        super().__init__(folder, chance)
        self.trip = PrivateTrip.begin(self, "Lisbon and back")
        self.set_forgets(chance.random() < 0.5)

    def set_forgets(self, forgets: bool) -> None:
        """Choose whether the trip is forgotten at the end."""
        self.forgets = forgets
        self.traveller = Traveller(forgets=forgets)
        self.traveller.confirm(invariants.kept(self.folder, self.trip.name))

    def shot(self) -> Shot:
        return between_answers(self.chance, most=8)

    def attempt(self, shot: Shot | None) -> Ending:
        return self.converse(
            *("debrief", self.trip.name, *self.side.options, *BACK),
            shot=shot,
            side=self.side,
            traveller=self.traveller,
        )

    def is_done(self, ending: Ending) -> bool:
        return self.has_finished(ending) or not self.trip.is_there(self.folder)

    def faults(self, ending: Ending) -> Iterator[Fault]:
        yield from self.trip.faults(self.folder, ending)
        if not self.trip.is_there(self.folder):
            if not self.forgets:
                yield Fault("trip lost", self.trip.name)
            return
        yield from invariants.faults_of_answers(self.folder, self.trip.name, self.traveller)
        if not self.has_finished(ending):
            return
        if self.forgets:
            yield Fault("trip not forgotten", f"exit {ending.code}")
        elif invariants.kept(self.folder, self.trip.name) != undisturbed(type(self)):
            yield Fault("trip differs after its debrief", f"exit {ending.code}")


class DebriefLineByLine(_Debrief):
    """For screen readers."""

    name = "debrief --accessible"
    side = SIDES["line by line"]


class DebriefDrawn(_Debrief):
    """With arrow keys and space."""

    name = "debrief, drawn"
    side = SIDES["drawn"]


@cache
def undisturbed(kind: type[_Debrief]) -> dict[str, object]:
    """Debrief a trip without a signal; return what is then kept of it.

    Raises:
        AssertionError: the harness does not see all confirmations.
    """
    with tempfile.TemporaryDirectory() as name:
        scenario = kind(Path(name), Random(0))
        scenario.set_forgets(False)
        scenario.attempt(None)
        kept = invariants.kept(scenario.folder, scenario.trip.name)
        assert scenario.traveller.confirmed == kept, (scenario.traveller.confirmed, kept)
        return kept
