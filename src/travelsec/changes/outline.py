"""Show the differences between two packs to people, as blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import get_args

from travelsec.changes.model import (
    Diff,
    EntryChange,
    EntryKind,
    FieldChange,
    TripChange,
    TripItem,
)
from travelsec.document import Block, Heading, ListItem, Paragraph, Tone
from travelsec.guidance.outline import MAX_STATEMENT, marked_words
from travelsec.pack.field_labels import field_label
from travelsec.problems import brief
from travelsec.trip.statuses import word
from travelsec.wording import count, join_words

_NOUNS = {"page": "guidance page", "withdrawn": "withdrawn detail"}
"""Kinds of entries that people know by another name."""
_VERBS = {"condition": "for others"}
_ITEM_WORDS = {"due": "another day", "phase": "another phase"}
_QUESTION_WORDS = {
    "new": "New question",
    "changed": "Changed question, to be answered again",
    "misfit": "Question whose answer no longer fits",
}
MAX_FINGERPRINT = 16


def render(changes: Diff) -> Iterator[Block]:
    """Yield the entries that differ, kind by kind, then what that means for each trip."""
    yield Heading(1, f"What changes from {changes.old} to {changes.new}")
    if not changes.differs:
        yield Paragraph("Nothing: both say the same.", "good")
    for kind in get_args(EntryKind):
        entries = [entry for entry in changes.entries if entry.kind == kind]
        if entries:
            yield Heading(
                2, f"{count(len(entries), _NOUNS.get(kind, kind))}: {_verb_counts(entries)}"
            )
            yield from map(_entry_item, entries)
    if changes.trips is not None:
        yield from _trips(changes.trips)
    if changes.replaced:
        yield Paragraph(
            f"{count(changes.replaced, 'report')} left out, as there is a later one of the trip.",
            "quiet",
        )
    if changes.unread:
        yield Heading(2, "Not read")
    for file in changes.unread:
        yield ListItem(None, file.path, "bad", (file.unread,))


def _verb_counts(entries: Sequence[EntryChange]) -> str:
    times = Counter(verb for entry in entries for verb in _verbs(entry))
    return ", ".join(f"{number} {verb}" for verb, number in times.items())


def _verbs(entry: EntryChange) -> list[str]:
    """Say in a word or a few what happened to an entry."""
    verbs: list[str] = [] if entry.change == "changed" else [entry.change]
    if entry.kind == "item":
        verbs += [_VERBS.get(field.change, field.change) for field in entry.fields]
    return [*dict.fromkeys(verbs)] or [entry.change]


def _entry_item(entry: EntryChange) -> ListItem:
    level = f" ({entry.level})" if entry.level else ""
    tone: Tone = "attention" if entry.kind == "item" else "plain"
    return ListItem(
        None,
        f"{join_words(_verbs(entry)).upper()}: {entry.id}{level}",
        tone,
        tuple(_entry_lines(entry)),
    )


def _entry_lines(entry: EntryChange) -> Iterator[str]:
    yield entry.title
    if entry.was is not None:
        kept = "still count" if entry.keeps_answers else "are lost: “formerly” does not name it"
        yield f"Its id was {entry.was}; answers under that {kept}."
    if entry.change == "added" and entry.for_:
        yield f"{field_label('when')}: {entry.for_}"
    yield from map(_field_line, entry.fields)


def _field_line(field: FieldChange) -> str:
    name, *inner = field.field.split()
    label = " ".join((field_label(name), *inner))
    if field.edits:
        return f"{label}, marked: {marked_words(field.edits)}"
    if field.added or field.removed:
        members = {"added": field.added, "removed": field.removed}
        changed = (f"{verb} {', '.join(texts)}" for verb, texts in members.items() if texts)
        return f"{label}: {'; '.join(changed)}"
    length = MAX_FINGERPRINT if field.field.endswith("fingerprint") else MAX_STATEMENT
    was, now = (
        f"“{brief(text, length)}”" if text else "nothing" for text in (field.was, field.now)
    )
    return f"{label}: was {was}, is now {now}"


def _trips(trips: Sequence[TripChange]) -> Iterator[Block]:
    to_repeat = [trip for trip in trips if trip.again]
    number = count(len(trips), "trip")
    yield Heading(2, f"{len(to_repeat)} of {number} to be gone through again")
    for trip in (*to_repeat, *(trip for trip in trips if not trip.again)):
        tone: Tone = "attention" if trip.again else "good"
        yield ListItem(None, f"{trip.trip} ({trip.path})", tone, tuple(_trip_lines(trip)))


def _trip_lines(trip: TripChange) -> Iterator[str]:
    if not trip.intact:
        yield "The report does not match its digest: check it with travelsec review."
    if trip.made_with == "new":
        yield "Nothing to do: the report was made with the new packs."
        return
    if trip.made_with == "other":
        yield "The report was made with packs other than these two."
    if trip.is_empty:
        yield "Nothing changes for it."
        return
    if trip.over:
        yield "Nothing to do: the trip is over."
    elif not trip.again:
        yield "Nothing to do: less is asked of the traveller."
    for question in trip.questions:
        yield f"{_QUESTION_WORDS[question.change]}: {question.ask} ({question.fact})"
    yield from map(_item_line, trip.items)
    for item in trip.gone:
        yield f"No longer asked: {item.id} ({item.level}): {item.label}"


def _item_line(item: TripItem) -> str:
    what = join_words(_ITEM_WORDS.get(change, change) for change in item.changes)
    status = "" if item.changes == ("new",) else f", {word(item.status, item.phase)}"
    marked = f" Marked: {marked_words(item.edits)}" if item.edits else ""
    return f"{what.capitalize()}: {item.id} ({item.level}{status}): {item.label}.{marked}"
