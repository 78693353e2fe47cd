"""Warnings about how entries use, replace and cite others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import Template
from typing import Any

from travelsec.bank_holidays import NATIONS
from travelsec.conditions import EqualTo, leaves
from travelsec.derived import NATION
from travelsec.pack.folder import optional_packs
from travelsec.pack.lint.subject import Finding, LintEntry, Subject
from travelsec.pack.model import LEVELS
from travelsec.pack.parse import Located
from travelsec.problems import Problem, allowed, brief
from travelsec.question_types import behaviour
from travelsec.wording import join_words

BY_ITSELF = frozenset(
    (
        # On reports and cards, for due dates, and to show how a number is dialled.
        *("traveller", "destination", "departs", "returns", "abroad"),
        # On the card.
        *("departmental_contact", "line_manager", "hosts"),
        # For bank holidays.
        NATION,
    )
)
"""Facts that travelsec uses even if no pack does."""


def unused_questions(subject: Subject) -> Iterator[Finding]:
    """A question whose answer changes nothing."""
    used = {
        source
        for asker, fact in _uses(subject)
        for source in subject.sources(fact)
        if source != asker
    }
    for entry in subject.questions:
        if entry.name not in used and entry.name not in BY_ITSELF:
            yield entry.warn(
                "unused-question",
                f"nothing uses the answer to “{entry.name}”: no condition, no placeholder, no "
                "contact; use it, or do not ask",
                "id",
            )


def nation(subject: Subject) -> Iterator[Finding]:
    """A question that looks as if it decided whose bank holidays count, and cannot."""
    for entry in subject.questions:
        question = entry.value
        usable = question.type == "choice" and {*NATIONS}.issuperset(question.choices)
        if entry.name == NATION and (question.private or not usable):
            yield entry.warn(
                "nation",
                "the answer to “nation” cannot decide whose bank holidays count: make it a choice "
                f"that is not private, of {join_words(NATIONS, 'or')}, or call it something else",
                "id",
            )


def free_text(subject: Subject) -> Iterator[Finding]:
    """A condition on free text, which fails for everybody who words the answer differently."""
    questions = subject.pack.questions.values()
    free = {question.id for question in questions if behaviour(question.type).compared == "text"}
    for entry in subject.entries:
        for leaf in leaves(entry.value.when):
            if isinstance(leaf, EqualTo) and leaf.fact in free:
                yield entry.warn(
                    "free-text",
                    f"the answer to “{leaf.fact}” is free text, so anyone who words it "
                    "differently is left out: ask with choices instead",
                    "when",
                    leaf.fact,
                )


def covered_by(subject: Subject) -> Iterator[Finding]:
    """`covered_by` names a pack that does not come with travelsec."""
    for source, placed in subject.infos:
        name = source.info.covered_by
        if name and name not in optional_packs():
            text = f"“{brief(name)}” is not an optional pack{allowed(optional_packs(), name)}"
            yield Finding("covered-by", Problem(placed.at("covered_by"), text, "warning"))


def replaced_conditions(subject: Subject) -> Iterator[Finding]:
    """A condition or phase that replaces that of a pack below, for every item inside."""
    for name, checklist in subject.merged.checklists.items():
        parts: dict[str, Sequence[Located[Any]]] = {f"checklist “{name}”": checklist.written}
        parts |= {
            f"section “{section}”": merged.written for section, merged in checklist.sections.items()
        }
        for part, written in parts.items():
            for placed in written[1:]:
                for field in ("when", "phase"):
                    if field in placed.node:
                        text = (
                            f"{field}: this replaces that of a pack below for every item in the "
                            f"{part}; leave it out, or put your items into a part of your own"
                        )
                        yield Finding("replaced", Problem(placed.at(field), text, "warning"))


def withdrawn_statements(subject: Subject) -> Iterator[Finding]:
    """A citation of the statement that a withdrawn detail was taken from.

    A page cited as a whole says more than that detail, so it may be cited for something else.
    """
    withdrawn = {
        path: located.value.value
        for located in subject.merged.withdrawn
        for path in located.value.cites
        if "/" in path
    }
    if not withdrawn:
        return
    for entry, field, cites in _citations(subject):
        for index, path in enumerate(cites):
            if path in withdrawn:
                yield entry.warn(
                    "withdrawn-citation",
                    f"this statement gives “{withdrawn[path]}”, which is withdrawn: "
                    "cite one that holds",
                    *field,
                    index,
                )


def repeated_citations(subject: Subject) -> Iterator[Finding]:
    """A statement that an entry cites already, maybe in a pack below: another may be meant."""
    for entry, field, cites in _citations(subject):
        first: dict[str, int] = {}
        for index, path in enumerate(cites):
            if first.setdefault(path, index) != index:
                place = entry.placed.at(*field, first[path])
                text = f"“{brief(path, 200)}” is cited here already, at {place}: leave it out"
                yield entry.warn("repeated-citation", text, *field, index)


def levels(subject: Subject) -> Iterator[Finding]:
    """An item that is stronger or weaker than the duties it cites, where no note says why."""
    statements = dict(
        statement for page in subject.pack.guidance.values() for statement in page.statements()
    )
    for entry in subject.items:
        cited = [statements[path] for path in entry.value.cites if path in statements]
        duty_levels = {statement.level for statement in cited if statement.kind == "duty"}
        strongest = next((level for level in LEVELS if level in duty_levels), None)
        # A duty without a level in the index may be as strong as the item says.
        if None in duty_levels or any(statement.note for statement in cited):
            continue
        if strongest in (None, entry.value.level):
            continue
        yield entry.warn(
            "level",
            f"“{entry.value.id}” is a “{entry.value.level}”, and the strongest duty it cites is a "
            f"“{strongest}”: change the level, or give the statement a “note” that says why",
            "level",
        )


def _citations(
    subject: Subject,
) -> Iterator[tuple[LintEntry, tuple[str, ...], tuple[str, ...]]]:
    """Yield each list of citations, after its entry and its field."""
    for entry in (*subject.questions, *subject.items, *subject.steps, *subject.contacts):
        yield entry, ("cites",), entry.value.cites
        for name, cites in getattr(entry.value, "choice_cites", {}).items():
            yield entry, ("choice_cites", name), cites


def _uses(subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield each fact in use, after the question whose own text uses it, or an empty text."""
    conditions = [entry.value.when for entry in subject.entries]
    conditions += [source.info.not_covered_when for source, _ in subject.infos]
    for condition in dict.fromkeys(conditions):
        yield from (("", fact) for fact in condition.facts())
    for contact in subject.contacts:
        yield "", contact.value.people
    texts = [(text.entry.name, text.path[0], text.text) for text in subject.texts]
    defaults = [(entry.name, "default", entry.value.default) for entry in subject.questions]
    for name, field, text in (*texts, *defaults):
        if isinstance(text, str) and "$" in text:
            asker = name if field in ("ask", "help", "default") else ""
            yield from ((asker, fact) for fact in Template(text).get_identifiers())
