"""Explain which fields of JSON do not fit a model; msgspec stops at the first."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from itertools import islice
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

from travelsec.problems import allowed, brief

MAX_FIELD_FAULTS = 3
"""Faults to tell; who made the file, or damaged it, may have made thousands."""

_NAMES = {"str": "text", "int": "a whole number", "bool": "true or false", "null": "nothing"}
_NAMES |= {"array": "a list", "object": "an object", "date": "a date", "float": "a fraction"}


def field_faults(content: bytes, kind: type) -> list[str]:
    """Return the first faults of JSON, each with the place of its field.

    Args:
        content: JSON without syntax errors.
        kind: the struct that it should be.
    """
    return list(islice(_faults("", msgspec.json.decode(content), kind), MAX_FIELD_FAULTS))


def _faults(place: str, value: Any, kind: Any) -> Iterator[str]:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        is_explained = False
        for fault in _inner_faults(place, value, kind):
            is_explained = True
            yield fault
        if not is_explained:
            yield f"{place}: {_reason(value, kind, str(error))}" if place else str(error)


def _inner_faults(place: str, value: Any, kind: Any) -> Iterator[str]:
    """Yield the faults of the parts of a value."""
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    arguments = get_args(kind)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and isinstance(value, dict):
        fields = {field.name: field for field in msgspec.structs.fields(kind)}
        for name, member in value.items():
            inner = f"{place}.{name}" if place else name
            if name in fields:
                yield from _faults(inner, member, fields[name].type)
            else:
                yield f"{brief(inner)}: there is no such field{allowed((), name)}"
        for name, field in fields.items():
            if field.required and name not in value:
                yield f"{place}.{name}: it is missing" if place else f"{name}: it is missing"
    elif get_origin(kind) in (tuple, list) and isinstance(value, list):
        for number, member in enumerate(value):
            yield from _faults(f"{place}[{number}]", member, arguments[0])
    elif get_origin(kind) is dict and isinstance(value, dict):
        for name, member in value.items():
            yield from _faults(f"{place}, key “{brief(name)}”", name, arguments[0])
            yield from _faults(f"{place}.{brief(name)}", member, arguments[1])


def _reason(value: Any, kind: Any, error: str) -> str:
    """Say what is wrong with a value, from what msgspec says about it."""
    most = re.search(r"length <= (\d+)", error)
    if most and isinstance(value, str):
        return f"{len(value)} characters, at most {most[1]}"
    if "length >= 1" in error:
        return "it is empty"
    if "matching regex" in error or "length" in error or "RFC3339" in error:
        return f"“{brief(str(value))}” is not as travelsec writes it"
    if "enum value" in error:
        words = [word for word in _alternatives(kind) if isinstance(word, str)]
        return f"“{brief(str(value))}” is not allowed here{allowed(words, str(value))}"
    if "range" in error or "`int` <=" in error or "`int` >=" in error:
        return f"{brief(str(value))} is not a number that travelsec writes"
    plain = re.sub(r"`([^`]*)`", lambda match: _plain_types(match[1]), error.partition(" - at ")[0])
    return plain.replace("Expected", "expected").replace("got", "found")


def _alternatives(kind: Any) -> Iterator[Any]:
    if get_origin(kind) in (Annotated, Union, types.UnionType):
        for inner in get_args(kind):
            yield from _alternatives(inner)
    elif get_origin(kind) is Literal:
        yield from get_args(kind)
    elif kind is bool:
        yield from ("true", "false")


def _plain_types(kinds: str) -> str:
    return " or ".join(_NAMES.get(kind, kind) for kind in kinds.split(" | "))
