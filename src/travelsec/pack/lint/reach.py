"""Warnings about entries that no one gets, or that some people get without what they need."""

from __future__ import annotations

from collections.abc import Iterator
from string import Template

from travelsec.conditions import ALWAYS, AllOf, AnyOf, Not
from travelsec.pack.lint.subject import EntryText, Finding, Subject
from travelsec.pack.satisfiability import QuestionApplies, Satisfiability
from travelsec.problems import Problem, brief


def unreachable(subject: Subject) -> Iterator[Finding]:
    """An entry that no answers lead to; the entries inside it are not reported too."""
    never = subject.possible.never
    groups = [
        ("the question “{}” is never asked", subject.questions),
        ("no one gets the checklist “{}”", subject.checklists),
        ("no one gets the section “{}”", subject.sections),
        ("no one gets “{}”", subject.items),
        ("no one gets the situation “{}”", subject.situations),
        ("no one gets “{}”", subject.steps),
        ("no one gets the contact “{}”", subject.contacts),
    ]
    for text, entries in groups:
        for entry in entries:
            if never(entry.when) and not never(entry.outer):
                around = ", those around it" if entry.outer != ALWAYS else ""
                yield entry.warn(
                    "unreachable",
                    f"{text.format(entry.name)}: no answers meet its condition{around} and those "
                    "of the questions at once; change one, or remove the entry",
                    "when",
                )
    for source, placed in subject.infos:
        if never(source.info.not_covered_when):
            text = (
                f"no one reads what “{source.info.id}” does not cover: no answers meet this "
                "condition; change it, or remove it"
            )
            place = placed.at("not_covered_when")
            yield Finding("unreachable", Problem(place, text, "warning"))
    yield from _contacts_of_others(subject)


def placeholders(subject: Subject) -> Iterator[Finding]:
    """A placeholder for a fact that some readers of the text are not asked for."""
    for text in subject.texts:
        if "$" not in text.text or not Template(text.text).is_valid():
            continue
        for fact in Template(text.text).get_identifiers():
            if all(source in subject.pack.questions for source in subject.sources(fact)):
                yield from _placeholder(subject.possible, text, fact)


def needs(subject: Subject) -> Iterator[Finding]:
    """A step that needs something that no item before the trip provides."""
    items = {entry.name: entry for entry in subject.items}
    for step in subject.steps:
        for index, name in enumerate(step.value.needs):
            item = items.get(name)
            if item is None:
                why = "which is dropped"
            elif item.value.phase != "before":
                why = f"which is not done before the trip (its phase is {item.value.phase})"
            else:
                # People who may face the situation have an item that tells them to know it.
                knowing = [
                    other.when
                    for other in subject.items
                    if step.parent and other.value.situation == step.parent.name
                ]
                prepared = AnyOf(tuple(knowing)) if knowing else ALWAYS
                lacking = AllOf((prepared, step.when, Not(item.when)))
                if not subject.possible.surely(lacking):
                    continue
                why = "which is not for all who get the step"
            yield step.warn(
                "step-needs",
                f"this step needs what “{brief(name)}” provides, {why}: "
                "provide it in another item, or change the step",
                "needs",
                index,
            )


def _contacts_of_others(subject: Subject) -> Iterator[Finding]:
    """Find contacts that are never shown with the item or situation that names them."""
    contacts = {entry.name: entry for entry in subject.contacts}
    never = subject.possible.never
    for entry in (*subject.situations, *subject.items):
        for index, name in enumerate(entry.value.contacts):
            contact = contacts.get(name)
            if contact is None or never(entry.when) or never(contact.when):
                continue
            if never(AllOf((entry.when, contact.when))):
                yield entry.warn(
                    "unreachable",
                    f"no one in “{entry.name}” gets the contact “{name}”: no answers meet the "
                    "conditions of both; remove it from the list, or change one of them",
                    "contacts",
                    index,
                )


def _placeholder(possible: Satisfiability, text: EntryText, fact: str) -> Iterator[Finding]:
    when = text.entry.when
    asked = QuestionApplies(fact)
    is_suggestion = text.path[0] == "suggestion"
    if possible.never(when):
        return
    if possible.never(AllOf((when, asked))):
        who = "no one who reads this"
    # A suggestion is meant to be left out if its fact is unknown.
    elif not is_suggestion and possible.surely(AllOf((when, Not(asked)))):
        who = "not everyone who reads this"
    else:
        return
    result = (
        "the suggestion is never shown" if is_suggestion else f"it will read “({fact} not given)”"
    )
    yield text.warn(
        "empty-placeholder",
        f"{who} is asked for “${fact}”, so {result}: reword it, or give both the same condition",
    )
