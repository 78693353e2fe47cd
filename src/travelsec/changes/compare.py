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
from travelsec.trip.explain import parts_of, value_words, words

PROSE = frozenset(
    {
        *("label", "do", "why", "suggestion", "lead_in", "ask", "help", "title", "name", "note"),
        *("covers", "not_covered", "reason", "note_from_abroad", "none", "choices"),
    }
)
"""Fields whose changed words are marked. Other texts are shown as they were and as they are."""

LEAST_SHARED = 0.5
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
        return words(self.fields["when"]) if "when" in self.fields else ""


def compare(old: Pack, new: Pack) -> tuple[EntryChange, ...]:
    """Return every entry that differs; the order of entries does not count."""
    before, after = (
        {(entry.kind, entry.id): entry for entry in _entries(pack)} for pack in (old, new)
    )
    renamed = dict(_renamed(before, after))
    found = []
    for key, entry in after.items():
        earlier = before.get(key) or renamed.get(key)
        if earlier is None:
            found.append(_whole(entry, "added"))
        elif change := _changed(earlier, entry):
            found.append(change)
    gone = before.keys() - after.keys() - {(one.kind, one.id) for one in renamed.values()}
    return (*found, *(_whole(entry, "dropped") for key, entry in before.items() if key in gone))


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


def _whole(entry: _Entry, change: Any) -> EntryChange:
    return EntryChange(entry.kind, entry.id, change, entry.title, entry.level, entry.for_)


def _changed(old: _Entry, new: _Entry) -> EntryChange | None:
    is_renamed = old.id != new.id
    before, after = old.fields, new.fields
    if is_renamed:
        # The new name says this already.
        ids = {one.rpartition(".")[2] for one in (old.id, new.id)}
        before, after = (
            side | {"formerly": tuple(name for name in side["formerly"] if name not in ids)}
            for side in (before, after)
        )
    names = dict.fromkeys((*before, *after))
    fields = [
        one for name in names for one in _differences(name, before.get(name), after.get(name))
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
        yield _Entry("page", page.id, page.title, _page(page))
    for withdrawn in pack.withdrawn:
        yield _Entry("withdrawn", withdrawn.value, withdrawn.reason, _fields(withdrawn, "value"))
    for source in pack.sources:
        yield _Entry("pack", source.info.id, source.info.title, _fields(source.info))


def _fields(entry: Struct, *apart: str) -> dict[str, Any]:
    """Return the fields of an entry except its id, `override` and those named."""
    left_out = ("id", "override", *apart)
    return {name: value for name, value in asdict(entry).items() if name not in left_out}


def _page(page: Guidance) -> dict[str, Any]:
    prefix = len(page.id) + 1
    return _fields(page, "sections") | {
        "headings": {section.id: replace(section, statements=()) for section in page.sections},
        "statements": {path[prefix:]: statement for path, statement in page.statements()},
    }


def _differences(field: str, old: Any, new: Any) -> Iterator[FieldChange]:
    """Yield what differs between two values of a field; what is inside one is named after it."""
    if isinstance(old, Condition) and isinstance(new, Condition):
        if set(parts_of(old)) != set(parts_of(new)):
            yield FieldChange(field, "condition", words(old), words(new))
    elif isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys((*old, *new)):
            yield from _differences(f"{field} {key}", old.get(key), new.get(key))
    elif isinstance(old, Struct) and isinstance(new, Struct):
        for name in old.__struct_fields__:
            yield from _differences(f"{field} {name}", getattr(old, name), getattr(new, name))
    elif isinstance(old, list | tuple) and isinstance(new, list | tuple):
        yield from _lists(field, old, new)
    elif old != new:
        yield _value(field, old, new)


def _value(field: str, old: Any, new: Any) -> FieldChange:
    was, now = _shown(old), _shown(new)
    names = field.split()
    if names[-1] == "level" and old in LEVELS and new in LEVELS:
        is_raised = LEVELS.index(new) < LEVELS.index(old)
        return FieldChange(field, "raised" if is_raised else "lowered", was, now)
    if names[-1] in PROSE or names[0] in PROSE:
        return FieldChange(field, "reworded", was, now, marked(was, now))
    return FieldChange(field, "changed", was, now)


def marked(was: str | None, now: str | None) -> tuple[Edit, ...]:
    """Return the words that were put in and taken out; none if that shows nothing."""
    found = edits("", was, now) if was and now else ()
    kinds = {edit.change for edit in found}
    # Without a word that stayed there is nothing to compare, and punctuation has no words.
    return found if "kept" in kinds and len(kinds) > 1 else ()


def _lists(field: str, old: Iterable[Any], new: Iterable[Any]) -> Iterator[FieldChange]:
    before, after = list(old), list(new)
    if any(isinstance(one, Struct) for one in (*before, *after)):
        yield from _parts_in_order(field, before, after)
    elif before != after:
        added = tuple(_told(one) for one in after if one not in before)
        removed = tuple(_told(one) for one in before if one not in after)
        if added or removed:
            yield FieldChange(field, "changed", added=added, removed=removed)
        else:
            yield _order(field, before, after)


def _parts_in_order(field: str, old: list[Any], new: list[Any]) -> Iterator[FieldChange]:
    """Compare steps, or hours: those with the same words, then those with most words the same."""
    before, after = _by_text(old), _by_text(new)
    left = [key for key in before if key not in after]
    for key, (number, part) in after.items():
        if key in before:
            yield from _differences(f"{field} {number}", before[key][1], part)
            continue
        like = next((one for one in left if _are_alike(one[0], key[0])), None)
        if like is None:
            yield FieldChange(f"{field} {number}", "changed", added=(key[0],))
        else:
            left.remove(like)
            yield from _differences(f"{field} {number}", before[like][1], part)
    for key in left:
        yield FieldChange(f"{field} {before[key][0]}", "changed", removed=(key[0],))
    was = [text for text, n in before if (text, n) in after]
    now = [text for text, n in after if (text, n) in before]
    if was != now:
        yield _order(field, was, now)


def _by_text(members: Iterable[Any]) -> dict[tuple[str, int], tuple[int, Any]]:
    """Return parts by their text, and by how often it came before, with their numbers."""
    found: dict[tuple[str, int], tuple[int, Any]] = {}
    for number, part in enumerate(members, 1):
        text = _told(part)
        key = next((text, n) for n in count() if (text, n) not in found)
        found[key] = (number, part)
    return found


def _are_alike(one: str, other: str) -> bool:
    bags = set(codes_of(one)), set(codes_of(other))
    return 2 * len(bags[0] & bags[1]) >= LEAST_SHARED * (len(bags[0]) + len(bags[1]))


def _order(field: str, old: Iterable[Any], new: Iterable[Any]) -> FieldChange:
    was, now = ("; ".join(map(_told, side)) for side in (old, new))
    return FieldChange(f"{field} order", "changed", was, now)


def _shown(value: Any) -> str | None:
    return None if value is None or value in ("", ()) else _told(value)


def _told(value: Any) -> str:
    """Return a value as people read it; of an entry inside another, the text it is known by."""
    if isinstance(value, Struct) and not isinstance(value, Condition):
        names = ("do", "hours", "title", "id")
        return next((getattr(value, name) for name in names if hasattr(value, name)), str(value))
    return words(value) if isinstance(value, Condition) else value_words(value)
