"""`prepare --batch`, into an empty folder or over the reports of another day."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

from tests.crash.scenarios.scenario import Command
from tests.crash.traveller import BACK, TODAY, pack, raw_answer

LINES = 100
"""So many that the run takes longer than a signal may be overlooked."""
SOURCE, REPORTS = "trips.jsonl", "reports"


class Batch(Command):
    """Each report is there whole, or as before; the next run completes them all."""

    name = "prepare --batch"

    def __init__(self, folder: Path, chance: Random) -> None:
        super().__init__(folder, chance)
        self.format = chance.choice(["json", "html"])
        self.writes = folder / REPORTS
        lines = (
            {"trip": {one.id: raw_answer(one, f"Name {n}") for one in pack().questions.values()}}
            for n in range(LINES)
        )
        (folder / SOURCE).write_text(
            "".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8"
        )
        self.rehearse()
        paths = sorted(self.writes.iterdir())
        new = [path.read_bytes() for path in paths]
        if chance.random() < 0.5:
            self.script(*self.arguments, *BACK)
            old: list[bytes | None] = [path.read_bytes() for path in paths]
        else:
            old = [None] * LINES
            for path in paths:
                path.unlink()
            self.writes.rmdir()
        names = [str(path.relative_to(folder)) for path in paths]
        self.expected = {n: [a, b] for n, a, b in zip(names, old, new, strict=True)}
        self.files |= {SOURCE, *names}

    @property
    def arguments(self) -> tuple[str, ...]:
        return (
            *("prepare", "--batch", SOURCE, "--output-dir", REPORTS, "--format", self.format),
            *("--force", *TODAY),
        )
