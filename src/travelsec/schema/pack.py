"""The JSON Schema of a pack file."""

from __future__ import annotations

import re
from typing import Any, get_args

from travelsec import due
from travelsec.derived import DERIVED
from travelsec.pack import model, parse
from travelsec.pack.references import RESERVED, WAYS
from travelsec.question_types import QuestionType, behaviour
from travelsec.schema.models import ANY_MODEL, NOT_BEFORE_LINE_END, Schema, definitions, document
from travelsec.schema.yaml_scalars import SCALAR, TEXT, relaxed

_CONDITION: Schema = {"$ref": "#/$defs/Condition"}

_TOP_LEVEL = {
    "pack": "The pack itself; in only one of its files.",
    "questions": "Each asks for one fact about the traveller or the trip.",
    "checklist": "Sections of items on one subject.",
    "situations": "What can happen on the way, and what to do then.",
    "contacts": "Who to contact about what.",
    "withdrawn": "Contact details that must never be offered.",
    "guidance": "The pages that items cite: ids and fingerprints of their statements.",
    "also_cites": "Only in a pack on top of another: more citations for its entries.",
    "drop": "Only in a pack on top of another: ids of what to leave out.",
}

FIELDS = {
    ANY_MODEL: {
        "when": "Applies only while this holds: {fact: value}.",
        "cites": "The statements of the guidance it is based on: page/section/statement.",
        "override": "true: it replaces the entry of this id in a pack below.",
        "after": "In a pack on top of another: the id of the one it stands after.",
        "first": "true, in a pack on top of another: it stands before all others.",
        "why": "The reason. May use $facts.",
    },
    "PackInfo": {
        "id": "The id of the pack; reports name it.",
        "version": "The version of its content, in quotes like “1.0”.",
        "title": "What people call the pack.",
        "covers": "What it covers, in one sentence.",
        "not_covered": "What it does not cover, in one sentence; reports say so.",
        "not_covered_when": "Reports say so only while this holds: {fact: value}.",
        "not_covered_instead_of": "Packs below whose not_covered this one’s replaces.",
        "covered_by": "The optional pack that covers it; travellers are told once how to add it.",
        "nation": "Whose bank holidays are not working days, unless a question nation asks.",
    },
    "Question": {
        "id": "The fact id: lower-case words with underscores, like home_shared.",
        "ask": "The question as it is asked. May use $facts.",
        "type": "The kind of answer; people are names and telephone numbers.",
        "choices": "For choice and choices: the id and label of each choice.",
        "none": "For a date: lets it be answered with none, and says what that means.",
        "help": "A hint below the question. May use $facts.",
        "when": "Asked only while this holds: {fact: value}.",
        "default": "Offered in a terminal, taken with --defaults, used for suggestions. "
        "May use $facts.",
        "required": "true: a script must give it. Keep these few.",
        "private": "true: stays in the trip and on the card; never in a report or a condition.",
        "lasting": "true: the answer of the last trip is offered on the next one.",
        "phase": "back: asked on return, by travelsec debrief.",
        "cites": "The statements that the question or its choices come from.",
        "choice_cites": "The statements that single choices come from, by the id of the choice.",
    },
    "Checklist": {
        "id": "The first part of the full id of each of its items.",
        "title": "Its heading; an overlay may leave it out.",
        "sections": "Its parts, in the order shown.",
    },
    "Section": {
        "id": "Unique within the checklist.",
        "title": "The heading above its items; an overlay may leave it out.",
        "phase": "For items without their own: before, away (an undertaking) or back.",
        "items": "What to do or to undertake, in the order shown.",
    },
    "Item": {
        "id": "Unique within the checklist; answers files and reports use it.",
        "label": "A few words, for tick lists and tables. May use $facts.",
        "do": "What to do or to undertake, in full. May use $facts.",
        "level": "How strongly the guidance words it: must, should or consider.",
        "suggestion": "The pack’s own practical hint; left out while a $fact is not known.",
        "situation": "The id of the situation whose steps the traveller undertakes to know.",
        "contacts": "Ids of the contacts to ask, or to send it to.",
        "card": "true: carrying the printed card is doing it; `travelsec card` offers to tick it.",
        "phase": "before: done before leaving; away: an undertaking; back: done on return.",
        "due": f"A suggestion, {due.SHAPE}, “on return”.",
        "deadline": "The last day, which the cited guidance sets; written as due is.",
        "formerly": "Ids it had before; answers files may still use them.",
    },
    "Situation": {
        "id": "What `travelsec incident` calls it.",
        "title": "What happened, in a few words. May use $facts.",
        "also": "Other words that people may type after `travelsec incident`.",
        "steps": "What to do, in order.",
        "audience": "manager: it is shown in the report, and not to the traveller.",
        "card": "Its side of the card: front (room for five), back or none.",
        "compromised": "true: the device at hand may be the one at risk.",
        "note_down": "What to write down: the pack’s own suggestion.",
        "contacts": "Ids of the contacts to call.",
        "then": "Ids of situations it can lead to.",
    },
    "Step": {
        "do": "What to do. May use $facts.",
        "lead_in": "The beginning of do that those who are known to be meant do not see.",
        "needs": "Full ids of the items that provide what the step needs.",
        "safety": "true: it puts the traveller before any device; the card begins with these.",
    },
    "Hours": {
        "hours": "When someone answers these people.",
        "when": "Takes the place of hours where this is known to hold: {fact: value}.",
    },
    "Contact": {
        "id": "Situations and pages refer to it by this.",
        "name": "Who it is.",
        "for": "Topics, such as loss or privacy.",
        "tel": "Like +44 20 7946 0000, shown as dialled at home or abroad; or $tel_CONTACT.",
        "tel_from_abroad": "As dialled from abroad, if that does not follow from tel.",
        "email": "An email address.",
        "slack": "A channel.",
        "url": "A page on the web.",
        "hours": "When someone answers.",
        "hours_for": "The hours for some, shown instead to those who are known to be meant.",
        "people": "The id of a private question whose answers are the people themselves.",
        "note": "What else to know; needed if nothing else is given. May use $tel_CONTACT.",
        "note_from_abroad": "What else to know abroad. May use $tel_CONTACT.",
    },
    "Withdrawn": {
        "value": "The number or address that must not be offered.",
        "reason": "Why.",
    },
    "AddedCites": {
        "id": "The id of a question or a contact below, or the full id of an item.",
        "cites": "The statements that it cites besides: page/section/statement.",
    },
    "Guidance": {
        "id": "The first part of every citation of the page.",
        "title": "The title of the page.",
        "publisher": "Who publishes it.",
        "url": "Where it is.",
        "expires": "The day it expires: year-month-day.",
        "ask": "The id of the contact who knows about the page.",
        "sections": "Its headings; none for a page that is cited as a whole.",
    },
    "GuidanceSection": {
        "id": "The second part of a citation.",
        "title": "The heading.",
        "statements": "The sentences under it.",
    },
    "Statement": {
        "id": "The last part of a citation.",
        "kind": "What it is; a duty must be carried by an item, a step or a question.",
        "fingerprint": "Made by `travelsec guidance index`: 16 hex digits, and codes of the words.",
        "guessed": "true until someone has confirmed the kind; then take it out.",
        "level": "How strongly the page words a duty, its lead-in included.",
        "note": "Why what carries it differs, in one line of your own words.",
    },
}


def pack() -> Schema:
    """Return the JSON Schema of a file of a pack or an overlay."""
    kinds = [model.PackInfo, model.Checklist, *parse.ENTRY_LISTS.values()]
    defs = {
        name: relaxed(schema)
        for name, schema in definitions(kinds, FIELDS, lambda _: dict(_CONDITION)).items()
    }
    _add_rules(defs)
    properties: dict[str, Schema] = {
        "pack": {"$ref": "#/$defs/PackInfo"},
        "checklist": {"$ref": "#/$defs/Checklist"},
        "drop": {"type": "array", "items": TEXT},
    }
    for key, kind in parse.ENTRY_LISTS.items():
        properties[key] = {"type": "array", "items": {"$ref": f"#/$defs/{kind.__name__}"}}
    content = {
        "description": "One file of a pack. A pack is all `*.yaml` files in a folder.",
        "type": "object",
        "properties": {
            key: {**properties[key], "description": _TOP_LEVEL[key]} for key in parse.TOP_LEVEL
        },
        "additionalProperties": False,
    }
    return document("pack", "A travelsec pack file", content, {**defs, **_condition()})


def _add_rules(defs: dict[str, Schema]) -> None:
    """Add the rules between fields, and the patterns that the models do not check."""
    question = defs["Question"]
    question["properties"]["id"]["not"] = {"enum": [*RESERVED, *DERIVED]}
    with_choices = [kind for kind in get_args(QuestionType) if behaviour(kind).options is None]
    question["if"] = {"properties": {"type": {"enum": with_choices}}, "required": ["type"]}
    question["then"] = {"required": ["choices"], "properties": {"choices": {"minProperties": 1}}}
    question["else"] = {"properties": {"choices": {"maxProperties": 0}}}
    question["dependentSchemas"] = {"none": {"properties": {"type": {"const": "date"}}}}
    # Punctuation and spaces around it are ignored.
    shape = re.sub(r"\?P<\w+>", "", due.PATTERN)
    for field in ("due", "deadline"):
        defs["Item"]["properties"][field] |= {
            "pattern": rf"^\W*({shape})\W*$",
            "examples": ["2 days before departure", "1 day after return", "on return"],
        }
    defs["Contact"]["anyOf"] = [{"required": [way]} for way in (*WAYS, "note")]


def _condition() -> dict[str, Schema]:
    scalar: Schema = {"type": SCALAR}
    fact_pattern = model.FACT_PATTERN.removeprefix("^").removesuffix(NOT_BEFORE_LINE_END)
    conditions: Schema = {"type": "array", "items": _CONDITION, "minItems": 1}
    values: list[Schema] = [scalar, {"type": "array", "items": scalar, "minItems": 1}]
    other = "At least one of the choices or countries is none of these."
    bounds: dict[str, Any] = {
        "at_least": {**scalar, "description": "The lowest number, or the first day."},
        "at_most": {**scalar, "description": "The highest number, or the last day."},
    }
    return {
        "Condition": {
            "title": "Condition",
            "description": "Facts with the values they must have; every one must hold.",
            "type": "object",
            "properties": {
                "any": {**conditions, "description": "At least one of these conditions holds."},
                "all": {**conditions, "description": "Every one of these conditions holds."},
                "not": {**_CONDITION, "description": "This condition does not hold."},
            },
            "patternProperties": {
                # A fact cannot have a reserved name.
                rf"^(?!({'|'.join(RESERVED)})$){fact_pattern}": {"$ref": "#/$defs/Comparison"}
            },
            "additionalProperties": False,
        },
        "Comparison": {
            "title": "Comparison",
            "description": "A value, a list of possible values, a range, or other_than.",
            "anyOf": [
                *values,
                {
                    "type": "object",
                    "properties": bounds,
                    "minProperties": 1,
                    "additionalProperties": False,
                },
                {
                    "type": "object",
                    "properties": {"other_than": {"description": other, "anyOf": values}},
                    "required": ["other_than"],
                    "additionalProperties": False,
                },
            ],
        },
    }
