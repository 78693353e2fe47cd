"""YAML as editors read it, in two versions: scalars get a type by their look."""

from __future__ import annotations

import datetime
import json
import re
from typing import Any

import yaml


class Plain(str):
    """A scalar that is written without quotes."""


class _Core(yaml.SafeLoader):
    """The core schema of YAML 1.2, which most editors read."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  # as pyyaml declares it


_CORE = {
    "null": r"|~|null|Null|NULL",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
    r"|[-+]?(\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN",
}
for _name, _pattern in _CORE.items():
    _Core.add_implicit_resolver(
        f"tag:yaml.org,2002:{_name}", re.compile(f"^({_pattern})$(?!\n)"), None
    )


def _integer(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    text = loader.construct_scalar(node)
    return int(text, 0 if text[:2] in ("0x", "0o") else 10)


def _float(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> float:
    return float(re.sub(r"\.(?=inf|nan)", "", loader.construct_scalar(node).lower()))


_Core.add_constructor("tag:yaml.org,2002:int", _integer)
_Core.add_constructor("tag:yaml.org,2002:float", _float)


def readings(text: str) -> list[Any]:
    """Return what YAML 1.1 and YAML 1.2 make of a text, as JSON can hold it.

    A reading that has no value for something in the text is left out: no editor gets so far.
    """
    found = []
    for loader in (yaml.SafeLoader, _Core):
        try:
            found.append(_as_json(yaml.load(text, loader)))
        except (yaml.YAMLError, ValueError, OverflowError):
            continue
    return found


def _as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {_name_of(key): _as_json(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_as_json(one) for one in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


def _name_of(key: Any) -> str:
    """Return a key as JavaScript turns it into a name."""
    if isinstance(key, str):
        return key
    if isinstance(key, float) and key.is_integer():
        return str(int(key))
    return str(_as_json(key)) if isinstance(key, datetime.date) else json.dumps(key)


def written(tree: Any) -> str:
    """Write a tree as YAML in one line, with all text in quotes unless it is `Plain`."""
    if isinstance(tree, dict):
        pairs = (f"{written(key)}: {written(value)}" for key, value in tree.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(tree, list):
        return f"[{', '.join(map(written, tree))}]"
    if isinstance(tree, Plain):
        return tree
    return "null" if tree is None else json.dumps(tree)
