"""Find the answers that are missing, and those that do not matter for the trip."""

from __future__ import annotations

from collections.abc import Container, Iterator

from travelsec.pack.model import BEFORE_RETURN, Question
from travelsec.question_types import behaviour
from travelsec.trip.answers import Answers
from travelsec.trip.facts import Facts
from travelsec.trip.selection import select
from travelsec.wording import join_words

IGNORED_FACT = "{} does not matter for this trip: its answer was ignored"
IGNORED_RETIRED = "{} is no longer asked: its answer was ignored"
IGNORED_ITEM = "{} does not apply to this trip: its answer was ignored"


def take_defaults(facts: Facts, answers: Answers) -> Facts:
    """Add the defaults of open questions to the answers, and return the facts with them."""
    complete = facts.with_defaults()
    taken = {name: value for name, value in complete.answers.items() if name not in facts.answers}
    answers.facts |= taken
    answers.how |= dict.fromkeys(taken, "default")
    return complete


def missing_facts(facts: Facts, *, required: bool) -> list[Question]:
    """Return the unanswered questions that are required, or those that are not.

    What follows from other answers is not missing, but what is required must be given.
    """
    questions = facts.open_questions() if required else facts.to_ask()
    return [question for question in questions if question.required is required]


def unanswered_items(facts: Facts, answers: Answers) -> list[str]:
    """Return the full ids of the unanswered items of the phases `before` and `away`."""
    judged = select(facts.pack, facts, BEFORE_RETURN)
    return [selected.id for selected in judged if selected.id not in answers.statuses]


def ignored(facts: Facts, answers: Answers, chosen: Container[str]) -> Iterator[str]:
    """Yield a sentence for each answer that does not matter; `chosen` are the items that apply."""
    for name in answers.facts:
        if facts.applies(facts.pack.questions[name]) is False:
            yield IGNORED_FACT.format(name)
    yield from map(IGNORED_RETIRED.format, dict.fromkeys(answers.retired))
    for name in answers.statuses:
        if name not in chosen:
            yield IGNORED_ITEM.format(name)


def how_to_give(question: Question) -> str:
    """Say how a script answers a question: `--set abroad=true` (true or false)."""
    kind = behaviour(question.type)
    example = kind.example or next(iter(question.choices))
    expected = kind.expected.replace("$choices", join_words(question.choices))
    none = ", or none" if question.none else ""
    return f"--set {question.id}={example} ({expected}{none})"
