"""Find what cites each statement of a guidance page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple, TypeAlias

import msgspec

from travelsec.pack.model import Level, Pack

CitingKind: TypeAlias = Literal["item", "situation", "question", "contact", "withdrawn"]


class Citation(msgspec.Struct, frozen=True, omit_defaults=True):
    """An entry of a pack that cites a statement.

    `id` is the id of an item, situation, question or contact, or the withdrawn detail itself;
    `text` describes the entry. `choice` is set if it is a single choice of the question that cites
    the statement.
    """

    kind: CitingKind
    id: str
    text: str
    choice: str | None = None

    @property
    def name(self) -> str:
        """The kind and id of the entry, and the choice."""
        return entry_name(self.kind, self.id, self.choice)


def entry_name(kind: str, name: str, choice: str | None) -> str:
    """Name an entry for people, and which choice of it is meant."""
    return f"{kind} {name}" + (f", choice {choice}" if choice else "")


Citations = Mapping[str, tuple[Citation, ...]]


def citations(pack: Pack) -> Citations:
    """Return the entries that cite each path (`page/section/statement`)."""
    citing: dict[str, dict[Citation, None]] = defaultdict(dict)
    for entry in citing_entries(pack):
        for path in entry.cites:
            citing[path][Citation(entry.kind, entry.id, entry.text, entry.choice)] = None
    return {path: tuple(entries) for path, entries in citing.items()}


class CitingEntry(NamedTuple):
    """An entry, a step of a situation or a choice of a question, with what it cites."""

    kind: CitingKind
    id: str
    text: str
    cites: tuple[str, ...]
    level: Level | None = None
    step: int | None = None
    choice: str | None = None


def citing_entries(pack: Pack) -> Iterator[CitingEntry]:
    """Yield every entry, step and choice that can cite a statement."""
    for name, _, _, item in pack.items():
        yield CitingEntry("item", name, item.label, item.cites, level=item.level)
    for situation in pack.situations.values():
        for number, step in enumerate(situation.steps, 1):
            text = f"{situation.title}, step {number}"
            yield CitingEntry("situation", situation.id, text, step.cites, step=number)
    for question in pack.questions.values():
        yield CitingEntry("question", question.id, question.ask, question.cites)
        for choice, cites in question.choice_cites.items():
            label = question.choices[choice]
            yield CitingEntry("question", question.id, label, cites, choice=choice)
    for contact in pack.contacts.values():
        yield CitingEntry("contact", contact.id, contact.name, contact.cites)
    for withdrawn in pack.withdrawn:
        yield CitingEntry("withdrawn", withdrawn.value, withdrawn.reason, withdrawn.cites)
