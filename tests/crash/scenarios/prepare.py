"""`prepare`, in a trip that was given a name or in one that is named after its facts."""

from __future__ import annotations

import difflib
import json
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from tests.crash import invariants
from tests.crash.invariants import Fault
from tests.crash.prompts import SIDES, Side
from tests.crash.scenarios.scenario import Scenario
from tests.crash.shot import Shot, between_answers
from tests.crash.traveller import TODAY, Traveller
from tests.crash.window import Ending

REPORT = "report.json"


class _Prepare(Scenario):
    """Every answer that was confirmed is kept, and the report is that of an undisturbed run."""

    side: Side
    usual = frozenset({0, 1})

    def __init__(self, folder: Path, chance: Random) -> None:
        super().__init__(folder, chance)
        self.files.add(REPORT)
        self.traveller = Traveller()
        self.named = chance.choice(["Lisbon and back", ""])

    def shot(self) -> Shot:
        return between_answers(self.chance)

    def attempt(self, shot: Shot | None) -> Ending:
        self.traveller.trip = self._trip()
        named = ("--trip", self.named) if self.named else ()
        return self.converse(
            *("prepare", *named, *self.side.options, *TODAY, "--output", REPORT, "--force"),
            shot=shot,
            side=self.side,
            traveller=self.traveller,
        )

    def faults(self, ending: Ending) -> Iterator[Fault]:
        yield from invariants.faults_of_answers(self.folder, self._trip(), self.traveller)
        if not self.named and len(begun := invariants.begun_by_itself(self.folder)) > 1:
            yield Fault("trip begun twice", str(begun))
        report = self.folder / REPORT
        # The report is made once nothing is asked any more, and then it is whole.
        if report.exists():
            made, meant = _content(report), undisturbed(self.side.options)
            if made != meant:
                lines = difflib.unified_diff(_lines(meant), _lines(made), "meant", "made", n=3)
                detail = "\n  ".join(lines)
                yield Fault("report differs", f"exit {ending.code}:\n  {detail}")
        if self.has_finished(ending) and not report.exists():
            yield Fault("report missing", f"exit {ending.code}")

    def _trip(self) -> str:
        if self.named or not invariants.database(self.folder).exists():
            return self.named
        return next(iter(invariants.begun_by_itself(self.folder)), "")


class PrepareLineByLine(_Prepare):
    """For screen readers."""

    name = "prepare --accessible"
    side = SIDES["line by line"]


class PrepareDrawn(_Prepare):
    """With arrow keys and space."""

    name = "prepare, drawn"
    side = SIDES["drawn"]


@cache
def undisturbed(options: tuple[str, ...]) -> Any:
    """Prepare a trip that nothing strikes; return its report.

    Raises:
        AssertionError: the harness does not see all confirmations.
    """
    kind = PrepareLineByLine if options else PrepareDrawn
    with tempfile.TemporaryDirectory() as name:
        scenario = kind(Path(name), Random(0))
        scenario.named = "Undisturbed"
        scenario.attempt(None)
        kept = invariants.kept(scenario.folder, scenario.named)
        assert scenario.traveller.confirmed == kept, (scenario.traveller.confirmed, kept)
        return _content(scenario.folder / REPORT)


def _lines(report: Any) -> list[str]:
    return json.dumps(report, indent=1, ensure_ascii=False).splitlines()


def _content(path: Path) -> Any:
    """Read a report without what differs from trip to trip."""
    report = json.loads(path.read_text(encoding="utf-8"))
    for key in ("id", "created", "digest"):
        del report[key]
    del report["trip"]["id"], report["trip"]["name"]
    return report
