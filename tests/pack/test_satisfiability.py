"""Whether any answers meet a condition, compared with trying them all."""

from __future__ import annotations

import datetime
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import examples
from travelsec.conditions import AllOf, AnyOf, Condition, EqualTo, Not, OtherThan, Range
from travelsec.pack.model import Pack, Question
from travelsec.pack.satisfiability import QuestionApplies, Satisfiability
from travelsec.question_types import QuestionType, Value
from travelsec.trip.facts import Facts

TODAY = datetime.date(2026, 11, 22)


FACTS: dict[str, tuple[QuestionType, dict[str, str]]] = {
    "a": ("yes-no", {}),
    "b": ("yes-no", {}),
    "c": ("choice", {"x": "X", "y": "Y", "z": "Z"}),
    "devices": ("choices", {"l": "L", "p": "P", "t": "T"}),
}


def values(name: str) -> list[Value]:
    """Return every value of a fact."""
    kind, choices = FACTS[name]
    if kind == "yes-no":
        return [True, False]
    if kind == "choice":
        return list(choices)
    return [
        tuple(choice for choice, taken in zip(choices, bits, strict=True) if taken)
        for bits in product((True, False), repeat=len(choices))
    ]


def comparison(name: str) -> st.SearchStrategy[Condition]:
    """Return a strategy for comparisons with a fact."""
    kind, choices = FACTS[name]
    known: list[Any] = [True, False] if kind == "yes-no" else list(choices)
    some = st.lists(st.sampled_from(known), min_size=1, max_size=2, unique=True).map(tuple)
    equal = some.map(lambda found: EqualTo(name, found))
    if kind != "choices":
        return equal
    return equal | some.map(lambda found: OtherThan(name, found))


def conditions(names: list[str]) -> st.SearchStrategy[Condition]:
    """Return a strategy for conditions over the facts."""
    leaves = [comparison(name) for name in names]
    if "devices" in names:
        bound = st.integers(0, 4)
        leaves.append(bound.map(lambda low: Range("device_kinds", low, None)))
        leaves.append(bound.map(lambda high: Range("device_kinds", None, high)))
        leaves.append(bound.map(lambda low: Range("devices", low, None)))
    if not leaves:
        return st.just(AllOf())
    return st.recursive(
        st.one_of(leaves),
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=4).map(lambda parts: AllOf(tuple(parts))),
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
            inner.map(Not),
        ),
        max_leaves=8,
    )


@st.composite
def questions(draw: st.DrawFn) -> dict[str, Question]:
    """Draw the questions, each with a condition over those before it."""
    found: dict[str, Question] = {}
    for name, (kind, choices) in FACTS.items():
        when = draw(st.one_of(st.just(AllOf()), conditions(list(found))))
        found[name] = Question(name, "?", kind, choices, when=when)
    return found


def all_facts(asked: dict[str, Question]) -> list[Facts]:
    """Return the facts for every way to answer all questions."""
    pack = Pack((), asked, (), {}, {}, (), {})
    return [
        Facts(pack, dict(zip(asked, given, strict=True)), TODAY)
        for given in product(*(values(name) for name in asked))
    ]


@given(data=st.data())
def test_the_search_agrees_with_trying_all_answers(data: st.DataObject) -> None:
    """If all questions have few values, it is always right."""
    asked = data.draw(questions())
    condition = data.draw(conditions(list(asked)))
    trips = all_facts(asked)
    holds = any(condition.truth(facts.state) is not False for facts in trips)
    possible = Satisfiability(asked)
    assert possible.never(condition) is not holds
    assert possible.surely(condition) is holds
    name = data.draw(st.sampled_from([*asked, "device_kinds"]))
    without = AllOf((condition, Not(QuestionApplies(name))))
    lacking = any(
        condition.truth(facts.state) is True and facts.state(name).applies is False
        for facts in trips
    )
    assert possible.surely(without) is lacking


@settings(deadline=None, max_examples=examples(80))
@given(data=st.data())
def test_a_condition_that_answers_meet_is_never_ruled_out(data: st.DataObject) -> None:
    """With numbers, dates, texts and derived facts."""
    asked = {
        "departs": Question("departs", "?", "date"),
        "returns": Question("returns", "?", "date"),
        "device_count": Question("device_count", "?", "number"),
        "town": Question("town", "?", "text", when=Range("nights", 2, None)),
    }
    number = st.integers(0, 9)
    day = st.integers(0, 9).map(lambda days: TODAY + datetime.timedelta(days))
    low = st.sampled_from(["nights", "device_nights", "device_count"])
    high = st.sampled_from(["days_to_departure", "working_days_to_departure", "device_count"])
    dates = st.sampled_from(["departs", "returns"])
    towns = st.sampled_from(["Rome", "Oslo"])
    leaf: st.SearchStrategy[Condition] = st.one_of(
        st.tuples(low, number).map(lambda one: Range(one[0], one[1], None)),
        st.tuples(high, number).map(lambda one: Range(one[0], None, one[1])),
        st.tuples(dates, day).map(lambda one: Range(one[0], one[1], None)),
        towns.map(lambda town: EqualTo("town", (town,))),
        number.map(lambda count: EqualTo("device_count", (count,))),
    )
    parts = data.draw(st.lists(st.one_of(leaf, leaf.map(Not)), min_size=1, max_size=5))
    condition = AllOf(tuple(parts))
    departs = data.draw(day)
    answers: dict[str, Value] = {
        "departs": departs,
        "returns": departs + datetime.timedelta(data.draw(number)),
        "device_count": data.draw(number),
        "town": data.draw(st.sampled_from(["Rome", "rome ", "Bonn"])),
    }
    facts = Facts(Pack((), asked, (), {}, {}, (), {}), answers, TODAY)
    if condition.truth(facts.state) is not False:
        assert not Satisfiability(asked).never(condition)


def test_a_condition_that_is_too_hard_is_left_open() -> None:
    """Nothing is claimed about fifty questions that all have to be tried."""
    asked = {f"q{n}": Question(f"q{n}", "?", "yes-no") for n in range(50)}
    odd: list[Condition] = [
        AnyOf((EqualTo(f"q{n}", (True,)), EqualTo(f"q{(n * 7 + 3) % 50}", (False,))))
        for n in range(50)
    ]
    pigeons = [
        Not(AllOf((EqualTo(f"q{a}", (True,)), EqualTo(f"q{b}", (True,)))))
        for a in range(50)
        for b in range(a)
    ]
    condition = AllOf((*odd, *pigeons, Not(AllOf(tuple(odd)))))
    possible = Satisfiability(asked)
    assert possible.surely(condition) is False
    assert possible.never(EqualTo("q0", (True,))) is False


@pytest.mark.slow
def test_not_all_sets_of_many_choices_are_tried() -> None:
    """With sixty choices that all matter, the search gives up."""
    choices = {f"c{n}": "C" for n in range(60)}
    asked = {"places": Question("places", "?", "choices", choices)}
    every = [EqualTo("places", (choice,)) for choice in choices]
    none = Not(AnyOf(tuple(every)))
    possible = Satisfiability(asked)
    # Only the empty set meets this one, and it comes after a million million others.
    assert possible.never(none) is False
    assert possible.never(AllOf((none, *every))) is False
    assert possible.surely(AllOf(tuple(every))) is True


def test_countries_are_told_apart_by_what_compares_them() -> None:
    """All that nothing names are alike, so that the search is short."""
    possible = Satisfiability({"through": Question("through", "?", "countries")})
    listed, others = EqualTo("through", ("TR", "GE")), OtherThan("through", ("TR", "GE"))
    assert possible.surely(AllOf((listed, Not(others))))
    assert possible.surely(AllOf((others, Not(listed))))
    assert possible.surely(AllOf((others, Range("through", 200, None))))
    assert possible.never(AllOf((Not(listed), Not(others), Range("through", 1, None))))
    assert possible.never(AllOf((listed, Range("through", None, 0))))


def test_no_more_choices_can_be_ticked_than_there_are() -> None:
    """A range over several choices compares their number."""
    kind, choices = FACTS["devices"]
    possible = Satisfiability({"devices": Question("devices", "?", kind, choices)})
    assert [possible.surely(Range("devices", low, None)) for low in range(5)] == [True] * 4 + [
        False
    ]
    assert possible.never(Range("devices", 4, None))
    both = AllOf((Range("devices", None, 1), EqualTo("devices", ("l",))))
    assert possible.surely(both)
    assert possible.never(AllOf((both, EqualTo("devices", ("p",)))))
