"""What `checklist list` and `checklist show` print as JSON."""

from __future__ import annotations

import datetime
from typing import Any, Literal, TypeAlias

import msgspec
from msgspec import UNSET, Struct, UnsetType, field

from travelsec.pack.model import Level, Phase, StatementKind
from travelsec.question_types import QuestionType

LIST_SCHEMA: Literal["travelsec.checklist-list/1"] = "travelsec.checklist-list/1"
SHOW_SCHEMA: Literal["travelsec.checklist-show/1"] = "travelsec.checklist-show/1"

When: TypeAlias = dict[str, Any]
"""A condition as packs write it."""


class Cited(Struct, frozen=True, forbid_unknown_fields=True):
    """A statement of a guidance page, and the title of the page."""

    path: str
    page: str


class _Entry(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    id: str


class ItemEntry(_Entry, frozen=True, tag="item"):
    """An item, with what it has of its section and checklist."""

    label: str
    do: str
    level: Level
    cites: tuple[Cited, ...]
    why: str
    suggestion: str
    situation: str
    card: bool
    phase: Phase
    when: When
    due: str
    deadline: str
    contacts: tuple[str, ...]
    formerly: tuple[str, ...]
    checklist: str
    section: str
    for_: str = field(name="for")


class ListedItem(ItemEntry, frozen=True, tag="item", kw_only=True):
    """An item; for a trip also whether the trip gets it, and why."""

    selected: bool | UnsetType = UNSET
    choice: Literal["in", "kept", "left-out"] | UnsetType = UNSET
    reasons: tuple[str, ...] | UnsetType = UNSET


class SectionOfItems(Struct, frozen=True, forbid_unknown_fields=True):
    """A section of a checklist, with the full ids of its items."""

    id: str
    title: str
    items: tuple[str, ...]
    for_: str = field(name="for")


class ChecklistEntry(_Entry, frozen=True, tag="checklist"):
    """A checklist."""

    title: str
    sections: tuple[SectionOfItems, ...]
    for_: str = field(name="for")


class QuestionEntry(_Entry, frozen=True, tag="question"):
    """A question."""

    ask: str
    type: QuestionType
    choices: dict[str, str]
    none: str
    help: str
    when: When
    default: Any
    required: bool
    private: bool
    lasting: bool
    phase: Literal["before", "back"]
    cites: tuple[str, ...]
    choice_cites: dict[str, tuple[str, ...]]
    for_: str = field(name="for")


class StepOfSituation(Struct, frozen=True, forbid_unknown_fields=True):
    """A step of a situation."""

    do: str
    cites: tuple[str, ...]
    why: str
    when: When
    lead_in: str
    needs: tuple[str, ...]
    safety: bool
    for_: str = field(name="for")


class SituationEntry(_Entry, frozen=True, tag="situation"):
    """A situation, with its steps in order."""

    title: str
    steps: tuple[StepOfSituation, ...]
    also: tuple[str, ...]
    when: When
    audience: Literal["traveller", "manager"]
    card: Literal["front", "back", "none"]
    compromised: bool
    note_down: tuple[str, ...]
    contacts: tuple[str, ...]
    then: tuple[str, ...]
    for_: str = field(name="for")


class HoursOfContact(Struct, frozen=True, forbid_unknown_fields=True):
    """The hours of a contact where a condition holds."""

    hours: str
    when: When
    for_: str = field(name="for")


class ContactEntry(_Entry, frozen=True, tag="contact"):
    """A contact."""

    name: str
    cites: tuple[str, ...]
    topics: tuple[str, ...]
    tel: str
    tel_from_abroad: str
    email: str
    slack: str
    url: str
    hours: str
    hours_for: tuple[HoursOfContact, ...]
    people: str
    when: When
    note: str
    note_from_abroad: str
    for_: str = field(name="for")


class IndexedStatement(Struct, frozen=True, forbid_unknown_fields=True):
    """A statement in the index of a page, with the fields that the index has."""

    id: str
    kind: StatementKind
    fingerprint: str
    guessed: bool | UnsetType = UNSET
    level: Level | UnsetType = UNSET
    note: str | UnsetType = UNSET


class IndexedSection(Struct, frozen=True, forbid_unknown_fields=True):
    """A section in the index of a page."""

    id: str
    title: str
    statements: tuple[IndexedStatement, ...] | UnsetType = UNSET


class PageEntry(_Entry, frozen=True, tag="page"):
    """A guidance page; one that is cited as a whole has no sections."""

    title: str
    publisher: str
    url: str
    expires: datetime.date | None
    ask: str
    sections: tuple[IndexedSection, ...]


class Items(Struct, frozen=True):
    """The items of the packs, in their order."""

    schema: Literal["travelsec.checklist-list/1"]
    items: tuple[ListedItem, ...]


class Entries(Struct, frozen=True):
    """Entries of the packs."""

    schema: Literal["travelsec.checklist-show/1"]
    entries: tuple[
        ChecklistEntry | ItemEntry | QuestionEntry | SituationEntry | ContactEntry | PageEntry, ...
    ]


def items(fields: list[dict[str, Any]]) -> Items:
    """Return items, given their fields."""
    return msgspec.convert({"schema": LIST_SCHEMA, "items": _without_models(fields)}, Items)


def listed_entries(fields: list[dict[str, Any]]) -> Entries:
    """Return entries, given their fields."""
    return msgspec.convert({"schema": SHOW_SCHEMA, "entries": _without_models(fields)}, Entries)


def _without_models(fields: list[dict[str, Any]]) -> Any:
    """Return fields without the models of packs in them."""
    return msgspec.to_builtins(fields, builtin_types=(datetime.date,))
