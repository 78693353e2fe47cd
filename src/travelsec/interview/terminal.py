"""Ask with lists drawn in the terminal by questionary, to move in and tick."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, TextIO

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


class _Pressed(Exception):
    """One of our keys was pressed in a list: which, on what option, with what ticked."""

    def __init__(self, key: str, pointed: Any, ticked: list[Any]) -> None:
        self.key = key
        self.pointed = pointed
        self.ticked = tuple(ticked)


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

        def meant(text: str) -> str:
            typed = text.strip()
            return "" if typed == CLEAR else typed or prompt.initial

        def check(text: str) -> bool | str:
            answer = meant(text)
            fault = None if answer in (WHY, BACK_KEY, STOP_KEY) else prompt.check(answer)
            return True if fault is None else fault

        hint = prompt.hint
        while True:
            question = questionary.text(
                # One space less: questionary puts one on either side of the instruction here.
                self._message(prompt.message, hint).removesuffix(" "),
                instruction=self._wrapped(f"({line(offer)}or type {KEYS}, and Enter)"),
                validate=check,
                output=create_output(stdout=self.terminal),
                erase_when_done=True,
            )
            question.application.key_bindings = text_keys()
            answer = meant(str(run_prompt(question.application)))
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
                instruction=self._wrapped(f"({ways}; {KEYS})"),
                output=create_output(stdout=self.terminal),
                erase_when_done=True,
            )
            try:
                return str(_ask(question, numbered, at_once=prompt.at_once))
            except _Pressed as pressed:
                if pressed.key == BACK_KEY:
                    return Move.BACK
                pointed = pressed.pointed
                hint = _more(prompt.why, prompt.hint)

    def ticks(self, prompt: TicksPrompt) -> tuple[str, ...] | Move:
        ticked, pointed = prompt.ticked, None

        def check(values: list[str]) -> bool | str:
            fault = prompt.check(tuple(values))
            return True if fault is None else fault

        hint = prompt.hint
        while True:
            choices = [
                questionary.Choice(self._wrapped(line(text)), value, checked=value in ticked)
                for value, text in prompt.options.items()
            ]
            question = questionary.checkbox(
                self._message(prompt.message, hint),
                choices=choices,
                initial_choice=pointed,
                instruction=self._wrapped(f"(Space ticks, Enter goes on; {KEYS})"),
                validate=check,
                output=create_output(stdout=self.terminal),
                erase_when_done=True,
            )
            try:
                answer = _ask(question)
                return tuple(value for value in prompt.options if value in answer)
            except _Pressed as pressed:
                if pressed.key == BACK_KEY:
                    return Move.BACK
                ticked, pointed = pressed.ticked, pressed.pointed
                hint = _more(prompt.whys.get(str(pressed.pointed)) or prompt.why, prompt.hint)

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
    """Ask in a list.

    Args:
        question: the list.
        numbered: the values for the keys 1, 2, …
        at_once: those keys choose without Enter.

    Raises:
        _Pressed: the key for why or back was pressed.
        Stopped: the key to stop was pressed.
    """

    def press(event: KeyPressEvent) -> None:
        control = _list_in(event)
        pressed = _Pressed(
            event.key_sequence[0].key, control.get_pointed_at().value, control.selected_options
        )
        event.app.exit(exception=Stopped() if pressed.key == STOP_KEY else pressed)

    keys: dict[str, Handler] = dict.fromkeys((WHY, BACK_KEY, STOP_KEY), press)
    for number, value in enumerate(numbered, 1):
        keys[str(number)] = (
            partial(_choose, value=value) if at_once else partial(_point, number=number)
        )
    app: Application[Any] = question.application
    assert app.key_bindings is not None, "questionary binds the arrows"
    app.key_bindings = list_keys(app.key_bindings, keys)
    return run_prompt(app)


def _choose(event: KeyPressEvent, value: str) -> None:
    event.app.exit(result=value)


def _point(event: KeyPressEvent, number: int) -> None:
    _list_in(event).pointed_at = number - 1


def _list_in(event: KeyPressEvent) -> InquirerControl:
    controls = event.app.layout.find_all_controls()
    return next(control for control in controls if isinstance(control, InquirerControl))


def _more(why: str, hint: str) -> str:
    """Return the text below a question whose reason was asked for.

    It is part of the prompt: in a small window, text above a long list would scroll away.
    """
    return f"{why or 'There is no more to say about this.'} {hint}".replace("\n", " ").strip()
