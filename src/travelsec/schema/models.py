"""JSON Schema of the models that read a file, so that a schema cannot fall behind its reader."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import msgspec

from travelsec.pack import model

Schema: TypeAlias = "dict[str, Any]"
Hook: TypeAlias = "Callable[[type], Schema]"

DATE_PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

NOT_BEFORE_LINE_END = r"(?!\n)"
"""What only Python needs behind `$`: in a schema it would make messages harder to read."""

_SHAPES = {
    model.ID_PATTERN: "An id: lower-case words with hyphens, like clear-files.",
    model.FACT_PATTERN: "A fact id: lower-case words with underscores, like home_shared.",
    model.PATH_PATTERN: "A citation: page/section/statement, or a page without sections.",
    model.FINGERPRINT_PATTERN: "A fingerprint: 16 of the digits 0-9 and a-f.",
}
"""What a text of a certain shape is, where its field says no more."""


def definitions(
    kinds: Sequence[type], fields: Mapping[str, Mapping[str, str]], hook: Hook | None = None
) -> dict[str, Schema]:
    """Return the schemas of models and of all they are made of, by name, as `$defs` holds them.

    `fields` describes each field, by the name of its model; `hook` gives the schema of a type
    that msgspec does not know.
    """
    _, found = msgspec.json.schema_components(
        kinds, schema_hook=hook, ref_template="#/$defs/{name}"
    )
    schemas = {name: _readable(schema) for name, schema in found.items()}
    for name, texts in fields.items():
        for field, text in texts.items():
            schemas[name]["properties"][field]["description"] = text
    return schemas


def document(kind: str, title: str, content: Schema, defs: Mapping[str, Schema]) -> Schema:
    """Return the schema of a kind of file, with the schemas that its content refers to."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:travelsec:{kind}:1",
        "title": title,
        **{key: value for key, value in content.items() if key != "title"},
        "$defs": dict(defs),
    }


def _readable(schema: Any) -> Any:
    """Tidy what msgspec gives: docstrings unwrapped, patterns for editors, dates that are checked.

    Defaults go but those that someone may write: an editor would offer to fill in empty texts.
    """
    if isinstance(schema, list):
        return [_readable(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    tidied = {key: _readable(value) for key, value in schema.items() if key != "default"}
    if isinstance(schema.get("default"), bool) or schema.get("default") in schema.get("enum", ()):
        tidied["default"] = schema["default"]
    if isinstance(schema.get("description"), str):
        tidied["description"] = " ".join(inspect.cleandoc(schema["description"]).split())
    pattern = schema.get("pattern")
    if isinstance(pattern, str):
        tidied["pattern"] = pattern.removesuffix(NOT_BEFORE_LINE_END)
        if pattern in _SHAPES:
            tidied["description"] = _SHAPES[pattern]
    if schema.get("format") == "date":
        tidied |= {"pattern": DATE_PATTERN, "description": "A date: year-month-day."}
    if isinstance(schema.get("properties"), dict):
        # A field may be called “default”, or “description”.
        tidied["properties"] = {k: _readable(v) for k, v in schema["properties"].items()}
    return tidied
