"""What answers leave out, and what in them does not matter for the trip."""

from __future__ import annotations

from collections.abc import Container, Iterator

from travelsec.pack.model import Question
from travelsec.question_types import behaviour
from travelsec.trip.answers import Answers
from travelsec.trip.facts import Facts
from travelsec.trip.selection import select
from travelsec.wording import join_words

IGNORED_FACT = "{} does not matter for this trip: its answer is left out"
IGNORED_ITEM = "{} does not apply to this trip: its answer is left out"


def take_defaults(facts: Facts, answers: Answers) -> Facts:
    """Answer the open questions that have a default; the answers are completed in place.

    Args:
        facts: what is known; it can be more than the answers say.
        answers: where the defaults go.

    Returns:
        The facts with the defaults in them. One default can open a question with another.
    """
    while True:
        offered = {
            question.id: value
            for question in facts.open_questions()
            if (value := facts.default(question)) is not None
        }
        if not offered:
            return facts
        answers.facts |= offered
        answers.how |= dict.fromkeys(offered, "default")
        facts = Facts(facts.pack, facts.answers | offered, facts.today)


def missing_facts(facts: Facts, *, required: bool) -> list[Question]:
    """Return the questions without an answer: those a script must give, or the others."""
    return [question for question in facts.open_questions() if question.required is required]


def unanswered_items(facts: Facts, answers: Answers) -> list[str]:
    """Return the full ids of the items of `before` and `away` that nothing was said of."""
    return [
        selected.id
        for selected in select(facts.pack, facts)
        if selected.phase != "back" and selected.id not in answers.statuses
    ]


def ignored(facts: Facts, answers: Answers, chosen: Container[str]) -> Iterator[str]:
    """Yield a sentence for each answer that does not matter for this trip.

    Args:
        facts: the trip's facts.
        answers: the answers.
        chosen: the full ids of the items that apply.
    """
    for name in answers.facts:
        if facts.applies(facts.pack.questions[name]) is False:
            yield IGNORED_FACT.format(name)
    for name in answers.statuses:
        if name not in chosen:
            yield IGNORED_ITEM.format(name)


def how_to_give(question: Question) -> str:
    """Say how a script answers a question: `--set abroad=true` (true or false)."""
    kind = behaviour(question.type)
    example = kind.example or next(iter(question.choices))
    expected = kind.expected.replace("$choices", join_words(question.choices))
    return f"--set {question.id}={example} ({expected})"
