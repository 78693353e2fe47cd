"""The two sides of the interview: read the prompt that is on the screen, and answer it."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from tests.crash.window import Window
from tests.crash.wording import CONFIRMATION
from tests.terminal import DOWN, ENTER, SECONDS, SPACE
from travelsec.interview.prompter import KEYS, SET_ASIDE_KEY
from travelsec.pack.model import LEVELS

_MARK = re.compile("^ [» ] ([○●] |[0-9]+\\. )")
_OPTION = re.compile(r"^([0-9]+)\. (.*?)( \(ticked\))?$", re.MULTILINE)
# An item is followed by its text, where steps have numbers as well.
_ITEM = re.compile(
    rf"^([0-9]+)\. (.*? \((?:{'|'.join(LEVELS)})\))( \(ticked\))?(?::.*)?$", re.MULTILINE
)


@dataclass(frozen=True)
class Prompt:
    """What is asked now.

    Attributes:
        title: the question; empty where only `text` has it.
        text: all that was said with it, spaces folded.
        options: what can be chosen or ticked, without numbers and marks.
        ticked: the options that are ticked.
        pointed: the number of the option that the pointer is at, from 0.
    """

    title: str
    text: str
    options: tuple[str, ...] = ()
    ticked: frozenset[str] = frozenset()
    pointed: int = 0


@dataclass(frozen=True)
class Reply:
    """What is answered: a text, an option, the options to tick, or the one to set aside.

    Attributes:
        text: what is typed.
        option: what is chosen.
        ticks: what is ticked in the end.
        aside: what is set aside.
        shown: the answer, or its beginning, as the screen confirms it.
        title: the question as it is confirmed, where it was asked in other words.
        keeps: what must be kept from that moment on.
        is_last: nothing is asked after it.
    """

    text: str = ""
    option: str | None = None
    ticks: frozenset[str] | None = None
    aside: str | None = None
    shown: str = ""
    title: str = ""
    keeps: Mapping[str, object] = field(default_factory=dict)
    is_last: bool = False


class Side(Protocol):
    """A way of asking, seen from the chair of the traveller."""

    options: tuple[str, ...]
    """The options of the command that lead to it."""

    def prompt(self, window: Window) -> Prompt | None:
        """Return the prompt that waits for an answer; None if there is none yet."""

    def give(self, window: Window, prompt: Prompt, reply: Reply) -> None:
        """Answer the prompt."""

    def confirmation(self, prompt: Prompt, reply: Reply) -> str:
        """Return what confirms the answer on the screen."""


def squeezed(text: str) -> str:
    """Return a text without its spaces: lines are broken anywhere."""
    return "".join(text.split())


class LineByLine:
    """Numbered options, one typed line each."""

    options: tuple[str, ...] = ("--accessible",)

    def prompt(self, window: Window) -> Prompt | None:
        new = window.new()
        if not new.endswith("\n> "):
            return None
        options: list[str] = []
        ticked: set[str] = set()
        for number, label, mark in _ITEM.findall(new) or _OPTION.findall(new):
            if number == "1":
                options, ticked = [], set()
            options.append(label)
            if mark:
                ticked.add(label)
        return Prompt("", " ".join(new.split()), tuple(options), frozenset(ticked))

    def give(self, window: Window, prompt: Prompt, reply: Reply) -> None:
        typed = reply.text
        if reply.option is not None:
            typed = str(prompt.options.index(reply.option) + 1)
        elif reply.ticks is not None:
            numbers = [n for n, label in enumerate(prompt.options, 1) if label in reply.ticks]
            typed = " ".join(map(str, numbers)) or "none"
        elif reply.aside is not None:
            typed = f"{SET_ASIDE_KEY} {prompt.options.index(reply.aside) + 1}"
        window.forget()
        window.type(typed + ENTER)

    def confirmation(self, prompt: Prompt, reply: Reply) -> str:  # noqa: ARG002
        return CONFIRMATION + reply.shown


class Drawn:
    """Lists to move in and tick. What was pressed is looked for on the screen before it counts."""

    options: tuple[str, ...] = ()

    def prompt(self, window: Window) -> Prompt | None:
        written = window.new_bytes()
        # Each prompt switches on pasting when it begins, and wrapping off while it is drawn.
        if b"\x1b[?2004h" not in written or written.rfind(b"\x1b[?7l") > written.rfind(b"\x1b[?7h"):
            return None
        return self._on_screen(window)

    def give(self, window: Window, prompt: Prompt, reply: Reply) -> None:
        key = ENTER
        chosen = reply.option or reply.aside
        if chosen is not None:
            target = prompt.options.index(chosen)
            key = ENTER if reply.aside is None else SET_ASIDE_KEY
            window.type(DOWN * ((target - prompt.pointed) % len(prompt.options)))
            self._see(window, lambda now: now.pointed == target)
        elif reply.ticks is not None:
            count, place, keys = len(prompt.options), prompt.pointed, ""
            for label in sorted(reply.ticks ^ prompt.ticked, key=prompt.options.index):
                target = prompt.options.index(label)
                keys += DOWN * ((target - place) % count) + SPACE
                place = target
            window.type(keys)
            self._see(window, lambda now: now.ticked == reply.ticks)
        else:
            window.type(reply.text)
        window.forget()
        window.type(key)

    def confirmation(self, prompt: Prompt, reply: Reply) -> str:
        return f"? {reply.title or prompt.title} {reply.shown}"

    def _see(self, window: Window, holds: Callable[[Prompt], bool]) -> None:
        """Wait until the prompt on the screen is so, or the program ends."""
        deadline = time.monotonic() + SECONDS
        while (now := self._on_screen(window)) is None or not holds(now):
            if time.monotonic() > deadline:
                raise AssertionError(f"the keys do not do what they should:\n{window.text()}")
            if not window.read():
                return

    def _on_screen(self, window: Window) -> Prompt | None:
        rows = window.screen()
        start = max((n for n, row in enumerate(rows) if row.startswith("? ")), default=len(rows))
        keys = next((n for n in range(start, len(rows)) if KEYS in rows[n]), None)
        if keys is None:
            return None
        # The text of an item stands below the list, after an empty line.
        below = list(itertools.takewhile(bool, rows[start + 1 : keys]))
        listed = [row for row in below if _MARK.match(row)]
        if not listed and any(row.startswith(" »") for row in below):
            listed = below
        labels = [_MARK.sub("", row) if _MARK.match(row) else row[3:] for row in listed]
        return Prompt(
            title=rows[start].removeprefix("? "),
            text=" ".join(" ".join(rows[start : keys + 1]).split()),
            options=tuple(labels),
            ticked=frozenset(
                label for label, row in zip(labels, listed, strict=True) if row[3:4] == "●"
            ),
            pointed=next((n for n, row in enumerate(listed) if row.startswith(" »")), 0),
        )


SIDES: Mapping[str, Side] = {"line by line": LineByLine(), "drawn": Drawn()}
