"""The JSON Schemas of an answers file and of a line of a batch, for the content of a pack."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, assert_never

from travelsec.batch.starters import KEY
from travelsec.countries import data as country_data
from travelsec.pack.model import Item, Pack, Question
from travelsec.people import MAX_PEOPLE
from travelsec.question_types import QuestionType, behaviour, none_hint
from travelsec.schema.models import Schema, document
from travelsec.schema.yaml_scalars import SCALAR, TEXT, any_case, forms, names
from travelsec.trip.answers import RETIRED, item_names
from travelsec.trip.statuses import MAX_REASON, NEED_REASON, WRITTEN
from travelsec.wording import join_words

_NULL: Schema = {"type": "null"}
# Punctuation and spaces around a value are ignored.
_DATE = r"^\W*[0-9]{4}-[0-9]{2}-[0-9]{2}\W*$"
_NUMBER = r"^\W*[0-9]{1,6}\W*$"


def answers(pack: Pack) -> Schema:
    """Return the JSON Schema of answers files for trips prepared with these packs."""
    return document("answers", "A travelsec answers file", _content(pack), _statuses())


def starter(pack: Pack) -> Schema:
    """Return the JSON Schema of a line of JSON Lines for `prepare --batch`."""
    key = {**TEXT, "description": "What tells this trip from others, the same on every run."}
    content = _content(pack)
    content["properties"] = {KEY: key, **content["properties"]}
    return document("starter", "A line of a travelsec batch", content, _statuses())


def _content(pack: Pack) -> Schema:
    return {
        "description": "A null is an answer that is not given.",
        "type": "object",
        "properties": {
            "trip": _object_of("What is known about the trip.", _facts(pack)),
            "items": _object_of("What is said about the items.", _items(pack)),
        },
        "additionalProperties": False,
    }


def _object_of(description: str, properties: Iterable[tuple[str, Schema]]) -> Schema:
    by_spelling: dict[str, Schema] = {}
    for name, schema in properties:
        for spelling in names(name):
            by_spelling.setdefault(spelling, schema)
    return {
        "description": description,
        "type": ["object", "null"],
        "properties": by_spelling,
        "additionalProperties": False,
    }


# Facts


def _facts(pack: Pack) -> Iterable[tuple[str, Schema]]:
    for question in pack.questions.values():
        yield question.id, _question(question)
    for name in RETIRED:
        yield name, {"description": "No longer asked: leave it out.", "deprecated": True}


def _question(question: Question) -> Schema:
    labels = "; ".join(f"{name}: {label}" for name, label in question.choices.items())
    hint, none = behaviour(question.type).hint, none_hint(question)
    parts = (question.ask, hint, none, labels, question.help)
    values = _values(question.type, list(question.choices))
    if question.none:
        values.append(_trimmed_text(any_case("none")))
    return {"description": "\n\n".join(filter(None, parts)), "anyOf": [*values, _NULL]}


def _values(kind: QuestionType, choices: list[str]) -> list[Schema]:
    match kind:
        case "text":
            return [TEXT]
        case "choice":
            return [{"enum": _forms_of(choices)}, _trimmed_text(_one_of(choices))]
        case "choices":
            choice = _one_of([*choices], any_case("none"))
            return [
                {"type": "array", "items": {"enum": _forms_of(choices)}},
                {"enum": _forms_of(choices)},
                _trimmed_text(rf"{choice}(\W*,\W*{choice})*"),
            ]
        case "yes-no":
            words = (any_case(word) for word in ("true", "false", "yes", "no"))
            return [{"type": "boolean"}, _trimmed_text(f"({'|'.join(words)})")]
        case "date":
            return [{"type": "string", "pattern": _DATE, "examples": ["2026-12-01"]}]
        case "number":
            return [
                {"type": "integer", "minimum": 0, "maximum": 999_999},
                {"type": "string", "pattern": _NUMBER},
            ]
        case "countries":
            names = [names[0] for names in country_data().countries.values()]
            # Editors offer the names; any alias in any case is read.
            return [{"type": "array", "items": {"anyOf": [{"enum": names}, TEXT]}}, TEXT]
        case "people":
            several = {"type": "array", "items": {"anyOf": [_PERSON, TEXT]}, "maxItems": MAX_PEOPLE}
            return [several, _PERSON, TEXT]
    assert_never(kind)


_PERSON: Schema = {
    "type": "object",
    "properties": {
        "name": {**TEXT, "description": "Who it is."},
        "telephone": {"type": SCALAR, "description": "Without + it is a British number."},
    },
    "required": ["name"],
    "additionalProperties": False,
}


def _forms_of(words: list[str]) -> list[Any]:
    """Return all that parsers may make of these words; the words themselves come first."""
    other_forms = [form for word in words for form in forms(word)[1:]]
    others_by_type = {(type(form), form): form for form in other_forms}
    return [*words, *others_by_type.values()]


def _one_of(words: list[str], *patterns: str) -> str:
    return f"({'|'.join([*map(re.escape, words), *patterns])})"


def _trimmed_text(pattern: str) -> Schema:
    return {"type": "string", "pattern": rf"^\W*{pattern}\W*$"}


# Items


def _items(pack: Pack) -> Iterable[tuple[str, Schema]]:
    items = {name: item for name, _, _, item in pack.items()}
    for name, item in items.items():
        yield name, _item(item)
    for name, full in item_names(pack).items():
        if name != full:
            schema = _item(items[full])
            text = f"The former name of {full}. {schema['description']}"
            yield name, {**schema, "description": text, "deprecated": True}


def _item(item: Item) -> Schema:
    parts = (f"{item.level}: {item.do}", item.why)
    return {"description": "\n\n".join(filter(None, parts)), "$ref": "#/$defs/Status"}


def _statuses() -> dict[str, Schema]:
    plain = [word for word in WRITTEN if word not in NEED_REASON]
    schema: Schema = {"type": [*SCALAR, "null"], "maxLength": MAX_REASON}
    return {
        "Status": {
            "title": "Status",
            "anyOf": [{"enum": [*plain, None]}, {"$ref": "#/$defs/StatusWithReason"}],
        },
        "StatusWithReason": {
            "title": "Status with a reason or a note",
            "type": "object",
            "properties": {
                "status": {
                    "enum": list(WRITTEN),
                    "description": "agreed means done, for an undertaking.",
                },
                "reason": {
                    **schema,
                    "description": f"Why. {join_words(NEED_REASON)} need a reason.",
                },
                "note": {**schema, "description": "What else the reader should know."},
            },
            "required": ["status"],
            "additionalProperties": False,
            "if": {"properties": {"status": {"enum": list(NEED_REASON)}}, "required": ["status"]},
            "then": {"properties": {"reason": TEXT}, "required": ["reason"]},
        },
    }
