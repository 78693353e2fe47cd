"""Every key that prompt_toolkit knows, on every kind of drawn prompt, without a terminal.

Nothing happens but what is named on the screen, or what any line editor does.
"""

from __future__ import annotations

import os
import string
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from prompt_toolkit.application import create_app_session, get_app
from prompt_toolkit.formatted_text import to_formatted_text
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.key_binding.key_processor import KeyPress
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl

from travelsec.interview.prompter import (
    ChoicePrompt,
    Move,
    Position,
    SectionPrompt,
    SetAsideAnswer,
    Stopped,
    TextPrompt,
    TicksPrompt,
)
from travelsec.interview.terminal import TerminalPrompter

# The keys come through a pipe, as from a terminal.
pytestmark = pytest.mark.terminal

THREE = {"a": "Apple", "b": "Banana", "c": "Cherry"}
TWELVE = {letter: letter * 3 for letter in string.ascii_lowercase[:12]}


def _some(values: tuple[str, ...]) -> str | None:
    return None if values else "tick what fits"


TEXT = TextPrompt("Where?")
CHOICE = ChoicePrompt("Which?", THREE, initial="b")
AT_ONCE = ChoicePrompt("What happened?", THREE, initial="b", at_once=True)
MANY = ChoicePrompt("Which?", TWELVE, initial="b")
YES_NO = ChoicePrompt("Sure?", {"yes": "Yes", "no": "No"}, initial="no")
TICKS = TicksPrompt("Which?", THREE, ticked=("b",), check=_some)
SECTION = SectionPrompt(
    "Which?",
    THREE,
    ticked=("b",),
    check=_some,
    title="Fruit",
    place=Position("Lisbon", "section", 1, 2),
)
EMPTY = TicksPrompt("Which?", THREE, check=_some)

Prompt = TextPrompt | ChoicePrompt | TicksPrompt
Typed = bytes | Sequence[KeyPress]


def ask(prompt: Prompt, *typed: Typed, before: Callable[[], None] = lambda: None) -> Any:
    """Ask with a keyboard that types one thing after the other; `before` is called before each."""
    left = deque(typed)
    with (
        Path(os.devnull).open("w", encoding="utf-8") as screen,
        create_pipe_input() as keyboard,
        create_app_session(input=keyboard),
    ):
        read_bytes = keyboard.read_keys

        def read_keys() -> list[KeyPress]:
            read_bytes()
            before()
            presses = left.popleft()
            if isinstance(presses, bytes):
                keyboard.send_bytes(presses)
                presses = read_bytes()
            if left:
                keyboard.send_bytes(b".")
            return list(presses)

        keyboard.read_keys = read_keys  # type: ignore[method-assign]
        keyboard.send_bytes(b".")
        prompter = TerminalPrompter(screen)
        if isinstance(prompt, TextPrompt):
            return prompter.text(prompt)
        if isinstance(prompt, SectionPrompt):
            return prompter.section(prompt)
        if isinstance(prompt, TicksPrompt):
            return prompter.ticks(prompt)
        return prompter.choice(prompt)


def state() -> object:
    """Return what a key could change: the pointer and the ticks, or the text and the cursor."""
    app = get_app()
    control = app.layout.current_control
    if isinstance(control, FormattedTextControl):
        return to_formatted_text(control.text)
    buffer = app.current_buffer
    return buffer.text, buffer.cursor_position


CHARACTERS = [*string.ascii_letters, *string.digits, *string.punctuation, " ", "é"]
# Not typed: the terminal answers where the cursor is; and a name for all keys.
KEYS = [key for key in Keys if key not in (Keys.CPRResponse, Keys.Any)]
ALT = [(Keys.Escape, key) for key in (*KEYS, *CHARACTERS) if key != Keys.Escape]
IN_LISTS = {Keys.Up, Keys.Down, Keys.Enter, Keys.ControlJ, Keys.ControlC, *"?bqBQ"}
IN_TEXTS = {
    *(Keys.Left, Keys.Right, Keys.Home, Keys.End, Keys.Backspace, Keys.Delete),
    *(Keys.ControlA, Keys.ControlE, Keys.ControlK, Keys.ControlU, Keys.ControlW),
    *(Keys.Enter, Keys.ControlJ, Keys.ControlC, Keys.BracketedPaste),
    *CHARACTERS,
}
NAMED: list[tuple[str, Prompt, set[str], Any]] = [
    ("text", TEXT, IN_TEXTS, "Rome"),
    ("choice", CHOICE, {*IN_LISTS, *"123acAC"}, "b"),
    ("at-once", AT_ONCE, {*IN_LISTS, *"123acAC"}, "b"),
    ("many", MANY, {*IN_LISTS, *"acdefghijklACDEFGHIJKL"}, "b"),
    ("yes-no", YES_NO, {*IN_LISTS, *"12yYnN"}, "no"),
    ("ticks", TICKS, {*IN_LISTS, *" acAC"}, ("b",)),
    ("section", SECTION, {*IN_LISTS, *" xXacAC"}, ("b",)),
]


@pytest.mark.parametrize(
    ("prompt", "named", "answer"), [one[1:] for one in NAMED], ids=[one[0] for one in NAMED]
)
def test_no_other_key_does_anything(prompt: Prompt, named: set[str], answer: object) -> None:
    """Neither alone nor with Alt; what was pointed at, ticked or typed stays as it is."""
    begun: list[Typed] = [b"Rome", b"\x1b[D"] if isinstance(prompt, TextPrompt) else []
    swept = [(key,) for key in (*KEYS, *CHARACTERS) if key not in named] + ALT
    pressed = deque([*begun, *swept, "Enter"])
    states: list[object] = []
    changed = []
    last: object = None

    def before() -> None:
        nonlocal last
        states.append(state())
        if len(states) > len(begun) + 1 and states[-1] != states[-2]:
            changed.append(last)
        last = pressed.popleft()

    typed: list[Typed] = [*begun, *([KeyPress(key) for key in keys] for keys in swept), b"\r"]
    try:
        result = ask(prompt, *typed, before=before)
    except Exception as error:
        raise AssertionError(f"{last} ended it") from error
    assert not pressed, f"{last} ended it"
    assert changed == []
    assert result == answer


SEQUENCES = {
    "Alt+Enter": b"\x1b\r",
    "Alt+Alt+Enter": b"\x1b\x1b\r\x1b\r",
    "Ctrl-O": b"\x0f",
    "Shift+Enter": b"\x1b[13;2u",
    "Alt+F5": b"\x1b[15;3~",
    "Esc Alt+F5": b"\x1b\x1b[15;3~",
    "keypad 1": b"\x1bOq",
    "mouse": b"\x1b[<0;11;11M",
    "colour of the terminal": b"\x1b]11;rgb:1111/2222/3333\x1b\\",
    "kind of terminal": b"\x1b[?1;2c",
    "position of the cursor": b"\x1b[11;1R",
    "no UTF-8": b"\xff\xfe",
    "paste": b"\x1b[200~1\r2\n \x1b[201~",
}


@pytest.mark.parametrize("sequence", SEQUENCES.values(), ids=SEQUENCES)
@pytest.mark.parametrize(
    ("prompt", "answer"), [(one[1], one[3]) for one in NAMED[1:]], ids=[one[0] for one in NAMED[1:]]
)
def test_what_a_terminal_sends_beside_keys_does_nothing_in_a_list(
    prompt: Prompt, answer: object, sequence: bytes
) -> None:
    """No part of it counts as a key, and the Enter after it does."""
    assert ask(prompt, sequence + b"\r") == answer


@pytest.mark.parametrize("sequence", [data for name, data in SEQUENCES.items() if name != "paste"])
def test_what_a_terminal_sends_beside_keys_does_nothing_in_a_text(sequence: bytes) -> None:
    """No part of it is typed."""
    assert ask(TEXT, b"Ro" + sequence + b"me\r") == "Rome"


@pytest.mark.parametrize("sequence", [b"\x1b\r", b"\x0f", b"\x1b\x1b\r"])
def test_nothing_passes_over_what_is_required(sequence: bytes) -> None:
    """Only Enter goes on, and only where something is ticked."""
    assert ask(EMPTY, sequence + b"\r" + sequence + b" \r") == ("a",)


@pytest.mark.parametrize(
    ("prompt", "typed", "answer"),
    [
        (CHOICE, b"\x1b[B\r", "c"),
        (CHOICE, b"\x1b[A\n", "a"),
        (CHOICE, b"3\r", "c"),
        (AT_ONCE, b"3", "c"),
        (MANY, b"3\r", "b"),
        (CHOICE, b"b", Move.BACK),
        (TICKS, b" \x1b[B \x1b[B \r", ("a", "c")),
        (TICKS, b"b", Move.BACK),
        (TICKS, b"?\r\r", ("b",)),
        (TICKS, b"?b\r", ("b",)),
        (TICKS, b"all\r", ("a", "b", "c")),
        (TICKS, b"none \r", ("a",)),
        (TICKS, b"c \r", ("b", "c")),
        (SECTION, b"\x1b[B\x1b[Bx", SetAsideAnswer("c", ("b",))),
        (YES_NO, b"y\r", "yes"),
        (YES_NO, b"N\r", "no"),
        (CHOICE, b"B", Move.BACK),
        (TEXT, b"Lisbon\r", "Lisbon"),
        (TEXT, "Zoë 東京\n".encode(), "Zoë 東京"),
        (TEXT, b"om\x01R\x05e\r", "Rome"),
        (TEXT, b"xRome\x1b[H\x1b[3~\r", "Rome"),
        (TEXT, b"Romex\x1b[D\x1b[C\x7f\r", "Rome"),
        (TEXT, b"Rome!!\x1b[D\x1b[D\x0b\r", "Rome"),
        (TEXT, b"Oslo\x15Rome\r", "Rome"),
        (TEXT, b"Rome Oslo\x17\r", "Rome"),
        (TEXT, b"omeX\x1b[HR\x1b[F\x08\r", "Rome"),
        (TEXT, b"\x1b[200~Rome\r\nOslo\tBonn\n\x1b[201~\r", "Rome Oslo Bonn"),
        (TEXT, b"Rome\x04\r", "Rome"),
        (TEXT, b"b\r", Move.BACK),
    ],
)
def test_keys_that_are_named_do_what_they_say(prompt: Prompt, typed: bytes, answer: object) -> None:
    """The arrows, Space, Enter, numbers, ? and b; and for a text those of any line editor."""
    assert ask(prompt, typed) == answer


@pytest.mark.parametrize(
    ("prompt", "typed"),
    [
        *((prompt, b"\x03") for prompt in (TEXT, CHOICE, AT_ONCE, YES_NO, TICKS)),
        *((prompt, b"q") for prompt in (CHOICE, AT_ONCE, YES_NO, TICKS)),
        (TEXT, b"q\r"),
        (TEXT, b"\x04"),
        (TEXT, b"Rome\x03"),
    ],
)
def test_q_and_ctrl_c_stop(prompt: Prompt, typed: bytes) -> None:
    """And Ctrl-D where nothing is typed yet."""
    with pytest.raises(Stopped):
        ask(prompt, typed)
