"""Explain in words why an item is in or out for a trip, and what its condition says."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from travelsec.conditions import (
    AllOf,
    AnyOf,
    Condition,
    EqualTo,
    Not,
    OtherThan,
    Range,
    Truth,
    negate,
)
from travelsec.derived import sources_of
from travelsec.pack.model import Checklist, Item, Pack, Section
from travelsec.question_types import NONE, Value
from travelsec.trip.facts import Facts
from travelsec.wording import join_words, show_date


class ItemExplanation(NamedTuple):
    """An item of a pack, and whether it applies to a trip.

    `truth` is the truth of its condition: False leaves the item out, None keeps it until answered.
    `reasons` are the answers that decide this, or are missing; an item for everybody has none.
    """

    checklist: Checklist
    section: Section
    item: Item
    truth: Truth
    reasons: tuple[str, ...]


def explain_items(pack: Pack, facts: Facts) -> Iterator[ItemExplanation]:
    """Yield every item of the pack in order, with whether it applies and why."""
    for _, checklist, section, item in pack.items():
        conditions = (checklist.when, section.when, item.when)
        truth = AllOf(conditions).truth(facts.state)
        decisive = [condition for condition in conditions if condition.truth(facts.state) is truth]
        if truth is True:
            decisive = []
        elif truth is False:
            # The outermost reason is the clearest: at home, “abroad is no” says it all.
            decisive = decisive[:1]
        reasons = (reason for condition in decisive for reason in _because(condition, truth, facts))
        yield ItemExplanation(checklist, section, item, truth, tuple(dict.fromkeys(reasons)))


def describe_when(*conditions: Condition) -> str:
    """Describe conditions taken together: “abroad; devices: laptop or phone”."""
    return "; ".join(dict.fromkeys(map(_describe, parts_of(AllOf(conditions))))) or "everyone"


def _because(condition: Condition, truth: Truth, facts: Facts) -> Iterator[str]:
    """Yield the answers that make a condition true, false or unknown: “abroad is no”."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            # The parts with the same truth as the whole decide it.
            for part in parts:
                if part.truth(facts.state) is truth:
                    yield from _because(part, truth, facts)
        case Not(part):
            yield from _because(part, negate(truth), facts)
        case EqualTo(fact) | OtherThan(fact) | Range(fact):
            yield from _describe_state(fact, truth, facts)


def _describe_state(fact: str, truth: Truth, facts: Facts) -> Iterator[str]:
    state = facts.state(fact)
    value = state.value
    if state.applies is False:
        why = "; ".join(dict.fromkeys(_not_asked(fact, facts)))
        yield f"{fact} is not asked, as {why}" if why else f"{fact} is not asked"
    elif value is not None and truth is None:
        # The answer fits, but it is unknown whether its question matters.
        yield from _not_asked(fact, facts)
    elif value is not None:
        yield f"{fact} is {value_words(value)}"
    else:
        sources = sources_of(fact, facts.pack.questions)
        unanswered = [source for source in sources if facts.state(source).value is None]
        yield from (f"{name} is not known" for name in unanswered or [fact])


def _not_asked(fact: str, facts: Facts) -> Iterator[str]:
    """Yield why the question of a fact does not apply, or why that is unknown."""
    applies = facts.state(fact).applies
    for source in sources_of(fact, facts.pack.questions):
        state = facts.state(source)
        if state.applies is applies:
            yield from _because(facts.pack.questions[source].when, applies, facts)
        elif state.value is NONE:
            yield f"{source} is none"


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """Split a condition into the parts that must all hold."""
    if isinstance(condition, AllOf):
        return tuple(inner for part in condition.parts for inner in parts_of(part))
    return (condition,)


def _describe(condition: Condition) -> str:
    match condition:
        case EqualTo(fact, values):
            if values in ((True,), (False,)):
                return fact if values[0] else f"not {fact}"
            return f"{fact}: {join_words(map(value_words, values), 'or')}"
        case OtherThan(fact, values):
            return f"{fact}: other than {join_words(map(value_words, values), 'or')}"
        case Range(fact, low, high):
            return f"{fact}: {_between(low, high)}"
        case Not(part):
            return f"not ({describe_when(part)})"
        case AnyOf(parts):
            return ", or ".join(map(_bracketed, parts))
    return describe_when(condition)


def _bracketed(condition: Condition) -> str:
    is_plain = isinstance(condition, EqualTo | OtherThan | Range | Not)
    return describe_when(condition) if is_plain else f"({describe_when(condition)})"


def _between(low: int | datetime.date | None, high: int | datetime.date | None) -> str:
    if low is not None and high is not None:
        return f"{value_words(low)} to {value_words(high)}"
    return (
        f"at least {value_words(low)}" if low is not None else f"at most {value_words(high or 0)}"
    )


def value_words(value: Value) -> str:
    """Return a value in the words of answers files, with dates as people read them."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.date):
        return show_date(value)
    if isinstance(value, tuple):
        return join_words(map(str, value)) or "none"
    return str(value)
