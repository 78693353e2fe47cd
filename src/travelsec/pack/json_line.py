"""Read one line of JSON strictly: fast, or as YAML, which gives the place of each fault."""

from __future__ import annotations

import re
from json import JSONDecodeError, JSONDecoder, dumps
from typing import Any, NoReturn

from travelsec.pack import yaml
from travelsec.pack.yaml import MAX_VALUES, MAX_YAML_BYTES, MAX_YAML_DEPTH, REFUSED
from travelsec.problems import InputError, Place, Problem, brief
from travelsec.values import is_text


def decode_line(data: bytes) -> Any:
    """Read one JSON document into plain dicts, lists and texts, as `parse_line` would.

    Raises:
        ValueError, RecursionError: there is a fault, or there may be one: use `parse_line`.
    """
    # Half a character can only be written as an escape, which is rare for whole ones.
    if len(data) > MAX_YAML_BYTES or b"\\ud" in data.lower():
        raise ValueError
    if data.count(b",") + data.count(b":") > MAX_VALUES:
        raise ValueError
    text = data.decode()
    if not (text.isascii() and text.isprintable()) and re.search(REFUSED, text):
        raise ValueError
    tree = _as_text(_FAST_DECODER.decode(text))
    if data.count(b"[") + data.count(b"{") > MAX_YAML_DEPTH and _is_deeper(tree, MAX_YAML_DEPTH):
        raise ValueError
    return tree


def parse_line(data: bytes, file: str, number: int) -> yaml.Node:
    """Read one JSON document into the tree that `yaml.parse` makes.

    Numbers, true and false stay text until the type of the field is known, as in YAML.

    Args:
        data: the bytes of the line, UTF-8, without its end.
        file: the name to show in problems.
        number: the line's number, from 1. In the tree, every mark is in line 1.

    Raises:
        InputError: too large, not UTF-8, not JSON, or what `yaml.parse` refuses.
    """
    if len(data) > MAX_YAML_BYTES:
        text = f"the line is longer than {MAX_YAML_BYTES // 1024 // 1024} MiB"
        raise InputError.at(Place(file, number, 1), text)
    try:
        _refuse_other_than_json(data, file, number)
        return yaml.parse(data, file)
    except InputError as error:
        raise InputError([in_file(problem, file, number) for problem in error.problems]) from None


def _refuse_other_than_json(data: bytes, file: str, number: int) -> None:
    try:
        tree = _STRICT_DECODER.decode(data.decode())
        if b"\\ud" in data.lower() and not is_text(dumps(tree, ensure_ascii=False)):
            raise ValueError("a text has half a character in it (\\ud800 to \\udfff)")
    except JSONDecodeError as error:
        yaml.refuse_deep_nesting(error.doc[: error.pos], file)
        place = Place(file, number, error.pos + 1)
        raise InputError.at(place, f"this is not JSON: {_why(error.doc, error.pos)}") from None
    except (UnicodeDecodeError, RecursionError):
        pass  # `yaml.parse` reports it with its place
    except ValueError as error:
        raise InputError.at(Place(file, number, 1), f"this is not JSON: {error}") from None


def _why(text: str, place: int) -> str:
    """Say what is wrong at the place where a reader of JSON gave up, in our own words."""
    rest, before = text[place:].strip(), text[:place].rstrip()[-1:]
    shown = f"“{brief(rest, 20)}”"
    if rest and text[place] < " ":
        return f"a text has the character U+{ord(text[place]):04X} in it"
    if not rest:
        return "it ends too early; a value, a quotation mark or a bracket is missing"
    if rest[0] == "'":
        return f"{shown} needs double quotation marks"
    if rest[0] == "," or (rest[0] in "}]" and before in _STARTS):
        return "there is a comma too many, or a value is missing"
    if rest[0] == "\\":
        return f"{shown} is not an escape; write \\\\ for a backslash"
    if rest[0] == '"' and before in _STARTS:
        return f"the text {shown} has no closing quotation mark"
    if before in _STARTS:
        return (
            f"{shown} is not a value: true, false and null are in lower case, and texts in double "
            "quotation marks"
        )
    return f"{shown} cannot follow; a comma, a colon or a quotation mark may be missing before it"


def in_file(problem: Problem, file: str, number: int) -> Problem:
    """Move the problem of a line that was read by itself to its line of the file."""
    # The first of two equal keys is always in the same line.
    text = problem.text.replace(" (first in line 1)", "")
    return Problem(Place(file, number, problem.place.column or 1), text, problem.severity)


_STARTS = ("", "{", "[", ":", ",")
"""The characters that a value or a key can follow; none if it is the first."""


def _object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    entries = {key: value if type(value) is str else _as_text(value) for key, value in pairs}
    if len(entries) != len(pairs):
        raise ValueError
    return entries


def _as_text(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return [_as_text(member) for member in value] if isinstance(value, list) else value


def _is_deeper(value: Any, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return not levels or any(_is_deeper(member, levels - 1) for member in inner)


def _not_json(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a number")


# Numbers stay as written: converting one with a million digits would take long.
_FAST_DECODER = JSONDecoder(
    object_pairs_hook=_object_of, parse_int=str, parse_float=str, parse_constant=_not_json
)
_STRICT_DECODER = JSONDecoder(parse_int=str, parse_float=str, parse_constant=_not_json)
