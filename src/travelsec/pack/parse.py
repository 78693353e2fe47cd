"""Read the files of one pack into typed entries that know where they are written."""

from __future__ import annotations

import contextlib
import copy
import re
from collections.abc import Iterable, Iterator
from operator import methodcaller
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from travelsec.conditions import Condition
from travelsec.pack import model, yaml
from travelsec.pack.conditions import UnreadCondition
from travelsec.problems import InputError, Place, Problem, allowed, brief, few_guesses

T = TypeVar("T")

ENTRY_LISTS: dict[str, type] = {
    "questions": model.Question,
    "situations": model.Situation,
    "contacts": model.Contact,
    "withdrawn": model.Withdrawn,
    "guidance": model.Guidance,
    "also_cites": model.AddedCites,
}
"""The top-level keys that hold a list of entries, with the model of an entry."""

TOP_LEVEL = ("pack", "questions", "checklist", *list(ENTRY_LISTS)[1:], "drop")


class Located(Struct, Generic[T], frozen=True):
    """An entry, and the YAML it was read from."""

    value: T
    node: yaml.Mapping

    @property
    def place(self) -> Place:
        """Where the entry begins."""
        return self.node.place

    def at(self, *path: Any) -> Place:
        """Return the place of a field, or of an index in it; the entry's if it is missing."""
        node: Any = self.node
        place = self.place
        for key in path:
            if isinstance(node, dict) and key not in node:
                break
            place = node.place_of(key)
            node = node[key]
        return place

    def parts(self, key: str) -> list[Located[Any]]:
        """Return the entries listed in a field."""
        nodes = self.node.get(key) or ()
        return list(map(Located, getattr(self.value, key), nodes))

    def citing_also(self, added: Located[model.AddedCites]) -> Located[T]:
        """Return an entry that has `cites` with more of them, each at the place it is written."""
        cites = yaml.Sequence()
        for citations in (self.node.get("cites") or yaml.Sequence(), added.node["cites"]):
            for path, mark in zip(citations, citations.marks, strict=True):
                cites.add(path, mark)
        node = copy.copy(self.node)
        node.marks = {"cites": added.node.marks["cites"], **node.marks}
        node["cites"] = cites
        entry: Any = self.value
        return Located(replace(entry, cites=(*entry.cites, *added.value.cites)), node)


class Unreadable(Struct):
    """What could not be read of a pack: a reference to it is not a fault.

    `ids` holds the kinds and ids of entries, `kinds` the kinds in which anything may be missing.
    A kind is a top-level key; that of sections and items (`trip.packing`) is “checklist”.
    """

    ids: set[tuple[str, str]] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)

    def may_be(self, kind: str, name: str) -> bool:
        """Return whether there may be an entry with this id that could not be read."""
        return kind in self.kinds or (kind, name) in self.ids

    def add(self, kind: str, name: str | None) -> None:
        """Note an entry that could not be read; `name` is None if its id is unreadable too."""
        if kind in ("withdrawn", "also_cites"):
            return  # nothing refers to it
        if name is None:
            self.kinds.add(kind)
        else:
            self.ids.add((kind, name))

    def add_file(self) -> None:
        """Note that a file could not be read, which may hold entries of every kind."""
        self.kinds.update(TOP_LEVEL)


class ParsedPack(Struct):
    """All entries of one pack, in the order of its files and their lines.

    `problems` are the faults of the entries that could not be read; `partial` are those entries
    without what is wrong in them, with their kinds.
    """

    name: str
    problems: list[Problem] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    unreadable: Unreadable = field(default_factory=Unreadable)
    info: Located[model.PackInfo] | None = None
    lists: dict[str, list[Located[Any]]] = field(
        default_factory=lambda: {key: [] for key in ENTRY_LISTS}
    )
    checklists: list[Located[model.Checklist]] = field(default_factory=list)
    drops: list[tuple[str, Place]] = field(default_factory=list)
    partial: list[tuple[str, Located[Any]]] = field(default_factory=list)
    cut: list[Problem] = field(default_factory=list)
    """Texts that YAML cuts at a “#”, where the rest looks as if it were meant."""

    def digest(self) -> str:
        """Return the sha256 of the pack's typed content, whatever its files and their order."""
        import hashlib

        content = {
            "pack": _encode(self.info.value if self.info else None),
            "checklists": _encode_all(self.checklists),
            "drop": sorted(_encode(name) for name, _ in self.drops),
            **{
                key: _encode_all(placed)
                for key, placed in self.lists.items()
                # Packs without it keep the digest they had before it could be written.
                if placed or key != "also_cites"
            },
        }
        return hashlib.sha256(_encode(content)).hexdigest()


@few_guesses()
def parse_pack(name: str, files: Iterable[tuple[str, bytes]]) -> ParsedPack:
    """Read the files of one pack, as far as possible.

    Args:
        name: the pack's folder, as the user named it.
        files: name and bytes of each file, in order.
    """
    parsed = ParsedPack(name)
    # A “pack” with faults counts, and a file that could not be parsed may have one.
    may_have_info = False
    for file, data in files:
        parsed.files.append(file)
        try:
            tree = yaml.parse(data, file)
        except InputError as error:
            parsed.problems += error.problems
            may_have_info = True
            parsed.unreadable.add_file()
            continue
        parsed.cut += yaml.cut_texts(data, file)
        if isinstance(tree, yaml.Mapping):
            may_have_info = may_have_info or "pack" in tree
            _read_file(parsed, tree)
            continue
        text = f"a pack file is a mapping{allowed(TOP_LEVEL)}"
        parsed.problems.append(Problem(Place(file, 1, 1), text))
        if tree is not None:
            parsed.unreadable.add_file()
    if not may_have_info:
        text = "no file of this pack has the key “pack” (id, …)"
        parsed.problems.append(Problem(Place(name), text))
    return parsed


def _read_file(parsed: ParsedPack, tree: yaml.Mapping) -> None:
    for key, node in tree.items():
        place = tree.place_of(key)
        try:
            if key == "pack":
                if parsed.info is not None:
                    text = f"“pack” appears twice in this pack (first at {parsed.info.place})"
                    raise InputError.at(place, text)
                parsed.info = _entry(node, model.PackInfo, place)
            elif key == "checklist":
                _read_checklist(parsed, node, place)
            elif key == "drop":
                names = _convert(node, tuple[model.Text, ...], place)
                parsed.drops += [(name, node.place_of(index)) for index, name in enumerate(names)]
            elif key in ENTRY_LISTS:
                _read_list(parsed, key, node, place)
            else:
                parsed.unreadable.add_file()
                # Imported here, so that a pack without faults loads faster.
                from travelsec.pack.validation import key_hint

                text = f"unknown field “{brief(key)}”{allowed(TOP_LEVEL, key)}{key_hint(key)}"
                raise InputError.at(tree.place_of_key(key), text)
        except InputError as error:
            parsed.problems += error.problems
            if key == "drop":
                parsed.unreadable.add("drop", None)


def _read_list(parsed: ParsedPack, key: str, node: Any, place: Place) -> None:
    if not isinstance(node, yaml.Sequence):
        parsed.unreadable.add(key, None)
        raise InputError.at(place, f"“{key}” holds a list of entries: begin each with “- ”")
    pattern = model.FACT_PATTERN if key == "questions" else model.ID_PATTERN
    for index, entry in enumerate(node):
        try:
            at = node.place_of(index)
            parsed.lists[key].append(_entry(entry, ENTRY_LISTS[key], at))
        except InputError as error:
            parsed.problems += error.problems
            parsed.unreadable.add(key, _valid_id(entry, pattern))
            parsed.partial += _partial(entry, key, ENTRY_LISTS[key])


def _read_checklist(parsed: ParsedPack, node: Any, place: Place) -> None:
    try:
        parsed.checklists.append(_entry(node, model.Checklist, place))
    except InputError:
        # A faulty item must not hide the faults of the others.
        checklist = _valid_id(node)
        unreadable: set[str | None] = set()
        readable = _readable(node, model.Checklist, place, unreadable, parsed.partial)
        if readable is None:
            parsed.unreadable.add("checklist", checklist)
        else:
            parsed.checklists.append(_entry(readable, model.Checklist, place))
        for name in unreadable:
            parsed.unreadable.add(
                "checklist", f"{checklist}.{name}" if checklist and name else None
            )
        raise


_INNER_LISTS: dict[type, tuple[str, type]] = {
    model.Checklist: ("sections", model.Section),
    model.Section: ("items", model.Item),
}


def _readable(
    node: Any,
    kind: type,
    place: Place,
    unreadable: set[str | None],
    partial: list[tuple[str, Located[Any]]],
) -> Any:
    """Return the entry without its unreadable parts, or None if it is unreadable itself.

    The ids of unreadable sections and items are added to `unreadable`, what can be read of these
    items to `partial`.
    """
    key, part_kind = _INNER_LISTS.get(kind, ("", kind))
    readable = node
    if isinstance(node, yaml.Mapping) and isinstance(node.get(key), yaml.Sequence):
        parts = yaml.Sequence()
        for mark, part_node in zip(node[key].marks, node[key], strict=True):
            if (
                readable_part := _readable(part_node, part_kind, place, unreadable, partial)
            ) is not None:
                parts.add(readable_part, mark)
        readable = copy.copy(node)
        readable[key] = parts
    try:
        _convert(readable, kind, place)
    except InputError:
        unreadable.update(_ids_within(node, kind))
        if kind is model.Item:
            partial += _partial(node, "checklist", kind)
        return None
    return readable


def _partial(node: Any, key: str, kind: type) -> Iterator[tuple[str, Located[Any]]]:
    """Yield what can be read of an unreadable entry, so that one fault hides no other in it."""
    if not isinstance(node, yaml.Mapping):
        return
    left = copy.copy(node)
    fields = {spec.encode_name: spec for spec in msgspec.structs.fields(kind)}
    # Placeholders for missing or faulty fields; the checks skip them.
    read: dict[str, Any] = {
        spec.name: () if spec.name in ("cites", "steps") else ""
        for spec in fields.values()
        if spec.required
    }
    unread = set(node) - set(fields)
    for name, spec in fields.items():
        if name not in node:
            continue
        if isinstance(node[name], yaml.Sequence):
            if name == "steps":
                for step in node[name]:
                    yield from _partial(step, name, model.Step)
            left[name] = _readable_members(node[name], spec.type)
        try:
            read[spec.name] = _read_model(left[name], spec.type)
        except msgspec.ValidationError:
            unread.add(name)
    if kind is model.Question and unread - {"id", "ask", "help", "when", "cites"}:
        read["type"] = ""  # the faulty field may be what the type needs
    if kind is model.Contact:
        read.setdefault("note", "?")  # the faulty field may be a way to reach them
    yield key, Located(kind(**read), left)


def _readable_members(nodes: yaml.Sequence, kind: Any) -> yaml.Sequence:
    """Return the members of a list that can be read."""
    readable = yaml.Sequence()
    for node, mark in zip(nodes, nodes.marks, strict=True):
        with contextlib.suppress(msgspec.ValidationError):
            _read_model([node], kind)
            readable.add(node, mark)
    return readable


def _ids_within(node: Any, kind: type) -> Iterator[str | None]:
    """Yield the ids of the sections and items in a node; None for one that cannot be read."""
    if kind is not model.Checklist:
        yield _valid_id(node)
    if kind in _INNER_LISTS:
        key, part_kind = _INNER_LISTS[kind]
        parts = node.get(key) if isinstance(node, yaml.Mapping) else None
        if not isinstance(parts, yaml.Sequence):
            yield None
            return
        for part_node in parts:
            yield from _ids_within(part_node, part_kind)


def _valid_id(node: Any, pattern: str = model.ID_PATTERN) -> str | None:
    name = node.get("id") if isinstance(node, yaml.Mapping) else None
    return name if isinstance(name, str) and re.search(pattern, name) else None


def _entry(node: Any, kind: type[T], place: Place) -> Located[T]:
    return Located(_convert(node, kind, place), node)


def _convert(node: Any, kind: type[T], place: Place) -> T:
    """Read a tree as a model, with texts as numbers, dates or booleans where fields need them.

    Conditions are only checked to be mappings: they are read once all questions are known.

    Raises:
        InputError: every fault of the entry, each at its line and column.
    """
    try:
        return _read_model(node, kind)
    except msgspec.ValidationError as error:
        # Imported here, so that a pack without faults loads faster.
        from travelsec.pack.validation import validate

        problems = list(validate(node, kind, place))
        raise InputError(problems or [Problem(place, str(error))]) from None


def _read_model(node: Any, kind: type[T]) -> T:
    return msgspec.convert(node, kind, strict=False, dec_hook=_read_custom)


def _read_custom(kind: type, value: Any) -> Any:
    if kind is Condition and isinstance(value, yaml.Mapping):
        return UnreadCondition(value)
    raise ValueError("a mapping of facts to values is needed here")


def _encode_all(placed: Iterable[Located[Any]]) -> list[bytes]:
    return sorted(_encode(located.value) for located in placed)


def _encode(content: Any) -> bytes:
    return msgspec.json.encode(content, enc_hook=methodcaller("to_data"))  # of conditions
