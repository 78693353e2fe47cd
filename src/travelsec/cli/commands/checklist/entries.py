"""The entries of the packs: as data for machines, and that data laid out for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple

from travelsec.conditions import ALWAYS, AllOf
from travelsec.document import Block, Heading, ListItem, Pairs
from travelsec.pack.model import (
    Checklist,
    Contact,
    Guidance,
    Item,
    Pack,
    Question,
    Section,
    Situation,
    Step,
)
from travelsec.trip.explain import value_words, words

_LABELS = {
    "choices": "Choice",
    "compromised": "Device at risk",
    "deadline": "At the latest",
    "email": "E-mail",
    "people": "People given in answer to",
    "tel": "Telephone",
    "tel_from_abroad": "Telephone from abroad",
    "topics": "About",
    "url": "Web",
}
"""Fields that people know by another name."""

_LAID_OUT_APART = {
    *("kind", "id", "when", "cites", "choice_cites"),
    *("sections", "steps", "note_down", "hours_for"),
}


_ABOUT_MERGING = ("override", "after", "first")


class PackEntry(NamedTuple):
    """An entry: its kind, the names it goes by (the present one first), itself, and its data."""

    kind: str
    names: tuple[str, ...]
    value: Any
    data: Callable[[], dict[str, Any]]


def entries(pack: Pack) -> Iterator[PackEntry]:
    """Yield every entry of the packs; items stand behind their checklist."""
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


def item_data(pack: Pack, checklist: Checklist, section: Section, item: Item) -> dict[str, Any]:
    """Return an item with what it has of its section and checklist."""
    return {
        **_data("item", item),
        "id": f"{checklist.id}.{item.id}",
        "checklist": checklist.id,
        "section": section.id,
        "phase": item.phase,
        "for": words(checklist.when, section.when, item.when),
        "when": AllOf((checklist.when, section.when, item.when)).to_data(),
        "cites": [{"path": path, "page": _page_of(pack, path).title} for path in item.cites],
    }


def _checklist_data(checklist: Checklist) -> dict[str, Any]:
    return {
        "kind": "checklist",
        "id": checklist.id,
        "title": checklist.title,
        "for": words(checklist.when),
        "sections": [
            {
                "id": section.id,
                "title": section.title,
                "for": words(section.when),
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
        fields |= {"for": words(value.when), "when": value.when.to_data()}
    return fields


def blocks(entry: PackEntry, pack: Pack) -> Iterator[Block]:
    """Yield an entry for people: its fields, its sources, then what it consists of."""
    cites = getattr(entry.value, "cites", ())
    yield Heading(3, f"{entry.names[0]} ({entry.kind})")
    yield Pairs((*_pairs(entry.data()), *(("Source", source) for source in _sources(pack, cites))))
    match entry.value:
        case Checklist(id=name, sections=sections):
            for section in sections:
                items = tuple(f"{name}.{item.id}: {item.label}" for item in section.items)
                yield ListItem(None, f"{section.title} ({section.id})", "strong", items)
        case Question(choices=choices, choice_cites=choice_cites):
            for name, paths in choice_cites.items():
                lines = tuple(f"Source: {source}" for source in _sources(pack, paths))
                yield ListItem(None, f"Choice {name}: {choices[name]}", "plain", lines)
        case Situation(steps=steps, note_down=note_down):
            for number, step in enumerate(steps, 1):
                yield ListItem(None, f"{number}. {step.do}", "plain", tuple(_step(pack, step)))
            for text in note_down:
                yield ListItem(None, f"Note down: {text}", "plain")
        case Contact(hours_for=hours_for):
            for hours in hours_for:
                lines = (f"For: {words(hours.when)}",)
                yield ListItem(None, f"Hours: {hours.hours}", "plain", lines)
        case Guidance(sections=headings):
            for heading in headings:
                kinds = tuple(
                    f"{heading.id}/{cited.id}: {cited.kind}" for cited in heading.statements
                )
                yield ListItem(None, f"{heading.title} ({heading.id})", "strong", kinds)


def _pairs(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the label and the text of each field that has a value."""
    for name, value in data.items():
        label = _LABELS.get(name) or name.replace("_", " ").capitalize()
        if name in _LAID_OUT_APART or value in (None, "", ()):
            continue
        if isinstance(value, dict):
            yield from ((f"{label} {key}", text) for key, text in value.items())
        else:
            yield label, _text(value)


def _text(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list | tuple) else value_words(value)


def _step(pack: Pack, step: Step) -> Iterator[str]:
    """Yield the lines below a step of a situation."""
    if step.why:
        yield step.why
    if step.lead_in:
        yield f"Not shown to those who are meant: {step.lead_in}"
    if step.when != ALWAYS:
        yield f"For: {words(step.when)}"
    if step.needs:
        yield f"Needs: {', '.join(step.needs)}"
    yield from (f"Source: {source}" for source in _sources(pack, step.cites))


def _sources(pack: Pack, cites: Iterable[str]) -> Iterator[str]:
    """Yield each citation: the title of the page, and the path of the statement."""
    return (f"{_page_of(pack, path).title}, {path}" for path in cites)


def _page_of(pack: Pack, path: str) -> Guidance:
    return pack.guidance[path.partition("/")[0]]
