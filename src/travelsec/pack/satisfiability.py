"""Whether any answers at all make a condition hold: found out within a bound, or left open.

Conditions are judged as for a trip, with every question answered that applies. Few values stand
for all that a fact can have: those on each side of every bound that a condition names.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, product
from typing import Any, TypeAlias

from msgspec import Struct

from travelsec.conditions import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    FactState,
    Not,
    Range,
    StateOf,
    Truth,
    both,
)
from travelsec.derived import DERIVED
from travelsec.pack.model import Question
from travelsec.question_types import Value, behaviour

MAX_FACTS = 60
"""Facts that one search looks at; a condition over more of them is left open."""
MAX_WORK = 50_000
"""Comparisons that one search looks at, again and again with other answers."""
MAX_ALL_WORK = 1_000_000
"""Comparisons that all searches for a pack look at together."""


class QuestionApplies(Condition, Struct, frozen=True):
    """The question of a fact applies (for a derived fact: those of all its sources)."""

    fact: str

    def truth(self, state_of: StateOf) -> Truth:
        return state_of(self.fact).applies

    def facts(self) -> Iterator[str]:
        yield self.fact

    def to_data(self) -> Any:
        return {"asked": self.fact}


Leaf: TypeAlias = Comparison | Range | QuestionApplies
Compared: TypeAlias = dict[str, dict[Comparison | Range, None]]
"""By fact, the comparisons that are made of it, each once and in order."""


class Satisfiability:
    """Judges conditions over the questions of a pack, each condition once.

    Args:
        questions: by id; none before one that its condition looks at.
    """

    def __init__(self, questions: Mapping[str, Question]) -> None:
        self.questions = questions
        self._rank = {name: number for number, name in enumerate(questions)}
        self._left = MAX_ALL_WORK
        self._never: dict[Condition, bool] = {}
        self._surely: dict[Condition, bool] = {}

    def never(self, condition: Condition) -> bool:
        """Tell whether it is sure that no answers make the condition hold."""
        if condition not in self._never:
            self._never[condition] = self._find(condition, surely=False) is False
        return self._never[condition]

    def surely(self, condition: Condition) -> bool:
        """Tell whether it is sure that some answers make the condition hold."""
        if condition not in self._surely:
            self._surely[condition] = self._find(condition, surely=True) is True
        return self._surely[condition]

    def _find(self, condition: Condition, *, surely: bool) -> bool | None:
        """Tell whether answers were found, with None where that would take too long."""
        compared = self._compared(condition)
        order = self._order(compared)
        if self._left <= 0 or len(order) > MAX_FACTS:
            return None
        if surely and any(fact in DERIVED and not _is_exact(fact) for fact in compared):
            # The values it is tried with may be such as no dates have.
            return None
        search = _Search(self.questions, condition, order, compared, surely=surely)
        work = min(MAX_WORK, self._left)
        found = search.run(work)
        self._left -= work - search.left
        return found

    def _compared(self, condition: Condition) -> Compared:
        """Return every fact the condition depends on, with all comparisons that are made of it."""
        compared: Compared = {}
        todo = [condition]
        while todo and self._left > 0:
            for leaf in leaves(todo.pop()):
                self._left -= 1
                for fact in (leaf.fact, *_sources(leaf.fact, self.questions)):
                    if fact not in compared:
                        compared[fact] = {}
                        if fact in self.questions:
                            todo.append(self.questions[fact].when)
                if not isinstance(leaf, QuestionApplies):
                    compared[leaf.fact][leaf] = None
        return compared

    def _order(self, facts: Iterable[str]) -> list[str]:
        """Put facts behind those they depend on: derived ones right behind their sources."""

        def rank(fact: str) -> tuple[int, bool]:
            if fact in self._rank:
                return self._rank[fact], False
            return max(self._rank[source] for source in DERIVED[fact].sources), True

        return sorted(facts, key=rank)


class _Search:
    """Tries answers one fact after another, and turns back once the condition cannot hold."""

    def __init__(
        self,
        questions: Mapping[str, Question],
        condition: Condition,
        order: list[str],
        compared: Compared,
        *,
        surely: bool,
    ) -> None:
        self.questions = questions
        self.condition = condition
        self.order = order
        self.compared = compared
        self.surely = surely
        self.counted = {s for f in compared if f in DERIVED for s in DERIVED[f].sources}
        self.counted |= {f for f in compared if any(isinstance(c, Range) for c in compared[f])}
        self.states: dict[str, FactState] = {}
        self.left = 0
        whens = (questions[fact].when for fact in order if fact in questions)
        # What one step looks at: the condition, and that of a question.
        self.cost = 1 + _size(condition) + max(map(_size, whens), default=0)
        self.tried: dict[str, list[Value | None]] = {}

    def run(self, work: int) -> bool | None:
        """Tell whether there are answers; None if so much work is not enough to know."""
        self.left = work
        found = self._go(0)
        return None if self.left <= 0 and not found else found

    def _go(self, index: int) -> bool:
        self.left -= self.cost
        truth = self.condition.truth(self._state_of)
        if truth is not None:
            return truth
        if index == len(self.order):
            # A fact without any value (no nights, no number of devices): the condition applies.
            return not self.surely
        fact = self.order[index]
        applies = self._applies(fact)
        for value in (None,) if applies is False else self._values(fact):
            if self.left <= 0:
                return False
            self.states[fact] = FactState(applies, value)
            if self._go(index + 1):
                return True
            del self.states[fact]
        return False

    def _state_of(self, fact: str) -> FactState:
        return self.states.get(fact, _NOTHING_KNOWN)

    def _applies(self, fact: str) -> Truth:
        if fact in self.questions:
            return self.questions[fact].when.truth(self._state_of)
        return both(self._state_of(source).applies for source in DERIVED[fact].sources)

    def _values(self, fact: str) -> Iterable[Value | None]:
        """Return values that stand for all that the fact can have."""
        if fact not in self.questions and _is_exact(fact):
            given = [self.states[source].value for source in DERIVED[fact].sources]
            return (DERIVED[fact].compute(datetime.date.min, *given),)
        if fact not in self.tried:
            # Of many choices there are too many sets even to list. With those after the limit
            # left out, the search still ends undecided: to try all up to it is too much work.
            self.tried[fact] = list(islice(self._all_values(fact), MAX_WORK // self.cost + 1))
        return self.tried[fact]

    def _all_values(self, fact: str) -> Iterable[Value | None]:
        compared = self.compared[fact]
        # A derived fact that is not exact stays unknown, so that it rules nothing out.
        if fact not in self.questions or not (compared or fact in self.counted):
            return (None,)
        question = self.questions[fact]
        kind = behaviour(question.type)
        samples = kind.samples(question, _compared_with(compared))
        if kind.compared == "several":
            return _subsets(samples, compared, counted=fact in self.counted)
        return samples


_NOTHING_KNOWN = FactState(None, None)


def _is_exact(fact: str) -> bool:
    """Tell whether a derived fact is worked out from choices alone: of those all are tried."""
    return all(kind == "choices" for kind in DERIVED[fact].sources.values())


def _sources(fact: str, questions: Mapping[str, Question]) -> Iterable[str]:
    return () if fact in questions else DERIVED[fact].sources


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Yield the comparisons a condition is made of."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case Comparison() | Range() | QuestionApplies():
            yield condition


def _size(condition: Condition) -> int:
    return sum(1 for _ in leaves(condition))


def _compared_with(compared: Iterable[Comparison | Range]) -> list[Any]:
    """Return every value and every bound that a fact is compared with."""
    found: list[Any] = []
    for comparison in compared:
        if isinstance(comparison, Comparison):
            found += comparison.values
        else:
            found += (comparison.at_least, comparison.at_most)
    return [value for value in dict.fromkeys(found) if value is not None]


def _subsets(
    choices: Iterable[Any], compared: Iterable[Comparison | Range], *, counted: bool
) -> Iterator[tuple[str, ...]]:
    """Yield sets of choices, one for each way in which comparisons can see them.

    Choices that stand in the same comparisons are as good as one another; how many there are
    matters only if they are counted.
    """
    alike: dict[tuple[bool, ...], list[str]] = defaultdict(list)
    for choice in choices:
        alike[
            tuple(
                choice in comparison.values
                for comparison in compared
                if isinstance(comparison, Comparison)
            )
        ].append(choice)
    groups = list(alike.values())
    sizes = [range(len(group), -1, -1) if counted else (1, 0) for group in groups]
    for combination in product(*sizes):
        parts = zip(groups, combination, strict=True)
        yield tuple(choice for group, size in parts for choice in group[:size])
