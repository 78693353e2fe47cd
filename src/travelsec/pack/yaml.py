"""Read YAML strictly and safely into a tree that knows the file, line and column of each value."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from travelsec.problems import InputError, Place, Problem, brief

MAX_YAML_BYTES = 4 * 1024 * 1024
MAX_YAML_DEPTH = 20
MAX_VALUES = 250_000
"""Keys, texts, lists and mappings of one file: more would take seconds and much memory."""

Node: TypeAlias = "str | Mapping | Sequence | None"


class Mapping(dict[str, Any]):
    """A YAML mapping. `marks[key]` is the pair of parser marks of the key and of its value."""

    __slots__ = ("awaited", "mark", "marks")

    def __init__(self, mark: Any) -> None:
        super().__init__()
        self.mark = mark
        self.marks: dict[str, tuple[Any, Any]] = {}
        self.awaited: tuple[str, Any] | None = None
        """The key, and its mark, whose value comes next."""

    def add(self, node: Node, mark: Any) -> None:
        """Add the next key, or the value of the last one.

        Raises:
            InputError: the key is not text, or appears twice.
        """
        if self.awaited is not None:
            key, key_mark = self.awaited
            self[key] = node
            self.marks[key] = (key_mark, mark)
            self.awaited = None
        elif not isinstance(node, str):
            raise _fault_at_mark(mark, "the name of a field must be plain text")
        elif node in self:
            first = self.marks[node][0].line + 1
            hint = ": begin each entry of a list with “- id:”" if node == "id" else ""
            raise _fault_at_mark(
                mark, f"“{brief(node)}” appears twice here (first in line {first}){hint}"
            )
        elif node == "<<":
            raise _fault_at_mark(mark, "merging (<<) is not supported: write the fields out")
        else:
            self.awaited = (node, mark)

    @property
    def place(self) -> Place:
        """Where the mapping begins."""
        return _place_of_mark(self.mark)

    def place_of_key(self, key: str) -> Place:
        """Return where the key stands."""
        return _place_of_mark(self.marks[key][0])

    def place_of(self, key: str) -> Place:
        """Return where the value of the key stands."""
        return _place_of_mark(self.marks[key][1])


class Sequence(list[Any]):
    """A YAML list. `marks[i]` is the parser mark of the i-th value."""

    __slots__ = ("marks",)

    def __init__(self) -> None:
        super().__init__()
        self.marks: list[Any] = []

    def add(self, node: Node, mark: Any) -> None:
        """Add the next value."""
        self.append(node)
        self.marks.append(mark)

    def place_of(self, index: int) -> Place:
        """Return where the value of the index stands."""
        return _place_of_mark(self.marks[index])


def parse(data: bytes, file: str) -> Node:
    """Read one YAML (or JSON) document.

    Plain scalars stay text, whatever they look like (`NO`, `0203`, `12:30`), until the type of
    the field is known. Only a plain `null`, `~` or nothing at all is None. `Null` is refused: it
    may be someone's name, but other programs would read None.

    Args:
        data: the file's bytes, UTF-8 with or without a byte order mark.
        file: the name to show in problems.

    Returns:
        A tree of `Mapping`, `Sequence`, str and None; None for an empty document.

    Raises:
        InputError: too large, not UTF-8, not YAML, nested deeper than 20, or with anchors,
            aliases, tags, control characters, duplicate keys, `Null` or several documents.
    """
    # Imported here: it takes an eighth of a short command, and most commands read no YAML.
    import yaml

    if len(data) > MAX_YAML_BYTES:
        raise InputError.at(
            Place(file), f"the file is larger than {MAX_YAML_BYTES // 1024 // 1024} MiB"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Neither `error.object` nor `error.start` includes a byte order mark.
        before = error.object[: error.start].decode()
        place = _place_in(file, before, len(before))
        text = "this is not UTF-8 text: save the file as UTF-8"
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            text += ", not as UTF-16 (which some programs call Unicode)"
        raise InputError.at(place, text) from None
    if refused := re.search(REFUSED, text):
        place = _place_in(file, text, refused.start())
        raise InputError.at(
            place, f"the character U+{ord(refused[0]):04X} is not allowed: remove it"
        )
    if text.lstrip().startswith(("{", "[")):
        text = _join_surrogates(text)
    try:
        return _build(text, file)
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark
        context = error.context_mark.index if error.context_mark else None
    except yaml.YAMLError:
        raise InputError.at(Place(file), "this is not YAML: save it as plain text") from None
    # Not above: the error keeps all that was read in memory, and reading again takes as much.
    refuse_deep_nesting(text[: mark.index], file)
    from travelsec.pack import yaml_mistakes

    index, why = yaml_mistakes.find(text, mark.index, context, _loader())
    raise InputError.at(_place_in(file, text, index), f"this is not YAML: {why}")


def cut_texts(data: bytes, file: str) -> Iterator[Problem]:
    """Yield a warning for each text that ends before a ` #` which may be part of it.

    A comment has a space after its `#`. `data` is a document without faults.
    """
    import yaml

    if not re.search(rb"\S[ \t]+#[^\s#!]", data):
        return  # nearly all files
    text = data.decode("utf-8-sig")
    for token in yaml.scan(text, Loader=_loader()):
        if not isinstance(token, yaml.ScalarToken) or not token.plain:
            continue
        end: Any = token.end_mark
        if match := re.compile(r"[ \t]+(#[^\s#!][^\n\r]*)").match(text, end.index):
            why = f"“{brief(match[1], 30)}” is left out, as a comment: put the text in quotes, "
            why += "or write a space after the #"
            yield Problem(_place_in(file, text, match.start(1)), why, "warning")


def _build(text: str, file: str) -> Node:
    """Turn the parser's events into a tree, without recursion: the text may be nested deeply."""
    # A large pack has hundreds of thousands of events, so looking these up each time adds up.
    from yaml import (
        MappingEndEvent,
        MappingStartEvent,
        ScalarEvent,
        SequenceEndEvent,
        SequenceStartEvent,
        StreamEndEvent,
    )

    # The mappings and lists still open; the first holds the whole document.
    root = Sequence()
    stack: list[Mapping | Sequence] = [root]
    left = MAX_VALUES
    event: Any
    # The parser copies the name of the stream into every mark.
    stream: Any = io.StringIO(text)
    stream.name = file
    loader = _loader()(stream)
    # `yaml.parse` makes two more calls for each event, which take as long as the parser itself.
    while (kind := type(event := loader.get_event())) is not StreamEndEvent:
        if kind is MappingEndEvent or kind is SequenceEndEvent:
            stack.pop()
            continue
        is_text = kind is ScalarEvent
        if not (is_text or kind is MappingStartEvent or kind is SequenceStartEvent):
            _check_other(event, is_first=not root)
            continue
        mark = event.start_mark
        left -= 1
        if left < 0:
            raise _fault_at_mark(mark, f"a file may have at most {MAX_VALUES} values")
        if event.anchor is not None or event.tag is not None:
            raise _error_of_extras(event)
        if is_text:
            stack[-1].add(_text_or_none(event), mark)
            continue
        if len(stack) > MAX_YAML_DEPTH:
            raise _fault_at_mark(mark, f"nested deeper than {MAX_YAML_DEPTH}")
        opened = Mapping(mark) if kind is MappingStartEvent else Sequence()
        stack[-1].add(opened, mark)
        stack.append(opened)
    return root[0] if root else None


def _text_or_none(event: Any) -> str | None:
    text: str = event.value
    if event.style or text not in _NOTHING:
        return text
    if text in _OTHER_NULLS:
        why = "without quotes is read in two ways: write null for nothing, or"
        raise _fault_at_mark(event.start_mark, f'{text} {why} "{text}"')
    return None


def _check_other(event: Any, *, is_first: bool) -> None:
    """Refuse an alias, or a second document."""
    import yaml

    if isinstance(event, yaml.AliasEvent):
        text = "aliases (*name) are not supported: write the value out, or put a text in quotes"
        raise _fault_at_mark(event.start_mark, text)
    if isinstance(event, yaml.DocumentStartEvent) and not is_first:
        text = "only one document is read: remove this “---”, or begin another file"
        raise _fault_at_mark(event.start_mark, text)


def _loader() -> Any:
    """Return libyaml's parser if it is installed: the same events, ten times as fast."""
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def refuse_deep_nesting(text: str, file: str) -> None:
    """Raise our own error if the text before a parser's error is nested too deep.

    A parser may give up at a depth of its own, in its own words: a JSON reader by recursion, and
    libyaml from 0.2.6 on, as it reads ahead of the events that `_build` counts.

    Raises:
        InputError: nested too deep, or another problem before that.
    """
    import yaml

    # The text before an error may have another error, and some texts have one in every line.
    for _ in range(3):
        depth = 0
        try:
            # `_build` gives up before there are so many events, so spend no time on the rest.
            for event in itertools.islice(yaml.parse(text, Loader=_loader()), 2 * MAX_VALUES):
                if isinstance(event, yaml.CollectionStartEvent):
                    depth += 1
                elif isinstance(event, yaml.CollectionEndEvent):
                    depth -= 1
                if depth > MAX_YAML_DEPTH:
                    _build(text, file)
            return
        except yaml.MarkedYAMLError as error:
            mark: Any = error.problem_mark
        except yaml.YAMLError:
            return
        if mark.index >= len(text):
            return
        text = text[: mark.index]


def _error_of_extras(event: Any) -> InputError:
    """Return the error of an anchor or a tag."""
    if event.anchor is not None:
        text = (
            f"anchors (&{brief(event.anchor)}) are not supported: remove it, "
            "and write the value out wherever it is used (a text that begins with & needs quotes)"
        )
    else:
        text = f"tags ({brief(event.tag)}) are not supported: remove it, or put a text in quotes"
    return _fault_at_mark(event.start_mark, text)


_OTHER_NULLS = ("Null", "NULL")
_NOTHING = frozenset(("", "~", "null", *_OTHER_NULLS))


# The characters that YAML does not allow. libyaml refuses them too, but does not say where.
# Compiled only when a file is read, as that takes 4 ms.
REFUSED = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"

_ESCAPED_CHARACTER = r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|.)"


def _join_surrogates(text: str) -> str:
    r"""Write JSON's surrogate pairs (`\ud83d\ude00`) as one YAML escape, as libyaml needs them."""

    def join(match: re.Match[str]) -> str:
        high, low = match.groups()
        if high is None:
            return match[0]
        return f"\\U{0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00:08x}"

    return re.sub(_ESCAPED_CHARACTER, join, text)


def _place_in(file: str, text: str, index: int) -> Place:
    return Place(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _place_of_mark(mark: Any) -> Place:
    return Place(mark.name, mark.line + 1, mark.column + 1)


def _fault_at_mark(mark: Any, text: str) -> InputError:
    return InputError.at(_place_of_mark(mark), text)
