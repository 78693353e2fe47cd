"""Merge packs: checklists and sections combine, other entries need `override` or `drop`.

`also_cites` adds to what an entry cites, and leaves the rest of it to the pack below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from msgspec import Struct, field

from travelsec.pack import model
from travelsec.pack.parse import Located, ParsedPack, Unreadable
from travelsec.problems import Place, Problem, allowed, brief, few_guesses


class MergedSection(Struct):
    """A section as each pack writes it (later packs win), and its items by id."""

    written: list[Located[model.Section]] = field(default_factory=list)
    items: dict[str, Located[model.Item]] = field(default_factory=dict)


class MergedChecklist(Struct):
    """A checklist as each pack writes it (later packs win), and its sections by id."""

    written: list[Located[model.Checklist]] = field(default_factory=list)
    sections: dict[str, MergedSection] = field(default_factory=dict)


class Merged(Struct):
    """The entries of all packs, merged.

    `unreadable` holds what no fault may be reported about: what could not be read, and duplicate
    ids. `aside` holds the entries, with their kinds, that clash with an entry already in place,
    what could be read of those with faults, and citations that were added to none.
    `dropped` maps the kinds and ids of dropped entries to where an overlay drops them.
    `problems` are the clashes, and overrides, drops and added citations that match nothing.
    """

    leaves: dict[str, dict[str, Located[Any]]]
    unreadable: Unreadable
    problems: list[Problem] = field(default_factory=list)
    withdrawn: list[Located[model.Withdrawn]] = field(default_factory=list)
    checklists: dict[str, MergedChecklist] = field(default_factory=dict)
    aside: list[tuple[str, Located[Any]]] = field(default_factory=list)
    dropped: dict[tuple[str, str], Place] = field(default_factory=dict)

    def home_of(self, name: str) -> MergedSection | None:
        """Return the section that holds the item with this full id, if any does."""
        checklist, _, item = name.partition(".")
        sections = self.checklists.get(checklist, MergedChecklist()).sections.values()
        return next((section for section in sections if item in section.items), None)

    def items(self) -> Iterator[tuple[str, Located[model.Item]]]:
        """Yield every item with its full id."""
        for name, checklist in self.checklists.items():
            for section in checklist.sections.values():
                yield from ((f"{name}.{item}", located) for item, located in section.items.items())


def last_with(written: Sequence[Located[Any]], field: str) -> Located[Any]:
    """Return the last entry that gives a field, or the first entry if none does."""
    candidates = [placed for placed in written if placed.node.get(field) is not None]
    return candidates[-1] if candidates else written[0]


Names: TypeAlias = set[tuple[str, str]]
"""The kinds and ids of the entries that one pack has put in place."""

_DROPPABLE = ("questions", "situations", "contacts")
_LEAVES = (*_DROPPABLE, "guidance")
_CITING = ("questions", "contacts", "checklist")
"""The kinds of entries that have citations of their own."""


@few_guesses()
def merge(packs: Sequence[ParsedPack]) -> Merged:
    """Merge the packs, each on top of those before it."""
    merged = Merged({key: {} for key in _LEAVES}, _all_lost(packs))
    for index, parsed in enumerate(packs):
        own_names: Names = set()
        merged.problems += _drop(merged, parsed, is_overlay=index > 0)
        _take_away_unreadable(merged, parsed, is_overlay=index > 0)
        for key in _LEAVES:
            leaves = merged.leaves[key]
            for placed in parsed.lists[key]:
                name = placed.value.id
                if _may_stand(merged, key, name, placed, leaves.get(name), own_names):
                    leaves[name] = placed
                    merged.dropped.pop((key, name), None)
        merged.withdrawn += parsed.lists["withdrawn"]
        merged.aside += parsed.partial
        for checklist in parsed.checklists:
            _merge_checklist(merged, checklist, own_names)
        merged.problems += _add_cites(merged, parsed, own_names, is_overlay=index > 0)
    return merged


def _merge_checklist(merged: Merged, placed: Located[model.Checklist], own_names: Names) -> None:
    checklist = merged.checklists.setdefault(placed.value.id, MergedChecklist())
    checklist.written.append(placed)
    first: dict[str, Place] = {}
    for section in placed.parts("sections"):
        name = section.value.id
        place = section.at("id")
        if name in first:
            text = f"the section “{name}” appears twice in this list (first at {first[name]})"
            merged.problems.append(Problem(place, text))
        first.setdefault(name, place)
        target = checklist.sections.setdefault(name, MergedSection())
        target.written.append(section)
        for item in section.parts("items"):
            item_id = item.value.id
            full = f"{placed.value.id}.{item_id}"
            home = merged.home_of(full)
            present = home.items[item_id] if home else None
            if not _may_stand(merged, "checklist", full, item, present, own_names):
                continue
            if home is not None and home is not target:
                del home.items[item_id]
            target.items[item_id] = item


def _all_lost(packs: Sequence[ParsedPack]) -> Unreadable:
    unreadable = Unreadable()
    for index, parsed in enumerate(packs):
        unreadable.ids |= parsed.unreadable.ids
        # The bottom pack may not drop anything.
        unreadable.kinds |= parsed.unreadable.kinds if index else parsed.unreadable.kinds - {"drop"}
    return unreadable


def _take_away_unreadable(merged: Merged, parsed: ParsedPack, *, is_overlay: bool) -> None:
    """Remove entries that an unreadable entry may replace: faults in them would be misleading."""
    for key, name in parsed.unreadable.ids:
        if key in _DROPPABLE:
            merged.leaves[key].pop(name, None)
        elif key == "checklist" and (home := merged.home_of(name)):
            del home.items[name.partition(".")[2]]
    if is_overlay and "questions" in parsed.unreadable.kinds:
        # An override that could not be read may give any of these questions more choices.
        questions = merged.leaves["questions"].values()
        merged.unreadable.ids |= {
            ("questions", located.value.id) for located in questions if located.value.choices
        }


def _may_stand(
    merged: Merged,
    key: str,
    name: str,
    placed: Located[Any],
    present: Located[Any] | None,
    own_names: Names,
) -> bool:
    """Return whether the entry may replace the one present, if any; otherwise set it aside.

    Args:
        own_names: what the entry's own pack has put in place so far; the entry is added to it.
    """
    override = placed.value.override
    if present is None or (override and (key, name) not in own_names):
        if present is None and override and not merged.unreadable.may_be(key, name):
            text = f"“{name}” overrides nothing: no pack below has it"
            merged.problems.append(Problem(placed.at("override"), text))
        own_names.add((key, name))
        return True
    # A reference to this id may mean either entry.
    merged.unreadable.add(key, name)
    merged.aside.append((key, placed))
    if (key, name) in own_names:
        text = f"“{name}” appears twice in this pack (first at {present.place})"
        merged.problems.append(Problem(placed.at("id"), text))
    elif "drop" not in merged.unreadable.kinds:
        way = "write “override: true” to replace it, or take another id"
        text = f"“{name}” is already at {present.place}: {way}"
        merged.problems.append(Problem(placed.at("id"), text))
    return False


def _drop(merged: Merged, parsed: ParsedPack, *, is_overlay: bool) -> Iterator[Problem]:
    for name, place in parsed.drops:
        homes = list(_homes_of(merged, name))
        if not is_overlay:
            yield Problem(place, "only a pack on top of another may drop something")
        elif any(dropped == name for _, dropped in merged.dropped):
            continue  # a pack below has already dropped it
        elif name in merged.checklists:
            yield Problem(place, f"“{name}” is a checklist: drop its items, one by one")
        elif not homes:
            if not any(merged.unreadable.may_be(kind, name) for kind in (*_LEAVES, "checklist")):
                alternatives = _names_of(merged, (*_DROPPABLE, "checklist"))
                yield Problem(
                    place, f"there is no “{brief(name)}” to drop{allowed(alternatives, name)}"
                )
        elif len(homes) > 1:
            yield Problem(place, f"“{name}” is the id of {len(homes)} entries: neither is dropped")
        else:
            kind, home, key = homes[0]
            del home[key]
            merged.dropped[kind, name] = place


def _homes_of(merged: Merged, name: str) -> Iterator[tuple[str, dict[str, Any], str]]:
    for key in _DROPPABLE:
        if name in merged.leaves[key]:
            yield key, merged.leaves[key], name
    if home := merged.home_of(name):
        yield "checklist", home.items, name.partition(".")[2]


def _names_of(merged: Merged, kinds: Sequence[str]) -> Iterator[str]:
    for kind in kinds:
        if kind == "checklist":
            yield from (name for name, _ in merged.items())
        else:
            yield from merged.leaves[kind]


def _add_cites(
    merged: Merged, parsed: ParsedPack, own_names: Names, *, is_overlay: bool
) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for added in parsed.lists["also_cites"]:
        name, place = added.value.id, added.at("id")
        homes = [home for home in _homes_of(merged, name) if home[0] in _CITING]
        text: str | None = None
        if not is_overlay:
            text = "only a pack on top of another may add citations"
        elif name in first:
            text = f"“{name}” appears twice in this pack (first at {first[name]})"
        elif len(homes) > 1:
            text = f"“{name}” is the id of {len(homes)} entries: neither gets the citations"
        elif not homes:
            text = _why_none_cites(merged, name)
        elif (homes[0][0], name) in own_names:
            text = f"“{name}” is in this pack itself: add the citations there"
        else:
            _, home, key = homes[0]
            home[key] = home[key].citing_also(added)
            first[name] = place
            continue
        first.setdefault(name, place)
        # What it cites is checked nevertheless.
        merged.aside.append(("also_cites", added))
        if text:
            yield Problem(place, text)


def _why_none_cites(merged: Merged, name: str) -> str | None:
    """Say why no entry has this id; None if one may have it that could not be read."""
    for (kind, dropped), place in merged.dropped.items():
        if dropped == name and kind in _CITING:
            return f"“{name}” is dropped at {place}: leave out one of the two"
    if name in merged.leaves["situations"]:
        return f"“{name}” is a situation, and only its steps cite: override it"
    if any(merged.unreadable.may_be(kind, name) for kind in _CITING):
        return None
    alternatives = _names_of(merged, _CITING)
    return f"there is no “{brief(name)}” to add citations to{allowed(alternatives, name)}"
