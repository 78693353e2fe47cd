"""What a line being typed may become: shown below it, pointed at and taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document

from travelsec.interview.list_view import StyledLine, wrapped
from travelsec.safe_text import line

MAX_SHOWN = 7
"""So many fit below a question in a window of 24 lines."""


@dataclass
class Suggestions:
    """The suggestions for a line.

    Attributes:
        complete: returns the lines that a line may become, with what each adds.
        matches: those for the line as it is.
        at: the place of the one pointed at, if any.
    """

    complete: Callable[[str], Sequence[tuple[str, str]]]
    matches: Sequence[tuple[str, str]] = ()
    at: int | None = None

    def update(self, text: str) -> None:
        """Look for suggestions for a line."""
        self.matches, self.at = self.complete(text), None

    def move(self, by: int) -> None:
        """Point at the next one that is shown, or at the one before."""
        count = min(len(self.matches), MAX_SHOWN)
        if count:
            first = 0 if by > 0 else count - 1
            self.at = first if self.at is None else (self.at + by) % count

    def take(self, buffer: Buffer) -> None:
        """Put the one pointed at, or else the first, into the line."""
        if self.matches:
            text, _ = self.matches[self.at or 0]
            buffer.document = Document(text)

    def lines(self, width: int) -> Iterator[StyledLine]:
        """Yield the rows below the line."""
        for number, (_, label) in enumerate(self.matches[:MAX_SHOWN]):
            is_pointed = number == self.at
            style = "class:pointed" if is_pointed else "class:option"
            yield style, f" {'»' if is_pointed else ' '} {line(label)}"[:width]
        more = len(self.matches) - MAX_SHOWN
        if more > 0:
            yield from wrapped("class:keys", f"… and {more} more: go on typing", width)
