"""The JSON Schema of a review."""

from __future__ import annotations

from travelsec.review.json import Review
from travelsec.schema.models import Schema, definitions, document

_FIELDS = {
    "Review": {
        "schema": "The version of this format.",
        "as_of": "The day the reports are judged for.",
        "totals": "Of every report that was asked for.",
        "not_covered": "What no verdict covers, a sentence a pack.",
        "reports": "What needs attention first. In a file of lines each line is one of these.",
    },
    "Reviewed": {
        "path": "The file.",
        "unread": "Why it could not be read; then no other field tells anything.",
        "attention": "The lower, the sooner it needs a look.",
        "report": "The report’s id.",
        "trip_id": "The trip’s id, the same in each report of a trip.",
        "as_of": "The day it was judged for when it was made.",
        "verdict": "Judged afresh, from the reviewer’s packs.",
        "stated": "What the report itself says.",
        "holds": "Whether it can be what travelsec made of these answers.",
        "newest": "Whether no later report takes its place.",
        "open_must": "The full ids of the must items that are open.",
        "open": "The full ids of all items that are open.",
        "waived": "The must items that are said not to apply.",
        "declined": "The items that the traveller will not do or agree to.",
        "differs": "What to know about it.",
        "decision": "The decision beside it, if there is one.",
    },
}


def review() -> Schema:
    """Return the JSON Schema of a review in JSON; a line of it is its `Reviewed`."""
    defs = definitions([Review], _FIELDS)
    content = defs.pop("Review")
    return document("review", "A review of travelsec reports", content, defs)
