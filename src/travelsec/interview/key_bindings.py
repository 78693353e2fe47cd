"""Bind the keys named on the screen and those of any line editor, and no others.

prompt_toolkit binds well over a hundred keys of its own. An eager binding for every key overrides
them all, so that only the keys bound here act. Paste, mouse and unknown keys do nothing in a list.
"""

from __future__ import annotations

import re
import string
from collections import deque
from collections.abc import Callable
from itertools import takewhile

from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.key_binding.bindings.cpr import load_cpr_bindings
from prompt_toolkit.key_binding.bindings.named_commands import get_by_name
from prompt_toolkit.key_binding.key_processor import KeyPress, KeyPressEvent
from prompt_toolkit.keys import Keys

from travelsec.interview.prompter import Stopped
from travelsec.interview.suggestions import Suggestions

Handler = Callable[[KeyPressEvent], None]

_EDITING = {
    Keys.Left: "backward-char",
    Keys.Right: "forward-char",
    Keys.Home: "beginning-of-line",
    Keys.ControlA: "beginning-of-line",
    Keys.End: "end-of-line",
    Keys.ControlE: "end-of-line",
    Keys.Backspace: "backward-delete-char",
    Keys.Delete: "delete-char",
    Keys.ControlK: "kill-line",
    Keys.ControlU: "unix-line-discard",
    Keys.ControlW: "unix-word-rubout",
    Keys.Enter: "accept-line",
    # Some terminals send this for Enter.
    Keys.ControlJ: "accept-line",
}

# What can follow Escape: a control sequence, a keypad key, a reply of the terminal.
_SEQUENCE = re.compile(r"\[[ -?]*[@-~]?|O.?|[]P^_X].*|.", re.DOTALL)

# Control characters, and bytes that are not UTF-8.
_UNTYPABLE = re.compile("[\0-\x1f\x7f-\x9f\ud800-\udfff]+")


def text_keys(suggestions: Suggestions) -> KeyBindings:
    """Return the keys of a text prompt; without suggestions some do nothing."""
    keys = _no_keys()
    keys.add(Keys.Tab, eager=True)(lambda event: suggestions.take(event.current_buffer))
    keys.add(Keys.Up, eager=True)(lambda _event: suggestions.move(-1))
    keys.add(Keys.Down, eager=True)(lambda _event: suggestions.move(1))
    for key, command in _EDITING.items():
        keys.add(key, eager=True)(get_by_name(command).handler)
    keys.add(Keys.ControlC, eager=True)(_stop)
    keys.add(Keys.ControlD, eager=True)(_stop_if_empty)
    keys.add(Keys.BracketedPaste, eager=True)(_paste)
    keys.add(Keys.Any, eager=True)(_type)
    return keys


def list_keys(move: Callable[[int], Handler], accept: Handler, press: Handler) -> KeyBindings:
    """Return the keys of a list.

    Args:
        move: makes the handler of a key that moves by a number of options.
        accept: what Enter does.
        press: what any character does.
    """
    keys = _no_keys()
    for key, step in ((Keys.Up, -1), (Keys.Down, 1)):
        keys.add(key, eager=True)(move(step))
    for key in (Keys.Enter, Keys.ControlJ):
        keys.add(key, eager=True)(accept)
    keys.add(Keys.ControlC, eager=True)(_stop)
    for character in (*string.ascii_letters, *string.digits, "?", " "):
        keys.add(character, eager=True)(press)
    return keys


def _no_keys() -> KeyBindings:
    keys = KeyBindings()
    keys.add(Keys.Any, eager=True)(_nothing)
    keys.add(Keys.Escape, eager=True)(_drop_sequence)
    # Not a key but the terminal's report of the cursor position, which drawing waits for.
    for binding in load_cpr_bindings().bindings:
        keys.add(*binding.keys, eager=True)(binding.handler)
    return keys


def _nothing(_event: KeyPressEvent) -> None:
    """Do nothing."""


def _stop(event: KeyPressEvent) -> None:
    event.app.exit(exception=Stopped())


def _stop_if_empty(event: KeyPressEvent) -> None:
    if not event.current_buffer.text:
        _stop(event)


def _type(event: KeyPressEvent) -> None:
    key = event.key_sequence[0].key
    if len(key) == 1 and not _UNTYPABLE.match(key):
        event.current_buffer.insert_text(key)


def _paste(event: KeyPressEvent) -> None:
    """Insert a paste as one line: line breaks in it are not Enter."""
    event.current_buffer.insert_text(_UNTYPABLE.sub(" ", event.data))


def _drop_sequence(event: KeyPressEvent) -> None:
    """Drop what came together with Escape: a key with Alt, or an unknown key.

    Otherwise Alt+Enter would count as Enter, and the digits of an unknown function key would
    choose from a list.
    """
    queue: deque[KeyPress] = event.key_processor.input_queue
    # Keys other than characters have longer names, such as `up`.
    typed = "".join(takewhile(lambda key: len(key) == 1, (press.key for press in queue)))
    sequence = _SEQUENCE.match(typed)
    if sequence:
        for _ in range(sequence.end()):
            queue.popleft()
    elif queue and queue[0].key not in (Keys.Escape, Keys.CPRResponse):
        queue.popleft()
