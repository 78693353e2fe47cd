"""Warnings about entries that lead to one another, and those that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import Template
from typing import Any

from travelsec.conditions import Comparison, Condition, leaves
from travelsec.derived import DERIVED
from travelsec.pack.lint.subject import Finding, Subject, warning
from travelsec.pack.lint.texts import instructions, titles
from travelsec.pack.parse import Located
from travelsec.question_types import behaviour

BY_ITSELF = frozenset(
    (
        # On reports and cards, for the dates of items, and for how a number is dialled.
        *("traveller", "destination", "departs", "returns", "abroad"),
        # On the card.
        *("departmental_contact", "line_manager", "hosts"),
    )
)
"""Facts that travelsec uses whatever a pack says of them."""


def unused_questions(subject: Subject) -> Iterator[Finding]:
    """A question whose answer changes nothing."""
    used = {fact for asker, fact in _uses(subject) if asker != fact}
    for part in subject.questions:
        if part.name not in used and part.name not in BY_ITSELF:
            yield part.warn(
                "unused-question",
                f"nothing uses the answer to “{part.name}”: no condition, no placeholder, no "
                "contact; use it, or do not ask",
                "id",
            )


def free_text(subject: Subject) -> Iterator[Finding]:
    """A condition on what is typed freely: who types it another way does not get the item."""
    questions = subject.pack.questions.values()
    free = {question.id for question in questions if behaviour(question.type).compared == "text"}
    for part in (*subject.questions, *subject.for_some):
        for leaf in leaves(part.value.when):
            if isinstance(leaf, Comparison) and leaf.fact in free:
                yield part.warn(
                    "free-text",
                    f"“{leaf.fact}” is typed freely, and only these very words hold: whoever "
                    "writes it another way is left out; ask with choices instead",
                    "when",
                    leaf.fact,
                )


def replaced_conditions(subject: Subject) -> Iterator[Finding]:
    """A condition or phase put in the place of that of a pack below: for all items in it."""
    for name, checklist in subject.merged.checklists.items():
        groups: list[tuple[str, Sequence[Located[Any]]]] = [
            (f"checklist “{name}”", checklist.written)
        ]
        groups += [(f"section “{one}”", s.written) for one, s in checklist.sections.items()]
        for what, written in groups:
            for placed in written[1:]:
                for field in ("when", "phase"):
                    if field in placed.node:
                        yield warning(
                            "replaced",
                            placed.at(field),
                            f"{field}: this takes the place of what a pack below says of the "
                            f"{what}, for every item in it; leave it out, or put your items "
                            "into a part of your own",
                        )


def withdrawn_statements(subject: Subject) -> Iterator[Finding]:
    """A citation of the statement that a withdrawn detail was taken from.

    A page cited as a whole says more than that detail: it may be cited for something else.
    """
    withdrawn = {
        path: located.value.value
        for located in subject.merged.withdrawn
        for path in located.value.cites
        if "/" in path
    }
    if not withdrawn:
        return
    steps = (step for _, step in subject.steps)
    for part in (*subject.items, *steps, *subject.contacts):
        for index, path in enumerate(part.placed.value.cites):
            if path in withdrawn:
                yield part.warn(
                    "withdrawn-citation",
                    f"this statement gives “{withdrawn[path]}”, which is withdrawn: "
                    "cite what holds",
                    "cites",
                    index,
                )


def _uses(subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield each fact that something uses, behind the question that uses it (or nothing)."""
    for part in subject.questions:
        yield from ((part.name, fact) for fact in _facts(part.value.when, subject))
        default = part.placed.value.default
        if isinstance(default, str):
            yield from ((part.name, fact) for fact in _in_text(default, subject))
    for condition in dict.fromkeys(part.value.when for part in subject.for_some):
        yield from (("", fact) for fact in _facts(condition, subject))
    for texts in (instructions(subject), titles(subject)):
        for text in texts:
            if "$" in text.text:
                asker = text.part.name if text.path[0] in ("ask", "help") else ""
                yield from ((asker, fact) for fact in _in_text(text.text, subject))
    for contact in subject.contacts:
        yield "", contact.placed.value.people


def _facts(condition: Condition, subject: Subject) -> Iterator[str]:
    for fact in condition.facts():
        yield from _sources(fact, subject)


def _in_text(text: str, subject: Subject) -> Iterator[str]:
    if "$" in text:
        for fact in Template(text).get_identifiers():
            yield from _sources(fact, subject)


def _sources(fact: str, subject: Subject) -> Iterator[str]:
    """Yield the question that gives a fact, or all those it is worked out from."""
    if fact in subject.pack.questions:
        yield fact
    elif fact in DERIVED:  # else it is the telephone number of a contact
        yield from DERIVED[fact].sources
