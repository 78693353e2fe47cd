"""Lay packs over one another: checklists and sections merge, leaves need `override`, `drop`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from msgspec import Struct, field

from travelsec.pack import model
from travelsec.pack.parse import Located, ParsedPack, Unreadable
from travelsec.problems import Place, Problem, allowed, brief, few_guesses


class MergedSection(Struct):
    """A section's own fields (the last pack's word holds) and its items by id."""

    written: list[Located[model.Section]] = field(default_factory=list)
    items: dict[str, Located[model.Item]] = field(default_factory=dict)


class MergedChecklist(Struct):
    """A checklist's own fields (the last pack's word holds) and its sections by id."""

    written: list[Located[model.Checklist]] = field(default_factory=list)
    sections: dict[str, MergedSection] = field(default_factory=dict)

    def home_of(self, item: str) -> MergedSection | None:
        """Return the section that holds the item of this id, if any does."""
        return next((s for s in self.sections.values() if item in s.items), None)


class Merged(Struct):
    """The entries that stand once all packs are laid over one another.

    `lost` is what nothing may be said of: what could not be read, and ids that stand twice.
    `aside` are the entries, by kind, in whose place another stands that they clash with.
    `dropped` says for the kinds and ids that are gone where an overlay dropped them.
    """

    leaves: dict[str, dict[str, Located[Any]]]
    lost: Unreadable
    withdrawn: list[Located[model.Withdrawn]] = field(default_factory=list)
    checklists: dict[str, MergedChecklist] = field(default_factory=dict)
    aside: list[tuple[str, Located[Any]]] = field(default_factory=list)
    dropped: dict[tuple[str, str], Place] = field(default_factory=dict)

    def home_of(self, name: str) -> MergedSection | None:
        """Return the section that holds the item of this full id, if any does."""
        checklist, _, item = name.partition(".")
        return self.checklists.get(checklist, MergedChecklist()).home_of(item)

    def items(self) -> Iterator[tuple[str, Located[model.Item]]]:
        """Yield the full id of every item, and the item."""
        for name, checklist in self.checklists.items():
            for section in checklist.sections.values():
                yield from ((f"{name}.{item}", found) for item, found in section.items.items())


def last_with(written: Sequence[Located[Any]], field: str) -> Located[Any]:
    """Return the entry that has the packs' last word on a field, else the first."""
    given = [placed for placed in written if placed.node.get(field) is not None]
    return given[-1] if given else written[0]


Below: TypeAlias = dict[int, Located[Any]]

_DROPPABLE = ("questions", "situations", "contacts")
_LEAVES = (*_DROPPABLE, "guidance")


@few_guesses()
def merge(drafts: Sequence[ParsedPack]) -> tuple[Merged, list[Problem]]:
    """Lay the packs over one another, the first at the bottom.

    Returns:
        The merged entries, and the clashes, overrides of nothing and drops of nothing.
    """
    merged = Merged({key: {} for key in _LEAVES}, _all_lost(drafts))
    problems: list[Problem] = []
    for index, draft in enumerate(drafts):
        # By identity. The entries themselves are kept: the id of one that is gone can come again.
        below = {id(entry): entry for entry in _all_leaves(merged)}
        problems += _drop(merged, draft, is_overlay=index > 0)
        _take_away_lost(merged, draft, is_overlay=index > 0)
        for key in _LEAVES:
            for placed in draft.lists[key]:
                name = placed.value.id
                present = merged.leaves[key].get(name)
                if _may_stand(merged, key, name, placed, present, below, problems):
                    merged.leaves[key][name] = placed
                    merged.dropped.pop((key, name), None)
        merged.withdrawn += draft.lists["withdrawn"]
        for checklist in draft.checklists:
            _merge_checklist(merged, checklist, below, problems)
    return merged, problems


def _merge_checklist(
    merged: Merged, placed: Located[model.Checklist], below: Below, problems: list[Problem]
) -> None:
    checklist = merged.checklists.setdefault(placed.value.id, MergedChecklist())
    checklist.written.append(placed)
    first: dict[str, Place] = {}
    for index, section in enumerate(placed.value.sections):
        node = placed.node["sections"][index]
        place = placed.at("sections", index, "id")
        if section.id in first:
            problems.append(
                Problem(
                    place,
                    f"the section “{section.id}” stands twice in this list "
                    f"(first at {first[section.id]})",
                )
            )
        first.setdefault(section.id, place)
        target = checklist.sections.setdefault(section.id, MergedSection())
        target.written.append(Located(section, node, placed.file))
        for number, item in enumerate(section.items):
            located = Located(item, node["items"][number], placed.file)
            home = checklist.home_of(item.id)
            present = home.items[item.id] if home else None
            name = f"{placed.value.id}.{item.id}"
            if not _may_stand(merged, "checklist", name, located, present, below, problems):
                continue
            if home is not None and home is not target:
                del home.items[item.id]
            target.items[item.id] = located


def _all_lost(drafts: Sequence[ParsedPack]) -> Unreadable:
    lost = Unreadable()
    for index, draft in enumerate(drafts):
        lost.ids |= draft.lost.ids
        # The pack at the bottom may not drop anything.
        lost.kinds |= draft.lost.kinds if index else draft.lost.kinds - {"drop"}
    return lost


def _take_away_lost(merged: Merged, draft: ParsedPack, *, is_overlay: bool) -> None:
    """Take away what an entry that could not be read may replace: it would not be judged aright."""
    for key, name in draft.lost.ids:
        if key in _DROPPABLE:
            merged.leaves[key].pop(name, None)
        elif key == "checklist" and (home := merged.home_of(name)):
            del home.items[name.partition(".")[2]]
    if is_overlay and "questions" in draft.lost.kinds:
        # Any question with choices may have more of them, in a place that could not be read.
        questions = merged.leaves["questions"].values()
        merged.lost.ids |= {
            ("questions", located.value.id) for located in questions if located.value.choices
        }


def _may_stand(
    merged: Merged,
    key: str,
    name: str,
    placed: Located[Any],
    present: Located[Any] | None,
    below: Below,
    problems: list[Problem],
) -> bool:
    """Tell whether the entry takes the place of the one present, if any; else it is set aside."""
    override = getattr(placed.value, "override", False)
    if present is None:
        if override and not merged.lost.may_be(key, name):
            problems.append(
                Problem(placed.at("override"), f"“{name}” overrides nothing: no pack below has it")
            )
        return True
    if id(present) in below and override:
        return True
    # Whoever refers to this id may mean the one or the other.
    merged.lost.add(key, name)
    merged.aside.append((key, placed))
    if id(present) not in below:
        text = f"“{name}” stands twice in this pack (first at {present.place})"
        problems.append(Problem(placed.at("id"), text))
    elif "drop" not in merged.lost.kinds:
        way = "take another id"
        if hasattr(placed.value, "override"):
            way = f"write “override: true” to replace it, or {way}"
        text = f"“{name}” is already at {present.place}: {way}"
        problems.append(Problem(placed.at("id"), text))
    return False


def _drop(merged: Merged, draft: ParsedPack, *, is_overlay: bool) -> Iterator[Problem]:
    for name, place in draft.drops:
        homes = list(_homes(merged, name))
        if not is_overlay:
            yield Problem(place, "only a pack on top of another may drop something")
        elif any(dropped == name for _, dropped in merged.dropped):
            continue  # by a pack below: both want it out
        elif name in merged.checklists:
            yield Problem(place, f"“{name}” is a checklist: drop its items, one by one")
        elif not homes:
            if not any(merged.lost.may_be(kind, name) for kind in (*_LEAVES, "checklist")):
                yield Problem(
                    place, f"there is no “{brief(name)}” to drop{allowed(_droppable(merged), name)}"
                )
        elif len(homes) > 1:
            yield Problem(place, f"“{name}” is the id of {len(homes)} things: none is dropped")
        else:
            kind, home, key = homes[0]
            del home[key]
            merged.dropped[kind, name] = place


def _homes(merged: Merged, name: str) -> Iterator[tuple[str, dict[str, Any], str]]:
    for key in _DROPPABLE:
        if name in merged.leaves[key]:
            yield key, merged.leaves[key], name
    if home := merged.home_of(name):
        yield "checklist", home.items, name.partition(".")[2]


def _droppable(merged: Merged) -> Iterator[str]:
    for key in _DROPPABLE:
        yield from merged.leaves[key]
    yield from (name for name, _ in merged.items())


def _all_leaves(merged: Merged) -> Iterator[Located[Any]]:
    for leaves in merged.leaves.values():
        yield from leaves.values()
    yield from (item for _, item in merged.items())
