"""Read each `when` as a condition, once the facts of all packs are known."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, get_args

from msgspec import Struct

from travelsec.conditions import (
    AllOf,
    AnyOf,
    Condition,
    EqualTo,
    Not,
    OtherThan,
    Range,
    StateOf,
    Truth,
)
from travelsec.derived import DERIVED
from travelsec.pack import yaml
from travelsec.problems import Place, Problem, allowed, brief
from travelsec.question_types import (
    NUMBER,
    FactType,
    HasType,
    QuestionType,
    Value,
    behaviour,
    read_value,
)
from travelsec.values import InvalidValue
from travelsec.wording import join_words

COUNTS = "for any of them write {at_least: 1}, for none of them {at_most: 0}"
_WITH_RANGE = ("several", "range")
_OTHER_THAN = "other_than"


def known_facts(facts: Iterable[str], wrong: str, *others: str) -> str:
    """Say which facts are allowed; if there are too many to list, name only the derived ones."""
    facts = list(facts)
    worked_out = ", ".join(name for name in facts if name in DERIVED)
    last_resort = f" (worked out from answers: {worked_out})" if worked_out else ""
    return allowed([*facts, *others], wrong) or last_resort


class UnreadCondition(Condition):
    """A condition as written, until the packs are merged and it can be read."""

    def __init__(self, node: yaml.Mapping) -> None:
        self.node = node

    def to_data(self) -> Any:
        return _canonical_condition(self.node)


class UnknownCondition(Condition):
    """A condition with a fault, or about a fact that could not be read: always unknown."""

    def __init__(self, part: Condition) -> None:
        self.part = part

    def truth(self, _state_of: StateOf) -> Truth:
        return None

    def facts(self) -> Iterator[str]:
        return self.part.facts()

    def to_data(self) -> Any:
        return self.part.to_data()


class Reader(Struct):
    """Reads a condition.

    `facts` are the facts it may refer to, `private` those it may not. `report` takes each problem.
    `excuse` tells whether an unknown fact at a place is not to be reported.
    """

    facts: Mapping[str, HasType]
    private: Collection[str]
    report: Callable[[Problem], None]
    excuse: Callable[[str, Place], bool]
    is_whole: bool = True

    def read(self, condition: Condition) -> Condition:
        """Return the condition with typed values; unknown if any part of it could not be read."""
        if not isinstance(condition, UnreadCondition):
            return condition
        read = self._mapping(condition.node)
        return read if self.is_whole else UnknownCondition(read)

    def _mapping(self, node: yaml.Mapping) -> Condition:
        parts = [self._entry(node, key, value) for key, value in node.items()]
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def _entry(self, node: yaml.Mapping, key: str, value: Any) -> Condition:
        place = node.place_of(key)
        match key:
            case "any":
                return AnyOf(tuple(self._list(value, place)))
            case "all":
                return AllOf(tuple(self._list(value, place)))
            case "not":
                return Not(self._nested(value, place))
        if key in self.facts:
            return self._fact(key, value, place)
        at = node.place_of_key(key)
        if key in self.private:
            return self._fault(at, f"the fact “{key}” is private: no condition may look at it")
        if self.excuse(key, at):
            self.is_whole = False
            return AllOf()
        # Imported here, so that conditions without faults load faster.
        from travelsec.pack.yaml_mistakes import loose_key

        # “{abroad = true}” is a key without a value.
        mistake = loose_key(re.sub(r" *={1,2} *", ":", key, count=1))
        hint = f": {mistake[1]}" if mistake else known_facts(self.facts, key, "any", "all", "not")
        return self._fault(at, f"no question asks for the fact “{brief(key)}”{hint}")

    def _list(self, value: Any, place: Place) -> list[Condition]:
        if not isinstance(value, yaml.Sequence) or not value:
            self._fault(place, "a list of conditions is needed here")
            return []
        return [self._nested(member, value.place_of(index)) for index, member in enumerate(value)]

    def _nested(self, value: Any, place: Place) -> Condition:
        if isinstance(value, yaml.Mapping):
            return self._mapping(value)
        return self._fault(place, "a condition is needed here: write {fact: value}")

    def _fact(self, key: str, value: Any, place: Place) -> Condition:
        fact = self.facts[key]
        if behaviour(fact.type).compared == "never":
            return self._fault(place, f"“{key}” is about people: no condition can compare it")
        if isinstance(value, yaml.Mapping):
            if _OTHER_THAN in value:
                return self._other_than(key, fact, value, place)
            return self._range(key, fact, value, place)
        return EqualTo(key, self._list_of_values(fact, value, place, ", so this can never be true"))

    def _list_of_values(
        self, fact: HasType, value: Any, place: Place, if_empty: str
    ) -> tuple[Value, ...]:
        """Read one value or a list; `if_empty` goes on after “the list is empty”."""
        if not isinstance(value, yaml.Sequence):
            return tuple(self._values(fact, value, place))
        if not value:
            self._fault(place, f"the list is empty{if_empty}")
        read: list[Value] = []
        for index, member in enumerate(value):
            read += self._values(fact, member, value.place_of(index))
        return tuple(read)

    def _values(self, fact: HasType, raw: Any, place: Place) -> list[Value]:
        # Each value is compared with one of the choices ticked.
        read_member = behaviour(fact.type).read_member
        try:
            return [read_member(fact, raw) if read_member else read_value(fact, raw)]
        except InvalidValue as wrong:
            # Authors write this when they mean how many are ticked, not which.
            is_count = read_member is not None and raw in ("any", "all", "none")
            self._fault(place, f"{wrong}: {COUNTS}" if is_count else str(wrong))
            return []

    def _other_than(self, key: str, fact: HasType, test: yaml.Mapping, place: Place) -> Condition:
        if behaviour(fact.type).compared != "several":
            kinds = [kind for kind in get_args(QuestionType) if behaviour(kind).read_member]
            text = f"“{key}” has one value, so write {{not: {{{key}: …}}}}; "
            return self._fault(place, f"{text}{_OTHER_THAN} is for {join_words(kinds)}")
        for name in test:
            if name != _OTHER_THAN:
                self._fault(
                    test.place_of_key(name),
                    f"“{brief(name)}” cannot stand beside {_OTHER_THAN}: write {{all: [{{…}}, "
                    "{…}]}",
                )
        at = test.place_of(_OTHER_THAN)
        values = self._list_of_values(
            fact, test[_OTHER_THAN], at, ": for any at all write {at_least: 1}"
        )
        return OtherThan(key, values)

    def _range(self, key: str, fact: HasType, bounds: yaml.Mapping, place: Place) -> Condition:
        compared = behaviour(fact.type).compared
        if compared not in _WITH_RANGE:
            kinds = [
                kind for kind in get_args(QuestionType) if behaviour(kind).compared in _WITH_RANGE
            ]
            text = f"“{key}” has no range: its type is not {join_words(kinds, 'or')}"
            return self._fault(place, text)
        # The number of several choices is compared. A bound must be a date, never `none`.
        fact = NUMBER if compared == "several" else FactType(fact.type)
        read: dict[str, Any] = {}
        for name, text in bounds.items():
            if name not in ("at_least", "at_most"):
                words = ["at_least", "at_most", *([_OTHER_THAN] if compared == "several" else [])]
                fault = f"unknown bound “{brief(name)}”{allowed(words, name)}"
                self._fault(bounds.place_of_key(name), fault)
                continue
            for value in self._values(fact, text, bounds.place_of(name)):
                read[name] = value
        low, high = read.get("at_least"), read.get("at_most")
        if not bounds:
            self._fault(place, "a range needs at_least, at_most or both")
        elif low is not None and high is not None and low > high:
            self._fault(place, "no value lies in this range")
        return Range(key, low, high)

    def _fault(self, place: Place, text: str) -> AllOf:
        """Report a fault and return a placeholder for the part."""
        self.is_whole = False
        self.report(Problem(place, text))
        return AllOf()


def _canonical_condition(node: Any) -> Any:
    """Write `laptop` as `[laptop]` and sort keys, so that equal conditions have one digest."""
    if isinstance(node, yaml.Mapping):
        bare = ("at_least", "at_most")
        return {
            key: value if key in bare and isinstance(value, str) else _canonical_condition(value)
            for key, value in sorted(node.items())
        }
    if isinstance(node, yaml.Sequence):
        return [
            _canonical_condition(member) if isinstance(member, dict) else member for member in node
        ]
    return [node]
