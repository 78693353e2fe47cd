"""The JSON Schema of a report."""

from __future__ import annotations

from travelsec.report.model import Report
from travelsec.schema.models import Schema, definitions, document

_FIELDS = {
    "Report": {
        "schema": "The version of this format.",
        "id": "Of this report; a new report on the same trip has another.",
        "created": "When it was made, in UTC.",
        "as_of": "The day it was judged for.",
        "packs": "The packs the items came from, the bundled one first.",
        "titles": "The titles of the checklists, sections and guidance pages, by their ids.",
        "items": "The items that applied on that day.",
        "readiness": "What the report itself says; a reviewer judges again.",
        "on_call": "What the line manager does if the traveller calls.",
        "digest": "The sha256 over the canonical JSON without this field; no signature.",
    },
    "Tool": {
        "words": "The number of the words travelsec itself puts into reports; compared by review.",
    },
    "PackRef": {"digest": "The sha256 of the pack’s canonical typed content."},
    "Answer": {
        "fact": "The id of the question.",
        "ask": "The question as it was asked.",
        "answer": "The answer as people read it.",
        "how": "Whether it was given in a terminal, by a script, or taken from the default.",
    },
    "Trip": {
        "id": "Of the trip, the same in all its reports.",
        "name": "What the traveller calls the trip.",
        "facts": "The answers for machines, by the ids of the questions.",
        "answers": "The same for people.",
    },
    "ReportItem": {
        "id": "The full id: checklist.item.",
        "checklist": "The id of its checklist.",
        "section": "The id of its section.",
        "phase": "before: done before leaving; away: an undertaking; back: done on return.",
        "level": "How strongly the guidance words it.",
        "label": "The item in a few words.",
        "do": "What to do or to undertake.",
        "why": "The reason, if the guidance gives one.",
        "status": "What the traveller said; done is “agreed” for an undertaking.",
        "reason": "Why it does not apply, or was declined.",
        "note": "What the traveller noted.",
        "due": "The day it is suggested to be done by.",
        "cites": "The statements of the guidance it rests on.",
        "how": "Whether it was answered in a terminal or by a script.",
    },
    "Readiness": {
        "verdict": "not-ready while a must is open, ready-with-actions while anything else is.",
        "counts": "Items by status, and open items by level.",
        "open": "The full ids of the items that are open.",
        "waived": "The full ids of the must items that are said not to apply.",
        "not_covered": "What the packs do not cover.",
    },
}


def report() -> Schema:
    """Return the JSON Schema of a report in JSON."""
    defs = definitions([Report], _FIELDS)
    content = defs.pop("Report")
    return document("report", "A travelsec report", content, defs)
