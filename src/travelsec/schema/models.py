"""Make JSON Schemas from the models that read the files, so that both always agree."""

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
"""What only Python needs after `$`; in a schema it would make messages harder to read."""

ANY_MODEL = "*"
"""The key for descriptions of fields that mean the same in every model that has them."""

_SHAPES = {
    model.ID_PATTERN: "An id: lower-case words with hyphens, like hire-car.",
    model.FACT_PATTERN: "A fact id: lower-case words with underscores, like home_shared.",
    model.PATH_PATTERN: "A citation: page/section/statement, or a page without sections.",
    model.FINGERPRINT_PATTERN: "A fingerprint: 16 hex digits, a hyphen, and codes of the words.",
}
"""The descriptions of texts by their pattern, for fields without their own."""


def definitions(
    kinds: Sequence[type], fields: Mapping[str, Mapping[str, str]], hook: Hook | None = None
) -> dict[str, Schema]:
    """Return the schemas of models and of all they are made of, by name, as in `$defs`.

    `fields` describes fields, by the name of their model; `hook` returns the schema of a type
    that msgspec does not know.
    """
    _, components = msgspec.json.schema_components(
        kinds, schema_hook=hook, ref_template="#/$defs/{name}"
    )
    schemas = {name: _readable(schema) for name, schema in components.items()}
    for name, schema in schemas.items():
        properties = schema.get("properties", {})
        texts = {**fields.get(ANY_MODEL, {}), **fields.get(name, {})}
        for field in properties.keys() & texts.keys():
            properties[field]["description"] = texts[field]
    return schemas


def document(kind: str, title: str, content: Schema, defs: Mapping[str, Schema]) -> Schema:
    """Return the schema of a kind of file, with the schemas that it refers to."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:travelsec:{kind}:1",
        "title": title,
        **{key: value for key, value in content.items() if key != "title"},
        "$defs": dict(defs),
    }


def _readable(schema: Any) -> Any:
    """Tidy a schema of msgspec: unwrap docstrings, adapt patterns to editors, check dates.

    The only defaults kept are those that people may write: editors would fill in empty texts.
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
        tidied["properties"] = {
            field: _readable(value) for field, value in schema["properties"].items()
        }
    return tidied
