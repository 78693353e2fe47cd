"""The JSON Schemas of the JSON that travelsec writes: reports, decisions and reviews."""

from __future__ import annotations

from travelsec.report.model import Report
from travelsec.review.decision import Decision
from travelsec.review.json import Review
from travelsec.schema.models import Schema, definitions, document

_REPORT = {
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
        "links": "Pages on the web to read more on.",
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
        "not_covered": "What the packs do not cover of this trip.",
    },
}
_DECISION = {
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
_REVIEW = {
    "Review": {
        "schema": "The version of this format.",
        "as_of": "The day the reports are judged for.",
        "totals": "Of every report that was asked for.",
        "not_covered": "What the verdicts do not cover, a sentence a pack.",
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
        "not_covered": "What the verdict does not cover, a sentence a pack.",
        "differs": "What to know about it.",
        "decision": "The decision beside it, if there is one.",
    },
}


def report() -> Schema:
    """Return the JSON Schema of a report in JSON."""
    return _schema("report", "A travelsec report", Report, _REPORT)


def decision() -> Schema:
    """Return the JSON Schema of a line manager's decision."""
    return _schema("decision", "A decision on a travelsec report", Decision, _DECISION)


def review() -> Schema:
    """Return the JSON Schema of a review in JSON; a line of JSON Lines is its `Reviewed`."""
    return _schema("review", "A review of travelsec reports", Review, _REVIEW)


def _schema(kind: str, title: str, model: type, fields: dict[str, dict[str, str]]) -> Schema:
    defs = definitions([model], fields)
    content = defs.pop(model.__name__)
    return document(kind, title, content, defs)
