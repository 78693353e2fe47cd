"""Which answers are missing, which defaults there are, and which answers do not matter."""

from __future__ import annotations

import datetime

from travelsec.pack.model import Pack, Question
from travelsec.trip.answers import Answers
from travelsec.trip.facts import Facts
from travelsec.trip.missing import (
    how_to_give,
    ignored,
    missing_facts,
    take_defaults,
    unanswered_items,
)
from travelsec.trip.statuses import Status

TODAY = datetime.date(2026, 11, 22)


def test_a_default_is_taken_and_marked_as_one(pack: Pack) -> None:
    """Only where nothing was answered."""
    answers = Answers({"devices": ("laptop", "phone")})
    facts = take_defaults(Facts(pack, answers.facts, TODAY), answers)
    assert facts.value("count") == answers.facts["count"] == 2
    assert answers.how == {"count": "default"}

    answers = Answers({"devices": ("laptop", "phone"), "count": 7})
    assert take_defaults(Facts(pack, answers.facts, TODAY), answers).value("count") == 7
    assert answers.how == {}


def test_required_questions_are_told_apart(pack: Pack) -> None:
    """A script must answer the required ones, and may leave out the others."""
    facts = Facts(pack, {"count": 1}, TODAY)
    assert [question.id for question in missing_facts(facts, required=True)] == ["abroad"]
    others = [question.id for question in missing_facts(facts, required=False)]
    assert others == [name for name in pack.questions if name not in ("abroad", "count")]


def test_what_follows_from_other_answers_is_not_missing(pack: Pack) -> None:
    """A script need not give the number of devices it has named."""
    for devices, is_missing in (({}, True), ({"devices": ("laptop",)}, False)):
        missing = missing_facts(Facts(pack, devices, TODAY), required=False)
        assert ("count" in [question.id for question in missing]) is is_missing


def test_only_items_without_an_answer_are_unanswered(pack: Pack) -> None:
    """One that was put off has one."""
    answers = Answers({"abroad": True}, {"trip.charger": Status("todo")})
    facts = Facts(pack, answers.facts, TODAY)
    assert unanswered_items(facts, answers) == ["trip.clear-files", "trip.know-loss"]


def test_an_answer_that_does_not_matter_is_named(pack: Pack) -> None:
    """A fact whose question does not apply, and an item that is not on the list."""
    done = Status("done")
    answers = Answers(
        {"abroad": False, "country": "Norway"},
        {"trip.charger": done, "trip.clear-files": done},
        retired=["service_desk"],
    )
    facts = Facts(pack, answers.facts, TODAY)
    assert list(ignored(facts, answers, {"trip.charger"})) == [
        "country does not matter for this trip: its answer was ignored",
        "service_desk is no longer asked: its answer was ignored",
        "trip.clear-files does not apply to this trip: its answer was ignored",
    ]


def test_a_script_is_told_how_to_answer(pack: Pack) -> None:
    """With an example of its type, and the choices there are."""
    told = [how_to_give(pack.questions[name]) for name in ("abroad", "devices")]
    returns = Question("returns", "When?", "date", none="a lasting arrangement")
    told.append(how_to_give(returns))
    assert told == [
        "--set abroad=true (true or false)",
        "--set devices=laptop (any of laptop and phone, or none)",
        "--set returns=2026-12-01 (year-month-day, or none)",
    ]
