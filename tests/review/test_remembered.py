"""What is remembered, or carried over to another day, is what would be worked out anew."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from travelsec.derived import DERIVED
from travelsec.pack.load import load
from travelsec.pack.model import Pack, Question
from travelsec.people import Person
from travelsec.report import context
from travelsec.review.remembered import MAX_KNOWN, Remembered
from travelsec.trip.facts import Facts
from travelsec.trip.selection import applying, deciding

TODAY = datetime.date(2026, 11, 24)
DAYS = [TODAY + datetime.timedelta(days=number) for number in (0, 1, 5, 30)]
CITES = "cites: [taking-equipment-overseas/general-guidance/remove-files]"
OVERLAY = f"""
pack: {{id: own, version: "1", title: Own, covers: x., not_covered: y.}}
questions:
  - {{id: visa, ask: Do you have a visa?, type: yes-no,
     when: {{days_to_departure: {{at_most: 9}}}}}}
checklist:
  id: own
  title: Own things
  sections:
    - id: soon
      title: Soon
      phase: before
      items:
        - {{id: soon, label: Soon, do: Do it., level: must, {CITES},
           when: {{days_to_departure: {{at_most: 3}}}}}}
        - {{id: visa, label: Visa, do: Get one., level: must, {CITES}, when: {{visa: false}}}}
situations:
  - id: calls
    title: If $traveller calls from $destination
    audience: manager
    contacts: [technology-service-desk]
    steps:
      - {{do: "They leave in $days_to_departure days.", {CITES}, when: {{official: true}}}}
      - {{do: "They stay for $nights nights.", {CITES}}}
"""


@cache
def pack() -> Pack:
    """Load the bundled pack, with items, a question and a situation that depend on the day."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "pack.yaml").write_text(OVERLAY, encoding="utf-8")
        return load([Path(folder)])


def answer(question: Question) -> st.SearchStrategy[Any]:
    """Return answers to a question, of few kinds, so that some come twice."""
    match question.type:
        case "choice":
            return st.sampled_from(list(question.choices))
        case "choices":
            return st.sets(st.sampled_from(list(question.choices))).map(
                lambda chosen: tuple(one for one in question.choices if one in chosen)
            )
        case "yes-no":
            return st.booleans()
        case "date":
            return st.sampled_from(DAYS)
        case "number":
            return st.integers(1, 3)
        case "people":
            return st.just((Person("Rui Paz", "+351 21 000 0000"),))
    return st.sampled_from(["Lisbon", "Oslo"])


def trips() -> st.SearchStrategy[Facts]:
    """Return facts of trips, any of them missing, seen on some day."""
    questions = pack().questions.values()
    answers = st.fixed_dictionaries({}, optional={one.id: answer(one) for one in questions})
    return st.builds(lambda given, day: Facts(pack(), given, day), answers, st.sampled_from(DAYS))


@given(trips(), st.sampled_from(DAYS))
def test_on_another_day_facts_are_as_if_told_then(facts: Facts, day: datetime.date) -> None:
    """Those that depend on the day, and the questions that depend on those, as well."""
    list(applying(pack(), facts))
    moved, anew = facts.on(day), Facts(pack(), facts.answers, day)
    assert moved.today == day
    for name in (*pack().questions, *DERIVED):
        assert moved.state(name) == anew.state(name)


@given(st.lists(trips(), min_size=2, max_size=8))
def test_items_that_are_remembered_are_those_that_apply(several: list[Facts]) -> None:
    """For each of several trips, whatever came before."""

    def names(facts: Facts) -> list[str]:
        return [f"{checklist.id}.{item.id}" for checklist, _, item in applying(pack(), facts)]

    remembered = Remembered(names, deciding(pack()))
    for facts in several:
        assert remembered(facts) == names(facts)


@given(st.lists(trips(), min_size=2, max_size=8))
def test_what_a_manager_does_on_call_is_remembered_right(several: list[Facts]) -> None:
    """Names and days in its texts are of this trip, not of one before."""
    remembered = Remembered(lambda facts: list(context.on_call(facts)), context.deciding(pack()))
    for facts in several:
        assert remembered(facts) == list(context.on_call(facts))


def test_a_result_is_worked_out_once_and_not_kept_for_ever() -> None:
    """The same facts are not asked about twice; memory does not grow with their number."""
    asked: list[object] = []

    def town(facts: Facts) -> object:
        asked.append(facts.value("destination"))
        return asked[-1]

    remembered = Remembered(town, ["destination"])
    towns = [f"Town {number}" for number in range(MAX_KNOWN + 1)]
    trips = [Facts(pack(), {"destination": town}, TODAY) for town in towns]
    for _ in range(3):
        assert remembered(trips[0]) == "Town 0"
    assert asked == ["Town 0"]
    for facts in trips:
        remembered(facts)
    assert remembered(trips[0]) == "Town 0"
    assert asked == [*towns, "Town 0"]
