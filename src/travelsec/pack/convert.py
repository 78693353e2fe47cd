"""Turn one entry of a YAML tree into its typed model, or into every fault it has."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from travelsec.conditions import Condition
from travelsec.pack.conditions import UnreadCondition
from travelsec.pack.yaml import Mapping
from travelsec.problems import InputError, Place, Problem

T = TypeVar("T")


def convert(node: Any, kind: type[T], file: str, place: Place) -> T:
    """Read a tree as a model; texts become the numbers, dates or booleans their fields call for.

    Conditions are only checked to be mappings: they can be read once all questions are known.

    Args:
        node: what `yaml.parse` gave, or a part of it.
        kind: a model (a msgspec Struct).
        file: the name to show in problems.
        place: where the node stands, for a node that does not know.

    Raises:
        InputError: every fault of the entry, each at its own line and column.
    """
    try:
        return msgspec.convert(node, kind, strict=False, dec_hook=_read_custom)
    except msgspec.ValidationError as error:
        # Imported only where there is a fault: a pack without any is read sooner.
        from travelsec.pack.validation import validate

        found = list(validate(node, kind, file, place))
        raise InputError(found or [Problem(place, str(error))]) from None


def _read_custom(kind: type, value: Any) -> Any:
    if kind is Condition and isinstance(value, Mapping):
        return UnreadCondition(value)
    raise ValueError("a mapping of facts to values is needed here")
