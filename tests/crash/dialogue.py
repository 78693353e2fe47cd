"""Answer what a program asks until a signal strikes it, or until it ends."""

from __future__ import annotations

import time

from tests.crash.prompts import Prompt, Reply, Side, squeezed
from tests.crash.shot import Shot
from tests.crash.traveller import Traveller
from tests.crash.window import Ending, Window
from tests.terminal import SECONDS


class Dialogue:
    """One program that asks, and the traveller who answers it on one side.

    The traveller takes down what the screen confirms, be it in the last words of the program.
    """

    def __init__(self, window: Window, side: Side, traveller: Traveller) -> None:
        self.window = window
        self.side = side
        self.traveller = traveller
        self.answers = 0
        self._last: tuple[Prompt, Reply] | None = None

    def run(self, shot: Shot | None) -> Ending:
        """Answer, and strike when the time has come; without a shot the program ends by itself."""
        while shot is None or shot.after != self.answers:
            prompt = self._next()
            if prompt is None:
                break
            reply = self.traveller.reply(prompt)
            self.side.give(self.window, prompt, reply)
            self._last = prompt, reply
            self.answers += 1
            if shot is not None and shot.after is None and reply.is_last:
                break
        if shot is not None:
            if shot.is_asked:
                self._next()
            self.window.let_run(shot.pause)
            self.window.strike(shot.signals)
        ending = self.window.end()
        self._take_down()
        return ending

    def _next(self) -> Prompt | None:
        """Wait for the next prompt; None if the program ends instead."""
        deadline = time.monotonic() + SECONDS
        while (prompt := self.side.prompt(self.window)) is None:
            if not self.window.read():
                return None
            if time.monotonic() > deadline:
                raise AssertionError(f"nothing is asked any more:\n{self.window.text()}")
        self._take_down()
        return prompt

    def _take_down(self) -> None:
        if self._last is not None:
            prompt, reply = self._last
            if squeezed(self.side.confirmation(prompt, reply)) in squeezed(self.window.new()):
                self.traveller.confirm(reply.keeps)
