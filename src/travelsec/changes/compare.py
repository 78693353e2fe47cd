"""Compare two packs entry by entry and field by field, whatever fields the entries have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import asdict, replace

from travelsec.changes.model import EntryChange, EntryKind, FieldChange
from travelsec.conditions import AllOf, Condition
from travelsec.guidance.edits import Edit, codes_of, edits
from travelsec.pack.model import LEVELS, Guidance, Level, Pack
from travelsec.trip.explain import describe_when, parts_of, value_words

PROSE = frozenset(
    {
        *("label", "do", "why", "suggestion", "lead_in", "ask", "help", "title", "name", "note"),
        *("covers", "not_covered", "reason", "note_from_abroad", "none", "choices"),
    }
)
"""Fields whose changed words are marked. Other texts are shown as they were and as they are."""

MIN_SHARED = 0.5
"""The share of words that two steps have in common if one became the other."""


class _Entry(NamedTuple):
    kind: EntryKind
    id: str
    title: str
    fields: dict[str, Any]
    former: tuple[str, ...] = ()

    @property
    def level(self) -> Level | None:
        level: Level | None = self.fields.get("level")
        return level

    @property
    def for_(self) -> str:
        """Who it is for, in words; an entry without a condition has none."""
        return describe_when(self.fields["when"]) if "when" in self.fields else ""


def compare(old: Pack, new: Pack) -> tuple[EntryChange, ...]:
    """Return every entry that differs; the order of entries does not count."""
    before, after = (
        {(entry.kind, entry.id): entry for entry in _entries(pack)} for pack in (old, new)
    )
    renamed = dict(_renamed(before, after))
    changes = []
    for key, entry in after.items():
        earlier = before.get(key) or renamed.get(key)
        if earlier is None:
            changes.append(_added_or_dropped(entry, "added"))
        elif change := _changed(earlier, entry):
            changes.append(change)
    dropped = before.keys() - after.keys() - {(entry.kind, entry.id) for entry in renamed.values()}
    return (
        *changes,
        *(_added_or_dropped(entry, "dropped") for key, entry in before.items() if key in dropped),
    )


_Key = tuple[EntryKind, str]


def _renamed(
    before: Mapping[_Key, _Entry], after: Mapping[_Key, _Entry]
) -> Iterator[tuple[_Key, _Entry]]:
    """Yield the new key of each entry that has another id, with the entry as it was.

    Either pack may name the other's id as a former one: packs are compared in both directions.
    """
    lost = {key: entry for key, entry in before.items() if key not in after}
    for key, entry in after.items():
        if key in before:
            continue
        earlier = next(
            (
                old
                for old in lost.values()
                if old.kind == entry.kind and (old.id in entry.former or entry.id in old.former)
            ),
            None,
        )
        if earlier is not None:
            del lost[earlier.kind, earlier.id]
            yield key, earlier


def _added_or_dropped(entry: _Entry, change: Any) -> EntryChange:
    return EntryChange(entry.kind, entry.id, change, entry.title, entry.level, entry.for_)


def _changed(old: _Entry, new: _Entry) -> EntryChange | None:
    is_renamed = old.id != new.id
    before, after = old.fields, new.fields
    if is_renamed:
        # The new name says this already.
        ids = {full_id.rpartition(".")[2] for full_id in (old.id, new.id)}
        before, after = (
            side | {"formerly": tuple(name for name in side["formerly"] if name not in ids)}
            for side in (before, after)
        )
    names = dict.fromkeys((*before, *after))
    fields = [
        change
        for name in names
        for change in _field_changes(name, before.get(name), after.get(name))
    ]
    if not fields and not is_renamed:
        return None
    return EntryChange(
        new.kind,
        new.id,
        "renamed" if is_renamed else "changed",
        new.title,
        new.level,
        new.for_,
        old.id if is_renamed else None,
        not is_renamed or old.id in new.former,
        tuple(fields),
    )


def _entries(pack: Pack) -> Iterator[_Entry]:
    for full, checklist, section, item in pack.items():
        # Who gets an item, its section and its checklist decide, too.
        fields = _fields(item) | {"when": AllOf((checklist.when, section.when, item.when))}
        fields["section"] = section.id
        former = tuple(f"{checklist.id}.{name}" for name in item.formerly)
        yield _Entry("item", full, item.label, fields, former)
    for question in pack.questions.values():
        yield _Entry("question", question.id, question.ask, _fields(question))
    for situation in pack.situations.values():
        yield _Entry("situation", situation.id, situation.title, _fields(situation))
    for contact in pack.contacts.values():
        yield _Entry("contact", contact.id, contact.name, _fields(contact))
    for checklist in pack.checklists:
        # Conditions and phases of what holds items are compared with each item.
        fields = _fields(checklist, "when", "sections")
        yield _Entry("checklist", checklist.id, checklist.title, fields)
        for section in checklist.sections:
            fields = _fields(section, "when", "phase", "items")
            yield _Entry("section", f"{checklist.id}/{section.id}", section.title, fields)
    for page in pack.guidance.values():
        yield _Entry("page", page.id, page.title, _page_fields(page))
    for withdrawn in pack.withdrawn:
        yield _Entry("withdrawn", withdrawn.value, withdrawn.reason, _fields(withdrawn, "value"))
    for source in pack.sources:
        yield _Entry("pack", source.info.id, source.info.title, _fields(source.info))


def _fields(entry: Struct, *excluded: str) -> dict[str, Any]:
    """Return the fields of an entry except its id, `override` and those named."""
    left_out = ("id", "override", *excluded)
    return {name: value for name, value in asdict(entry).items() if name not in left_out}


def _page_fields(page: Guidance) -> dict[str, Any]:
    prefix = len(page.id) + 1
    return _fields(page, "sections") | {
        "headings": {section.id: replace(section, statements=()) for section in page.sections},
        "statements": {path[prefix:]: statement for path, statement in page.statements()},
    }


def _field_changes(field: str, old: Any, new: Any) -> Iterator[FieldChange]:
    """Yield what differs between two values of a field; what is inside one is named after it."""
    if isinstance(old, Condition) and isinstance(new, Condition):
        if set(parts_of(old)) != set(parts_of(new)):
            yield FieldChange(field, "condition", describe_when(old), describe_when(new))
    elif isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys((*old, *new)):
            yield from _field_changes(f"{field} {key}", old.get(key), new.get(key))
    elif isinstance(old, Struct) and isinstance(new, Struct):
        for name in old.__struct_fields__:
            yield from _field_changes(f"{field} {name}", getattr(old, name), getattr(new, name))
    elif isinstance(old, list | tuple) and isinstance(new, list | tuple):
        yield from _list_changes(field, old, new)
    elif old != new:
        yield _value_change(field, old, new)


def _value_change(field: str, old: Any, new: Any) -> FieldChange:
    was, now = _text_or_none(old), _text_or_none(new)
    names = field.split()
    if names[-1] == "level" and old in LEVELS and new in LEVELS:
        is_raised = LEVELS.index(new) < LEVELS.index(old)
        return FieldChange(field, "raised" if is_raised else "lowered", was, now)
    if names[-1] in PROSE or names[0] in PROSE:
        return FieldChange(field, "reworded", was, now, marked(was, now))
    return FieldChange(field, "changed", was, now)


def marked(was: str | None, now: str | None) -> tuple[Edit, ...]:
    """Return the words that were put in and taken out; none if that shows nothing."""
    word_edits = edits("", was, now) if was and now else ()
    kinds = {edit.change for edit in word_edits}
    # Without a word that stayed there is nothing to compare, and punctuation has no words.
    return word_edits if "kept" in kinds and len(kinds) > 1 else ()


def _list_changes(field: str, old: Iterable[Any], new: Iterable[Any]) -> Iterator[FieldChange]:
    before, after = list(old), list(new)
    if any(isinstance(member, Struct) for member in (*before, *after)):
        yield from _parts_in_order(field, before, after)
    elif before != after:
        added = tuple(_as_text(member) for member in after if member not in before)
        removed = tuple(_as_text(member) for member in before if member not in after)
        if added or removed:
            yield FieldChange(field, "changed", added=added, removed=removed)
        else:
            yield _order_change(field, before, after)


def _parts_in_order(field: str, old: list[Any], new: list[Any]) -> Iterator[FieldChange]:
    """Compare steps, or hours: those with the same words, then those with most words the same."""
    before, after = _by_text(old), _by_text(new)
    unmatched = [key for key in before if key not in after]
    for key, (number, part) in after.items():
        if key in before:
            yield from _field_changes(f"{field} {number}", before[key][1], part)
            continue
        alike = next((old_key for old_key in unmatched if _are_alike(old_key[0], key[0])), None)
        if alike is None:
            yield FieldChange(f"{field} {number}", "changed", added=(key[0],))
        else:
            unmatched.remove(alike)
            yield from _field_changes(f"{field} {number}", before[alike][1], part)
    for key in unmatched:
        yield FieldChange(f"{field} {before[key][0]}", "changed", removed=(key[0],))
    was = [text for text, repeat in before if (text, repeat) in after]
    now = [text for text, repeat in after if (text, repeat) in before]
    if was != now:
        yield _order_change(field, was, now)


def _by_text(members: Iterable[Any]) -> dict[tuple[str, int], tuple[int, Any]]:
    """Return parts by their text, and by how often it came before, with their numbers."""
    parts: dict[tuple[str, int], tuple[int, Any]] = {}
    for number, part in enumerate(members, 1):
        text = _as_text(part)
        key = next((text, repeat) for repeat in count() if (text, repeat) not in parts)
        parts[key] = (number, part)
    return parts


def _are_alike(old_text: str, new_text: str) -> bool:
    codes = set(codes_of(old_text)), set(codes_of(new_text))
    return 2 * len(codes[0] & codes[1]) >= MIN_SHARED * (len(codes[0]) + len(codes[1]))


def _order_change(field: str, old: Iterable[Any], new: Iterable[Any]) -> FieldChange:
    was, now = ("; ".join(map(_as_text, members)) for members in (old, new))
    return FieldChange(f"{field} order", "changed", was, now)


def _text_or_none(value: Any) -> str | None:
    return None if value is None or value in ("", ()) else _as_text(value)


def _as_text(value: Any) -> str:
    """Return a value as people read it; of an entry inside another, the text it is known by."""
    if isinstance(value, Struct) and not isinstance(value, Condition):
        names = ("do", "hours", "title", "id")
        return next((getattr(value, name) for name in names if hasattr(value, name)), str(value))
    return describe_when(value) if isinstance(value, Condition) else value_words(value)
