"""A list to choose from, as the lines of a window: what is pointed at, ticked and typed."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from prompt_toolkit.utils import get_cwidth

TICK_ALL, TICK_NONE = "all", "none"
"""Words that tick everything and nothing. No single key does."""

StyledLine = tuple[str, str]
"""A style of prompt_toolkit and the text in it."""

_INDENT = "   "
_CUT = "… ? shows the rest."


@dataclass
class ListView:
    """The state of a list in a window.

    Attributes:
        message: the question.
        options: value to label.
        keys: what the keys do.
        header: what stands above the question: on the left the trip, on the right how far it is.
        title: a line above the question.
        hint: a text below the question.
        details: value to what is shown below the list while the option is pointed at.
        several: options are ticked; otherwise the one pointed at is the answer.
        numbered: the options have numbers.
        alone: the option that excludes all others, if there is one.
        set_aside: the values of the options that `TICK_ALL` does not tick.
        at: the place of the option pointed at.
        ticked: the values of the options that are ticked.
        error: what was wrong with the last answer.
        explanation: shown instead of the list, if there is one.
    """

    message: str
    options: dict[str, str]
    keys: str = ""
    header: tuple[str, str] = ("", "")
    title: str = ""
    hint: str = ""
    details: dict[str, str] = field(default_factory=dict)
    several: bool = False
    numbered: bool = False
    alone: str | None = None
    set_aside: frozenset[str] = frozenset()
    at: int = 0
    ticked: set[str] = field(default_factory=set)
    error: str = ""
    explanation: str = ""
    _typed: str = ""
    _scrolled: int = 0

    @property
    def pointed(self) -> str:
        """The value of the option pointed at."""
        return list(self.options)[self.at]

    @property
    def answer(self) -> tuple[str, ...]:
        """The values of the ticked options, in the order of the options."""
        return tuple(value for value in self.options if value in self.ticked)

    def move(self, by: int) -> None:
        """Point at the option so many places further, or scroll the explanation."""
        self._typed = self.error = ""
        if self.explanation:
            self._scrolled = max(self._scrolled + by, 0)
        else:
            self.at = (self.at + by) % len(self.options)

    def explain(self, text: str) -> None:
        """Show an explanation instead of the list; an empty text shows the list again."""
        self._typed = ""
        self._scrolled = 0
        self.explanation = text

    def toggle(self) -> None:
        """Tick the option pointed at, or remove its tick."""
        self._typed = self.error = ""
        self.ticked ^= {self.pointed}

    def type(self, letter: str) -> bool:
        """Add a letter to the word being typed; return whether it is part of one.

        The beginning of a label points at that option. `TICK_ALL` and `TICK_NONE` tick.
        """
        labels = [label.casefold() for label in self.options.values()]
        words = [*labels, *((TICK_ALL, TICK_NONE) if self.several else ())]
        for typed in (self._typed + letter.casefold(), letter.casefold()):
            if any(word.startswith(typed) for word in words):
                break
        else:
            return False
        self._typed = typed
        self.error = ""
        places = [place for place, label in enumerate(labels) if label.startswith(typed)]
        if places:
            self.at = places[0]
        if self.several and typed == TICK_ALL:
            self.ticked = (self.ticked | set(self.options) - self.set_aside) - {self.alone}
        elif self.several and typed == TICK_NONE:
            self.ticked = {value for value in self.options if value == self.alone}
        return True

    @property
    def is_in_word(self) -> bool:
        """Whether the next letter may continue a word."""
        return bool(self._typed)

    def lines(self, columns: int, rows: int) -> list[StyledLine]:
        """Lay the list out in a window of so many columns and rows."""
        # In the last column some terminals wrap by themselves.
        width = max(columns - 1, 20)
        head = [
            *header_line(self.header, width),
            *wrapped("class:question", self.title, width),
            *wrapped("class:question", f"? {self.message}", width),
            *wrapped("class:hint", self.hint, width),
        ]
        keys = "up and down scroll, Enter goes back to the list" if self.explanation else self.keys
        foot = [
            *wrapped("class:error", self.error, width),
            *wrapped("class:keys", f"({keys})", width),
        ]
        room = max(rows - len(head) - len(foot), 4)
        body = self._explained(width, room) if self.explanation else self._listed(width, room)
        return [*head, *body, *foot]

    def _explained(self, width: int, room: int) -> list[StyledLine]:
        text = list(_paragraphs("class:detail", self.explanation, width))
        self._scrolled = min(self._scrolled, max(len(text) - room, 0))
        return text[self._scrolled : self._scrolled + room]

    def _listed(self, width: int, room: int) -> list[StyledLine]:
        options = [self._option(place, width) for place in range(len(self.options))]
        count = sum(map(len, options))
        details = {
            value: list(_paragraphs("class:detail", text, width))
            for value, text in self.details.items()
        }
        # As much room as the longest needs, so that the list stays where it is.
        needed = max(map(len, details.values()), default=0)
        # At least three lines are the list's, and one is between.
        below = max(min(needed, max(room - count - 1, room // 2), room - 4), 0)
        space = room - (below + 1 if below else 0)
        listed = _scrolled(options, self.at, space) if count > space else list(chain(*options))
        if not below:
            return listed
        detail = details.get(self.pointed, [])
        if len(detail) > below:
            detail = [*detail[: below - 1], ("class:keys", f"{_INDENT}{_CUT}")]
        return [*listed, ("", ""), *detail, *[("", "")] * (below - len(detail))]

    def _option(self, place: int, width: int) -> list[StyledLine]:
        value, label = list(self.options.items())[place]
        is_pointed = place == self.at
        mark = f"{place + 1}. " if self.numbered else ""
        if self.several:
            mark = "● " if value in self.ticked else "○ "
        first = f" {'»' if is_pointed else ' '} {mark}"
        style = "class:pointed" if is_pointed else "class:option"
        return [
            (style, text)
            for text in textwrap.wrap(label, width, initial_indent=first, subsequent_indent="     ")
        ]


def _scrolled(options: Sequence[list[StyledLine]], at: int, space: int) -> list[StyledLine]:
    """Show the part of the options around the one pointed at, and that there are more."""
    flat = list(chain(*options))
    start = sum(map(len, options[:at]))
    inner = max(space - 2, 1)
    first = min(max(start - inner // 2, 0), len(flat) - inner)
    return [
        ("class:keys", f"{_INDENT}↑ more above" if first else ""),
        *flat[first : first + inner],
        ("class:keys", f"{_INDENT}↓ more below" if first + inner < len(flat) else ""),
    ]


def header_line(header: tuple[str, str], width: int) -> Iterator[StyledLine]:
    """Lay a header out as a bar across the window: as much of the left side as there is room for.

    Without either side there is none.
    """
    left, right = header
    if not left and not right:
        return
    right = f" {right} "[:width] if right else ""
    room = max(width - len(right), 0)
    while left and get_cwidth(left) > room - 2:
        left = f"{left.removesuffix('…')[:-1]}…" if len(left) > 1 else ""
    start = f" {left}"[:room]
    yield "class:header", f"{start}{' ' * (room - get_cwidth(start))}{right}"


def wrapped(style: str, text: str, width: int) -> Iterator[StyledLine]:
    """Wrap a text, indented from its second line on, or from its first if it is not a question."""
    first = "" if style == "class:question" else _INDENT
    for row in textwrap.wrap(text, width, initial_indent=first, subsequent_indent=_INDENT):
        yield style, row


def _paragraphs(style: str, text: str, width: int) -> Iterator[StyledLine]:
    for number, paragraph in enumerate(text.split("\n")):
        yield from wrapped("class:sentence" if number == 0 else style, paragraph, width)
