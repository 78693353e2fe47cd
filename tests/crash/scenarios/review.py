"""`review --approve` of a report, where there is no decision yet or another one."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.crash.scenarios.scenario import Command
from tests.crash.traveller import TODAY, settings

REPORT = "report.json"
DECISION = "report.json.decision.json"


class Review(Command):
    """The decision is there whole, or all is as before."""

    name = "review --approve"
    arguments = ("review", REPORT, *TODAY, "--approve", "--by", "Jo Day", "--force")

    def __init__(self, folder: Path, chance: Random) -> None:
        super().__init__(folder, chance)
        self.files |= {REPORT, DECISION}
        self.script("prepare", "--no-input", *TODAY, *settings(), "--output", REPORT)
        self.rehearse()
        path = folder / DECISION
        new, old = path.read_bytes(), None
        path.unlink()
        if chance.random() < 0.5:
            self.script("review", REPORT, *TODAY, "--return", "--by", "Jo Day")
            old = path.read_bytes()
        self.expected[DECISION] = [old, new]
