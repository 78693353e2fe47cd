"""Differences with something of everything in them."""

from __future__ import annotations

from travelsec.changes.model import (
    SCHEMA,
    Diff,
    EntryChange,
    FieldChange,
    GoneItem,
    TripChange,
    TripItem,
    TripQuestion,
    UnreadReport,
)
from travelsec.guidance.edits import Edit

EDITS = (Edit("kept", "Call the", 2), Edit("deleted", "desk.", 1), Edit("inserted", "helpdesk.", 1))


def sample(text: str = "Lisbon") -> Diff:
    """Return differences with this text wherever a pack or a report can have one."""
    fields = (
        FieldChange("level", "raised", "should", "must"),
        FieldChange("do", "reworded", "Call the desk.", "Call the helpdesk.", EDITS),
        FieldChange("when", "condition", "everyone", "abroad"),
        FieldChange("due", "changed", None, text),
        FieldChange("cites", "changed", added=("page/a/b",), removed=("page/a/c", text)),
    )
    entries = (
        EntryChange("item", "a.new", "added", "A new one", "must", "abroad"),
        EntryChange("item", "a.b", "renamed", text, "must", "abroad", "a.x", False, fields),
        EntryChange("item", "a.gone", "dropped", "Gone", "should", "everyone"),
        EntryChange(
            "situation",
            "loss",
            "changed",
            text,
            fields=(FieldChange("steps 2", "changed", added=(text,)),),
        ),
    )
    again = TripChange(
        *("in/r.json", "9" * 32, "7" * 32, text, True, "other", False, True),
        items=(
            TripItem("a.new", "A new one", "must", "before", "unanswered", ("new",)),
            TripItem("a.b", text, "must", "away", "done", ("raised", "reworded", "due"), EDITS),
        ),
        gone=(GoneItem("a.gone", "Gone", "should"),),
        questions=(TripQuestion("seat", "Which seat?", "new"),),
    )
    same = TripChange("in/s.json", "8" * 32, "6" * 32, "Rome", False, "old", False, False)
    return Diff(
        *(SCHEMA, "old-pack", "my-pack", True, entries, (same, again)),
        unread=(UnreadReport("in/t.json", text),),
        replaced=2,
    )
