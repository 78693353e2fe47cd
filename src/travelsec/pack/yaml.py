"""Read YAML text strictly and safely into a tree whose every value knows its line and column."""

from __future__ import annotations

import itertools
import re
from typing import Any, TypeAlias

from travelsec.problems import InputError, Place, brief

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 20
MAX_VALUES = 250_000
"""Texts, lists and mappings of one file, names of fields too: more take seconds and much memory."""

Node: TypeAlias = "str | Mapping | Sequence | None"


class Mapping(dict[str, Any]):
    """A YAML mapping. `marks[key]` is the pair of parser marks of the key and of its value."""

    __slots__ = ("mark", "marks")

    def __init__(self, mark: Any) -> None:
        super().__init__()
        self.mark = mark
        self.marks: dict[str, tuple[Any, Any]] = {}


class Sequence(list[Any]):
    """A YAML list. `marks[i]` is the parser mark of the i-th value."""

    __slots__ = ("mark", "marks")

    def __init__(self, mark: Any) -> None:
        super().__init__()
        self.mark = mark
        self.marks: list[Any] = []


def place_of_key(file: str, mapping: dict[str, Any], key: str) -> Place:
    """Return where the key stands in the file; for a plain dict, only the file."""
    return _place(file, mapping.marks[key][0]) if isinstance(mapping, Mapping) else Place(file)


def place_of_value(file: str, parent: dict[str, Any] | Sequence, key: Any) -> Place:
    """Return where the value of this key or index stands; for a plain dict, only the file."""
    if isinstance(parent, Sequence):
        return _place(file, parent.marks[key])
    return _place(file, parent.marks[key][1]) if isinstance(parent, Mapping) else Place(file)


def place_of(file: str, node: Mapping | Sequence) -> Place:
    """Return where a mapping or list begins."""
    return _place(file, node.mark)


def parse(data: bytes, file: str) -> Node:
    """Read one YAML (or JSON) document.

    Plain scalars stay text, whatever they look like (`NO`, `0203`, `12:30`): the type of the
    field decides later. Only a plain `null`, `~` or nothing at all reads as None; `Null` is
    refused, for other programs read nothing where someone may have meant a name.

    Args:
        data: the file's bytes, UTF-8 with or without a byte order mark.
        file: the name to show in problems.

    Returns:
        str, None, `Mapping` or `Sequence`, nested; None for an empty document.

    Raises:
        InputError: too large, not UTF-8, not YAML, nested deeper than 20, or with anchors,
            aliases, tags, control characters, duplicate keys, `Null` or several documents.
    """
    # Takes as long as an eighth of a short command, and most commands read no YAML.
    import yaml

    if len(data) > MAX_BYTES:
        raise InputError.at(Place(file), f"the file is larger than {MAX_BYTES // 1024 // 1024} MiB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # `error.object` begins after a byte order mark, and so does the count of `error.start`.
        before = error.object[: error.start].decode()
        place = _place_in(file, before, len(before))
        raise InputError.at(place, "this is not UTF-8 text: save the file as UTF-8") from None
    if refused := re.search(REFUSED, text):
        place = _place_in(file, text, refused.start())
        raise InputError.at(place, f"the character U+{ord(refused[0]):04X} is not read: remove it")
    if text.lstrip().startswith(("{", "[")):
        text = _join_surrogates(text)
    try:
        return _build(text, file)
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark
        why = " ".join(filter(None, (error.context, error.problem)))
    except yaml.YAMLError as error:
        why = " ".join(str(error).split())
        raise InputError.at(Place(file), f"this is not YAML: {why}") from None
    # Only now: the error holds on to all that was read so far, and a second reading takes as much.
    refuse_deep_nesting(text[: mark.index], file)
    hint = _HINTS.get(text[mark.index : mark.index + 1], "")
    raise _fault(file, mark, f"this is not YAML: {why}{hint}")


def _build(text: str, file: str) -> Node:
    """Turn the parser's events into a tree, without recursion: depth is bounded, not trusted."""
    import yaml

    # What is open; at the bottom, a list that holds the document.
    root = Sequence(None)
    stack: list[Mapping | Sequence] = [root]
    # The key whose value is awaited, one per open mapping; lists put None there.
    keys: list[tuple[str, Any] | None] = [None]
    left = MAX_VALUES
    event: Any
    loader = _loader()(text)
    # Not `yaml.parse`: its two calls and a generator for each event take as long as the parser.
    while (kind := type(event := loader.get_event())) is not yaml.StreamEndEvent:
        if kind is yaml.ScalarEvent:
            _refuse_extras(event, file)
            value: Node = event.value
            if not event.style and value in _NOTHING:
                if value in _OTHER_NULLS:
                    text = "without quotes is read in two ways: write null for nothing, or"
                    raise _fault(file, event.start_mark, f'{value} {text} "{value}"')
                value = None
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            _refuse_extras(event, file)
            if len(stack) > MAX_DEPTH:
                raise _fault(file, event.start_mark, f"nested deeper than {MAX_DEPTH}")
            value = (Mapping if kind is yaml.MappingStartEvent else Sequence)(event.start_mark)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            stack.pop()
            keys.pop()
            continue
        elif kind is yaml.AliasEvent:
            text = "aliases (*name) are not read: write the value out"
            raise _fault(file, event.start_mark, text)
        else:
            if kind is yaml.DocumentStartEvent and root:
                raise _fault(file, event.start_mark, "only one document is read")
            continue
        left -= 1
        if left < 0:
            raise _fault(file, event.start_mark, f"more than {MAX_VALUES} values are not read")
        _attach(value, event.start_mark, stack[-1], keys, file)
        if isinstance(value, Mapping | Sequence):
            stack.append(value)
            keys.append(None)
    return root[0] if root else None


def _loader() -> Any:
    """Return libyaml's parser if pyyaml has it: the same events, ten times as fast."""
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def refuse_deep_nesting(text: str, file: str) -> None:
    """Raise our own error if the text before a parser's error is nested too deep.

    A parser may give up at a depth of its own, in its own words: a JSON reader by recursion,
    libyaml from 0.2.6 on because it reads ahead of the events that `_build` counts.

    Raises:
        InputError: nested too deep, or another problem before that.
    """
    import yaml

    # A text that was cut off may have another error further up, and some have one in every line.
    for _ in range(3):
        depth = 0
        try:
            # `_build` gives up before there are so many events: what follows need cost no time.
            for event in itertools.islice(yaml.parse(text, Loader=_loader()), 2 * MAX_VALUES):
                if isinstance(event, yaml.CollectionStartEvent):
                    depth += 1
                elif isinstance(event, yaml.CollectionEndEvent):
                    depth -= 1
                if depth > MAX_DEPTH:
                    _build(text, file)
            return
        except yaml.MarkedYAMLError as error:
            mark: Any = error.problem_mark
        except yaml.YAMLError:
            return
        if mark.index >= len(text):
            return
        text = text[: mark.index]


def _attach(
    value: Node,
    mark: Any,
    parent: Mapping | Sequence,
    keys: list[tuple[str, Any] | None],
    file: str,
) -> None:
    if isinstance(parent, Sequence):
        parent.append(value)
        parent.marks.append(mark)
        return
    awaited = keys[-1]
    if awaited is not None:
        key, key_mark = awaited
        parent[key] = value
        parent.marks[key] = (key_mark, mark)
        keys[-1] = None
        return
    if not isinstance(value, str):
        raise _fault(file, mark, "the name of a field must be plain text")
    if value in parent:
        first = parent.marks[value][0].line + 1
        raise _fault(file, mark, f"“{brief(value)}” stands twice here (first in line {first})")
    keys[-1] = (value, mark)


def _refuse_extras(event: Any, file: str) -> None:
    if event.anchor is not None:
        raise _fault(
            file,
            event.start_mark,
            f"anchors (&{brief(event.anchor)}) are not read: remove it, "
            "and write the value out wherever it is used",
        )
    if event.tag is not None:
        raise _fault(file, event.start_mark, f"tags ({brief(event.tag)}) are not read: remove it")


_OTHER_NULLS = ("Null", "NULL")
_NOTHING = frozenset(("", "~", "null", *_OTHER_NULLS))


# What YAML does not print: libyaml refuses it too, but does not say in which line. A pattern that
# takes 4 ms to compile: only where a file is read.
REFUSED = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"

# The characters that the parser stops at after the commonest slips, and how to mend those.
_HINTS = {
    "\t": " (indent with spaces, not tabs)",
    **dict.fromkeys("@`%", " (a text that begins with @, ` or % needs quotes)"),
    ":": " (a text with a colon and a space in it needs quotes)",
}

_ESCAPE = r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|.)"


def _join_surrogates(text: str) -> str:
    r"""Make JSON's pairs (`\ud83d\ude00`) into one YAML escape: libyaml refuses half characters."""

    def join(match: re.Match[str]) -> str:
        high, low = match.groups()
        if high is None:
            return match[0]
        return f"\\U{0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00:08x}"

    return re.sub(_ESCAPE, join, text)


def _place_in(file: str, text: str, index: int) -> Place:
    return Place(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _place(file: str, mark: Any) -> Place:
    return Place(file, mark.line + 1, mark.column + 1)


def _fault(file: str, mark: Any, text: str) -> InputError:
    return InputError.at(_place(file, mark), text)
