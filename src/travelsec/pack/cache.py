"""The parsed bundled pack, as JSON, so that a start reads no YAML.

The YAML files stay what counts. The parsed form names their digests and is used only for those
files: after any change they are read instead. `hatch_build.py` writes it when a wheel is built.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from travelsec.conditions import AllOf, AnyOf, Comparison, Condition, Not, Range
from travelsec.pack.model import Pack, PackInfo, Source
from travelsec.question_types import FactType, QuestionType, behaviour, read_value

FILE = Path(__file__).parent / "bundled.json"
"""Where the compiled form of the bundled pack is."""


class _Head(Struct):
    """What the compiled form was made of, and what its reader must know.

    `files` are the digests by name; `types` are those of the facts whose values JSON may not have,
    such as dates.
    """

    files: dict[str, str]
    types: dict[str, QuestionType]


def write_cache(pack: Pack, files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return the compiled form of a pack without faults.

    Args:
        pack: the pack.
        files: names and bytes of the files that it was read from.

    Returns:
        Three lines: the digest (sha256) of what follows, then JSON: of what it was made, the pack.
    """
    types = {
        name: question.type
        for name, question in pack.questions.items()
        if behaviour(question.type).compared == "range"
    }
    head = msgspec.json.encode(_Head(_digests(files), types))
    rest = b"%s\n%s\n" % (head, msgspec.json.encode(pack, enc_hook=_source_to_data))
    return b"%s\n%s" % (_digest(rest).encode(), rest)


def read_cache(data: bytes, files: Iterable[tuple[str, bytes]] | None) -> Pack | None:
    """Return the pack from its compiled form; None if that is of other files, or damaged.

    Args:
        data: what `write_cache` gave.
        files: names and bytes of the pack's files as they are now; None reads the compiled form
            of whatever files.
    """
    digest, _, rest = data.partition(b"\n")
    if digest != _digest(rest).encode():
        return None
    first, _, second = rest.partition(b"\n")
    try:
        return _decode(first, second, None if files is None else _digests(files))
    except msgspec.MsgspecError:
        # Of another version: an entry has fields that it did not have then.
        return None


def _decode(first: bytes, second: bytes, files: dict[str, str] | None) -> Pack | None:
    head = msgspec.json.decode(first, type=_Head)
    if files is not None and head.files != files:
        return None

    def from_data(kind: type, value: Any) -> Any:
        if kind is Condition:
            return _condition(value, head.types)
        return Source(
            msgspec.convert(value["info"], PackInfo, dec_hook=from_data),
            lambda: str(value["digest"]),
        )

    return msgspec.json.decode(second, type=Pack, dec_hook=from_data)


def _source_to_data(source: Source) -> Any:
    return {"info": source.info, "digest": source.digest}


def _condition(data: Any, types: Mapping[str, QuestionType]) -> Condition:
    """Read a condition as msgspec writes it: its fields, and its class as `type`."""

    def value(written: Any) -> Any:
        kind = types.get(data["fact"])
        if kind is None or written is None:
            return written
        return read_value(FactType(kind), str(written))

    match data["type"]:
        case "AllOf":
            return AllOf(tuple(_condition(part, types) for part in data["parts"]))
        case "AnyOf":
            return AnyOf(tuple(_condition(part, types) for part in data["parts"]))
        case "Not":
            return Not(_condition(data["part"], types))
        case "Comparison":
            return Comparison(data["fact"], tuple(map(value, data["values"])))
    return Range(data["fact"], value(data["at_least"]), value(data["at_most"]))


def _digests(files: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    return {name: _digest(data) for name, data in files}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
