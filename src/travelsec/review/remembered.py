"""What follows from the facts of a trip, worked out once for trips that do not differ in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from travelsec.conditions import FactState
from travelsec.trip.facts import Facts

MAX_KNOWN = 1024
"""Results that are kept; memory must not grow with the number of reports."""

Result = TypeVar("Result")


class Remembered(Generic[Result]):
    """Works something out from facts, and remembers what came of it.

    Args:
        work_out: what gives the result.
        looks_at: every fact that the result depends on. If it depends on the day as well, then
            through derived facts that are among these.
    """

    def __init__(self, work_out: Callable[[Facts], Result], looks_at: Iterable[str]) -> None:
        self._work_out = work_out
        self._looks_at = tuple(looks_at)
        self._known: dict[tuple[FactState, ...], Result] = {}

    def __call__(self, facts: Facts) -> Result:
        """Return the result for these facts."""
        states = tuple(map(facts.state, self._looks_at))
        if states not in self._known:
            if len(self._known) == MAX_KNOWN:
                self._known.clear()
            self._known[states] = self._work_out(facts)
        return self._known[states]
