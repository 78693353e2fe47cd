"""What the warnings look at: every entry as it stands, where it is written, and who gets it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from travelsec.conditions import ALWAYS, AllOf, Condition
from travelsec.pack.check import Checked
from travelsec.pack.model import Checklist, Contact, Item, Question, Section, Situation, Step
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
    value: Checklist | Section | Item | Question | Situation | Step | Contact
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
                _last_with(self.merged.checklists[checklist.id].written, "when"),
                checklist.when,
            )
            for checklist in self.pack.checklists
        ]

    @cached_property
    def questions(self) -> list[LintEntry]:
        """Every question."""
        placed = self.merged.leaves["questions"]
        return [LintEntry(q.id, q, placed[q.id], q.when) for q in self.pack.questions.values()]

    @cached_property
    def situations(self) -> list[LintEntry]:
        """Every situation."""
        placed = self.merged.leaves["situations"]
        return [LintEntry(s.id, s, placed[s.id], s.when) for s in self.pack.situations.values()]

    @cached_property
    def steps(self) -> list[tuple[LintEntry, LintEntry]]:
        """Every step of a situation, behind its situation."""
        return [(entry, step) for entry in self.situations for step in _steps(entry)]

    @cached_property
    def contacts(self) -> list[LintEntry]:
        """Every contact."""
        placed = self.merged.leaves["contacts"]
        return [LintEntry(c.id, c, placed[c.id], c.when) for c in self.pack.contacts.values()]

    def _sections(self, checklist: LintEntry) -> Iterator[LintEntry]:
        assert isinstance(checklist.value, Checklist)
        merged = self.merged.checklists[checklist.name].sections
        for section in checklist.value.sections:
            placed = _last_with(merged[section.id].written, "when")
            when = _all(checklist.when, section.when)
            yield LintEntry(section.id, section, placed, when, checklist.when)

    def _items(self, checklist: LintEntry, section: LintEntry) -> Iterator[LintEntry]:
        assert isinstance(section.value, Section)
        placed = self.merged.checklists[checklist.name].sections[section.name].items
        for item in section.value.items:
            name = f"{checklist.name}.{item.id}"
            when = _all(section.when, item.when)
            yield LintEntry(name, item, placed[item.id], when, section.when)


def _steps(part: LintEntry) -> Iterator[LintEntry]:
    situation = part.value
    assert isinstance(situation, Situation)
    for index, step in enumerate(situation.steps):
        placed = Located(step, part.placed.node["steps"][index], part.placed.file)
        name = f"{situation.id}, step {index + 1}"
        yield LintEntry(name, step, placed, _all(part.when, step.when), part.when)


def _all(outer: Condition, own: Condition) -> Condition:
    if outer == ALWAYS or own == ALWAYS:
        return own if outer == ALWAYS else outer
    return AllOf((outer, own))


def _last_with(written: list[Located[Any]], field: str) -> Located[Any]:
    """Return where the packs' last word on a field is written, else where the entry is."""
    given = [placed for placed in written if field in placed.node]
    return given[-1] if given else written[0]
