"""What an editor's parser makes of the plain YAML scalars that travelsec reads as text.

travelsec goes by the type of the field, editors by the look of the value: the version 1.0 becomes
a number, the reason `no` a boolean. A schema for YAML accepts both.
"""

from __future__ import annotations

import re
from typing import Any

from travelsec.schema.models import Schema

SCALAR = ["string", "number", "boolean"]
"""The types that an editor may give to what travelsec reads as text."""

TEXT: Schema = {"type": SCALAR, "pattern": r"\S"}
"""A text with something in it."""

_INTEGER = re.compile("[0-9]+|0o[0-7]+|0x[0-9a-f]+|0b[01]+")
_FLOAT = re.compile(r"[0-9]*\.?[0-9]+e-?[0-9]+|[0-9]*\.[0-9]+|[0-9]+\.")
_OCTAL = re.compile("0[0-7]+")
_TRUTHS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}

# A field name that looks like a number, as a parser writes it after reading it as one.
NUMBER_AS_NAME = r"[0-9.]+([eE][-+]?[0-9]+)?|Infinity|inf"


def any_case(word: str) -> str:
    """Return a pattern for a word in upper case, lower case or any mixture of them."""
    # “ſ” equals “s” when case is ignored.
    return "".join(f"[{letter}{letter.upper()}{'ſ' if letter == 's' else ''}]" for letter in word)


def relaxed(schema: Any) -> Any:
    """Turn a schema of what travelsec reads from YAML into one of what an editor sees."""
    if isinstance(schema, list):
        return [relaxed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("format") == "date":
        return dict(schema)
    if schema.get("type") == "string":
        return {**schema, "type": SCALAR}
    if schema.get("type") == "boolean":
        other_keywords = {key: value for key, value in schema.items() if key != "type"}
        words = "|".join(any_case(word) for word in ("true", "false"))
        written = {"type": "string", "pattern": f"^({words}|0|1)$"}
        return {**other_keywords, "anyOf": [{"type": "boolean"}, {"enum": [0, 1]}, written]}
    result = {key: relaxed(value) for key, value in schema.items()}
    if {"type": "null"} in schema.get("anyOf", ()):
        # Where a value may be missing, the model takes “null” in quotes for that too.
        null = {"type": "string", "pattern": f"^{any_case('null')}$"}
        result["anyOf"] = [*result["anyOf"], null]
    names = schema.get("propertyNames")
    if isinstance(names, dict) and "pattern" in names:
        result["propertyNames"] = {**names, "pattern": f"{names['pattern']}|^({NUMBER_AS_NAME})$"}
    return result


def forms(word: str) -> list[Any]:
    """Return what a parser may make of an id that is written as a plain scalar, itself first.

    This covers YAML 1.1 and 1.2. Ids have only lower-case letters, digits, dots and hyphens.
    """
    readings: list[Any] = [word]
    if word in _TRUTHS:
        readings.append(_TRUTHS[word])
    if _INTEGER.fullmatch(word):
        readings.append(int(word, 0 if word[1:2].isalpha() else 10))
        if _OCTAL.fullmatch(word):
            readings.append(int(word, 8))
    elif _FLOAT.fullmatch(word):
        readings.append(float(word))
    return readings


def names(word: str) -> list[str]:
    """Return what a parser may make of an id as the name of a field, itself first."""
    others = forms(word)[1:]
    whole_numbers = [int(form) for form in others if isinstance(form, float) and form.is_integer()]
    return list(dict.fromkeys([word, *(str(form).lower() for form in [*others, *whole_numbers])]))
