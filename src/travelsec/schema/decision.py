"""The JSON Schema of a line manager's decision."""

from __future__ import annotations

from travelsec.review.decision import Decision
from travelsec.schema.models import Schema, definitions, document

_FIELDS = {
    "Decision": {
        "schema": "The version of this format.",
        "report": "The id of the report.",
        "trip": "The id of the trip.",
        "digest": "That of the report’s content as the manager’s travelsec worked it out.",
        "decision": "What was decided.",
        "by": "Who decided.",
        "comment": "For the traveller to read.",
        "at": "The moment, in UTC.",
        "as_of": "The day the report was judged for.",
        "verdict": "The manager’s own judgement.",
        "holds": "Whether the manager’s judgement was the report’s own.",
        "open_must": "The must items that were open.",
        "waived": "The must items that were said not to apply.",
        "musts": "All must items that applied then.",
        "packs": "The packs that were judged with.",
        "note": "What this file is, and what it is not.",
    },
    "PackRef": {"digest": "The sha256 of the pack’s canonical typed content."},
}


def decision() -> Schema:
    """Return the JSON Schema of a decision."""
    defs = definitions([Decision], _FIELDS)
    content = defs.pop("Decision")
    return document("decision", "A decision on a travelsec report", content, defs)
