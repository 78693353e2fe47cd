"""How a question is put: one small interface for every way of asking."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from travelsec.document import Block

WHY, BACK_KEY, STOP_KEY, CLEAR = "?", "b", "q", "-"
"""What a person presses (in a list) or types (for a text) instead of an answer.

`CLEAR` is for texts only: it leaves open what was answered before.
"""

KEYS = "? why, b back, q stop"


class Move(Enum):
    """What a person may want instead of answering."""

    BACK = "back"


class Stopped(Exception):
    """The person wants to stop here and keep what was answered."""


def _accept(_answer: object) -> str | None:
    return None


@dataclass(frozen=True)
class TextPrompt:
    """Asks for one line of text.

    Attributes:
        message: the question.
        hint: one line below the question.
        initial: the answer that Enter alone takes.
        check: says what is wrong with an answer, or None.
        why: more about the question, shown on request.
    """

    message: str
    hint: str = ""
    initial: str = ""
    check: Callable[[str], str | None] = _accept
    why: str = ""


@dataclass(frozen=True)
class ChoicePrompt:
    """Asks for one of several options (value to label); `initial` is a value.

    `at_once`: in a list that is drawn, the key of its number chooses an option, and no Enter is
    needed. Whoever presses Enter all the same would answer what is asked next.
    """

    message: str
    options: Mapping[str, str]
    hint: str = ""
    initial: str | None = None
    why: str = ""
    at_once: bool = False


@dataclass(frozen=True)
class TicksPrompt:
    """Asks for any number of options (value to label).

    `whys` says more about single options; `why` about the whole. `alone` is an option that goes
    with no other, such as “None of these”.
    """

    message: str
    options: Mapping[str, str]
    hint: str = ""
    ticked: tuple[str, ...] = ()
    check: Callable[[tuple[str, ...]], str | None] = _accept
    why: str = ""
    whys: Mapping[str, str] = field(default_factory=dict)
    alone: str | None = None


class Prompter(Protocol):
    """A way of asking. Each method that asks raises `Stopped` when the person wants to stop.

    None of them confirms an answer by itself: whoever asked keeps it first, then calls
    `acknowledge`. So what the screen confirms is on the disk.
    """

    def tell(self, blocks: Iterable[Block]) -> None:
        """Show something that needs no answer."""

    def acknowledge(self, message: str, answer: str) -> None:
        """Confirm an answer that was kept."""

    def text(self, prompt: TextPrompt) -> str | Move:
        """Return one line without space around it; empty if nothing was typed."""

    def choice(self, prompt: ChoicePrompt) -> str | Move:
        """Return the value of the option that was chosen."""

    def ticks(self, prompt: TicksPrompt) -> tuple[str, ...] | Move:
        """Return the values of the options that were ticked, in the order of the options."""
