"""What the lint rules examine: every entry, where it is written, and who gets it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from travelsec.conditions import ALWAYS, AllOf, Condition
from travelsec.derived import sources_of
from travelsec.pack.check import Checked
from travelsec.pack.model import Checklist
from travelsec.pack.overlays import last_with
from travelsec.pack.parse import Located
from travelsec.pack.satisfiability import Satisfiability
from travelsec.problems import Problem


class Finding(NamedTuple):
    """A problem and the name of the rule that found it."""

    code: str
    problem: Problem


class LintEntry(NamedTuple):
    """An entry, or a step of one.

    `value` is the entry in the merged pack, `placed` as it is written. `when` includes the
    conditions of its parents, which alone are `outer`.
    """

    name: str
    value: Any
    placed: Located[Any]
    when: Condition
    parent: LintEntry | None = None

    @property
    def outer(self) -> Condition:
        """The conditions of its parents."""
        return self.parent.when if self.parent else ALWAYS

    def within(self, name: str, value: Any, placed: Located[Any]) -> LintEntry:
        """Return an entry inside this one."""
        return LintEntry(name, value, placed, _both(self.when, value.when), self)

    def warn(self, code: str, text: str, *path: Any) -> Finding:
        """Return a warning at a field of the entry, or at the entry if the field is missing."""
        return Finding(code, Problem(self.placed.at(*path), text, "warning"))


class EntryText(NamedTuple):
    """A text of an entry, and the path to it from the entry."""

    entry: LintEntry
    path: tuple[Any, ...]
    text: str

    def warn(self, code: str, text: str) -> Finding:
        """Return a warning at the text, which names the field."""
        field = " ".join(str(key + 1) if isinstance(key, int) else key for key in self.path)
        return self.entry.warn(code, f"{field}: {text}", *self.path)


class Subject:
    """All entries of the packs, by kind, and their texts.

    `texts` are those in which facts are filled in.
    """

    def __init__(self, checked: Checked) -> None:
        self.pack = checked.pack
        self.merged = checked.merged
        self.infos = list(zip(self.pack.sources, checked.infos, strict=True))
        self.possible = Satisfiability(self.pack.questions)
        self.questions = self._leaves("questions")
        self.situations = self._leaves("situations")
        self.contacts = self._leaves("contacts")
        self.checklists: list[LintEntry] = []
        self.sections: list[LintEntry] = []
        self.items: list[LintEntry] = []
        for checklist in self.pack.checklists:
            self._add_checklist(checklist)
        self.steps = [step for situation in self.situations for step in _steps_of(situation)]
        self.entries = [
            *(*self.questions, *self.checklists, *self.sections, *self.items),
            *(*self.situations, *self.steps, *self.contacts),
            *(hours for contact in self.contacts for hours in _hours_of(contact)),
        ]
        self.texts = [
            *_texts_of(self.items, "label", "do", "why", "suggestion"),
            *_texts_of(self.questions, "ask", "help"),
            *_texts_of(self.situations, "title", "note_down"),
            *_texts_of(self.steps, "do", "why"),
        ]
        self.contact_texts = list(
            _texts_of(self.contacts, "name", "hours", "note", "note_from_abroad")
        )

    def sources(self, fact: str) -> Iterable[str]:
        """Return the question that asks for a fact, or all that it is derived from."""
        return sources_of(fact, self.pack.questions)

    def _leaves(self, kind: str) -> list[LintEntry]:
        placed = self.merged.leaves[kind]
        entries = getattr(self.pack, kind).items()
        return [LintEntry(name, entry, placed[name], entry.when) for name, entry in entries]

    def _add_checklist(self, checklist: Checklist) -> None:
        merged = self.merged.checklists[checklist.id]
        placed = last_with(merged.written, "when")
        outer = LintEntry(checklist.id, checklist, placed, checklist.when)
        self.checklists.append(outer)
        for section in checklist.sections:
            written, items = merged.sections[section.id].written, merged.sections[section.id].items
            inner = outer.within(section.id, section, last_with(written, "when"))
            self.sections.append(inner)
            for item in section.items:
                name = f"{checklist.id}.{item.id}"
                self.items.append(inner.within(name, item, items[item.id]))


def _both(outer: Condition, own: Condition) -> Condition:
    if outer == ALWAYS or own == ALWAYS:
        return own if outer == ALWAYS else outer
    return AllOf((outer, own))


def _steps_of(situation: LintEntry) -> Iterator[LintEntry]:
    written = situation.placed.parts("steps")
    for number, step in enumerate(situation.value.steps, 1):
        yield situation.within(f"{situation.name}, step {number}", step, written[number - 1])


def _hours_of(contact: LintEntry) -> Iterator[LintEntry]:
    written = contact.placed.parts("hours_for")
    for number, hours in enumerate(contact.value.hours_for, 1):
        yield contact.within(f"{contact.name}, hours {number}", hours, written[number - 1])


def _texts_of(entries: Iterable[LintEntry], *fields: str) -> Iterator[EntryText]:
    for entry in entries:
        for field in fields:
            content = getattr(entry.placed.value, field)
            if isinstance(content, tuple):
                yield from (
                    EntryText(entry, (field, index), text) for index, text in enumerate(content)
                )
            elif content:
                yield EntryText(entry, (field,), content)
