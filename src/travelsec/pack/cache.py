"""The parsed bundled pack, cached as JSON, so that a start reads no YAML.

The YAML files are authoritative. The cache holds their digests: after any change, the files are
read instead. `hatch_build.py` writes the cache when a wheel is built.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from travelsec.conditions import AllOf, AnyOf, Condition, EqualTo, Not, OtherThan, Range
from travelsec.pack.model import Pack
from travelsec.question_types import NONE, FactType, QuestionType, behaviour, read_value

CACHE_FILE = Path(__file__).parent / "bundled.json"
"""The cache of the bundled pack."""


class _Head(Struct):
    """The digests of the pack's files by name, and the types of facts that JSON may not have."""

    files: dict[str, str]
    types: dict[str, QuestionType]


def write_cache(pack: Pack, files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return the cache of a pack without faults: a digest of the rest, the head and the pack.

    Args:
        pack: the pack.
        files: names and bytes of the files that it was read from.
    """
    types = {
        name: question.type
        for name, question in pack.questions.items()
        if behaviour(question.type).compared == "range"
    }
    head = msgspec.json.encode(_Head(_digests(files), types))
    # The digest of a source is the only value that is not plain data.
    content = b"%s\n%s\n" % (head, msgspec.json.encode(pack, enc_hook=lambda digest: digest()))
    return b"%s\n%s" % (_digest(content).encode(), content)


def read_cache(data: bytes, files: Iterable[tuple[str, bytes]] | None) -> Pack | None:
    """Return the pack in the cache, or None if it is damaged or its files have changed.

    Args:
        data: what `write_cache` returned.
        files: names and bytes of the pack's files now; None trusts the cache without them.
    """
    digest, _, content = data.partition(b"\n")
    if digest != _digest(content).encode():
        return None
    head_line, _, pack_line = content.partition(b"\n")

    def from_data(kind: type, value: Any) -> Any:
        if kind is Condition:
            return _read_condition(value, head.types)
        return lambda: value

    try:
        head = msgspec.json.decode(head_line, type=_Head)
        if files is not None and head.files != _digests(files):
            return None
        return msgspec.json.decode(pack_line, type=Pack, dec_hook=from_data)
    except (msgspec.MsgspecError, KeyError):
        # Another version wrote it, whose entries or conditions had other fields or names.
        return None


def _read_condition(data: Any, types: Mapping[str, QuestionType]) -> Condition:
    """Read a condition as msgspec writes it: its fields, with its class as `type`."""

    def value(raw: Any) -> Any:
        kind = types.get(data["fact"])
        if kind is None or raw is None:
            return raw
        # A condition compares with `none` only if its question allows it.
        return read_value(FactType(kind, none=NONE), str(raw))

    match data["type"]:
        case "AllOf":
            return AllOf(tuple(_read_condition(part, types) for part in data["parts"]))
        case "AnyOf":
            return AnyOf(tuple(_read_condition(part, types) for part in data["parts"]))
        case "Not":
            return Not(_read_condition(data["part"], types))
        case "EqualTo":
            return EqualTo(data["fact"], tuple(map(value, data["values"])))
        case "OtherThan":
            return OtherThan(data["fact"], tuple(data["values"]))
    return Range(data["fact"], value(data["at_least"]), value(data["at_most"]))


def _digests(files: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    return {name: _digest(data) for name, data in files}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
