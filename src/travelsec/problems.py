"""Errors that users can mend: what is wrong, where, and what is allowed instead."""

# No `annotations` from `__future__`: they would have to be compiled at every start.

import contextlib
import math
from collections.abc import Iterable, Iterator, Sequence
from contextvars import ContextVar
from typing import Literal, NamedTuple, Self

MAX_GUESSES = 100
"""The most problems of one input that get a “did you mean”."""

MAX_LISTED = 12
"""The most words that are listed as allowed, where they can be looked up elsewhere."""

_guesses_left: ContextVar[float] = ContextVar("guesses_left", default=math.inf)

Severity = Literal["error", "warning"]


class Place(NamedTuple):
    """A place in a file, as the user named it; line and column count from 1.

    Line 0 means that there is no line: the place is a whole file, or an option. Column 0 means a
    whole line.
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.file, *map(str, filter(None, self[1:]))])


class Problem(NamedTuple):
    """One problem, printed as `file:line:column: what is wrong`."""

    place: Place
    text: str
    severity: Severity = "error"

    def __str__(self) -> str:
        # One line, so that the input cannot fake another problem.
        return f"{self.place}: {self.text}".replace("\n", " ")


class UserError(Exception):
    """An error that the user can mend. Commands print it without a traceback and exit with 2."""


class InputError(UserError):
    """A pack, answers or an option is invalid; `problems` lists everything wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def at(cls, place: Place, text: str) -> Self:
        """Return the error of one problem."""
        return cls([Problem(place, text)])


def allowed(words: Iterable[str], wrong: str | None = None, *, most: float = MAX_LISTED) -> str:
    """Say which words are allowed and, for a near miss, which one was probably meant.

    Returns:
        ` (allowed: a, b; did you mean a?)`, without the list if it is empty or has more words than
        `most`.
    """
    listed = list(words)
    hints = []
    if listed and len(listed) <= most:
        hints.append("allowed: " + ", ".join(listed))
    if wrong is not None and (meant := guess(wrong, listed)) is not None:
        hints.append(f"did you mean {meant}?")
    return f" ({'; '.join(hints)})" if hints else ""


def guess(wrong: str, words: Iterable[str]) -> str | None:
    """Return the word that was probably meant, or None; `few_guesses` limits how often."""
    left = _guesses_left.get()
    if left <= 0:
        return None
    _guesses_left.set(left - 1)
    return closest_word(wrong, words)


@contextlib.contextmanager
def few_guesses() -> Iterator[None]:
    """Limit guesses to `MAX_GUESSES` in this block: a hundred thousand take minutes."""
    token = _guesses_left.set(MAX_GUESSES)
    try:
        yield
    finally:
        _guesses_left.reset(token)


def brief(text: str, length: int = 60) -> str:
    """Return the text, cut with “…” if it is too long for a message."""
    return text if len(text) <= length else text[: length - 1] + "…"


def closest_word(wrong: str, words: Iterable[str]) -> str | None:
    """Return the known word closest to the wrong one, or None if none is close."""
    # Imported here, as only mistakes need it.
    import difflib

    by_form = {_comparable(word): word for word in words}
    matches = difflib.get_close_matches(_comparable(wrong[:200]), by_form, n=1, cutoff=0.6)
    if matches:
        return by_form[matches[0]]
    # "hire-car" for "travel.hire-car": too short for difflib.
    tails = [word for form, word in by_form.items() if form.endswith(f".{_comparable(wrong)}")]
    # "Lisbon" for "Lisbon 2026-12-01".
    heads = [word for form, word in by_form.items() if form.startswith(f"{_comparable(wrong)} ")]
    # "lost" for "lost-luggage".
    parts = [word for form, word in by_form.items() if _comparable(wrong) in form.split("-")]
    similar = tails or heads or parts
    return similar[0] if len(similar) == 1 else None


def _comparable(word: str) -> str:
    return word.casefold().replace("_", "-")
