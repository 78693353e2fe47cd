"""Ask line by line: numbered options, one typed answer each, nothing redrawn.

For screen readers, and for terminals that cannot draw. No colour, no boxes, no cursor control.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

from travelsec.console import print_blocks
from travelsec.document import Block, Paragraph
from travelsec.interview.prompter import (
    BACK_KEY,
    CLEAR,
    STOP_KEY,
    WHY,
    ChoicePrompt,
    Move,
    Stopped,
    TextPrompt,
    TicksPrompt,
)

_KEYS = f"{WHY} for why and the source, {BACK_KEY} to go back, {STOP_KEY} to stop and keep"


class AccessiblePrompter:
    """Asks in a terminal and reads lines from standard input."""

    def __init__(self, terminal: TextIO) -> None:
        self.terminal = terminal
        if isinstance(sys.stdin, io.TextIOWrapper):
            # An answer with a byte that is not UTF-8 is refused as a whole.
            sys.stdin.reconfigure(errors="surrogateescape")

    def tell(self, blocks: Iterable[Block]) -> None:
        print_blocks(blocks, self.terminal, plain=True)

    def acknowledge(self, message: str, answer: str) -> None:  # noqa: ARG002
        # The question was read a moment ago: hearing it again would only take time.
        self._say(f"Answer: {answer}")

    def text(self, prompt: TextPrompt) -> str | Move:
        while True:
            self._say("", prompt.message)
            if prompt.hint:
                self._say(prompt.hint)
            offer = ""
            if prompt.initial:
                offer = f"Enter alone takes {prompt.initial}, {CLEAR} leaves it open, "
            answer = self._read(f"Type the answer. {offer}{_KEYS}.", prompt.why)
            if isinstance(answer, Move):
                return answer
            if answer is None:
                continue
            answer = "" if answer == CLEAR else answer or prompt.initial
            fault = prompt.check(answer)
            if fault is None:
                return answer
            self._say(f"That will not do: {fault}. Please try again.")

    def choice(self, prompt: ChoicePrompt) -> str | Move:
        values = list(prompt.options)
        while True:
            self._say("", prompt.message)
            self._options(prompt.options, prompt.hint, ())
            offer = ""
            if prompt.initial is not None:
                offer = f"Enter alone takes {values.index(prompt.initial) + 1}, "
            answer = self._read(f"Type one number, 1 to {len(values)}. {offer}{_KEYS}.", prompt.why)
            if isinstance(answer, Move):
                return answer
            if answer is None:
                continue
            if not answer and prompt.initial is not None:
                chosen = [prompt.initial]
            else:
                chosen = self._numbers(answer, values) or self._by_label(answer, prompt.options)
            if len(chosen) == 1:
                return chosen[0]
            self._say(f"You typed “{answer}”. Expected is one number from 1 to {len(values)}.")

    def ticks(self, prompt: TicksPrompt) -> tuple[str, ...] | Move:
        values = list(prompt.options)
        whys = [f"{prompt.options[v]}: {prompt.whys.get(v) or 'no more to say'}" for v in values]
        why = "\n".join([prompt.why, *whys] if prompt.whys else [prompt.why]).strip()
        each = f"{WHY} and a number for one of them, " if prompt.whys else ""
        while True:
            self._say("", prompt.message)
            self._options(prompt.options, prompt.hint, prompt.ticked)
            answer = self._read(
                f"Type the numbers to tick, with spaces between, or “all”. {self._offer(prompt)}"
                f"{each}{_KEYS}.",
                why,
                whys if prompt.whys else (),
            )
            if isinstance(answer, Move):
                return answer
            if answer is None:
                continue
            if answer.casefold() == "all":
                chosen = [value for value in values if value != prompt.alone]
            elif answer.casefold() in ("none", "0"):
                chosen = []
            elif not answer:
                chosen = [value for value in values if value in prompt.ticked]
            else:
                chosen = self._numbers(answer, values)
                if not chosen:
                    self._say(
                        f"You typed “{answer}”. Expected are numbers from 1 to {len(values)}."
                    )
                    continue
            fault = prompt.check(tuple(chosen))
            if fault is None:
                return tuple(chosen)
            self._say(f"That will not do: {fault}. Please try again.")

    @staticmethod
    def _offer(prompt: TicksPrompt) -> str:
        if prompt.ticked:
            return "Enter alone keeps what is ticked, “none” clears it, "
        return "Enter alone ticks nothing, "

    def _options(
        self, options: Mapping[str, str], hint: str, ticked: tuple[str | None, ...]
    ) -> None:
        if hint:
            self._say(hint)
        for number, (value, label) in enumerate(options.items(), 1):
            mark = " (ticked)" if value in ticked else ""
            self._say(f"{number}. {label}{mark}")

    def _read(self, invitation: str, why: str, whys: Sequence[str] = ()) -> str | Move | None:
        """Read one line; None if the user asked for the reason, which is then shown.

        Args:
            invitation: what to type.
            why: the reason for the question.
            whys: the reason for each option, in order.
        """
        self._say(invitation)
        print("> ", end="", file=self.terminal, flush=True)
        # Not `input`, which draws on the terminal if readline is loaded.
        typed = sys.stdin.readline()
        if not typed:
            self._say("")
            raise Stopped
        answer = typed.strip()
        number = answer.removeprefix(WHY).strip()
        if answer.startswith(WHY) and number.isdecimal() and 0 < int(number) <= len(whys):
            why, answer = whys[int(number) - 1], WHY
        match answer.casefold():
            case "?":
                for text in (why or "There is no more to say about this.").split("\n"):
                    self._say(text)
                return None
            case "b":
                return Move.BACK
            case "q":
                raise Stopped
        return answer

    @staticmethod
    def _by_label(answer: str, options: Mapping[str, str]) -> list[str]:
        typed = answer.casefold()
        # Yes and no can be typed as words.
        word = {"y": "yes", "n": "no"}.get(typed, typed)
        if word in options and word in ("yes", "no"):
            return [word]
        return [value for value, label in options.items() if label.casefold() == typed]

    @staticmethod
    def _numbers(answer: str, values: list[str]) -> list[str]:
        """Return the values of the typed numbers, in order; none if any is not an option."""
        words = answer.replace(",", " ").split()
        # Python refuses to parse numbers of thousands of digits.
        if not all(word.isascii() and word.isdigit() and len(word) < 10 for word in words):
            return []
        numbers = set(map(int, words))
        if not numbers <= set(range(1, len(values) + 1)):
            return []
        return [value for number, value in enumerate(values, 1) if number in numbers]

    def _say(self, *texts: str) -> None:
        self.tell(Paragraph(text) if text else Paragraph(" ") for text in texts)
