"""Ask with lists drawn in the terminal by questionary, to move in and tick."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TextIO

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.key_binding.key_processor import KeyPressEvent
from prompt_toolkit.output import create_output
from questionary.prompts.common import InquirerControl

from travelsec.console import print_blocks, width_of
from travelsec.document import Block, Paragraph
from travelsec.interview.key_bindings import Handler, list_keys, text_keys
from travelsec.interview.prompter import (
    BACK_KEY,
    CLEAR,
    KEYS,
    NO_REASON,
    STOP_KEY,
    WHY,
    ChoicePrompt,
    Move,
    Stopped,
    TextPrompt,
    TicksPrompt,
)
from travelsec.interview.run_prompt import run_prompt
from travelsec.safe_text import line

_BELOW = "\n   "


class _Why(NamedTuple):
    """The reason was asked for in a list: on which option, with what ticked."""

    pointed: str
    ticked: list[str]


class TerminalPrompter:
    """Draws its questions in a terminal."""

    def __init__(self, terminal: TextIO) -> None:
        self.terminal = terminal

    def tell(self, blocks: Iterable[Block]) -> None:
        print_blocks(blocks, self.terminal)

    def acknowledge(self, message: str, answer: str) -> None:
        self.tell([Paragraph(f"? {message} {answer}", "good")])

    def text(self, prompt: TextPrompt) -> str | Move:
        # Do not prefill the line with the earlier answer: typing `b` would append to it.
        offer = f"Enter takes {prompt.initial}, {CLEAR} leaves it open; " if prompt.initial else ""

        def check(text: str) -> bool | str:
            answer = prompt.meant(text)
            return answer in (WHY, BACK_KEY, STOP_KEY) or prompt.check(answer) or True

        hint = prompt.hint
        while True:
            question = questionary.text(
                # One space less: questionary puts one on either side of the instruction here.
                self._message(prompt.message, hint).removesuffix(" "),
                validate=check,
                **self._drawn(f"{line(offer)}or type {KEYS}, and Enter"),
            )
            question.application.key_bindings = text_keys()
            answer = prompt.meant(str(run_prompt(question.application)))
            if answer == STOP_KEY:
                raise Stopped
            if answer == BACK_KEY:
                return Move.BACK
            if answer != WHY:
                return answer
            hint = _more(prompt.why, prompt.hint)

    def choice(self, prompt: ChoicePrompt) -> str | Move:
        pointed = prompt.initial
        labels = {value: line(text) for value, text in prompt.options.items()}
        # With ten options, a 1 could be the start of 10.
        numbered = list(labels) if len(labels) < 10 else []
        for number, value in enumerate(numbered, 1):
            labels[value] = f"{number}. {labels[value]}"
        ways = "arrows or a number, then Enter" if numbered else "arrows and Enter"
        if numbered and prompt.at_once:
            ways = "a number, or arrows and Enter"
        hint = prompt.hint
        while True:
            question = questionary.select(
                self._message(prompt.message, hint),
                choices=[
                    questionary.Choice(self._wrapped(text), value) for value, text in labels.items()
                ],
                default=pointed,
                **self._drawn(f"{ways}; {KEYS}"),
            )
            answer: str | Move | _Why = _ask(question, numbered, at_once=prompt.at_once)
            if not isinstance(answer, _Why):
                return answer
            pointed = answer.pointed
            hint = _more(prompt.why, prompt.hint)

    def ticks(self, prompt: TicksPrompt) -> tuple[str, ...] | Move:
        ticked: Sequence[str] = prompt.ticked
        pointed = None
        hint = prompt.hint
        while True:
            question = questionary.checkbox(
                self._message(prompt.message, hint),
                choices=[
                    questionary.Choice(self._wrapped(line(text)), value, checked=value in ticked)
                    for value, text in prompt.options.items()
                ],
                initial_choice=pointed,
                validate=lambda values: prompt.fault(tuple(values)) or True,
                **self._drawn(f"Space ticks, Enter goes on; {KEYS}"),
            )
            answer: list[str] | Move | _Why = _ask(question)
            if isinstance(answer, Move):
                return answer
            if not isinstance(answer, _Why):
                return tuple(value for value in prompt.options if value in answer)
            pointed, ticked = answer
            hint = _more(prompt.whys.get(pointed) or prompt.why, prompt.hint)

    def _drawn(self, instruction: str) -> dict[str, Any]:
        """Return what every question takes."""
        return {
            "instruction": self._wrapped(f"({instruction})"),
            "output": create_output(stdout=self.terminal),
            "erase_when_done": True,
        }

    def _message(self, message: str, hint: str) -> str:
        """Put the hint below the question, indented, with the keys on a line of their own."""
        lines = (self._wrapped(line(text)) for text in (message, hint) if text)
        return f"{_BELOW.join(lines)}{_BELOW}".removesuffix(" ")

    def _wrapped(self, text: str) -> str:
        """Wrap a text between words, indented like everything below a question.

        Options of lists too: a narrow window would cut off their ends.
        """
        return _BELOW.join(textwrap.wrap(text, max(width_of(self.terminal) - 6, 20)))


def _ask(
    question: questionary.Question, numbered: Sequence[str] = (), *, at_once: bool = False
) -> Any:
    """Return the answer to a list, `Move.BACK`, or `_Why`.

    Args:
        question: the list.
        numbered: the values for the keys 1, 2, …
        at_once: those keys choose without Enter.

    Raises:
        Stopped: the user stopped.
    """

    def why(event: KeyPressEvent) -> None:
        control = _list_in(event)
        event.app.exit(result=_Why(str(control.get_pointed_at().value), control.selected_options))

    def point(event: KeyPressEvent) -> None:
        place = int(event.key_sequence[0].key) - 1
        if at_once:
            event.app.exit(result=numbered[place])
        else:
            _list_in(event).pointed_at = place

    keys: dict[str, Handler] = {
        WHY: why,
        BACK_KEY: lambda event: event.app.exit(result=Move.BACK),
        STOP_KEY: lambda event: event.app.exit(exception=Stopped()),
        **{str(number): point for number in range(1, len(numbered) + 1)},
    }
    app: Application[Any] = question.application
    assert app.key_bindings is not None, "questionary binds the arrows"
    app.key_bindings = list_keys(app.key_bindings, keys)
    return run_prompt(app)


def _list_in(event: KeyPressEvent) -> InquirerControl:
    controls = event.app.layout.find_all_controls()
    return next(control for control in controls if isinstance(control, InquirerControl))


def _more(why: str, hint: str) -> str:
    """Return the text below a question after the key for why.

    It is part of the prompt: in a small window, text above a long list would scroll away.
    """
    return f"{why or NO_REASON} {hint}".replace("\n", " ").strip()
