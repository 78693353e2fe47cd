"""Conditions are three-valued: a missing answer is never taken for a no."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import examples
from travelsec.conditions import (
    ALWAYS,
    AllOf,
    AnyOf,
    Condition,
    EqualTo,
    FactState,
    Not,
    OtherThan,
    Range,
    StateOf,
    Truth,
)
from travelsec.question_types import Value

YES = EqualTo("yes", (True,))
NO = EqualTo("no", (True,))
OPEN = EqualTo("open", (True,))

KNOWN = {"yes": FactState(True, True), "no": FactState(True, False), "open": FactState(True, None)}


def lookup(states: Mapping[str, FactState]) -> StateOf:
    """States by fact id."""
    return states.__getitem__


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        (YES, True),
        (NO, False),
        (OPEN, None),
        (ALWAYS, True),
        (AllOf((YES, YES)), True),
        (AllOf((YES, OPEN)), None),
        (AllOf((OPEN, NO)), False),
        (AnyOf((NO, NO)), False),
        (AnyOf((NO, OPEN)), None),
        (AnyOf((OPEN, YES)), True),
        (Not(YES), False),
        (Not(NO), True),
        (Not(OPEN), None),
        (Not(AllOf((YES, OPEN))), None),
    ],
)
def test_all_any_and_not(condition: Condition, truth: Truth) -> None:
    """False decides an `all` and true an `any`, whatever is unknown."""
    assert condition.truth(lookup(KNOWN)) is truth


@pytest.mark.parametrize(
    ("state", "meets", "truth"),
    [
        (FactState(True, None), True, None),
        (FactState(True, True), True, True),
        (FactState(True, True), False, False),
        (FactState(False, True), True, False),
        (FactState(False, None), True, False),
        (FactState(None, None), True, None),
        (FactState(None, True), True, None),
        (FactState(None, True), False, False),
    ],
)
def test_a_question_that_does_not_apply_makes_a_comparison_false(
    state: FactState, meets: bool, truth: Truth
) -> None:
    """One that may not apply makes it unknown, unless the answer rules it out."""
    assert EqualTo("a", (meets,)).truth(lambda _: state) is truth


@pytest.mark.parametrize(
    ("values", "value", "truth"),
    [
        (("laptop",), ("laptop", "phone"), True),
        (("laptop", "tablet"), ("phone",), False),
        (("laptop",), (), False),
        (("hq", "hmcts"), "hmcts", True),
        (("hq",), "hmcts", False),
        (("Lisbon",), " lisbon ", True),
        (("NO",), "Norway", False),
        ((2, 3), 3, True),
        ((2,), 1, False),
        ((datetime.date(2026, 12, 1),), datetime.date(2026, 12, 1), True),
    ],
)
def test_a_comparison_with_several_values(
    values: tuple[Value, ...], value: Value, truth: bool
) -> None:
    """Several choices need one in common; free text ignores case and spaces around it."""
    assert EqualTo("a", values).truth(lambda _: FactState(True, value)) is truth


@pytest.mark.parametrize(
    ("state", "truth"),
    [
        (FactState(True, ("FR", "TR")), True),
        (FactState(True, ("FR", "DE")), False),
        (FactState(True, ("FR",)), False),
        (FactState(True, ()), False),
        (FactState(True, None), None),
        (FactState(None, ("TR",)), None),
        (FactState(None, ("FR",)), False),
        (FactState(False, ("TR",)), False),
        (FactState(False, None), False),
    ],
)
def test_other_than_needs_one_that_is_none_of_these(state: FactState, truth: Truth) -> None:
    """No country is none of them; three-valued as the rest."""
    assert OtherThan("a", ("FR", "DE")).truth(lambda _: state) is truth


@pytest.mark.parametrize(
    ("low", "high", "inside", "outside"),
    [
        (2, 4, [2, 3, 4], [1, 5]),
        (2, None, [2, 99], [0, 1]),
        (None, 2, [0, 2], [3]),
        (0, 0, [0], [1]),
        # Of several choices it counts how many.
        (1, 2, [("a",), ("a", "b")], [(), ("a", "b", "c")]),
        (None, 0, [()], [("a",)]),
        (
            *(datetime.date(2026, 1, 1), None),
            *([datetime.date(2026, 1, 1)], [datetime.date(2025, 12, 31)]),
        ),
    ],
)
def test_the_bounds_of_a_range_are_inclusive(
    low: int | datetime.date | None,
    high: int | datetime.date | None,
    inside: list[Value],
    outside: list[Value],
) -> None:
    """Zero is a bound too."""
    within = Range("a", low, high)
    assert all(within.truth(lambda _, v=v: FactState(True, v)) is True for v in inside)  # type: ignore[misc]
    assert all(within.truth(lambda _, v=v: FactState(True, v)) is False for v in outside)  # type: ignore[misc]
    assert within.truth(lambda _: FactState(True, None)) is None


def test_a_condition_returns_its_facts_and_its_data() -> None:
    """The data holds all that the condition means."""
    condition = AllOf(
        (Not(YES), AnyOf((OPEN, Range("n", 1, None), Range("d", None, datetime.date(2026, 1, 2)))))
    )
    assert list(condition.facts()) == ["yes", "open", "n", "d"]
    assert condition.to_data() == {
        "all": [
            {"not": {"yes": [True]}},
            {"any": [{"open": [True]}, {"n": {"at_least": 1}}, {"d": {"at_most": "2026-01-02"}}]},
        ]
    }


FACTS = ("a", "b", "c")
THREE: st.SearchStrategy[bool | None] = st.sampled_from([True, False, None])
STATES = st.tuples(THREE, THREE).map(lambda pair: FactState(*pair))
SITUATIONS = st.fixed_dictionaries(dict.fromkeys(FACTS, STATES))
CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    st.tuples(st.sampled_from(FACTS), st.booleans()).map(lambda p: EqualTo(p[0], (p[1],))),
    lambda inner: (
        inner.map(Not)
        | st.lists(inner, max_size=3).map(lambda parts: AllOf(tuple(parts)))
        | st.lists(inner, max_size=3).map(lambda parts: AnyOf(tuple(parts)))
    ),
    max_leaves=6,
)


class TestLaws:
    """Laws that hold for all conditions and facts."""

    @given(CONDITIONS, SITUATIONS)
    def test_a_double_negation_changes_nothing(
        self, condition: Condition, states: dict[str, FactState]
    ) -> None:
        """Unknown stays unknown."""
        of = lookup(states)
        assert Not(Not(condition)).truth(of) is condition.truth(of)

    @given(CONDITIONS, CONDITIONS, SITUATIONS)
    def test_de_morgan(
        self, one: Condition, other: Condition, states: dict[str, FactState]
    ) -> None:
        """“Not all” is “any not”, and “not any” is “all not”."""
        of = lookup(states)
        negated = (Not(one), Not(other))
        assert Not(AllOf((one, other))).truth(of) is AnyOf(negated).truth(of)
        assert Not(AnyOf((one, other))).truth(of) is AllOf(negated).truth(of)

    @settings(max_examples=examples(60), deadline=None)
    @given(CONDITIONS, SITUATIONS, SITUATIONS)
    def test_more_answers_never_reverse_a_result(
        self, condition: Condition, states: dict[str, FactState], answers: dict[str, FactState]
    ) -> None:
        """True and false stay so when missing answers are given."""
        before = condition.truth(lookup(states))
        after = condition.truth(
            lookup({fact: _learn(states[fact], answers[fact]) for fact in FACTS})
        )
        assert before is None or after is before

    @given(CONDITIONS, st.fixed_dictionaries(dict.fromkeys(FACTS, st.booleans())))
    def test_with_every_answer_it_is_ordinary_logic(
        self, condition: Condition, answers: dict[str, bool]
    ) -> None:
        """Nothing is unknown, and Python gives the same result."""
        truth = condition.truth(lookup({k: FactState(True, v) for k, v in answers.items()}))
        assert truth is _plain(condition, answers.__getitem__)


def _learn(state: FactState, answer: FactState) -> FactState:
    """Fill in what is not known yet."""
    applies = answer.applies if state.applies is None else state.applies
    return FactState(applies, answer.value if state.value is None else state.value)


def _plain(condition: Condition, value: Callable[[str], bool]) -> bool:
    match condition:
        case Not(part):
            return not _plain(part, value)
        case AllOf(parts):
            return all(_plain(part, value) for part in parts)
        case AnyOf(parts):
            return any(_plain(part, value) for part in parts)
        case EqualTo(fact, values):
            return value(fact) in values
    raise TypeError(condition)
