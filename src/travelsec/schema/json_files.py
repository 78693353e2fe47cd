"""The JSON Schemas of what travelsec writes as JSON."""

from __future__ import annotations

from travelsec.schema.descriptions import descriptions
from travelsec.schema.kinds import JSON_FILES
from travelsec.schema.models import Schema, definitions, document
from travelsec.trip.statuses import NEED_REASON

_STATUS_RULES: Schema = {
    "allOf": [
        {
            "if": {"properties": {"status": {"const": "unanswered"}}},
            "then": {
                "properties": {
                    "reason": {"maxLength": 0},
                    "note": {"maxLength": 0},
                    "how": {"type": "null"},
                }
            },
            "else": {"properties": {"how": {"enum": ["terminal", "script"]}}},
        },
        {
            "if": {"properties": {"status": {"enum": list(NEED_REASON)}}},
            "then": {"properties": {"reason": {"pattern": r"\S"}}},
        },
        {
            "if": {"properties": {"deadline": {"type": "string"}}, "required": ["deadline"]},
            "then": {"required": ["ask"]},
            "else": {"not": {"required": ["ask"]}},
        },
    ]
}
"""What `report.strict` says of the fields of an item together."""


def json_file(kind: str) -> Schema:
    """Return the JSON Schema of a kind of JSON that travelsec writes.

    A line of a review in JSON Lines is a `Reviewed` of that schema.
    """
    written = JSON_FILES[kind]
    defs = definitions([written.load()], descriptions())
    for schema in defs.values():
        # No reader of travelsec takes other fields, and it writes none that is not described.
        if "properties" in schema:
            schema["additionalProperties"] = False
    if "ReportItem" in defs:
        defs["ReportItem"] |= _STATUS_RULES
    if written.is_list:
        content: Schema = {"type": "array", "items": {"$ref": f"#/$defs/{written.model}"}}
    else:
        content = defs.pop(written.model)
    return document(kind, written.title, content, defs)
