"""The interface for asking questions, drawn in a terminal or line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal, NamedTuple, Protocol

from travelsec.document import Block

WHY, BACK_KEY, STOP_KEY, CLEAR, SET_ASIDE_KEY = "?", "b", "q", "-", "x"
"""What people press (in a list) or type (for a text) instead of an answer.

`CLEAR` is for texts only: it removes the earlier answer. `SET_ASIDE_KEY` is for sections only.
"""

KEYS = "? why, b back, q stop"
NO_REASON = "There is no more to say about this."


class Move(Enum):
    """A move to another question instead of an answer."""

    BACK = "back"


@dataclass(frozen=True)
class SetAsideAnswer:
    """The answer to set an option aside instead of ticking it; `ticked` are those ticked so far."""

    value: str
    ticked: tuple[str, ...]


class Stopped(Exception):
    """The user stops here, keeping the answers so far."""


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
        complete: returns the lines that a line being typed may become, with what each adds.
    """

    message: str
    hint: str = ""
    initial: str = ""
    check: Callable[[str], str | None] = _accept
    why: str = ""
    complete: Callable[[str], Sequence[tuple[str, str]]] | None = None

    def meant(self, typed: str) -> str:
        """Return the answer that a typed line stands for."""
        return "" if typed.strip() == CLEAR else typed.strip() or self.initial


@dataclass(frozen=True)
class ChoicePrompt:
    """Asks for one of several options (value to label); `initial` is a value.

    `at_once`: in a drawn list, an option's number chooses it without Enter. An Enter pressed all
    the same would answer the next question.
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

    Attributes:
        message: the question.
        options: value to label.
        hint: a line below the question.
        ticked: the values ticked already.
        check: says what is wrong with an answer, or None.
        why: more about the question, shown on request.
        whys: more about single options.
        alone: an option that excludes all others, such as “None of these”.
        set_aside: the values set aside with a reason, which “all” must not overwrite.
    """

    message: str
    options: Mapping[str, str]
    hint: str = ""
    ticked: tuple[str, ...] = ()
    check: Callable[[tuple[str, ...]], str | None] = _accept
    why: str = ""
    whys: Mapping[str, str] = field(default_factory=dict)
    alone: str | None = None
    set_aside: frozenset[str] = frozenset()

    def fault(self, answer: tuple[str, ...]) -> str | None:
        """Return what is wrong with an answer, or None."""
        if self.alone in answer and len(answer) > 1:
            return f"“{self.options[self.alone]}” cannot be ticked together with others"
        return self.check(answer)


class Position(NamedTuple):
    """Where in an interview a prompt is.

    `trip` is where the trip goes and how soon, `part` a question or a section; the summary is no
    part, and has no number.
    """

    trip: str
    part: Literal["question", "section", ""] = ""
    number: int = 0
    total: int = 0


@dataclass(frozen=True)
class SectionPrompt(TicksPrompt):
    """Asks about the items of a section, each of which may be set aside instead.

    Attributes:
        title: the title of the section.
        place: where in the interview it is.
        levels: value to the level of the item.
        details: value to the text of the item; its first line is the sentence in full.
        pointed: the value of the item to start from.
    """

    title: str = field(kw_only=True)
    place: Position = field(kw_only=True)
    levels: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)
    pointed: str = ""


class Prompter(Protocol):
    """Asks the user. Methods that ask raise `Stopped` when the user stops.

    They do not confirm the answer: the caller stores it first, then calls `acknowledge`, so that
    whatever the screen confirms is on the disk.
    """

    def tell(self, blocks: Iterable[Block]) -> None:
        """Show a document that needs no answer."""

    def acknowledge(self, message: str, answer: str) -> None:
        """Confirm an answer that was stored."""

    def move_to(self, place: Position) -> None:
        """Note where in the interview the next prompts are."""

    def text(self, prompt: TextPrompt) -> str | Move:
        """Return one line, stripped; empty if nothing was typed."""

    def choice(self, prompt: ChoicePrompt) -> str | Move:
        """Return the value of the chosen option."""

    def ticks(self, prompt: TicksPrompt) -> tuple[str, ...] | Move:
        """Return the values of the ticked options, in the order of the options."""

    def section(self, prompt: SectionPrompt) -> tuple[str, ...] | Move | SetAsideAnswer:
        """Return the values of the ticked items, in order, or the item to set aside."""


def ask_choice(prompter: Prompter, prompt: ChoicePrompt) -> str:
    """Ask until an option is chosen: there is nothing to go back to."""
    while not isinstance(answer := prompter.choice(prompt), str):
        pass
    return answer
