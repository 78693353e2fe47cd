"""A prompter whose answers are given beforehand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from travelsec.document import Block
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


class ScriptedPrompter:
    """Gives the answers in turn, and stops where there is none left.

    `prompts` are those that were put, `told` is what was shown, and `acknowledged` the answers
    that were confirmed.
    """

    def __init__(self, *answers: str | tuple[str, ...] | Move) -> None:
        self.answers = list(answers)
        self.prompts: list[TextPrompt | ChoicePrompt | TicksPrompt] = []
        self.told: list[Block] = []
        self.acknowledged: list[tuple[str, str]] = []

    def tell(self, blocks: Iterable[Block]) -> None:
        """Note what is shown."""
        self.told.extend(blocks)

    def acknowledge(self, message: str, answer: str) -> None:
        """Note what is confirmed."""
        self.acknowledged.append((message, answer))

    def move_to(self, place: Position) -> None:
        """Nobody looks at the place."""

    def text(self, prompt: TextPrompt) -> str | Move:
        """Give the next answer."""
        answer: str | Move = self._next(prompt)
        return answer

    def choice(self, prompt: ChoicePrompt) -> str | Move:
        """Give the next answer."""
        answer: str | Move = self._next(prompt)
        return answer

    def ticks(self, prompt: TicksPrompt) -> tuple[str, ...] | Move:
        """Give the next answer."""
        answer: tuple[str, ...] | Move = self._next(prompt)
        return answer

    def section(self, prompt: SectionPrompt) -> tuple[str, ...] | Move | SetAsideAnswer:
        """Give the next answer."""
        answer: tuple[str, ...] | Move | SetAsideAnswer = self._next(prompt)
        return answer

    def _next(self, prompt: TextPrompt | ChoicePrompt | TicksPrompt) -> Any:
        self.prompts.append(prompt)
        if not self.answers:
            raise Stopped
        return self.answers.pop(0)
