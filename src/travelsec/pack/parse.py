"""One pack as its files say it: typed entries, each knowing where it was written."""

from __future__ import annotations

from collections.abc import Iterable
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


class ParsedPack(Struct):
    """All entries of one pack, in the order of its files and of their lines.

    `unreadable` are the top-level keys below which something could not be read.
    """

    name: str
    files: list[str] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
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
            draft.unreadable.update(TOP_LEVEL)
            continue
        if not isinstance(tree, yaml.Mapping):
            problems.append(
                Problem(Place(file, 1, 1), f"a pack file is a mapping{allowed(TOP_LEVEL)}")
            )
            if tree is not None:
                draft.unreadable.update(TOP_LEVEL)
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
                draft.unreadable.update(TOP_LEVEL)
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
            draft.unreadable.add(key)


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
        raise InputError([Problem(place, f"“{key}” holds a list of entries")])
    for index, entry in enumerate(node):
        try:
            at = place_of_value(file, node, index)
            draft.lists[key].append(_entry(entry, LISTS[key], file, at))
        except InputError as error:
            problems += error.problems
            draft.unreadable.add(key)


def _read_checklist(draft: ParsedPack, node: Any, file: str, place: Place) -> None:
    try:
        draft.checklists.append(_entry(node, model.Checklist, file, place))
    except InputError:
        # One item with a fault must not hide the faults in all the others.
        rest = _readable(node, model.Checklist, file, place)
        if rest is not None:
            draft.checklists.append(_entry(rest, model.Checklist, file, place))
        raise


_PARTS: dict[type, tuple[str, type]] = {
    model.Checklist: ("sections", model.Section),
    model.Section: ("items", model.Item),
}


def _readable(node: Any, kind: type, file: str, place: Place) -> Any:
    """Return the entry without those of its parts that cannot be read, or None."""
    key, part = _PARTS.get(kind, ("", kind))
    rest = node
    if isinstance(node, yaml.Mapping) and isinstance(node.get(key), yaml.Sequence):
        parts = yaml.Sequence(node[key].mark)
        for mark, one in zip(node[key].marks, node[key], strict=True):
            kept = _readable(one, part, file, place)
            if kept is not None:
                parts.append(kept)
                parts.marks.append(mark)
        rest = yaml.Mapping(node.mark)
        rest.update({**node, key: parts})
        rest.marks = node.marks
    try:
        convert(rest, kind, file, place)
    except InputError:
        return None
    return rest


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
