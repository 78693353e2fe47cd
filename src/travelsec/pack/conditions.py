"""Read a `when` into a condition, once the facts of the packs are known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from travelsec.conditions import AllOf, AnyOf, Comparison, Condition, Not, Range, StateOf, Truth
from travelsec.derived import DERIVED
from travelsec.pack import yaml
from travelsec.pack.yaml import place_of_key, place_of_value
from travelsec.problems import Place, Problem, allowed, brief
from travelsec.question_types import NUMBER, FactType, HasType, Value, behaviour, read_value
from travelsec.values import InvalidValue

COUNTS = "for any of them write {at_least: 1}, for none of them {at_most: 0}"


def known_facts(facts: Iterable[str], wrong: str, *more: str) -> str:
    """Say which facts may stand here; derived ones, which no question shows, as a last resort."""
    facts = list(facts)
    worked_out = ", ".join(name for name in facts if name in DERIVED)
    last_resort = f" (worked out from answers: {worked_out})" if worked_out else ""
    return allowed([*facts, *more], wrong) or last_resort


class UnreadCondition(Condition):
    """A condition as written, until it is read when the packs are put together."""

    def __init__(self, node: yaml.Mapping) -> None:
        self.node = node

    def to_data(self) -> Any:
        return _canonical(self.node)


class UnknownCondition(Condition):
    """A condition with a fault, or on what could not be read: it is unknown."""

    def __init__(self, part: Condition) -> None:
        self.part = part

    def truth(self, _state_of: StateOf) -> Truth:
        return None

    def facts(self) -> Iterator[str]:
        return self.part.facts()

    def to_data(self) -> Any:
        return self.part.to_data()


class Reader(Struct):
    """Reads a condition of a file.

    `facts` are those that it may refer to, `private` those that exist but that it may not. `report`
    takes each problem. `excuse` tells whether an unknown fact at a place is no fault.
    """

    file: str
    facts: Mapping[str, HasType]
    private: Collection[str]
    report: Callable[[Problem], None]
    excuse: Callable[[str, Place], bool]
    is_whole: bool = True

    def read(self, condition: Condition) -> Condition:
        """Return the condition with typed values; unknown if anything had to be left out of it."""
        if not isinstance(condition, UnreadCondition):
            return condition
        read = self._mapping(condition.node)
        return read if self.is_whole else UnknownCondition(read)

    def _mapping(self, node: yaml.Mapping) -> Condition:
        parts = [self._entry(node, key, value) for key, value in node.items()]
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def _entry(self, node: yaml.Mapping, key: str, value: Any) -> Condition:
        place = place_of_value(self.file, node, key)
        match key:
            case "any":
                return AnyOf(tuple(self._list(value, place)))
            case "all":
                return AllOf(tuple(self._list(value, place)))
            case "not":
                return Not(self._nested(value, place))
        if key in self.facts:
            return self._fact(key, value, place)
        at = place_of_key(self.file, node, key)
        if key in self.private:
            return self._fault(at, f"the fact “{key}” is private: no condition may look at it")
        if self.excuse(key, at):
            self.is_whole = False
            return AllOf()
        hint = known_facts(self.facts, key, "any", "all", "not")
        return self._fault(at, f"no question asks for the fact “{brief(key)}”{hint}")

    def _list(self, value: Any, place: Place) -> list[Condition]:
        if not isinstance(value, yaml.Sequence) or not value:
            self._fault(place, "a list of conditions is needed here")
            return []
        return [
            self._nested(part, place_of_value(self.file, value, index))
            for index, part in enumerate(value)
        ]

    def _nested(self, value: Any, place: Place) -> Condition:
        if isinstance(value, yaml.Mapping):
            return self._mapping(value)
        return self._fault(place, "a condition is needed here: write {fact: value}")

    def _fact(self, key: str, value: Any, place: Place) -> Condition:
        fact = self.facts[key]
        if behaviour(fact.type).compared == "never":
            return self._fault(place, f"“{key}” is about people: no condition can compare it")
        if isinstance(value, yaml.Mapping):
            return self._range(key, fact, value, place)
        parts = value if isinstance(value, yaml.Sequence) else [value]
        if not parts:
            self._fault(place, "the list is empty: it could never hold")
        read = []
        for index, part in enumerate(parts):
            at = place_of_value(self.file, parts, index) if parts is value else place
            read += self._values(fact, part, at)
        return Comparison(key, tuple(read))

    def _values(self, fact: HasType, part: Any, place: Place) -> list[Value]:
        # One value of a several-choices fact is one choice.
        is_several = behaviour(fact.type).compared == "several"
        single = FactType("choice", fact.choices) if is_several else fact
        try:
            return [read_value(single, part)]
        except InvalidValue as wrong:
            # People write this when they mean how many are ticked, not which.
            is_count = is_several and part in ("any", "all", "none")
            self._fault(place, f"{wrong}: {COUNTS}" if is_count else str(wrong))
            return []

    def _range(self, key: str, fact: HasType, bounds: yaml.Mapping, place: Place) -> Condition:
        compared = behaviour(fact.type).compared
        if compared not in ("several", "range"):
            return self._fault(
                place, f"“{key}” is no number, no date and no several choices: it has no range"
            )
        # The number of several choices is compared. A bound must be a date, never `none`.
        fact = NUMBER if compared == "several" else FactType(fact.type)
        read: dict[str, Any] = {}
        for name, text in bounds.items():
            if name not in ("at_least", "at_most"):
                self._fault(
                    place_of_key(self.file, bounds, name),
                    f"unknown bound “{brief(name)}”{allowed(['at_least', 'at_most'], name)}",
                )
                continue
            for value in self._values(fact, text, place_of_value(self.file, bounds, name)):
                read[name] = value
        low, high = read.get("at_least"), read.get("at_most")
        if not bounds:
            self._fault(place, "a range needs at_least, at_most or both")
        elif low is not None and high is not None and low > high:
            self._fault(place, "no value lies in this range")
        return Range(key, low, high)

    def _fault(self, place: Place, text: str) -> AllOf:
        """Report a fault, and return what stands in its place."""
        self.is_whole = False
        self.report(Problem(place, text))
        return AllOf()


def _canonical(node: Any) -> Any:
    """Write `laptop` as `[laptop]` and sort keys, so that every spelling has the same digest."""
    if isinstance(node, yaml.Mapping):
        bare = ("at_least", "at_most")
        return {
            key: value if key in bare and isinstance(value, str) else _canonical(value)
            for key, value in sorted(node.items())
        }
    if isinstance(node, yaml.Sequence):
        return [_canonical(part) if isinstance(part, dict) else part for part in node]
    return [node]
