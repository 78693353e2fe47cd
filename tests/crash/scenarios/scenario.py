"""What every scenario is: one piece of work, begun again until it is done."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import ClassVar

from tests.cli.command import run
from tests.crash.dialogue import Dialogue
from tests.crash.invariants import Fault
from tests.crash.prompts import LineByLine, Side
from tests.crash.shot import Shot, within
from tests.crash.traveller import Traveller
from tests.crash.window import Ending, Window

# With it a report has the same bytes, whenever it is made.
SAME_BYTES = {"SOURCE_DATE_EPOCH": "1795000000"}


class Scenario(ABC):
    """One piece of work, in a home of its own.

    Args:
        folder: the home; the commands run in it.
        chance: for all that is left to chance.

    Attributes:
        name: how the table calls it.
        usual: the exit codes of its command when nothing strikes it.
        files: the files that are meant to be there, as paths in the folder.
        writes: the folder that its command writes in.
        answers: the prompts that were answered so far.
    """

    name: ClassVar[str]
    usual: frozenset[int] = frozenset({0})

    def __init__(self, folder: Path, chance: Random) -> None:
        self.folder = folder
        self.chance = chance
        self.files: set[str] = set()
        self.writes = folder
        self.answers = 0

    @abstractmethod
    def shot(self) -> Shot:
        """Choose when to strike next."""

    @abstractmethod
    def attempt(self, shot: Shot | None) -> Ending:
        """Run the command once, from where it was left; without a shot nothing strikes it."""

    @abstractmethod
    def faults(self, ending: Ending) -> Iterator[Fault]:
        """Yield what is not as it must be, now that the command has ended so."""

    def has_finished(self, ending: Ending) -> bool:
        """Return whether the command came to its end, whatever the signals."""
        return ending.code in self.usual and not ending.struck_python

    def is_done(self, ending: Ending) -> bool:
        """Return whether nothing is left to do in this home."""
        return self.has_finished(ending)

    def converse(
        self,
        *arguments: str,
        shot: Shot | None,
        side: Side | None = None,
        traveller: Traveller | None = None,
    ) -> Ending:
        """Run a command, and answer what it asks."""
        window = Window(*arguments, folder=self.folder, env=SAME_BYTES)
        dialogue = Dialogue(window, side or LineByLine(), traveller or Traveller())
        ending = dialogue.run(shot)
        self.answers += dialogue.answers
        return ending

    def script(self, *arguments: str) -> None:
        """Run a command that nothing strikes, to make ready what the scenario needs."""
        done = run(*arguments, folder=self.folder, **SAME_BYTES)
        assert done.code in (0, 1), done.err


class Command(Scenario):
    """A scenario whose command asks nothing, and writes files that are known before.

    Attributes:
        expected: the bytes that a file may have, by its path in the folder; None if it may be
            missing. The last of them are those that the command writes.
    """

    def __init__(self, folder: Path, chance: Random) -> None:
        super().__init__(folder, chance)
        self.expected: dict[str, list[bytes | None]] = {}
        self.seconds = 0.0

    @property
    @abstractmethod
    def arguments(self) -> tuple[str, ...]:
        """The command."""

    def shot(self) -> Shot:
        return within(self.chance, self.seconds)

    def attempt(self, shot: Shot | None) -> Ending:
        return self.converse(*self.arguments, shot=shot)

    def faults(self, ending: Ending) -> Iterator[Fault]:
        for name, allowed in self.expected.items():
            path = self.folder / name
            data = path.read_bytes() if path.exists() else None
            if data not in (allowed[-1:] if self.has_finished(ending) else allowed):
                size = "missing" if data is None else f"{len(data)} bytes"
                yield Fault("file neither old nor new", f"{name}: {size}; exit {ending.code}")

    def rehearse(self) -> None:
        """Run the command once without a signal: how long it takes, how it ends, what it writes."""
        begun = time.monotonic()
        ending = self.attempt(None)
        self.seconds = time.monotonic() - begun
        self.usual = frozenset({ending.code})
