"""`export --force` over an older report."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.crash.scenarios.scenario import Command
from tests.crash.traveller import TODAY, settings


class Export(Command):
    """The file is the old one or the new one, whole."""

    name = "export --force"

    def __init__(self, folder: Path, chance: Random) -> None:
        super().__init__(folder, chance)
        for trip in ("Old", "New"):
            self.script("prepare", "--no-input", "--trip", trip, *TODAY, *settings(f"{trip} name"))
        self.report = f"report.{chance.choice(['json', 'md', 'html', 'csv', 'ics', 'txt'])}"
        self.files.add(self.report)
        self.rehearse()
        new = (folder / self.report).read_bytes()
        self.script("export", "Old", *TODAY, "--output", self.report, "--force")
        self.expected[self.report] = [(folder / self.report).read_bytes(), new]

    @property
    def arguments(self) -> tuple[str, ...]:
        return ("export", "New", *TODAY, "--output", self.report, "--force")
