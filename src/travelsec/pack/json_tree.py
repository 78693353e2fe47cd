"""Read one line of JSON strictly: fast where nothing is wrong with it, else with every column."""

from __future__ import annotations

import re
from json import JSONDecodeError, JSONDecoder
from typing import Any, NamedTuple, NoReturn

from travelsec.pack.yaml_tree import MAX_BYTES, MAX_DEPTH, Mapping, Node, Sequence
from travelsec.problems import InputError, Place, Problem, brief
from travelsec.values import is_text


class Mark(NamedTuple):
    """Where something stands, counted from 0 as the marks of the YAML parser are."""

    line: int
    column: int


def decode(data: bytes) -> Any:
    """Read one JSON document into plain dicts, lists and texts, as `parse` would.

    Of what is nested deeper than 20 it may read some; no answers are.

    Raises:
        ValueError: `parse` must look at it: there is a fault, or there may be one.
        RecursionError: nested too deep.
    """
    # Halves of characters are written as escapes. Whole ones may be too; those are rare.
    if len(data) > MAX_BYTES or b"\\ud" in data.lower():
        raise ValueError
    text = data.decode()
    if not (text.isascii() and text.isprintable()) and _REFUSED.search(text):
        raise ValueError
    return _as_text(_FAST.decode(text))


def parse(data: bytes, file: str, number: int) -> Node:
    """Read one JSON document that stands in one line into the tree that `yaml_tree` makes.

    Nothing is taken for what it is not: numbers stay text as written, true and false become the
    texts “true” and “false”. The type of the field decides later, as with YAML.

    Args:
        data: the bytes of the line, UTF-8, without its end.
        file: the name to show in problems.
        number: the line's number, from 1.

    Returns:
        str, None, `Mapping` or `Sequence`, nested.

    Raises:
        InputError: too large, not UTF-8, not JSON, nested deeper than 20, or with numbers that
            are not whole, duplicate keys, halves of characters or control characters.
    """
    if len(data) > MAX_BYTES:
        raise too_long(file, number)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        column = len(data[: error.start].decode())
        raise _fault(
            file, number, column, "this is not UTF-8 text: save the file as UTF-8"
        ) from None
    refused = _REFUSED.search(text)
    if refused is not None:
        what = f"the character U+{ord(refused[0]):04X} is not read: remove it"
        raise _fault(file, number, refused.start(), what)
    try:
        return _Reader(text, number - 1).document()
    except JSONDecodeError as error:
        raise _fault(file, number, error.pos, error.msg) from None


def too_long(file: str, number: int) -> InputError:
    """Return the fault of a line that is larger than is read."""
    return _fault(file, number, 0, f"the line is longer than {MAX_BYTES // 1024 // 1024} MiB")


def _fault(file: str, number: int, column: int, text: str) -> InputError:
    return InputError([Problem(Place(file, number, column + 1), text)])


# The same that are refused in YAML, so that an answers file and a line can hold the same.
_REFUSED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE = re.compile(r"[ \t\n\r]*")
# A text without escapes, which nearly all are, with what stands before it and behind it.
_PLAIN_KEY = re.compile(r'[ \t\n\r]*"([^"\\\x00-\x1f]*)"[ \t\n\r]*:[ \t\n\r]*')
_PLAIN_TEXT = re.compile(r'"([^"\\\x00-\x1f]*)"[ \t\n\r]*')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORD = re.compile(r"[\w+.-]*")
_DECODER = JSONDecoder()
_WORDS = {"true": "true", "false": "false", "null": None}


def _object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = {key: value if type(value) is str else _as_text(value) for key, value in pairs}
    if len(found) != len(pairs):
        raise ValueError
    return found


def _as_text(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return [_as_text(one) for one in value] if isinstance(value, list) else value


def _not_read(_text: str) -> NoReturn:
    raise ValueError


_FAST = JSONDecoder(
    object_pairs_hook=_object_of, parse_int=str, parse_float=_not_read, parse_constant=_not_read
)


class _Reader:
    """Reads from an index on; what is read ends where the next thing begins, spaces skipped."""

    def __init__(self, text: str, line: int) -> None:
        self.text = text
        self.line = line

    def document(self) -> Node:
        node, end = self._value(self._skip(0), 0)
        if end != len(self.text):
            self._refuse("this is not JSON: the line goes on after its end", end)
        return node

    def _value(self, index: int, depth: int) -> tuple[Node, int]:
        text = self.text
        first = text[index : index + 1]
        if first == '"':
            plain = _PLAIN_TEXT.match(text, index)
            return (plain[1], plain.end()) if plain else self._text(index)
        if first in ("{", "["):
            if depth >= MAX_DEPTH:
                self._refuse(f"nested deeper than {MAX_DEPTH}", index)
            # No deep recursion: the depth is bounded.
            return (self._object if first == "{" else self._list)(index, depth + 1)
        number = _NUMBER.match(text, index)
        if number is not None:
            if number[1] or number[2]:
                self._refuse(
                    f"{brief(number[0])} is no whole number (a text needs double quotes)", index
                )
            return number[0], self._skip(number.end())
        word = _WORD.match(text, index)
        if word is None or word[0] not in _WORDS:
            found = f"“{brief(word[0])}” is no value" if word and word[0] else "a value is missing"
            self._refuse(f"this is not JSON: {found} (a text needs double quotes)", index)
        return _WORDS[word[0]], self._skip(word.end())

    def _object(self, index: int, depth: int) -> tuple[Mapping, int]:
        found = Mapping(Mark(self.line, index))
        index = self._skip(index + 1)
        if self.text.startswith("}", index):
            return found, self._skip(index + 1)
        while True:
            key, start, index = self._key(index)
            if key in found:
                self._refuse(f"“{brief(key)}” stands twice here", start)
            found.marks[key] = Mark(self.line, start), Mark(self.line, index)
            found[key], index = self._value(index, depth)
            if not self.text.startswith(",", index):
                return found, self._end("}", index)
            index = self._skip(index + 1)

    def _list(self, index: int, depth: int) -> tuple[Sequence, int]:
        found = Sequence(Mark(self.line, index))
        index = self._skip(index + 1)
        if self.text.startswith("]", index):
            return found, self._skip(index + 1)
        while True:
            found.marks.append(Mark(self.line, index))
            value, index = self._value(index, depth)
            found.append(value)
            if not self.text.startswith(",", index):
                return found, self._end("]", index)
            index = self._skip(index + 1)

    def _key(self, index: int) -> tuple[str, int, int]:
        """Read a key and the colon behind it; return it, where it stands, and where its value."""
        plain = _PLAIN_KEY.match(self.text, index)
        if plain is not None:
            return plain[1], plain.start(1) - 1, plain.end()
        if not self.text.startswith('"', index):
            self._refuse("this is not JSON: a name in double quotes is missing", index)
        key, end = self._text(index)
        if not self.text.startswith(":", end):
            self._refuse("this is not JSON: a colon is missing", end)
        return key, index, self._skip(end + 1)

    def _text(self, index: int) -> tuple[str, int]:
        try:
            text, end = _DECODER.raw_decode(self.text, index)
        except JSONDecodeError as error:
            self._refuse(f"this is not JSON: {error.msg}", error.pos)
        if not is_text(text):
            self._refuse("the text has half a character in it (\\ud800 to \\udfff)", index)
        return text, self._skip(end)

    def _end(self, bracket: str, index: int) -> int:
        if not self.text.startswith(bracket, index):
            self._refuse(f"this is not JSON: a comma or {bracket} is missing", index)
        return self._skip(index + 1)

    def _skip(self, index: int) -> int:
        space = _SPACE.match(self.text, index)
        return space.end() if space else index

    def _refuse(self, text: str, index: int) -> NoReturn:
        raise JSONDecodeError(text, self.text, index)
