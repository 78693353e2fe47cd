"""What the warnings look at: every entry as it stands, where it is written, and who gets it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from travelsec.conditions import ALWAYS, AllOf, Condition
from travelsec.pack.check import Checked
from travelsec.pack.overlays import last_with
from travelsec.pack.parse import Located
from travelsec.pack.satisfiability import Satisfiability
from travelsec.problems import Place, Problem


class Finding(NamedTuple):
    """A problem and the name of the rule that found it."""

    code: str
    problem: Problem


class LintEntry(NamedTuple):
    """An entry, or a step of one.

    `name` says which one, `value` is as the packs put it together, `placed` as it is written.
    `when` is all that must hold for somebody to get it, `outer` that without its own condition.
    """

    name: str
    value: Any
    placed: Located[Any]
    when: Condition
    outer: Condition = ALWAYS

    def warn(self, code: str, text: str, *path: Any) -> Finding:
        """Return a warning at a field of the entry, else at the entry."""
        return warning(code, self.placed.at(*path), text)


def warning(code: str, place: Place, text: str) -> Finding:
    """Return a warning."""
    return Finding(code, Problem(place, text, "warning"))


class Subject:
    """All parts of packs, by kind."""

    def __init__(self, checked: Checked) -> None:
        self.pack = checked.pack
        self.merged = checked.merged

    @cached_property
    def possible(self) -> Satisfiability:
        """What answers are possible at all."""
        return Satisfiability(self.pack.questions)

    @cached_property
    def items(self) -> list[LintEntry]:
        """Every item."""
        return [item for pair in self.sections for item in self._items(*pair)]

    @cached_property
    def sections(self) -> list[tuple[LintEntry, LintEntry]]:
        """Every section, behind its checklist."""
        return [(entry, section) for entry in self.checklists for section in self._sections(entry)]

    @cached_property
    def checklists(self) -> list[LintEntry]:
        """Every checklist."""
        return [
            LintEntry(
                checklist.id,
                checklist,
                last_with(self.merged.checklists[checklist.id].written, "when"),
                checklist.when,
            )
            for checklist in self.pack.checklists
        ]

    @cached_property
    def questions(self) -> list[LintEntry]:
        """Every question."""
        return self._leaves("questions", self.pack.questions)

    @cached_property
    def situations(self) -> list[LintEntry]:
        """Every situation."""
        return self._leaves("situations", self.pack.situations)

    @cached_property
    def steps(self) -> list[tuple[LintEntry, LintEntry]]:
        """Every step of a situation, behind its situation."""
        return [(entry, step) for entry in self.situations for step in _steps(entry)]

    @cached_property
    def contacts(self) -> list[LintEntry]:
        """Every contact."""
        return self._leaves("contacts", self.pack.contacts)

    @cached_property
    def for_some(self) -> list[LintEntry]:
        """Every entry with a condition but questions, each once."""
        pairs = [*self.sections, *self.steps]
        return [
            *self.items,
            *self.checklists,
            *self.situations,
            *self.contacts,
            *(inner for _, inner in pairs),
        ]

    def _leaves(self, kind: str, entries: Mapping[str, Any]) -> list[LintEntry]:
        placed = self.merged.leaves[kind]
        return [LintEntry(name, one, placed[name], one.when) for name, one in entries.items()]

    def _sections(self, checklist: LintEntry) -> Iterator[LintEntry]:
        merged = self.merged.checklists[checklist.name].sections
        for section in checklist.value.sections:
            placed = last_with(merged[section.id].written, "when")
            when = _all(checklist.when, section.when)
            yield LintEntry(section.id, section, placed, when, checklist.when)

    def _items(self, checklist: LintEntry, section: LintEntry) -> Iterator[LintEntry]:
        placed = self.merged.checklists[checklist.name].sections[section.name].items
        for item in section.value.items:
            name = f"{checklist.name}.{item.id}"
            when = _all(section.when, item.when)
            yield LintEntry(name, item, placed[item.id], when, section.when)


def _steps(part: LintEntry) -> Iterator[LintEntry]:
    for index, step in enumerate(part.value.steps):
        placed = Located(step, part.placed.node["steps"][index], part.placed.file)
        name = f"{part.name}, step {index + 1}"
        yield LintEntry(name, step, placed, _all(part.when, step.when), part.when)


def _all(outer: Condition, own: Condition) -> Condition:
    if outer == ALWAYS or own == ALWAYS:
        return own if outer == ALWAYS else outer
    return AllOf((outer, own))
