"""Ask line by line: numbered options, one typed answer each, nothing redrawn.

For screen readers, and for terminals that cannot draw. No colour, no boxes, no cursor control.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TextIO, TypeVar

from travelsec.console import print_blocks
from travelsec.document import Block, Paragraph
from travelsec.interview.prompter import (
    BACK_KEY,
    CLEAR,
    NO_REASON,
    SET_ASIDE_KEY,
    STOP_KEY,
    WHY,
    ChoicePrompt,
    Move,
    Position,
    SectionPrompt,
    SetAsideAnswer,
    Stopped,
    TextPrompt,
    TicksPrompt,
)

T = TypeVar("T")
Prompt = TextPrompt | ChoicePrompt | TicksPrompt

_KEYS = (
    f"At every question: {WHY} for why and for help, {BACK_KEY} to go back, "
    f"{STOP_KEY} to stop and keep your answers."
)

_TICK = "Type the numbers to tick, with spaces between, or “all”."
_TICKS_NOTHING = "Enter alone ticks nothing."
_SET_ASIDE = (
    f"{SET_ASIDE_KEY} and a number for one that is not for you, {WHY} and a number for its source."
)


class _Refused(Exception):
    """The typed line is not an answer; the text says why."""


class AccessiblePrompter:
    """Asks in a terminal and reads lines from standard input."""

    def __init__(self, terminal: TextIO) -> None:
        self.terminal = terminal
        self._explained: set[str] = set()
        if isinstance(sys.stdin, io.TextIOWrapper) and sys.stdin.errors != "surrogateescape":
            # An answer with a byte that is not UTF-8 is refused as a whole. Once an earlier
            # prompter has read a line, this can no longer be changed.
            sys.stdin.reconfigure(errors="surrogateescape")

    def tell(self, blocks: Iterable[Block]) -> None:
        print_blocks(blocks, self.terminal, plain=True)

    def acknowledge(self, message: str, answer: str) -> None:  # noqa: ARG002
        # The question was read a moment ago: hearing it again would only take time.
        self._say(f"Answer: {answer}")

    def move_to(self, place: Position) -> None:
        """Do nothing: a section says where it is, and elsewhere it would be read every time."""

    def text(self, prompt: TextPrompt) -> str | Move:
        def read(typed: str) -> str:
            answer = prompt.meant(typed)
            _refuse(prompt.check(answer))
            return answer

        offer = ""
        if prompt.initial:
            offer = f"Enter alone takes {prompt.initial}, {CLEAR} leaves it open."
        return self._ask(prompt, "Type the answer.", offer, read)

    def choice(self, prompt: ChoicePrompt) -> str | Move:
        values = list(prompt.options)

        def read(typed: str) -> str:
            if not typed and prompt.initial is not None:
                return prompt.initial
            chosen = _values_of_numbers(typed, values) or _values_of_label(typed, prompt.options)
            if len(chosen) != 1:
                raise _Refused(f"You typed “{typed}”. Type one number from 1 to {len(values)}.")
            return chosen[0]

        offer = ""
        if prompt.initial is not None:
            offer = f"Enter alone takes {values.index(prompt.initial) + 1}."
        return self._ask(prompt, "Type one number.", offer, read)

    def ticks(self, prompt: TicksPrompt) -> tuple[str, ...] | Move:
        return self._ask(
            prompt, _TICK, _kept_by_enter(prompt), lambda typed: _ticked(prompt, typed)
        )

    def section(self, prompt: SectionPrompt) -> tuple[str, ...] | Move | SetAsideAnswer:
        values = list(prompt.options)

        def read(typed: str) -> tuple[str, ...] | SetAsideAnswer:
            if not typed.casefold().startswith(SET_ASIDE_KEY):
                return _ticked(prompt, typed)
            chosen = _values_of_numbers(typed[len(SET_ASIDE_KEY) :], values)
            if len(chosen) != 1:
                raise _Refused(
                    f"You typed “{typed}”. Type {SET_ASIDE_KEY} and one number from 1 to "
                    f"{len(values)}."
                )
            return SetAsideAnswer(chosen[0], prompt.ticked)

        return self._ask(prompt, f"{_TICK} {_SET_ASIDE}", _kept_by_enter(prompt), read)

    def _ask(
        self, prompt: Prompt, invitation: str, offer: str, read: Callable[[str], T]
    ) -> T | Move:
        """Ask until a typed line is an answer.

        Args:
            prompt: what to ask.
            invitation: what to type; said once for each kind of question, and on request.
            offer: what Enter alone does; that it ticks nothing is said once.
            read: turns the line into the answer, or raises `_Refused`.
        """
        whys = _reasons_of_options(prompt)
        why = "\n".join([prompt.why, *whys]).strip() or NO_REASON
        help_ = f"{invitation} {_KEYS}" if not self._explained else invitation
        again = isinstance(prompt, SectionPrompt) and bool(prompt.pointed)
        while True:
            self._say("", *_question_lines(prompt, again=again))
            if invitation not in self._explained:
                self._say(help_)
                self._explained.add(invitation)
            if offer and offer not in self._explained:
                self._say(offer)
            if offer == _TICKS_NOTHING:
                # The same at every list; what Enter takes elsewhere is an answer.
                self._explained.add(offer)
            print("> ", end="", file=self.terminal, flush=True)
            # Not `input`, which draws on the terminal if readline is loaded.
            line = sys.stdin.readline()
            if not line:
                self._say("")
                raise Stopped
            typed = line.strip()
            number = typed.removeprefix(WHY).strip()
            if typed.casefold() == STOP_KEY:
                raise Stopped
            if typed.casefold() == BACK_KEY:
                return Move.BACK
            again = True
            if typed == WHY:
                self._say(*why.split("\n"), f"{invitation} {_KEYS}")
            elif typed.startswith(WHY) and number.isdecimal() and 0 < int(number) <= len(whys):
                self._say(*whys[int(number) - 1].split("\n"))
            else:
                try:
                    return read(typed)
                except _Refused as refused:
                    self._say(str(refused))

    def _say(self, *texts: str) -> None:
        self.tell(map(Paragraph, texts))


def _ticked(prompt: TicksPrompt, typed: str) -> tuple[str, ...]:
    """Return the values that a typed line ticks."""
    values = list(prompt.options)
    match typed.casefold():
        case "all":
            spared = {prompt.alone, *prompt.set_aside}
            chosen = [value for value in values if value not in spared]
        case "none" | "0":
            chosen = [value for value in values if value == prompt.alone]
        case "":
            chosen = [value for value in values if value in prompt.ticked]
        case _:
            chosen = _values_of_numbers(typed, values)
            if not chosen:
                raise _Refused(f"You typed “{typed}”. Type numbers from 1 to {len(values)}.")
    _refuse(prompt.fault(tuple(chosen)))
    return tuple(chosen)


def _kept_by_enter(prompt: TicksPrompt) -> str:
    if prompt.ticked:
        return "Enter alone keeps what is ticked, “none” clears it."
    return _TICKS_NOTHING


def _question_lines(prompt: Prompt, *, again: bool) -> Iterator[str]:
    """Yield the question with its options; items in full only the first time."""
    levels: Mapping[str, str] = {}
    details: Mapping[str, str] = {}
    if isinstance(prompt, SectionPrompt):
        levels, details = prompt.levels, prompt.details
        place = prompt.place
        yield f"Section {place.number} of {place.total}: {prompt.title}"
    yield prompt.message
    if prompt.hint:
        yield prompt.hint
    if not isinstance(prompt, TextPrompt):
        ticked = prompt.ticked if isinstance(prompt, TicksPrompt) else ()
        for number, (value, label) in enumerate(prompt.options.items(), 1):
            level = f" ({levels[value]})" if value in levels else ""
            mark = " (ticked)" if value in ticked else ""
            first, *more = ("" if again else details.get(value, "")).split("\n")
            yield f"{number}. {label}{level}{mark}{f': {first}' if first else ''}"
            yield from more


def _reasons_of_options(prompt: Prompt) -> list[str]:
    """Return the reason for each option, in order, if options have reasons."""
    if not isinstance(prompt, TicksPrompt) or not prompt.whys:
        return []
    reasons = ((label, prompt.whys.get(value)) for value, label in prompt.options.items())
    return [f"{label}: {reason or 'no more to say'}" for label, reason in reasons]


def _refuse(fault: str | None) -> None:
    if fault is not None:
        raise _Refused(f"That will not do: {fault}. Please try again.")


def _values_of_label(typed: str, options: Mapping[str, str]) -> list[str]:
    """Return the options with the typed label, or with the yes or no that it begins with."""
    typed = typed.casefold()
    word = {"y": "yes", "n": "no"}.get(typed, typed)
    labels = {value: label.casefold() for value, label in options.items()}
    if word in ("yes", "no"):
        return [value for value, label in labels.items() if label.split(",")[0] == word]
    return [value for value, label in labels.items() if label == typed]


def _values_of_numbers(typed: str, values: Sequence[str]) -> list[str]:
    """Return the values of the typed numbers, in order; none if any is not an option."""
    numbers = {str(number): value for number, value in enumerate(values, 1)}
    words = [word.lstrip("0") for word in typed.replace(",", " ").split()]
    if not all(word in numbers for word in words):
        return []
    return [value for number, value in numbers.items() if number in words]
