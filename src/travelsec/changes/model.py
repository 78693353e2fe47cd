"""The differences between two packs, with fields in the order of the JSON."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct, field

from travelsec.guidance.edits import Edit
from travelsec.pack.model import Level, Phase
from travelsec.trip.statuses import StatusWord

SCHEMA: Literal["travelsec.checklist-diff/1"] = "travelsec.checklist-diff/1"

EntryKind: TypeAlias = Literal[
    "item",
    "question",
    "situation",
    "contact",
    "checklist",
    "section",
    "page",
    "withdrawn",
    "pack",
]
FieldChangeKind: TypeAlias = Literal["raised", "lowered", "reworded", "condition", "changed"]
PackSide: TypeAlias = Literal["old", "new", "other"]
QuestionChangeKind: TypeAlias = Literal["new", "changed", "misfit"]


class FieldChange(Struct, frozen=True):
    """A field of an entry that differs. `was` and `now` are None where it is absent or empty.

    A list has its members that were added and removed instead, unless only their order differs.
    """

    field: str
    change: FieldChangeKind
    was: str | None = None
    now: str | None = None
    edits: tuple[Edit, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


class EntryChange(Struct, frozen=True):
    """An entry that differs. `title`, `level` and `for` are the new ones, if there are any.

    `was` is the earlier id of a renamed entry. `keeps_answers` tells whether answers under that id
    still count: only if the new entry names it in `formerly`.
    """

    kind: EntryKind
    id: str
    change: Literal["added", "dropped", "renamed", "changed"]
    title: str
    level: Level | None = None
    for_: str = field(default="", name="for")
    was: str | None = None
    keeps_answers: bool = True
    fields: tuple[FieldChange, ...] = ()


class TripItem(Struct, frozen=True):
    """An item of a trip that differs, with the status that the report gives it.

    `changes` are `new`, `raised`, `lowered`, `reworded`, or the names of other fields, as `due`.
    """

    id: str
    label: str
    level: Level
    phase: Phase
    status: StatusWord
    changes: tuple[str, ...]
    edits: tuple[Edit, ...] = ()


class TripQuestion(Struct, frozen=True):
    """A question to ask again because it is new, changed or its answer is no longer valid."""

    fact: str
    ask: str
    change: QuestionChangeKind


class GoneItem(Struct, frozen=True):
    """An item that the trip no longer gets."""

    id: str
    label: str
    level: Level


class TripChange(Struct, frozen=True):
    """What the new packs change for the trip of a report.

    `intact` tells whether the report's digest fits its content, `made_with` which of the packs made
    it, `over` whether the traveller is back, and `again` whether the trip must be gone through
    again: not if it is over, and not if the report was made with the new packs.
    """

    path: str
    report: str
    trip_id: str
    trip: str
    intact: bool
    made_with: PackSide
    over: bool
    again: bool
    items: tuple[TripItem, ...] = ()
    gone: tuple[GoneItem, ...] = ()
    questions: tuple[TripQuestion, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes for the trip."""
        return not (self.items or self.gone or self.questions)


class UnreadReport(Struct, frozen=True):
    """A file that could not be read as a report, and why."""

    path: str
    unread: str


class Diff(Struct, frozen=True):
    """All that differs between two packs. `replaced` counts reports with a later one of the trip.

    `trips` is None if no report was given.
    """

    schema: Literal["travelsec.checklist-diff/1"]
    old: str
    new: str
    differs: bool
    entries: tuple[EntryChange, ...]
    trips: tuple[TripChange, ...] | None = None
    unread: tuple[UnreadReport, ...] = ()
    replaced: int = 0
