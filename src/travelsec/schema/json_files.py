"""The JSON Schemas of what travelsec writes as JSON: reports, decisions, reviews and diffs."""

from __future__ import annotations

from travelsec.changes.model import Diff
from travelsec.report.model import Report
from travelsec.review.decision import Decision
from travelsec.review.json import Review
from travelsec.schema.models import ANY_MODEL, Schema, definitions, document
from travelsec.trip.statuses import NEED_REASON

FIELDS = {
    ANY_MODEL: {"schema": "The version of this format."},
    "Report": {
        "id": "The id of this report; another report of the same trip has a different one.",
        "created": "When it was made, in UTC.",
        "as_of": "The day it was judged for.",
        "packs": "The packs the items came from, the bundled one first.",
        "titles": "The titles of the checklists, sections and guidance pages, by their ids.",
        "items": "The items that applied on that day.",
        "readiness": "What the report itself says; `review` judges it again.",
        "on_call": "What the line manager should do if the traveller calls.",
        "links": "Related pages on the web.",
        "digest": "The sha256 of the canonical JSON without this field; it is not a signature.",
    },
    "Tool": {
        "words": "The version of travelsec’s own words in reports; `review` compares it.",
    },
    "PackRef": {"digest": "The sha256 of the pack’s canonical typed content."},
    "Answer": {
        "fact": "The id of the question.",
        "ask": "The question as it was asked.",
        "answer": "The answer as people read it.",
        "how": "Whether it was given in a terminal, by a script, or taken from the default.",
    },
    "Trip": {
        "id": "The id of the trip, the same in all its reports.",
        "name": "What the traveller calls the trip.",
        "facts": "The answers for machines, by the ids of the questions.",
        "answers": "The same answers for people.",
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
        "status": "What the traveller said; done means agreed for an undertaking.",
        "reason": "Why it does not apply, or was declined.",
        "note": "What the traveller noted.",
        "due": "The day it is suggested to be done by.",
        "deadline": "The last day to do it, as the guidance has it.",
        "ask": "Who to ask once the deadline has passed.",
        "cites": "The statements of the guidance it is based on.",
        "contacts": "Who to ask, or to send it to, and how to reach them.",
        "how": "Whether it was answered in a terminal or by a script.",
    },
    "Readiness": {
        "verdict": "not-ready while a must is open, ready-with-actions while anything else is.",
        "counts": "Items by status, and open items by level.",
        "open": "The full ids of the items that are open.",
        "waived": "The full ids of the must items that do not apply, as the traveller says.",
        "not_covered": "What the packs do not cover of this trip.",
    },
    "Decision": {
        "report": "The id of the report.",
        "trip": "The id of the trip.",
        "digest": "That of the report’s content, as the manager’s travelsec computed it.",
        "decision": "What was decided.",
        "by": "Who decided.",
        "comment": "For the traveller to read.",
        "at": "The moment, in UTC.",
        "as_of": "The day the report was judged for.",
        "verdict": "The manager’s own judgement.",
        "holds": "Whether the report held when it was judged; unknown: it could not be checked.",
        "open_must": "The must items that were open.",
        "waived": "The must items that did not apply, as the traveller said.",
        "musts": "All must items that applied at the time.",
        "packs": "The packs it was judged with.",
        "note": "What this file is, and what it is not.",
    },
    "Review": {
        "as_of": "The day the reports are judged for.",
        "totals": "The totals of all reports that were asked for.",
        "not_covered": "What the verdicts do not cover, in one sentence for each pack.",
        "reports": "The most urgent first. In JSON Lines, each line is one of these.",
    },
    "Reviewed": {
        "path": "The file.",
        "unread": "Why it could not be read; then no other field says anything.",
        "attention": "The lower it is, the sooner the report needs a look.",
        "report": "The report’s id.",
        "trip_id": "The trip’s id, the same in each report of a trip.",
        "as_of": "The day it was judged for when it was made.",
        "verdict": "Judged again with the reviewer’s packs, for the day as_of.",
        "stated": "What the report itself says.",
        "holds": "Whether travelsec made it of these answers; unknown if it could not be checked.",
        "newest": "Whether no later report replaces it.",
        "open_must": "The full ids of the must items that are open.",
        "open": "The full ids of all items that are open.",
        "waived": "The must items that do not apply, as the traveller says.",
        "declined": "The items that the traveller will not do or agree to.",
        "not_covered": "What the verdict does not cover, in one sentence for each pack.",
        "differs": "What to know about it.",
        "decision": "The decision beside it, if there is one.",
        "since": "The decision on an earlier report of the trip, and what has changed since.",
    },
    "Diff": {
        "old": "The pack before, as it was named: a folder, or installed.",
        "new": "The pack now.",
        "differs": "Whether the packs differ at all.",
        "entries": "The entries that differ; those of the new pack first.",
        "trips": "What changes for the trips of the reports; null if none was given.",
        "unread": "The files that could not be read as reports.",
        "replaced": "How many reports were left out for a later one of the same trip.",
    },
    "EntryChange": {
        "id": "Its id now; of an item the full id, of a withdrawn detail the detail.",
        "title": "What people know it by.",
        "audience": "Who it is for, in words.",
        "was": "The earlier id of a renamed item.",
        "keeps_answers": "Whether answers under the earlier id still count.",
    },
    "FieldChange": {
        "field": "The name of the field, then of what in it differs: steps 2 do.",
        "was": "What it was, as people read it.",
        "now": "What it is now.",
        "edits": "The words that were put in and taken out.",
        "added": "The members that a list has gained.",
        "removed": "The members that a list has lost.",
    },
    "TripChange": {
        "path": "The file of the report.",
        "intact": "Whether its digest fits its content.",
        "made_with": "Which of the two packs it was made with.",
        "over": "Whether the traveller is back.",
        "again": "Whether the trip must be gone through again.",
        "items": "The items that are new to the trip or differ.",
        "gone": "The items that it no longer gets.",
        "questions": "The questions to be asked again.",
    },
    "TripItem": {
        "status": "What the report says of it.",
        "changes": "new, raised, lowered, reworded, or the field that differs, such as due.",
    },
}

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

_MODELS = {
    "report": ("A travelsec report", Report),
    "decision": ("A decision on a travelsec report", Decision),
    "review": ("A review of travelsec reports", Review),
    "diff": ("The differences between two packs, as travelsec tells them", Diff),
}


def json_file(kind: str) -> Schema:
    """Return the JSON Schema of a `report`, a `decision`, a `review` or a `diff` in JSON.

    A line of a review in JSON Lines is a `Reviewed` of that schema.
    """
    title, model = _MODELS[kind]
    defs = definitions([model], FIELDS)
    if "ReportItem" in defs:
        defs["ReportItem"] |= _STATUS_RULES
    return document(kind, title, defs.pop(model.__name__), defs)
