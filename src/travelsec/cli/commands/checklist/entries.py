"""The entries of packs for people, as blocks, and for machines, as plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from travelsec.conditions import ALWAYS, AllOf, Condition
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
)
from travelsec.trip.explain import words
from travelsec.wording import show_date


def condition(checklist: Checklist, section: Section, item: Item) -> str:
    """Say who an item is for, with all that its checklist and section ask."""
    return words(checklist.when, section.when, item.when)


def sources(pack: Pack, cites: Iterable[str]) -> Iterator[str]:
    """Yield each citation: the title of the page, and the path of the statement."""
    for path in cites:
        page = pack.guidance[path.partition("/")[0]]
        yield f"Source: {page.title}, {path}"


def item_data(pack: Pack, checklist: Checklist, section: Section, item: Item) -> dict[str, Any]:
    """Return an item with what it has of its section and checklist."""
    return {
        "kind": "item",
        **_fields(item),
        "id": f"{checklist.id}.{item.id}",
        "checklist": checklist.id,
        "section": section.id,
        "phase": item.phase,
        "for": condition(checklist, section, item),
        "when": AllOf((checklist.when, section.when, item.when)).to_data(),
        "cites": [
            {"path": path, "page": pack.guidance[path.partition("/")[0]].title}
            for path in item.cites
        ],
    }


class PackEntry(msgspec.Struct, frozen=True):
    """An entry: its kind, the names it goes by, and how it is shown."""

    kind: str
    names: tuple[str, ...]
    data: Callable[[], dict[str, Any]]
    blocks: Callable[[], Iterable[Block]]


def entries(pack: Pack) -> Iterator[PackEntry]:
    """Yield every entry of the packs; items stand behind their checklist."""
    for checklist in pack.checklists:
        yield _checklist(checklist)
        for section in checklist.sections:
            for item in section.items:
                yield _item(pack, checklist, section, item)
    for question in pack.questions.values():
        yield _simple("question", question.id, question, _question(question))
    for situation in pack.situations.values():
        yield _simple("situation", situation.id, situation, _situation(pack, situation))
    for contact in pack.contacts.values():
        yield _simple("contact", contact.id, contact, _contact(pack, contact))
    for page in pack.guidance.values():
        yield _simple("page", page.id, page, _page(page))


def _simple(
    kind: str, name: str, value: Any, rows: Iterator[tuple[str, str] | ListItem]
) -> PackEntry:
    data = {"kind": kind, **_fields(value)}
    return PackEntry(kind, (name,), lambda: data, lambda: _shown(f"{name} ({kind})", rows))


def _checklist(checklist: Checklist) -> PackEntry:
    def rows() -> Iterator[tuple[str, str] | ListItem]:
        yield "Title", checklist.title
        yield from _for(checklist.when)
        for section in checklist.sections:
            items = tuple(f"{checklist.id}.{item.id}: {item.label}" for item in section.items)
            yield ListItem(None, f"{section.title} ({section.id})", "strong", items)

    def data() -> dict[str, Any]:
        sections = [
            {
                "id": section.id,
                "title": section.title,
                "for": words(section.when),
                "items": [f"{checklist.id}.{item.id}" for item in section.items],
            }
            for section in checklist.sections
        ]
        head = {"kind": "checklist", "id": checklist.id, "title": checklist.title}
        return {**head, "for": words(checklist.when), "sections": sections}

    name = checklist.id
    return PackEntry("checklist", (name,), data, lambda: _shown(f"{name} (checklist)", rows()))


def _item(pack: Pack, checklist: Checklist, section: Section, item: Item) -> PackEntry:
    name = f"{checklist.id}.{item.id}"

    def rows() -> Iterator[tuple[str, str] | ListItem]:
        yield "Label", item.label
        yield "Do", item.do
        yield from _given(("Why", item.why), ("Suggestion", item.suggestion))
        yield "Level", item.level
        yield "Phase", str(item.phase)
        yield "For", condition(checklist, section, item)
        yield "In", f"{section.title} ({section.id})"
        yield from _given(("Due", item.due), ("Situation", item.situation))
        yield from _given(("Formerly", ", ".join(item.formerly)))
        yield from _sources(pack, item.cites)

    return PackEntry(
        "item",
        (name, *(f"{checklist.id}.{old}" for old in item.formerly)),
        lambda: item_data(pack, checklist, section, item),
        lambda: _shown(f"{name} (item)", rows()),
    )


def _question(question: Question) -> Iterator[tuple[str, str] | ListItem]:
    yield "Ask", question.ask
    yield from _given(("Help", question.help))
    yield "Type", question.type
    for choice, label in question.choices.items():
        yield f"Choice {choice}", label
    yield from _for(question.when)
    if question.default is not None:
        default = question.default
        yield "Default", ", ".join(default) if isinstance(default, list) else str(default)
    yield from _given(
        ("Required", "yes" if question.required else ""),
        ("Private", "yes: never in a report" if question.private else ""),
    )


def _situation(pack: Pack, situation: Situation) -> Iterator[tuple[str, str] | ListItem]:
    yield "Title", situation.title
    yield "Audience", situation.audience
    yield from _for(situation.when)
    yield from _given(
        ("Device at risk", "yes" if situation.compromised else ""),
        ("Contacts", ", ".join(situation.contacts)),
        ("Then", ", ".join(situation.then)),
    )
    for number, step in enumerate(situation.steps, 1):
        body = [step.why] if step.why else []
        if step.when != ALWAYS:
            body.append(f"For: {words(step.when)}")
        if step.needs:
            body.append(f"Needs: {', '.join(step.needs)}")
        yield ListItem(None, f"{number}. {step.do}", "plain", (*body, *sources(pack, step.cites)))
    for text in situation.note_down:
        yield ListItem(None, f"Note down: {text}", "plain")


def _contact(pack: Pack, contact: Contact) -> Iterator[tuple[str, str] | ListItem]:
    yield "Name", contact.name
    yield from _given(
        ("About", ", ".join(contact.topics)),
        ("Telephone", contact.tel),
        ("Telephone from abroad", contact.tel_from_abroad),
        ("E-mail", contact.email),
        ("Slack", contact.slack),
        ("Web", contact.url),
        ("Hours", contact.hours),
        ("People given in answer to", contact.people),
    )
    yield from _for(contact.when)
    yield from _given(("Note", contact.note), ("Note from abroad", contact.note_from_abroad))
    yield from _sources(pack, contact.cites)


def _page(page: Guidance) -> Iterator[tuple[str, str] | ListItem]:
    yield "Title", page.title
    yield "Publisher", page.publisher
    yield from _given(
        ("Web", page.url),
        ("Expires", show_date(page.expires) if page.expires else ""),
        ("Ask", page.ask),
    )
    for section in page.sections:
        found = tuple(
            f"{section.id}/{statement.id}: {statement.kind}" for statement in section.statements
        )
        yield ListItem(None, f"{section.title} ({section.id})", "strong", found)


def _shown(title: str, rows: Iterable[tuple[str, str] | ListItem]) -> Iterator[Block]:
    """Yield a heading, the pairs of names and texts, then the entries."""
    yield Heading(3, title)
    # `Entry` is a tuple as well.
    found = list(rows)
    pairs = tuple(row for row in found if not isinstance(row, ListItem))
    yield Pairs(pairs)
    yield from (row for row in found if isinstance(row, ListItem))


def _given(*rows: tuple[str, str]) -> Iterator[tuple[str, str]]:
    yield from (row for row in rows if row[1])


def _for(when: Condition) -> Iterator[tuple[str, str]]:
    yield "For", words(when)


def _sources(pack: Pack, cites: Iterable[str]) -> Iterator[tuple[str, str]]:
    for text in sources(pack, cites):
        name, _, source = text.partition(": ")
        yield name, source


def _fields(value: Any) -> dict[str, Any]:
    """Return the fields of an entry as plain data, and in words who it is for."""
    fields = {name: getattr(value, name) for name in value.__struct_fields__ if name != "override"}
    if isinstance(value, Situation):
        fields["steps"] = [_fields(step) for step in value.steps]
    if "when" in fields:
        fields |= {"for": words(value.when), "when": value.when.to_data()}
    return fields
