"""Select the items that apply to a trip: all whose conditions are not definitely false."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from msgspec import Struct

from travelsec import due
from travelsec.conditions import StateOf
from travelsec.derived import DERIVED
from travelsec.pack.model import PHASES, Checklist, Item, Pack, Phase, Section, Situation, Step
from travelsec.trip.facts import Facts


class Selected(Struct, frozen=True):
    """An item that applies, with its texts and date filled in for the trip."""

    id: str
    checklist: Checklist
    section: Section
    item: Item
    phase: Phase
    label: str
    do: str
    why: str
    due: datetime.date | None
    deadline: datetime.date | None


class SelectedSection(Struct, frozen=True):
    """A section with the items in it that apply: at least one."""

    id: str
    title: str
    items: tuple[Selected, ...]


def select(pack: Pack, facts: Facts, phases: Sequence[Phase] = PHASES) -> list[Selected]:
    """Select the items of these phases that apply, phase by phase, in the pack's order.

    An item applies unless its own condition, its section's or its checklist's is definitely
    false: a missing answer never drops an item.
    """
    departs, returns = facts.value("departs"), facts.value("returns")
    applied = list(applying(pack, facts.state))

    def date_of(text: str) -> datetime.date | None:
        if not text:
            return None
        parsed = due.parse_due(text)
        return parsed.date(departs, returns, facts.bank_holidays if parsed.working else ())

    return [
        Selected(
            id=f"{checklist.id}.{item.id}",
            checklist=checklist,
            section=section,
            item=item,
            phase=phase,
            label=facts.fill_or_mark(item.label),
            do=do_text(item, facts),
            why=facts.fill_or_mark(item.why),
            due=date_of(item.due),
            deadline=date_of(item.deadline),
        )
        for phase in phases
        for checklist, section, item in applied
        if item.phase == phase
    ]


def sections(items: list[Selected]) -> list[SelectedSection]:
    """Group items by section, in the order of each section's first item."""
    groups: dict[str, list[Selected]] = {}
    for selected in items:
        groups.setdefault(f"{selected.checklist.id}/{selected.section.id}", []).append(selected)
    return [
        SelectedSection(name, group[0].section.title, tuple(group))
        for name, group in groups.items()
    ]


def possible_situations(facts: Facts) -> list[Situation]:
    """Return the situations that can happen to this traveller, in the pack's order."""
    return [
        situation
        for situation in facts.pack.situations.values()
        if situation.audience == "traveller" and situation.when.truth(facts.state) is not False
    ]


def possible_titles(facts: Facts) -> dict[str, str]:
    """Return the titles of the possible situations by id, filled in for the trip."""
    return {
        situation.id: facts.fill_or_mark(situation.title)
        for situation in possible_situations(facts)
    }


def steps(situation: Situation, facts: Facts) -> list[Step]:
    """Return the steps of a situation that apply or may apply."""
    return [step for step in situation.steps if step.when.truth(facts.state) is not False]


def step_text(step: Step, facts: Facts) -> str:
    """Return what to do, without the words on who it is for if the traveller surely is."""
    text = facts.fill_or_mark(step.do)
    if step.lead_in and step.when.truth(facts.state):
        task = text.removeprefix(step.lead_in).lstrip(",: ")
        return task[:1].upper() + task[1:]
    return text


def applying(pack: Pack, state_of: StateOf) -> Iterator[tuple[Checklist, Section, Item]]:
    """Yield the items that apply as the pack states them, in the pack's order."""
    for checklist in pack.checklists:
        if checklist.when.truth(state_of) is False:
            continue
        for section in checklist.sections:
            if section.when.truth(state_of) is False:
                continue
            for item in section.items:
                if item.when.truth(state_of) is not False:
                    yield checklist, section, item


def deciding(pack: Pack) -> tuple[str, ...]:
    """Return the facts that decide which items apply, and what the packs do not cover."""
    names: dict[str, None] = {}
    for source in pack.sources:
        names |= dict.fromkeys(source.info.not_covered_when.facts())
    for _, checklist, section, item in pack.items():
        for when in (checklist.when, section.when, item.when):
            names |= dict.fromkeys(when.facts())
    return tuple(names)


def depends_on_day(pack: Pack) -> bool:
    """Return whether other items may apply to the same answers on another day."""
    facts = [*deciding(pack)]
    for question in pack.questions.values():
        facts += question.when.facts()
    return any(name in DERIVED and DERIVED[name].by_day for name in facts)


def do_text(item: Item, facts: Facts) -> str:
    """Return what to do, with the pack's suggestion if all its facts are known.

    A suggestion may use the defaults of questions; a condition never does, as no item may be
    dropped because of a default.
    """
    text = facts.fill_or_mark(item.do)
    is_plain = "$" not in item.suggestion
    suggestion = item.suggestion if is_plain else facts.with_defaults().fill(item.suggestion)
    return f"{text} Suggestion: {suggestion}" if suggestion else text
