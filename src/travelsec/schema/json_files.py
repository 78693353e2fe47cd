"""The JSON Schemas of what travelsec writes as JSON."""

from __future__ import annotations

from msgspec import Struct

from travelsec.changes.model import Diff
from travelsec.guidance.data import Changes, Coverage, Fidelity, Index, Pages
from travelsec.pack.findings.json import ShownFinding
from travelsec.report.model import Report
from travelsec.results.batch import Batch
from travelsec.results.checklist import Entries, Items
from travelsec.results.contacts import Contacts
from travelsec.results.debrief import Debriefed
from travelsec.results.doctor import Doctor
from travelsec.results.incident import Incident
from travelsec.results.packs import ShippedPacks
from travelsec.results.trips import ShownTrip, Trips
from travelsec.review.decision import Decision
from travelsec.review.json import Review
from travelsec.schema.descriptions import descriptions
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

MODELS: dict[str, tuple[str, type[Struct]]] = {
    "report": ("A travelsec report", Report),
    "decision": ("A decision on a travelsec report", Decision),
    "review": ("A review of travelsec reports", Review),
    "trips": ("The trips that travelsec keeps", Trips),
    "trip": ("A trip that travelsec keeps", ShownTrip),
    "contacts": ("The contacts of travelsec", Contacts),
    "incident": ("What travelsec says to do in an incident", Incident),
    "debrief": ("A debrief with travelsec", Debriefed),
    "doctor": ("What travelsec doctor finds", Doctor),
    "batch": ("What travelsec made of the lines of a batch", Batch),
    "checklist-list": ("The items of travelsec packs", Items),
    "checklist-show": ("Entries of travelsec packs", Entries),
    "checklist-packs": ("The packs that come with travelsec", ShippedPacks),
    "checklist-validate": ("What travelsec finds wrong in packs", ShownFinding),
    "checklist-coverage": ("Which duties travelsec packs carry", Coverage),
    "checklist-diff": ("The differences between two packs, as travelsec tells them", Diff),
    "checklist-fidelity": ("What carries each statement in travelsec packs", Fidelity),
    "guidance-list": ("The pages that travelsec packs cite", Pages),
    "guidance-index": ("The index that travelsec proposes for a page", Index),
    "guidance-diff": ("What travelsec finds changed in a page", Changes),
}
"""The title and the model of each, by its name in the field `schema`."""

LISTS = ("checklist-validate",)
"""What is a list of its model, and so has no field `schema`."""


def json_file(kind: str) -> Schema:
    """Return the JSON Schema of a kind of JSON that travelsec writes.

    A line of a review in JSON Lines is a `Reviewed` of that schema.
    """
    title, model = MODELS[kind]
    defs = definitions([model], descriptions())
    for schema in defs.values():
        # No reader of travelsec takes other fields, and it writes none that is not described.
        if "properties" in schema:
            schema["additionalProperties"] = False
    if "ReportItem" in defs:
        defs["ReportItem"] |= _STATUS_RULES
    if kind in LISTS:
        content: Schema = {"type": "array", "items": {"$ref": f"#/$defs/{model.__name__}"}}
    else:
        content = defs.pop(model.__name__)
    return document(kind, title, content, defs)
