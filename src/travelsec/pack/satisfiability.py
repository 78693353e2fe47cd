"""Search, within limits, for answers that meet a condition.

The trips that are tried answer every question that applies. Of each fact only a few values are
tried, which represent all others: those at and beside each bound that a condition names.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import product
from typing import Any

from msgspec import Struct

from travelsec.conditions import (
    Condition,
    EqualTo,
    FactState,
    Leaf,
    OtherThan,
    Range,
    StateOf,
    Truth,
    leaves,
)
from travelsec.derived import DERIVED
from travelsec.pack.model import Question
from travelsec.question_types import NUMBER, Value, behaviour

MAX_FACTS = 60
"""The most facts that one search looks at."""
MAX_WORK = 50_000
"""The most comparisons that one search evaluates."""
MAX_ALL_WORK = 1_000_000
"""The most comparisons that all searches for a pack evaluate together."""


class QuestionApplies(Leaf, Struct, frozen=True):
    """The question of a fact applies; for a derived fact, the questions of all its sources."""

    fact: str

    def truth(self, state_of: StateOf) -> Truth:
        return state_of(self.fact).applies


class Satisfiability:
    """Searches for answers to the questions of a pack, once for each condition."""

    def __init__(self, questions: Mapping[str, Question]) -> None:
        self.questions = questions
        self._work_left = MAX_ALL_WORK
        self._found: dict[tuple[Condition, bool], bool | None] = {}

    def never(self, condition: Condition) -> bool:
        """Return whether certainly no answers meet the condition."""
        return self._find(condition, surely=False) is False

    def surely(self, condition: Condition) -> bool:
        """Return whether certainly some answers meet the condition."""
        return self._find(condition, surely=True) is True

    def _find(self, condition: Condition, *, surely: bool) -> bool | None:
        """Return whether there are such answers, or None if the search took too long."""
        key = (condition, surely)
        if key not in self._found:
            work = min(MAX_WORK, self._work_left)
            search = _Search(self.questions, condition, work, surely=surely)
            self._found[key] = search.run()
            self._work_left -= work - search.work_left
        return self._found[key]


class _TooHard(Exception):
    """The search has reached a limit."""


class _Search:
    """Tries answers to one question after another, and backtracks once the condition is false."""

    def __init__(
        self, questions: Mapping[str, Question], condition: Condition, work: int, *, surely: bool
    ) -> None:
        self.questions = questions
        self.condition = condition
        self.work_left = work
        self.surely = surely
        self.compared: dict[str, list[EqualTo | OtherThan | Range]] = {}
        """All comparisons with each fact that the condition depends on."""
        self.counted: set[str] = set()
        """Facts whose number of choices matters, or that others are worked out from."""
        self.order: list[str] = []
        """The facts, each after those it depends on."""
        self.values: dict[str, Callable[[], Iterable[Value | None]]] = {}
        self.states: dict[str, FactState] = {}

    def run(self) -> bool | None:
        """Return whether there are such answers, or None if a limit was reached."""
        try:
            self._collect(self.condition)
            if self.surely and not all(map(self._is_exact, self.order)):
                # There may be no dates that give the values that would be tried.
                return None
            asked = [fact for fact in self.order if fact in self.questions]
            self.values = {fact: self._values(fact) for fact in asked}
            return self._try_from(0)
        except _TooHard:
            return None

    def _collect(self, condition: Condition) -> None:
        """Collect the facts that a condition depends on, and what they are compared with."""
        for leaf in leaves(condition):
            self._work()
            self._add(leaf.fact)
            if isinstance(leaf, EqualTo | OtherThan | Range):
                self.compared[leaf.fact].append(leaf)
            if isinstance(leaf, Range):
                self.counted.add(leaf.fact)

    def _add(self, fact: str) -> None:
        if fact in self.compared:
            return
        if len(self.compared) == MAX_FACTS:
            raise _TooHard
        self.compared[fact] = []
        if fact in self.questions:
            self._collect(self.questions[fact].when)
        else:
            for source in DERIVED[fact].sources:
                self._add(source)
                self.counted.add(source)
        self.order.append(fact)

    def _try_from(self, index: int) -> bool:
        """Return whether some values of the facts from this index on meet the condition."""
        truth = self.condition.truth(self._state_of)
        if truth is not None:
            return truth
        if index == len(self.order):
            # A fact without any value (no nights, no number of devices): the condition applies.
            return not self.surely
        fact = self.order[index]
        for state in self._possible(fact):
            self.states[fact] = state
            if self._try_from(index + 1):
                return True
        self.states.pop(fact, None)
        return False

    def _possible(self, fact: str) -> Iterator[FactState]:
        """Yield the states to try for a fact, given those of the facts it depends on."""
        if fact in self.questions:
            applies = self.questions[fact].when.truth(self._state_of)
            values = (None,) if applies is False else self.values[fact]()
            yield from (FactState(applies, value) for value in values)
            return
        state = DERIVED[fact].state(datetime.date.min, self._state_of)
        # A derived fact that is not exact stays unknown, so that it rules nothing out.
        yield state if self._is_exact(fact) else FactState(state.applies, None)

    def _state_of(self, fact: str) -> FactState:
        self._work()
        return self.states.get(fact, _UNKNOWN)

    def _work(self) -> None:
        self.work_left -= 1
        if self.work_left < 0:
            raise _TooHard

    def _is_exact(self, fact: str) -> bool:
        """Return whether every value can be tried: the fact is asked for or counts no days."""
        if fact in self.questions:
            return True
        derived = DERIVED[fact]
        return derived.type is not NUMBER or set(derived.sources.values()) == {"choices"}

    def _values(self, fact: str) -> Callable[[], Iterable[Value | None]]:
        """Return a function that gives answers to try, which represent all others."""
        compared = self.compared[fact]
        if not compared and fact not in self.counted:
            return lambda: (None,)
        question = self.questions[fact]
        kind = behaviour(question.type)
        samples = list(kind.samples(question, _compared_with(compared)))
        if kind.compared == "several":
            return partial(
                _subsets, _groups_of_choices(samples, compared), counted=fact in self.counted
            )
        return lambda: samples


_UNKNOWN = FactState(None, None)


def _compared_with(compared: Iterable[EqualTo | OtherThan | Range]) -> list[Any]:
    """Return every value and bound that a fact is compared with."""
    operands: dict[Any, None] = {}
    for leaf in compared:
        bounds = (leaf.at_least, leaf.at_most) if isinstance(leaf, Range) else leaf.values
        operands |= dict.fromkeys(bounds)
    return [value for value in operands if value is not None]


def _groups_of_choices(
    choices: Iterable[Any], compared: Iterable[EqualTo | OtherThan | Range]
) -> list[list[str]]:
    """Group the choices that no comparison tells apart."""
    groups: dict[tuple[bool, ...], list[str]] = defaultdict(list)
    comparisons = [leaf for leaf in compared if not isinstance(leaf, Range)]
    for choice in choices:
        groups[tuple(choice in comparison.values for comparison in comparisons)].append(choice)
    return list(groups.values())


def _subsets(groups: list[list[str]], *, counted: bool) -> Iterator[tuple[str, ...]]:
    """Yield sets of choices, one for each outcome of all comparisons.

    How many choices of a group are ticked matters only if they are counted.
    """
    sizes = [range(len(group), -1, -1) if counted else (1, 0) for group in groups]
    for combination in product(*sizes):
        parts = zip(groups, combination, strict=True)
        yield tuple(choice for group, size in parts for choice in group[:size])
