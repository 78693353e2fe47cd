"""The entries of packs as data: what `checklist list` and `checklist show` print."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from travelsec.conditions import AllOf
from travelsec.pack.model import (
    Checklist,
    Contact,
    Guidance,
    Item,
    Pack,
    Section,
    Situation,
)
from travelsec.problems import UserError, allowed, brief
from travelsec.trip.explain import ItemExplanation, describe_when

_ABOUT_MERGING = ("override", "after", "first")


class PackEntry(NamedTuple):
    """An entry: its kind, the names it goes by (the present one first), itself, and its data."""

    kind: str
    names: tuple[str, ...]
    value: Any
    data: Callable[[], dict[str, Any]]


def entries(pack: Pack) -> Iterator[PackEntry]:
    """Yield every entry of the packs; items follow their checklist."""
    for checklist in pack.checklists:
        data = partial(_checklist_data, checklist)
        yield PackEntry("checklist", (checklist.id,), checklist, data)
        for section in checklist.sections:
            for item in section.items:
                names = tuple(f"{checklist.id}.{name}" for name in (item.id, *item.formerly))
                data = partial(item_data, pack, checklist, section, item)
                yield PackEntry("item", names, item, data)
    tables: dict[str, dict[str, Any]] = {
        "question": pack.questions,
        "situation": pack.situations,
        "contact": pack.contacts,
        "page": pack.guidance,
    }
    for kind, table in tables.items():
        for name, value in table.items():
            yield PackEntry(kind, (name,), value, partial(_data, kind, value))


def named(entries: list[PackEntry], name: str) -> list[PackEntry]:
    """Return the entries of this name: a checklist and its page may share one.

    The short name of an item will do if only one item has it.

    Raises:
        UserError: there is none.
    """
    matches = [entry for entry in entries if name in entry.names]
    if matches:
        return matches
    short = [
        entry
        for entry in entries
        if any(full_name.endswith(f".{name}") for full_name in entry.names)
    ]
    if len(short) == 1:
        return short
    hint = allowed((full_name for entry in entries for full_name in entry.names), name)
    raise UserError(
        f"there is no “{brief(name)}” in the packs{hint}; travelsec checklist show without an "
        "ID shows all"
    )


def item_data(pack: Pack, checklist: Checklist, section: Section, item: Item) -> dict[str, Any]:
    """Return an item with what it has of its section and checklist."""
    return {
        **_data("item", item),
        "id": f"{checklist.id}.{item.id}",
        "checklist": checklist.id,
        "section": section.id,
        "phase": item.phase,
        "for": describe_when(checklist.when, section.when, item.when),
        "when": AllOf((checklist.when, section.when, item.when)).to_data(),
        "cites": [{"path": path, "page": page_of(pack, path).title} for path in item.cites],
    }


def explained_data(pack: Pack, explanation: ItemExplanation, *, for_trip: bool) -> dict[str, Any]:
    """Return an item; for a trip also whether the trip gets it, and why."""
    data = item_data(pack, explanation.checklist, explanation.section, explanation.item)
    if for_trip:
        data |= {
            "selected": explanation.truth is not False,
            "choice": {True: "in", None: "kept", False: "left-out"}[explanation.truth],
            "reasons": explanation.reasons,
        }
    return data


def _checklist_data(checklist: Checklist) -> dict[str, Any]:
    return {
        "kind": "checklist",
        "id": checklist.id,
        "title": checklist.title,
        "for": describe_when(checklist.when),
        "sections": [
            {
                "id": section.id,
                "title": section.title,
                "for": describe_when(section.when),
                "items": [f"{checklist.id}.{item.id}" for item in section.items],
            }
            for section in checklist.sections
        ],
    }


def _data(kind: str, value: Any) -> dict[str, Any]:
    return {"kind": kind, **_fields(value)}


def _fields(value: Any) -> dict[str, Any]:
    """Return the fields of an entry as plain data, and in words who it is for."""
    names = (name for name in value.__struct_fields__ if name not in _ABOUT_MERGING)
    fields = {name: getattr(value, name) for name in names}
    if isinstance(value, Situation):
        fields["steps"] = [_fields(step) for step in value.steps]
    if isinstance(value, Contact):
        fields["hours_for"] = [_fields(hours) for hours in value.hours_for]
    if "when" in fields:
        fields |= {"for": describe_when(value.when), "when": value.when.to_data()}
    return fields


def page_of(pack: Pack, path: str) -> Guidance:
    """Return the page of a citation."""
    return pack.guidance[path.partition("/")[0]]
