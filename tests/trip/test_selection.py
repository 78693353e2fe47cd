"""Which items apply: snapshots of real trips, and the properties of the choice."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import assert_never

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import examples
from tests.report import samples
from travelsec.conditions import both
from travelsec.pack.load import load
from travelsec.pack.model import Pack, Question
from travelsec.people import Person
from travelsec.question_types import NONE, Value
from travelsec.trip.answers import AnswersReader
from travelsec.trip.facts import Facts
from travelsec.trip.selection import (
    Selected,
    depends_on_day,
    sections,
    select,
    step_text,
    steps,
)

TODAY = datetime.date(2026, 11, 22)
TRIPS = Path(__file__).parent / "trips"


@cache
def bundled() -> Pack:
    """Return the bundled pack, read once."""
    return load()


def facts_of(path: Path) -> Facts:
    """Return the facts of an answers file."""
    reader = AnswersReader(bundled())
    reader.read_file(path.read_bytes(), path.name)
    facts = Facts(bundled(), reader.answers.facts, TODAY)
    reader.finish(facts)
    return facts


def listing(items: list[Selected]) -> str:
    """Write the items as the snapshots do: phase, level, id, due date, deadline."""
    return "".join(f"{one.phase:6} {one.item.level:8} {one.id}{_dates(one)}\n" for one in items)


def _dates(one: Selected) -> str:
    due = f"  by {one.due}" if one.due else ""
    if one.deadline is None:
        return due
    missed = ", missed" if one.deadline < TODAY else ""
    return f"{due}  at the latest by {one.deadline}{missed}"


@pytest.mark.parametrize("trip", sorted(TRIPS.glob("*.yaml")), ids=lambda path: path.stem)
def test_items_of_a_trip(trip: Path, golden: Callable[[Path, str], str]) -> None:
    """The items of each trip are those of its snapshot."""
    chosen = listing(select(bundled(), facts_of(trip)))
    assert chosen == golden(trip.with_suffix(".items"), chosen)


def value_of(question: Question) -> st.SearchStrategy[Value]:
    """Return any value that the question can have."""
    choices = sorted(question.choices)
    match question.type:
        case "yes-no":
            return st.booleans()
        case "choice":
            return st.sampled_from(choices)
        case "choices":
            return st.lists(st.sampled_from(choices), unique=True).map(tuple)
        case "countries":
            return st.lists(st.sampled_from(["TR", "GE"]), unique=True).map(tuple)
        case "date":
            days = st.dates(datetime.date(2026, 1, 1), datetime.date(2027, 12, 31))
            return st.just(NONE) | days if question.none else days
        case "number":
            return st.integers(0, 99)
        case "people":
            return st.just((Person("Ann Lee", "+44 20 7946 0000"),))
        case "text":
            return st.sampled_from(["Lisbon", "Home", "Å"])
    assert_never(question.type)


def some_answers() -> st.SearchStrategy[dict[str, Value]]:
    """Return answers to any of the bundled questions."""
    optional = {name: value_of(question) for name, question in bundled().questions.items()}
    return st.fixed_dictionaries({}, optional=optional)


@given(some_answers())
@settings(deadline=None, max_examples=examples(60))
def test_only_a_definitely_false_condition_drops_an_item(answers: dict[str, Value]) -> None:
    """Each item that is not chosen has a condition that is false, not unknown."""
    facts = Facts(bundled(), answers, TODAY)
    chosen = {one.id for one in select(bundled(), facts)}
    for checklist in bundled().checklists:
        for section in checklist.sections:
            for item in section.items:
                whens = (checklist.when, section.when, item.when)
                truths = [when.truth(facts.state) for when in whens]
                dropped = f"{checklist.id}.{item.id}" not in chosen
                assert dropped == (False in truths)


@given(some_answers(), st.data())
@settings(deadline=None, max_examples=examples(60))
def test_one_more_answer_never_errs_and_never_brings_back_an_item(
    answers: dict[str, Value], data: st.DataObject
) -> None:
    """Answering what is unanswered can only take items away."""
    missing = [name for name in bundled().questions if name not in answers]
    before = {one.id for one in select(bundled(), Facts(bundled(), answers, TODAY))}
    if missing:
        name = data.draw(st.sampled_from(missing))
        value = data.draw(value_of(bundled().questions[name]))
        after = {
            one.id for one in select(bundled(), Facts(bundled(), {**answers, name: value}, TODAY))
        }
        assert after <= before


@given(some_answers(), st.randoms())
def test_the_order_of_answers_does_not_matter(answers: dict[str, Value], random: Random) -> None:
    """The same answers in another order give the same items and the same texts."""
    names = list(answers)
    random.shuffle(names)
    other = {name: answers[name] for name in names}
    assert select(bundled(), Facts(bundled(), answers, TODAY)) == select(
        bundled(), Facts(bundled(), other, TODAY)
    )


@given(some_answers())
def test_every_chosen_item_has_a_section_and_a_whole_text(answers: dict[str, Value]) -> None:
    """Sections hold all items once, in order of phase, and no placeholder is left in a text."""
    items = select(bundled(), Facts(bundled(), answers, TODAY))
    grouped = [one.id for section in sections(items) for one in section.items]
    assert sorted(grouped) == sorted(one.id for one in items)
    assert not any("$" in text for one in items for text in (one.label, one.do, one.why))


def test_steps_for_official_business_only_when_it_is() -> None:
    """At the customs desk, a holidaymaker is not told to claim official business."""
    situation = bundled().situations["unlock-request"]
    official = {"abroad": True, "official": True}
    private = {"abroad": True, "official": False}
    all_steps = steps(situation, Facts(bundled(), official, TODAY))
    fewer = steps(situation, Facts(bundled(), private, TODAY))
    assert len(all_steps) == len(situation.steps)
    assert len(all_steps) - len(fewer) == 4
    # Nobody is known: nothing is left out.
    assert steps(situation, Facts(bundled(), {}, TODAY)) == all_steps


def test_who_is_known_to_be_meant_does_not_read_who_a_step_is_for() -> None:
    """Only they: while it is not known, the words stay."""
    shown = bundled().situations["unlock-request"]
    (step,) = (one for one in shown.steps if "civil servant" in one.do)
    meant = Facts(bundled(), {"abroad": True, "official": True}, TODAY)
    assert step_text(step, meant).startswith("Say that you are, for example, a UK civil servant")
    assert step_text(step, Facts(bundled(), {}, TODAY)) == step.do


def test_the_number_of_envelopes_is_reached_openly() -> None:
    """Three devices and four nights suggest twelve envelopes, with the arithmetic."""
    facts = facts_of(TRIPS / "official-with-everything.yaml")
    item = next(one for one in select(bundled(), facts) if one.id == "overseas.envelopes")
    assert "Suggestion: 12 or more: one per device per night (3 × 4)" in item.do


def test_a_suggestion_with_an_unknown_fact_is_left_out() -> None:
    """Without dates there is no number to suggest, and the item still stands."""
    facts = facts_of(TRIPS / "half-missing.yaml")
    item = next(one for one in select(bundled(), facts) if one.id == "overseas.envelopes")
    assert "Suggestion" not in item.do
    assert both([item.item.when.truth(facts.state)]) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{id: letter, label", "{id: letter, when: {days_to_departure: {at_most: 3}}, label"),
        ("id: destination", "id: destination, when: {working_days_to_departure: {at_most: 3}}"),
    ],
    ids=["item", "question"],
)
def test_conditions_can_depend_on_the_day(tmp_path: Path, old: str, new: str) -> None:
    """Those of items do, and so do those of questions, on which items can depend."""
    assert not depends_on_day(samples.read_pack(tmp_path))
    assert depends_on_day(samples.read_pack(tmp_path, (old, new)))
