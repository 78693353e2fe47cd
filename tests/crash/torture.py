"""Begin work, strike it, look at what is left, and go on until it is done."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.cli.command import run
from tests.crash import invariants
from tests.crash.invariants import Fault
from tests.crash.scenarios.scenario import Scenario
from tests.crash.shot import Shot
from tests.crash.traveller import TODAY, settings
from tests.terminal import SECONDS, environment


@dataclass
class Counts:
    """What was done in a scenario, and what went wrong, with the signals that came before it."""

    kills: Counter[str] = field(default_factory=Counter)
    trips: int = 0
    answers: int = 0
    faults: list[tuple[str, Fault]] = field(default_factory=list)

    def add(self, other: Counts) -> None:
        """Add what another process did."""
        self.kills += other.kills
        self.trips += other.trips
        self.answers += other.answers
        self.faults += other.faults


def torture(kind: type[Scenario], folder: Path, seed: int, kills: int) -> Counts:
    """Do the work of a scenario again and again, with so many kills in all.

    Args:
        kind: the scenario.
        folder: an empty one, for the homes of those who do the work.
        seed: for all that is left to chance.
        kills: how many at least; the last work is done to its end.

    Returns:
        What was done, and what went wrong.
    """
    chance = Random(seed)
    counts = Counts()
    while counts.kills.total() < kills:
        home = folder / f"{seed}-{counts.trips}"
        home.mkdir()
        last = min(kills, counts.kills.total() + chance.randrange(2, 15))
        try:
            scenario = kind(home, chance)
            _work_until_done(scenario, last, chance, counts)
        except AssertionError as stuck:
            counts.faults.append(("none", Fault("stuck", str(stuck))))
            break
        counts.trips += 1
        counts.answers += scenario.answers
        shutil.rmtree(home)
    return counts


def _work_until_done(scenario: Scenario, last: int, chance: Random, counts: Counts) -> None:
    """Strike it until there were so many kills, then leave it in peace."""
    is_done = False
    while not is_done:
        shot = scenario.shot() if counts.kills.total() < last else None
        is_done = _attempt(scenario, shot, chance, counts)


def _attempt(scenario: Scenario, shot: Shot | None, chance: Random, counts: Counts) -> bool:
    """Run the command once more, and look at what is left; return whether the work is done."""
    neighbour = _Neighbour(scenario) if chance.random() < 0.25 else None
    ending = scenario.attempt(shot)
    label = shot.label if shot is not None and ending.signals else "none"
    counts.kills[label] += bool(ending.signals)
    faults = list(invariants.faults_of_ending(ending, scenario.usual))
    if neighbour is not None:
        faults += neighbour.faults()
    faults += _go_on(scenario)
    faults += invariants.faults_of_database(scenario.folder)
    faults += scenario.faults(ending)
    counts.faults += [(label, fault) for fault in faults]
    return scenario.is_done(ending)


class _Neighbour:
    """Another window, in which the same user answers for another trip meanwhile."""

    def __init__(self, scenario: Scenario) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "travelsec", *_other_trip("other.json")],
            cwd=scenario.folder,
            env=environment(scenario.folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._report = scenario.folder / "other.json"

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong if the other window was disturbed."""
        _, said = self._process.communicate(timeout=SECONDS)
        if self._process.returncode not in (0, 1) or not self._report.exists():
            yield Fault("another window disturbed", f"exit {self._process.returncode}: {said}")
        self._report.unlink(missing_ok=True)


def _go_on(scenario: Scenario) -> Iterator[Fault]:
    """Run one ordinary command, as people do after an accident; nothing must be left behind it."""
    folder = scenario.writes if scenario.writes.is_dir() else scenario.folder
    report = folder / "after.json"
    done = run(*_other_trip(str(report)), folder=scenario.folder)
    if done.code not in (0, 1):
        yield Fault("the next command fails", f"exit {done.code}: {done.err}")
    report.unlink(missing_ok=True)
    yield from invariants.faults_of_leftovers(scenario.folder, frozenset(scenario.files))


def _other_trip(report: str) -> tuple[str, ...]:
    answers = settings("Max Roe")
    output = ("--output", report, "--force")
    return ("prepare", "--no-input", "--trip", "Other", *TODAY, *answers, *output)
