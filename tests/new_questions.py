"""Bundled questions that no test names, such as new ones: tests need not change for them."""

from __future__ import annotations

import functools

from travelsec.pack.load import load
from travelsec.pack.model import Question
from travelsec.question_types import behaviour

_NAMED = frozenset(
    (
        *("traveller", "organisation", "abroad", "destination", "departs", "returns", "official"),
        *("devices", "papers", "places", "home_shared", "device_count", "plans", "printed"),
        *("prints_personal", "departmental_contact", "line_manager", "hosts"),
    )
)


@functools.cache
def new_questions() -> tuple[Question, ...]:
    """Return them; at a terminal, they are left open (`tests.terminal`)."""
    return tuple(question for question in load().questions.values() if question.id not in _NAMED)


def answers_to_new_questions() -> tuple[str, ...]:
    """Return options that answer them, for tests in which no question is open."""
    return tuple(
        f"--set={question.id}={behaviour(question.type).example or next(iter(question.choices))}"
        for question in new_questions()
        if question.phase == "before"
    )
