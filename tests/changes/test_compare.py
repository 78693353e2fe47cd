"""What differs between two packs: exactly what was changed, in either direction."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.examples import examples
from tests.pack.packs import base
from travelsec.changes.compare import compare
from travelsec.changes.model import EntryChange
from travelsec.conditions import AllOf, AnyOf, Condition, EqualTo
from travelsec.pack import load
from travelsec.pack.model import LEVELS, Hours, Item, Pack, PackInfo, Source, Step

STEPS = tuple(
    Step(f"{what}.", ("leaflet",))
    for what in ("Stay calm and go inside", "Call a colleague at home", "Write down the hour")
)
HOURS = (Hours("Office hours", EqualTo("abroad", (False,))),)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """A small pack, in which each list of an entry has a member."""
    small = load.load(bundled=base(tmp_path_factory.mktemp("compare")))
    situations = {name: replace(one, steps=STEPS) for name, one in small.situations.items()}
    contacts = {name: replace(one, hours_for=HOURS) for name, one in small.contacts.items()}
    return replace(small, situations=situations, contacts=contacts)


def other(value: Any) -> Any:
    """Return another value of much the same type."""
    match value:
        case bool():
            return not value
        case str():
            return f"{value} or else"
        case Condition():
            return AnyOf((EqualTo("country", ("Chad",)), AllOf()))
        case tuple():
            return () if value else ("more",)
        case dict():
            return value | {"more": "More"}
        case datetime.date():
            return value + datetime.timedelta(days=1)
    assert value is None
    return "something"


Change = Callable[[Any], Any]


def with_entry(pack: Pack, kind: str, name: str, change: Change) -> Pack:
    """Return the pack with one of its entries changed; None takes the entry out."""

    def among(entries: dict[str, Any]) -> dict[str, Any]:
        made = {key: change(one) if key == name else one for key, one in entries.items()}
        return {key if key != name else one.id: one for key, one in made.items() if one}

    if kind == "pack":
        (source,) = pack.sources
        return replace(pack, sources=(Source(change(source.info), source.digest),))
    if kind == "withdrawn":
        return replace(pack, withdrawn=tuple(map(change, pack.withdrawn)))
    if kind in ("question", "situation", "contact"):
        table = f"{kind}s"
        return replace(pack, **{table: among(getattr(pack, table))})
    if kind == "page":
        return replace(pack, guidance=among(pack.guidance))
    (checklist,) = pack.checklists
    if kind == "checklist":
        return replace(pack, checklists=(change(checklist),))
    sections = among({f"{checklist.id}/{one.id}": one for one in checklist.sections})
    if kind == "item":
        sections = {
            key: replace(
                one,
                items=tuple(among({f"{checklist.id}.{i.id}": i for i in one.items}).values()),
            )
            for key, one in sections.items()
        }
    return replace(pack, checklists=(replace(checklist, sections=tuple(sections.values())),))


ENTRIES = {
    "item": "trip.clear-files",
    "question": "devices",
    "situation": "loss",
    "contact": "desk",
    "checklist": "trip",
    "section": "trip/packing",
    "page": "page",
    "withdrawn": "old-desk@example.org",
    "pack": "base",
}
TOLD_ELSEWHERE = {
    # With each item.
    "checklist": ("when", "sections"),
    "section": ("when", "phase", "items"),
    # As statements and headings.
    "page": ("sections",),
    # It is the name of the detail.
    "withdrawn": ("value",),
}


def fields_of(pack: Pack, kind: str) -> tuple[str, ...]:
    """Return the fields of a kind of entry, whatever they are."""
    found: list[str] = []

    def look(entry: Any) -> Any:
        found.extend(entry.__struct_fields__)
        return entry

    with_entry(pack, kind, ENTRIES[kind], look)
    left_out = ("id", "override", *TOLD_ELSEWHERE.get(kind, ()))
    return tuple(dict.fromkeys(name for name in found if name not in left_out))


@pytest.mark.parametrize("kind", ENTRIES)
def test_every_field_of_an_entry_is_compared(kind: str, pack: Pack) -> None:
    """A field that is new to the model, too."""
    names = fields_of(pack, kind)
    assert names
    for name in names:

        def change(entry: Any, name: str = name) -> Any:
            return replace(entry, **{name: other(getattr(entry, name))})

        (told,) = compare(pack, with_entry(pack, kind, ENTRIES[kind], change))
        assert (told.kind, told.id, told.change) == (kind, ENTRIES[kind], "changed")
        assert {one.field.split()[0] for one in told.fields} == {name}


@pytest.mark.parametrize(
    ("kind", "field"), [("situation", "steps"), ("contact", "hours_for"), ("page", "sections")]
)
def test_every_field_inside_an_entry_is_compared(kind: str, field: str, pack: Pack) -> None:
    """Of a step, of hours, of a heading and of a statement."""

    def inside(entry: Any, field: str, name: str) -> Any:
        first, *rest = getattr(entry, field)
        return replace(
            entry, **{field: (replace(first, **{name: other(getattr(first, name))}), *rest)}
        )

    def entry_of() -> Any:
        return {**pack.situations, **pack.contacts, **pack.guidance}[ENTRIES[kind]]

    def told_of(changed: Any) -> tuple[EntryChange, ...]:
        return compare(pack, with_entry(pack, kind, ENTRIES[kind], lambda _: changed))

    (first, *_) = getattr(entry_of(), field)
    for name in first.__struct_fields__:
        if name == "statements":
            for own in first.statements[0].__struct_fields__:
                sections = (inside(first, "statements", own),)
                assert told_of(replace(entry_of(), sections=sections)), own
        else:
            assert told_of(inside(entry_of(), field, name)), name


def test_every_list_of_a_pack_is_compared(pack: Pack) -> None:
    """Without what is in it, something is reported."""
    for name in Pack.__struct_fields__:
        value = getattr(pack, name)
        assert compare(pack, replace(pack, **{name: type(value)()})), name


@pytest.mark.parametrize("kind", ["section", "checklist"])
def test_a_condition_on_a_section_is_told_with_its_items(kind: str, pack: Pack) -> None:
    """Who gets them is decided there, too."""

    def change(entry: Any) -> Any:
        return replace(entry, when=EqualTo("country", ("Chad",)))

    told = compare(pack, with_entry(pack, kind, ENTRIES[kind], change))
    assert {one.kind for one in told} == {"item"}
    assert all([field.change for field in one.fields] == ["condition"] for one in told)


def test_a_condition_may_stand_elsewhere(pack: Pack) -> None:
    """Moved from the checklist to each of its items, it says the same."""
    (checklist,) = pack.checklists

    def down(item: Item) -> Item:
        return replace(item, when=AllOf((item.when, checklist.when)))

    sections = tuple(replace(one, items=tuple(map(down, one.items))) for one in checklist.sections)
    moved = replace(checklist, when=AllOf(), sections=sections)
    assert compare(pack, replace(pack, checklists=(moved,))) == ()


# With an oracle: a pack edited at random.

EDITS: dict[str, tuple[str, Change]] = {
    "raised": ("item", lambda one: replace(one, level=LEVELS[LEVELS.index(one.level) - 1])),
    "lowered": ("item", lambda one: replace(one, level=LEVELS[LEVELS.index(one.level) + 1])),
    "reworded": ("item", lambda one: replace(one, do=f"Also at home: {one.do}")),
    "condition": ("item", lambda one: replace(one, when=EqualTo("country", ("Chad",)))),
    "due": ("item", lambda one: replace(one, due="9 days before departure")),
    "cites": ("item", lambda one: replace(one, cites=(*one.cites, "page/general/call-desk"))),
    "renamed": (
        "item",
        lambda one: replace(one, id=f"new-{one.id}", formerly=(*one.formerly, one.id)),
    ),
    "dropped": ("", lambda _: None),
    "title": ("situation", lambda one: replace(one, title=f"Perhaps {one.title}")),
    "step": ("situation", lambda one: replace(one, steps=one.steps[1:])),
    "swapped": ("situation", lambda one: replace(one, steps=one.steps[::-1])),
    "help": ("question", lambda one: replace(one, help="Only what you carry.")),
    "email": ("contact", lambda one: replace(one, email="desk@example.org")),
}
FIELDS = {
    **{"raised": ("level", "raised"), "lowered": ("level", "lowered")},
    **{"reworded": ("do", "reworded"), "condition": ("when", "condition")},
    **{"title": ("title", "reworded"), "step": ("steps 1", "changed")},
    **{"swapped": ("steps order", "changed"), "help": ("help", "reworded")},
}


def names_of(pack: Pack) -> Iterator[tuple[str, str]]:
    """Yield the kind and the name of each entry that has an id of its own."""
    yield from (("item", full) for full, *_ in pack.items())
    yield from (("question", name) for name in pack.questions)
    yield from (("situation", name) for name in pack.situations)
    yield from (("contact", name) for name in pack.contacts)


def fits(edit: str, kind: str, level: str | None) -> bool:
    """Return whether an edit can be made of an entry."""
    return EDITS[edit][0] in ("", kind) and {"raised": "must", "lowered": "consider"}.get(edit) != (
        level or ""
    )


def mirrored(told: EntryChange) -> Any:
    """Return what is the same in the other direction, turned round."""
    turned = {"added": "dropped", "dropped": "added", "raised": "lowered", "lowered": "raised"}
    ids = (told.was or told.id, told.id)
    fields = [
        (
            # Steps are numbered as they are in the new pack.
            re.sub(r"\d+", "n", one.field),
            turned.get(one.change, one.change),
            (one.now, one.was),
            (one.removed, one.added),
        )
        for one in told.fields
    ]
    return told.kind, ids[::-1], turned.get(told.change, told.change), sorted(fields, key=str)


def plain(told: EntryChange) -> Any:
    """Return the same as it stands."""
    fields = [
        (re.sub(r"\d+", "n", one.field), one.change, (one.was, one.now), (one.added, one.removed))
        for one in told.fields
    ]
    return told.kind, (told.was or told.id, told.id), told.change, sorted(fields, key=str)


@settings(
    max_examples=examples(100),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_exactly_the_edits_are_told(data: st.DataObject, pack: Pack) -> None:
    """Each with its kind and its field; in the other direction the reverse; the order is free."""
    levels = {full: item.level for full, *_, item in pack.items()}
    chosen = data.draw(st.lists(st.sampled_from(sorted(names_of(pack))), unique=True))
    edited = pack
    expected: dict[tuple[str, str], Any] = {}
    for kind, name in chosen:
        possible = [edit for edit in EDITS if fits(edit, kind, levels.get(name))]
        edit = data.draw(st.sampled_from(possible))
        edited = with_entry(edited, kind, name, EDITS[edit][1])
        now = name.replace(".", ".new-") if edit == "renamed" else name
        if edit in ("renamed", "dropped"):
            expected[kind, now] = (edit, [])
        else:
            field = FIELDS.get(edit, (edit, "changed"))
            expected[kind, now] = ("changed", [field])
    turned = replace(edited, situations=dict(reversed(edited.situations.items())))
    told = compare(pack, turned)
    found = {
        (one.kind, one.id): (one.change, [(each.field, each.change) for each in one.fields])
        for one in told
    }
    assert found == expected
    assert compare(edited, turned) == ()
    back = compare(turned, pack)
    assert sorted(map(mirrored, told), key=str) == sorted(map(plain, back), key=str)


# What the changes say.


def changed(pack: Pack, kind: str, **fields: Any) -> EntryChange:
    """Return what is reported when these fields of an entry are others."""

    def change(entry: Any) -> Any:
        return replace(entry, **fields)

    (told,) = compare(pack, with_entry(pack, kind, ENTRIES[kind], change))
    return told


def test_the_words_that_changed_are_marked(pack: Pack) -> None:
    """As those of a guidance page are; a full stop is no word."""
    (field,) = changed(pack, "item", do="Clear all the files in $nights nights.").fields
    assert [(one.change, one.text) for one in field.edits] == [
        ("kept", "Clear"),
        ("inserted", "all"),
        ("kept", "the files in $nights nights."),
    ]
    (field,) = changed(pack, "item", do="Clear the files in $nights nights").fields
    assert (field.change, field.edits) == ("reworded", ())


def test_conditions_are_told_in_words(pack: Pack) -> None:
    """With those of the checklist and the section, as `checklist show` tells them."""
    told = changed(pack, "item", when=EqualTo("devices", ("phone",)))
    (field,) = told.fields
    assert (field.was, field.now) == (
        "abroad; devices: laptop or phone",
        "abroad; devices: phone",
    )
    assert told.for_ == field.now


def test_members_of_a_list_are_named(pack: Pack) -> None:
    """Choices by their ids."""
    (field,) = changed(pack, "item", cites=("leaflet",)).fields
    assert (field.added, field.removed) == (("leaflet",), ("page/general/remove-files",))
    (field,) = changed(pack, "question", choices={"laptop": "Laptop", "phone": "Smartphone"}).fields
    assert (field.field, field.was, field.now) == ("choices phone", "Phone", "Smartphone")


def test_a_step_is_known_by_its_words(pack: Pack) -> None:
    """One put before the others changes none of them; most of its words will do."""
    first = Step("Sit down first.", ("leaflet",))
    reworded = replace(STEPS[1], do="Call a colleague at the office.")
    (added, words) = changed(pack, "situation", steps=(first, STEPS[0], reworded, STEPS[2])).fields
    assert (added.field, added.added) == ("steps 1", ("Sit down first.",))
    assert (words.field, words.was) == ("steps 3 do", "Call a colleague at home.")


def test_a_rename_says_whether_answers_count(pack: Pack) -> None:
    """They do only if the new pack names the former id."""

    def rename(item: Item) -> Item:
        return replace(item, id="no-files", formerly=(*item.formerly, item.id))

    renamed = with_entry(pack, "item", "trip.clear-files", rename)
    (told,) = compare(pack, renamed)
    assert (told.change, told.was, told.id) == ("renamed", "trip.clear-files", "trip.no-files")
    assert (told.keeps_answers, told.fields) == (True, ())
    (back,) = compare(renamed, pack)
    assert (back.change, back.keeps_answers, back.fields) == ("renamed", False, ())


def test_an_item_in_another_section_is_the_same(pack: Pack) -> None:
    """Where it stands now is shown."""
    (checklist,) = pack.checklists
    packing, away = checklist.sections
    moved = (replace(packing, items=packing.items[1:]), replace(away, items=(packing.items[0],)))
    told = {
        one.id: one
        for one in compare(pack, replace(pack, checklists=(replace(checklist, sections=moved),)))
    }
    (field,) = told["trip.clear-files"].fields
    assert (field.field, field.was, field.now) == ("section", "packing", "on-the-way")


def test_a_pack_on_top_is_told(pack: Pack) -> None:
    """With the version of each."""
    info = PackInfo("over", "1", "Over", "More.", "Little.")
    (told,) = compare(pack, replace(pack, sources=(*pack.sources, Source(info, lambda: ""))))
    assert (told.kind, told.id, told.change) == ("pack", "over", "added")
    assert changed(pack, "pack", version="1.1").fields[0].now == "1.1"
