"""One pack as its files say it: typed entries, each knowing where it was written."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from operator import methodcaller
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct, field

from travelsec.conditions import Condition
from travelsec.pack import model, yaml
from travelsec.pack.conditions import UnreadCondition
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

    @property
    def place(self) -> Place:
        """Where the entry begins."""
        return self.node.place

    def at(self, *path: Any) -> Place:
        """Return where a field (or an index in its list) stands; the entry if it is not there."""
        node: Any = self.node
        place = self.place
        for key in path:
            if isinstance(node, dict) and key not in node:
                break
            place = node.place_of(key)
            node = node[key]
        return place

    def parts(self, key: str) -> list[Located[Any]]:
        """Return the entries that a field of this one lists."""
        nodes = self.node.get(key) or ()
        return list(map(Located, getattr(self.value, key), nodes))


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
    """All entries of one pack, in the order of its files and of their lines.

    `problems` says what is wrong with the entries that could not be read.
    """

    name: str
    problems: list[Problem] = field(default_factory=list)
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
def parse_pack(name: str, files: Iterable[tuple[str, bytes]]) -> ParsedPack:
    """Read the files of one pack, as far as they can be read.

    Args:
        name: the pack's folder, as the user named it.
        files: name and bytes of each file, in order.
    """
    draft = ParsedPack(name)
    # A file that could not be parsed may hold it, and a “pack” with faults is there.
    may_have_info = False
    for file, data in files:
        draft.files.append(file)
        try:
            tree = yaml.parse(data, file)
        except InputError as error:
            draft.problems += error.problems
            may_have_info = True
            draft.lost.add_file()
            continue
        if isinstance(tree, yaml.Mapping):
            may_have_info = may_have_info or "pack" in tree
            _read_file(draft, tree)
            continue
        text = f"a pack file is a mapping{allowed(TOP_LEVEL)}"
        draft.problems.append(Problem(Place(file, 1, 1), text))
        if tree is not None:
            draft.lost.add_file()
    if not may_have_info:
        text = "no file of this pack has the key “pack” (id, …)"
        draft.problems.append(Problem(Place(name), text))
    return draft


def _read_file(draft: ParsedPack, tree: yaml.Mapping) -> None:
    for key, node in tree.items():
        place = tree.place_of(key)
        try:
            if key == "pack":
                if draft.info is not None:
                    text = f"“pack” stands twice in this pack (first at {draft.info.place})"
                    raise InputError.at(place, text)
                draft.info = _entry(node, model.PackInfo, place)
            elif key == "checklist":
                _read_checklist(draft, node, place)
            elif key == "drop":
                names = _convert(node, tuple[model.Text, ...], place)
                draft.drops += [(name, node.place_of(index)) for index, name in enumerate(names)]
            elif key in LISTS:
                _read_list(draft, key, node, place)
            else:
                draft.lost.add_file()
                text = f"unknown field “{brief(key)}”{allowed(TOP_LEVEL, key)}"
                raise InputError.at(tree.place_of_key(key), text)
        except InputError as error:
            draft.problems += error.problems
            if key == "drop":
                draft.lost.add("drop", None)


def _read_list(draft: ParsedPack, key: str, node: Any, place: Place) -> None:
    if not isinstance(node, yaml.Sequence):
        draft.lost.add(key, None)
        raise InputError.at(place, f"“{key}” holds a list of entries")
    pattern = model.FACT_PATTERN if key == "questions" else model.ID_PATTERN
    for index, entry in enumerate(node):
        try:
            at = node.place_of(index)
            draft.lists[key].append(_entry(entry, LISTS[key], at))
        except InputError as error:
            draft.problems += error.problems
            draft.lost.add(key, _id(entry, pattern))


def _read_checklist(draft: ParsedPack, node: Any, place: Place) -> None:
    try:
        draft.checklists.append(_entry(node, model.Checklist, place))
    except InputError:
        # One item with a fault must not hide the faults in all the others.
        checklist = _id(node)
        lost: set[str | None] = set()
        rest = _readable(node, model.Checklist, place, lost)
        if rest is None:
            draft.lost.add("checklist", checklist)
        else:
            draft.checklists.append(_entry(rest, model.Checklist, place))
        for name in lost:
            draft.lost.add("checklist", f"{checklist}.{name}" if checklist and name else None)
        raise


_PARTS: dict[type, tuple[str, type]] = {
    model.Checklist: ("sections", model.Section),
    model.Section: ("items", model.Item),
}


def _readable(node: Any, kind: type, place: Place, lost: set[str | None]) -> Any:
    """Return the entry without those of its parts that cannot be read; None if it cannot be.

    The ids of the sections and items that cannot be read are added to `lost`.
    """
    key, part = _PARTS.get(kind, ("", kind))
    rest = node
    if isinstance(node, yaml.Mapping) and isinstance(node.get(key), yaml.Sequence):
        parts = yaml.Sequence()
        for mark, one in zip(node[key].marks, node[key], strict=True):
            if (kept := _readable(one, part, place, lost)) is not None:
                parts.add(kept, mark)
        rest = copy.copy(node)
        rest[key] = parts
    try:
        _convert(rest, kind, place)
    except InputError:
        lost.update(_ids_within(node, kind))
        return None
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


def _entry(node: Any, kind: type[T], place: Place) -> Located[T]:
    return Located(_convert(node, kind, place), node)


def _convert(node: Any, kind: type[T], place: Place) -> T:
    """Read a tree as a model; texts become the numbers, dates or booleans their fields call for.

    Conditions are only checked to be mappings: they can be read once all questions are known.

    Raises:
        InputError: every fault of the entry, each at its own line and column.
    """
    try:
        return msgspec.convert(node, kind, strict=False, dec_hook=_read_custom)
    except msgspec.ValidationError as error:
        # Imported only where there is a fault: a pack without any is read sooner.
        from travelsec.pack.validation import validate

        found = list(validate(node, kind, place))
        raise InputError(found or [Problem(place, str(error))]) from None


def _read_custom(kind: type, value: Any) -> Any:
    if kind is Condition and isinstance(value, yaml.Mapping):
        return UnreadCondition(value)
    raise ValueError("a mapping of facts to values is needed here")


def _encode_all(placed: Iterable[Located[Any]]) -> list[bytes]:
    return sorted(_encode(located.value) for located in placed)


def _encode(content: Any) -> bytes:
    return msgspec.json.encode(content, enc_hook=methodcaller("to_data"))  # of conditions
