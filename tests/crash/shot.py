"""When the program is struck, and by which signals."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from signal import SIGHUP, SIGINT, SIGKILL, SIGTERM, Signals

POLITE = (SIGTERM, SIGHUP, SIGINT)
"""The signals that ask a program to end; it decides how."""


@dataclass(frozen=True)
class Shot:
    """One or two signals, and the moment they come.

    Attributes:
        signals: they are sent one right after the other.
        after: how many prompts are answered first; None for all of them.
        is_asked: they wait for the prompt after that.
        pause: the seconds that pass then.
    """

    signals: tuple[Signals, ...]
    after: int | None
    is_asked: bool
    pause: float

    @property
    def label(self) -> str:
        """The signals as a column of the table."""
        return "two" if len(self.signals) > 1 else self.signals[0].name.removeprefix("SIG")


LABELS = ("KILL", "TERM", "HUP", "INT", "two")


def between_answers(chance: Random, *, most: int = 12) -> Shot:
    """Strike amid the start, while an answer is written, while it waits, or at the end."""
    # The first prompt is where most has just been made, and the last where most is written.
    after = chance.choice([None, 0, *[chance.randrange(most)] * 4])
    # The moments just after Enter are where a signal can meet the drawing of a prompt.
    longest = chance.choice([0.0, 0.02, 0.06, 0.3])
    is_asked = after is not None and chance.random() < 0.3
    return Shot(_signals(chance), after, is_asked, chance.random() * longest)


def within(chance: Random, seconds: float) -> Shot:
    """Strike a command that asks nothing and takes so long; its second half is where it writes."""
    start = chance.choice([0.0, 0.5])
    share = start + chance.random() * (1.05 - start)
    return Shot(_signals(chance), after=0, is_asked=False, pause=seconds * share)


def _signals(chance: Random) -> tuple[Signals, ...]:
    if chance.random() < 0.1:
        return (chance.choice(POLITE), chance.choice(POLITE))
    return (SIGKILL if chance.random() < 0.3 else chance.choice(POLITE),)
