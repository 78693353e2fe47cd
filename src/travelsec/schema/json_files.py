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
from travelsec.schema.models import ANY_MODEL, Schema, definitions, document
from travelsec.trip.statuses import NEED_REASON

FIELDS = {
    ANY_MODEL: {
        "schema": "The version of this format.",
        "for": "Who it is for, in words.",
        "when": "Who it is for, as packs write a condition.",
    },
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
        "by": "Who decided, in one line.",
        "comment": "For the traveller to read.",
        "at": "The moment, in UTC.",
        "as_of": "The day the report was judged for.",
        "verdict": "The manager’s own judgement.",
        "holds": "Whether the report held when it was judged; unknown: it could not be checked.",
        "open_must": "The must items that were open.",
        "waived": "The must items that did not apply, as the traveller said.",
        "musts": "All must items that applied at the time.",
        "packs": "The packs it was judged with.",
        "note": "What this file is, and what it is not: always the same words.",
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
    "Trips": {"as_of": "The day the trips are judged for.", "trips": "The trips."},
    "TripSummary": {
        "id": "The id of the trip, the same in all its reports.",
        "name": "What the traveller calls the trip.",
        "departs": "The day of departure.",
        "returns": "The day of return.",
        "dates": "The dates as people read them.",
        "days_to_departure": "0 once it has begun.",
        "state": "Where the trip is; departed: nobody knows when it ends.",
        "verdict": "How ready the traveller is.",
        "open": "The full ids of all items that are open.",
        "open_must": "The full ids of the must items that are open.",
    },
    "ShownTrip": {
        "report": "A report of the trip as it stands; it has no private answer.",
        "private": "What is kept on this computer only, such as names and numbers of people.",
        "files": "The files that were written for the trip.",
    },
    "PrivateAnswer": {
        "fact": "The id of the question.",
        "ask": "The question.",
        "answer": "The answer as people read it, with numbers as dialled from where they are.",
        "value": "The answer for machines.",
    },
    "Contacts": {
        "as_of": "The day, which decides whether the trip is under way.",
        "trip": "The trip whose facts decide; null if there is none.",
        "topic": "What the contacts are for; null for all.",
        "contacts": "Who to call, the most fitting first.",
        "links": "What to read.",
    },
    "ShownContact": {
        "id": "The id of the contact; of several reached in the same ways, the first.",
        "name": "Its name; several are separated by commas.",
        "ways": "The ways to reach it.",
        "hours": "When it can be reached; empty if unknown.",
        "note": "What else to know.",
    },
    "Way": {
        "kind": "What the value is.",
        "label": "What people read before it; for a person, the name.",
        "value": "The number as dialled from where the traveller is, the address or the channel.",
    },
    "Incident": {
        "as_of": "The day, which decides whether the trip is under way.",
        "trip": "The trip whose facts decide; null if there is none.",
        "description": "What was typed.",
        "situation": "What to do; null if what was typed fits no situation well enough.",
        "others": "What it may be instead, the nearest first.",
        "contacts": "Who to call if there is no situation, whichever it is.",
        "links": "What to read, in that case.",
    },
    "Advice": {
        "id": "The id of the situation.",
        "title": "What happened.",
        "compromised": "Whether to stop using the device in question.",
        "steps": "What to do, in this order.",
        "contacts": "Who to call.",
        "links": "What to read.",
        "note_down": "What to note down, as a suggestion.",
        "then": "What it may lead to.",
    },
    "ShownStep": {"do": "What to do.", "why": "The reason, if the guidance gives one."},
    "Named": {"id": "The id of the situation.", "title": "Its title."},
    "Debriefed": {
        "as_of": "The day it is judged for.",
        "trip": "What the traveller calls the trip.",
        "state": "Where the trip is; departed: nobody knows when it ends.",
        "closed": "Whether no must is open and all that happened is reported.",
        "unreported": "How many things that happened are not reported.",
        "readiness": "The judgement over the items on return.",
        "events": "What happened on the trip.",
        "items": "The items to do on return.",
    },
    "Happened": {
        "situation": "The id of the situation.",
        "title": "Its title.",
        "moment": "When it was noted, in the traveller’s own time.",
        "reported": "Whether it was reported.",
        "note": "What was noted, by the fields of the note.",
    },
    "OnReturn": {
        "id": "The full id: checklist.item.",
        "level": "How strongly the guidance words it.",
        "label": "The item in a few words.",
        "do": "What to do.",
        "status": "What the traveller said.",
        "reason": "Why it does not apply, or was declined.",
        "due": "The day it is suggested to be done by.",
        "deadline": "The last day to do it, as the guidance has it.",
    },
    "Batch": {
        "lines": "The results, in the order of the lines.",
        "exit_code": "That of the command: that of the worst line.",
    },
    "BatchLine": {
        "line": "The number of the line in the file, from 1.",
        "key": "The key of the line, if it has one.",
        "file": "The report that was made; null if none was.",
        "verdict": "How ready the traveller is; null if no report was made.",
        "unchanged": "Whether the report was there already, and says the same.",
        "exit_code": "What a command for this line alone would end with.",
        "faults": "Why no report was made.",
    },
    "ShownFinding": {
        "file": "The file, as it was named.",
        "line": "The line from 1; 0 stands for the whole file.",
        "column": "The column from 1; 0 stands for the whole line.",
        "code": "The name of the rule.",
        "text": "What is wrong, and what is allowed instead.",
    },
    "UnreadReport": {"unread": "Why it could not be read."},
    "Doctor": {
        "well": "Whether nothing would fail.",
        "troubles": "What would fail.",
        "locations": "Where everything is.",
        "packs": "The packs that incident would use, the bundled one first.",
        "variables": "The environment variables that are set, but not their values.",
        "completion": "Whether shells complete travelsec.",
    },
    "Trouble": {
        "message": "What is wrong, and where.",
        "affects": "The commands that fail, or know less than they could.",
        "next": "What to do about it.",
    },
    "Versions": {
        "administrator": "Whether the user is root; never on Windows.",
        "libraries": "The version of each library; empty if it is missing.",
    },
    "Location": {
        "path": "The path, with ~ for the home folder; empty if it has no place.",
        "present": "Whether something is there.",
        "set_by": "The variable that sets it; empty if none does.",
    },
    "PackInForce": {
        "path": "Its folder, with ~ for the home folder.",
        "set_by": "What names it: TRAVELSEC_PACKS or --pack; empty for the bundled one.",
    },
    "ShippedPack": {
        "optional": "Whether it counts only where it is named, by its id.",
        "in_force": "Whether it is, without --pack.",
        "set_by": "The variable that names it; empty if none does.",
    },
    "Window": {
        "colour": "Whether text is coloured.",
        "unicode": "Whether every character can be shown.",
        "questions": "How commands ask here.",
    },
    "Completion": {"installed": "Whether the script is in its place; null if unknown."},
    "Extra": {"reason": "Why it cannot be used; empty if it can."},
    "ListedItem": {
        "id": "The full id: checklist.item.",
        "selected": "Whether the trip gets it.",
        "choice": "kept: an answer is missing, so it cannot be left out.",
        "reasons": "The answers that decide, or are missing.",
    },
    "Pages": {"pages": "The pages, in the order of the packs."},
    "ListedPage": {
        "id": "The id of the page.",
        "expires": "The last day on which it holds, if it says one.",
        "sections": "How many sections have an index; 0 if the page is cited as a whole.",
        "statements": "How many statements there are.",
        "duties": "How many of them are duties.",
    },
    "Index": {
        "title": "The first heading of the page.",
        "expires": "The last day on which it holds, if it says one.",
    },
    "IndexedStatement": {"line": "The line of the page, from 1."},
    "Changes": {
        "page": "The id of the page.",
        "title": "Its title in the new index.",
        "new_title": "The title, if it has changed.",
        "page_title": "What the page calls itself, if the index keeps another title.",
        "new_expires": "The date of expiry, if it is another.",
        "lost_expires": "The date of expiry in the index, if the page has none.",
        "needs_work": "Whether there is a new duty, or something cited needs work.",
    },
    "Coverage": {
        "carried": "How many duties an item or a step of a situation cites.",
        "duties": "How many duties there are.",
        "unconfirmed": "How many kinds of statements are guessed and not confirmed.",
        "pages": "The pages that have an index.",
        "cited_as_a_whole": "The ids of the pages without one.",
    },
    "CoveredDuty": {
        "path": "How it is cited: page/section/statement.",
        "carried": "Whether an item or a step of a situation cites it.",
    },
    "Citation": {
        "id": "The id of the entry, or the withdrawn detail itself.",
        "text": "What describes the entry.",
    },
    "Carrier": {"step": "The number of the step of a situation."},
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
    "checklist-list": ("The items of packs of travelsec", Items),
    "checklist-show": ("Entries of packs of travelsec", Entries),
    "checklist-packs": ("The packs that come with travelsec", ShippedPacks),
    "checklist-validate": ("What travelsec finds wrong in packs", ShownFinding),
    "checklist-coverage": ("The duties that packs of travelsec carry", Coverage),
    "checklist-diff": ("The differences between two packs, as travelsec tells them", Diff),
    "checklist-fidelity": ("What in packs of travelsec carries each statement", Fidelity),
    "guidance-list": ("The pages that packs of travelsec cite", Pages),
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
    defs = definitions([model], FIELDS)
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
