"""One pack as its files say it: typed entries, each knowing where it was written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct, field

from travelsec.conditions import Condition
from travelsec.pack import model, yaml
from travelsec.pack.convert import convert
from travelsec.pack.yaml import place_of, place_of_key, place_of_value
from travelsec.problems import InputError, Place, Problem, allowed, brief, few_guesses

T = TypeVar("T")

LISTS: dict[str, type] = {
    "questions": model.Question,
    "situations": model.Situation,
    "contacts": model.Contact,
    "withdrawn": model.Withdrawn,
    "guidance": model.Guidance,
}
"""The top-level keys that hold a list of entries, with the model of an entry."""

TOP_LEVEL = ("pack", "questions", "checklist", *list(LISTS)[1:], "drop")


class Located(Struct, Generic[T], frozen=True):
    """An entry and where it was written. `node` is the tree it was read from."""

    value: T
    node: yaml.Mapping
    file: str

    @property
    def place(self) -> Place:
        """Where the entry begins."""
        return place_of(self.file, self.node)

    def at(self, *path: Any) -> Place:
        """Return where a field (or an index within a field's list) stands, else the entry."""
        node: Any = self.node
        place = self.place
        for key in path:
            if isinstance(node, dict) and key not in node:
                break
            place = place_of_value(self.file, node, key)
            node = node[key]
        return place


class Unreadable(Struct):
    """What is not known of a pack because it could not be read: no fault may come of that.

    `ids` are the kinds and ids of entries, `kinds` those in which anything at all may be missing.
    A kind is a top-level key; “checklist” is that of sections and items (`trip.packing`) too.
    """

    ids: set[tuple[str, str]] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)

    def may_be(self, kind: str, name: str) -> bool:
        """Tell whether an entry of this id may be among what could not be read."""
        return kind in self.kinds or (kind, name) in self.ids

    def add(self, kind: str, name: str | None) -> None:
        """Note an entry that could not be read; its id is None if that could not be read either."""
        if kind == "withdrawn":
            return  # Nothing refers to it.
        if name is None:
            self.kinds.add(kind)
        else:
            self.ids.add((kind, name))

    def add_file(self) -> None:
        """Note that something could not be read that may have held entries of every kind."""
        self.kinds.update(TOP_LEVEL)


class ParsedPack(Struct):
    """All entries of one pack, in the order of its files and of their lines."""

    name: str
    files: list[str] = field(default_factory=list)
    lost: Unreadable = field(default_factory=Unreadable)
    info: Located[model.PackInfo] | None = None
    lists: dict[str, list[Located[Any]]] = field(default_factory=lambda: {key: [] for key in LISTS})
    checklists: list[Located[model.Checklist]] = field(default_factory=list)
    drops: list[tuple[str, Place]] = field(default_factory=list)

    def digest(self) -> str:
        """Return the sha256 of the pack's typed content; file names and order do not count."""
        import hashlib

        content = {
            "pack": _encode(self.info.value if self.info else None),
            "checklists": _encode_all(self.checklists),
            "drop": sorted(_encode(name) for name, _ in self.drops),
            **{key: _encode_all(placed) for key, placed in self.lists.items()},
        }
        return hashlib.sha256(_encode(content)).hexdigest()


@few_guesses()
def parse_pack(name: str, files: Iterable[tuple[str, bytes]]) -> tuple[ParsedPack, list[Problem]]:
    """Read the files of one pack.

    Args:
        name: the pack's folder, as the user named it.
        files: name and bytes of each file, in order.

    Returns:
        What could be read, and the faults of what could not.
    """
    draft = ParsedPack(name)
    problems: list[Problem] = []
    # A file that could not be parsed may hold it, and a “pack” with faults is there.
    may_have_info = False
    for file, data in files:
        draft.files.append(file)
        try:
            tree = yaml.parse(data, file)
        except InputError as error:
            problems += error.problems
            may_have_info = True
            draft.lost.add_file()
            continue
        if not isinstance(tree, yaml.Mapping):
            problems.append(
                Problem(Place(file, 1, 1), f"a pack file is a mapping{allowed(TOP_LEVEL)}")
            )
            if tree is not None:
                draft.lost.add_file()
            continue
        may_have_info = may_have_info or "pack" in tree
        _read_file(draft, tree, file, problems)
    if not may_have_info:
        problems.append(Problem(Place(name), "no file of this pack has the key “pack” (id, …)"))
    return draft, problems


def _read_file(draft: ParsedPack, tree: yaml.Mapping, file: str, problems: list[Problem]) -> None:
    for key, node in tree.items():
        place = place_of_value(file, tree, key)
        try:
            if key == "pack":
                _read_info(draft, node, file, place)
            elif key == "checklist":
                _read_checklist(draft, node, file, place)
            elif key == "drop":
                names = convert(node, tuple[model.Text, ...], file, place)
                draft.drops += [
                    (name, place_of_value(file, node, index)) for index, name in enumerate(names)
                ]
            elif key in LISTS:
                _read_list(draft, key, node, file, place, problems)
            else:
                draft.lost.add_file()
                raise InputError(
                    [
                        Problem(
                            place_of_key(file, tree, key),
                            f"unknown field “{brief(key)}”{allowed(TOP_LEVEL, key)}",
                        )
                    ]
                )
        except InputError as error:
            problems += error.problems
            if key == "drop":
                draft.lost.add("drop", None)


def _read_info(draft: ParsedPack, node: Any, file: str, place: Place) -> None:
    if draft.info is not None:
        raise InputError(
            [Problem(place, f"“pack” stands twice in this pack (first at {draft.info.place})")]
        )
    draft.info = _entry(node, model.PackInfo, file, place)


def _read_list(
    draft: ParsedPack, key: str, node: Any, file: str, place: Place, problems: list[Problem]
) -> None:
    if not isinstance(node, yaml.Sequence):
        draft.lost.add(key, None)
        problems.append(Problem(place, f"“{key}” holds a list of entries"))
        return
    for index, entry in enumerate(node):
        try:
            at = place_of_value(file, node, index)
            draft.lists[key].append(_entry(entry, LISTS[key], file, at))
        except InputError as error:
            problems += error.problems
            pattern = model.FACT_PATTERN if key == "questions" else model.ID_PATTERN
            draft.lost.add(key, _id(entry, pattern))


def _read_checklist(draft: ParsedPack, node: Any, file: str, place: Place) -> None:
    try:
        draft.checklists.append(_entry(node, model.Checklist, file, place))
    except InputError:
        # One item with a fault must not hide the faults in all the others.
        lost: list[tuple[Any, type]] = []
        rest = _readable(node, model.Checklist, file, place, lost)
        if rest is not None:
            draft.checklists.append(_entry(rest, model.Checklist, file, place))
        checklist = _id(node)
        for part, kind in lost:
            for name in _ids_within(part, kind):
                full = f"{checklist}.{name}" if checklist and name else None
                draft.lost.add("checklist", full)
        if rest is None:
            draft.lost.add("checklist", checklist)
        raise


_PARTS: dict[type, tuple[str, type]] = {
    model.Checklist: ("sections", model.Section),
    model.Section: ("items", model.Item),
}


def _readable(node: Any, kind: type, file: str, place: Place, lost: list[tuple[Any, type]]) -> Any:
    """Return the entry without those of its parts that cannot be read, or None.

    Args:
        lost: takes the nodes that cannot be read, with what they should be.
    """
    key, part = _PARTS.get(kind, ("", kind))
    rest = node
    inner: list[tuple[Any, type]] = []
    if isinstance(node, yaml.Mapping) and isinstance(node.get(key), yaml.Sequence):
        parts = yaml.Sequence(node[key].mark)
        for mark, one in zip(node[key].marks, node[key], strict=True):
            kept = _readable(one, part, file, place, inner)
            if kept is not None:
                parts.append(kept)
                parts.marks.append(mark)
        rest = yaml.Mapping(node.mark)
        rest.update({**node, key: parts})
        rest.marks = node.marks
    try:
        convert(rest, kind, file, place)
    except InputError:
        lost.append((node, kind))
        return None
    lost += inner
    return rest


def _ids_within(node: Any, kind: type) -> Iterator[str | None]:
    """Yield the ids of the sections and items in a node; None where one cannot be read."""
    if kind is not model.Checklist:
        yield _id(node)
    if kind in _PARTS:
        key, part = _PARTS[kind]
        parts = node.get(key) if isinstance(node, yaml.Mapping) else None
        if not isinstance(parts, yaml.Sequence):
            yield None
            return
        for one in parts:
            yield from _ids_within(one, part)


def _id(node: Any, pattern: str = model.ID_PATTERN) -> str | None:
    name = node.get("id") if isinstance(node, yaml.Mapping) else None
    return name if isinstance(name, str) and re.search(pattern, name) else None


def _entry(node: Any, kind: type[T], file: str, place: Place) -> Located[T]:
    return Located(convert(node, kind, file, place), node, file)


def _encode_all(placed: Iterable[Located[Any]]) -> list[bytes]:
    return sorted(_encode(located.value) for located in placed)


def _encode(content: Any) -> bytes:
    return msgspec.json.encode(content, enc_hook=_encode_condition)


def _encode_condition(value: Any) -> Any:
    if isinstance(value, Condition):
        return value.to_data()
    raise TypeError(type(value))
