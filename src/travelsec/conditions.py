"""Conditions (`when`) in three-valued logic: true, false, or unknown without an answer."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from msgspec import Struct

from travelsec.question_types import NONE, Value
from travelsec.values import to_data

Truth: TypeAlias = bool | None
"""True, False, or None for unknown."""


class FactState(Struct, frozen=True):
    """Whether the question of a fact applies, and the fact's value (None: unanswered)."""

    applies: Truth
    value: Value | None


StateOf: TypeAlias = Callable[[str], FactState]


class Condition:
    """A test of the facts of a trip, which is true, false or unknown."""

    def truth(self, state_of: StateOf) -> Truth:
        """Evaluate the condition; `state_of` returns the state of a fact by its id."""
        raise NotImplementedError

    def facts(self) -> Iterator[str]:
        """Yield the id of every fact the condition refers to."""
        return (leaf.fact for leaf in leaves(self))

    def to_data(self) -> Any:
        """Return the condition as plain data."""
        raise NotImplementedError


class AllOf(Condition, Struct, frozen=True, tag=True):
    """Every part holds. Without parts it is always true."""

    parts: tuple[Condition, ...] = ()

    def truth(self, state_of: StateOf) -> Truth:
        # Most conditions have no parts, and are evaluated for each of thousands of trips.
        return not self.parts or _combined(self.parts, state_of, decisive=False)

    def to_data(self) -> Any:
        return {"all": [part.to_data() for part in self.parts]}


class AnyOf(Condition, Struct, frozen=True, tag=True):
    """At least one part holds."""

    parts: tuple[Condition, ...]

    def truth(self, state_of: StateOf) -> Truth:
        return _combined(self.parts, state_of, decisive=True)

    def to_data(self) -> Any:
        return {"any": [part.to_data() for part in self.parts]}


class Not(Condition, Struct, frozen=True, tag=True):
    """The part does not hold."""

    part: Condition

    def truth(self, state_of: StateOf) -> Truth:
        return negate(self.part.truth(state_of))

    def to_data(self) -> Any:
        return {"not": self.part.to_data()}


class Leaf(Condition):
    """A test of one fact."""

    fact: str

    def truth(self, state_of: StateOf) -> Truth:
        """False if the question does not apply, unknown if it is unanswered."""
        state = state_of(self.fact)
        if state.applies is False:
            return False
        if state.value is None:
            return None
        # If it is unknown whether the question applies, this is false or unknown.
        return self._meets(state.value) and (True if state.applies else None)

    def _meets(self, value: Any) -> bool:
        raise NotImplementedError


class EqualTo(Leaf, Struct, frozen=True, tag=True):
    """A fact equals one of some values, or several choices include at least one of them."""

    fact: str
    values: tuple[Value, ...]

    def _meets(self, value: Value) -> bool:
        if isinstance(value, tuple):
            return not set(self.values).isdisjoint(value)
        # Compare free text as people mean it: “lisbon ” is Lisbon.
        return value in self.values or (
            isinstance(value, str) and _fold(value) in map(_fold, self.values)
        )

    def to_data(self) -> Any:
        return {self.fact: [to_data(value) for value in self.values]}


class OtherThan(Leaf, Struct, frozen=True, tag=True):
    """At least one of several choices or countries is none of these."""

    fact: str
    values: tuple[Value, ...]

    def _meets(self, value: Any) -> bool:
        return not set(self.values).issuperset(value)

    def to_data(self) -> Any:
        return {self.fact: {"other_than": list(self.values)}}


class Range(Leaf, Struct, frozen=True, tag=True):
    """A number or date lies within inclusive bounds, either of which may be missing.

    For several choices, it is the number of those ticked. The answer `none` is in no range.
    """

    fact: str
    at_least: int | datetime.date | None
    at_most: int | datetime.date | None

    def _meets(self, value: Any) -> bool:
        if value is NONE:
            return False
        number: Any = len(value) if isinstance(value, tuple) else value
        return (self.at_least is None or number >= self.at_least) and (
            self.at_most is None or number <= self.at_most
        )

    def to_data(self) -> Any:
        bounds = {"at_least": self.at_least, "at_most": self.at_most}
        return {
            self.fact: {key: to_data(bound) for key, bound in bounds.items() if bound is not None}
        }


ALWAYS = AllOf()


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Yield the tests of single facts in a condition."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case Leaf():
            yield condition


def both(truths: Iterable[Truth]) -> Truth:
    """Three-valued and: false if any is false, else unknown if any is unknown, else true."""
    outcomes = set(truths)
    return False if False in outcomes else None if None in outcomes else True


def negate(truth: Truth) -> Truth:
    """Three-valued not: unknown stays unknown."""
    return None if truth is None else not truth


def _combined(parts: tuple[Condition, ...], state_of: StateOf, *, decisive: bool) -> Truth:
    """Return the truth of parts, of which one that is decisive settles the whole."""
    result: Truth = not decisive
    for part in parts:
        truth = part.truth(state_of)
        if truth is decisive:
            return decisive
        if truth is None:
            result = None
    return result


def _fold(value: Value) -> Value:
    return value.strip().casefold() if isinstance(value, str) else value
