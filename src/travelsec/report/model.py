"""The report: a snapshot of a trip's readiness, with fields in the order of the JSON."""

from __future__ import annotations

import datetime
import hashlib
import re
from typing import Any, Literal, TypeAlias

import msgspec
from msgspec import Struct

from travelsec.pack.model import Level, Phase
from travelsec.trip.readiness import Readiness
from travelsec.trip.statuses import How, StatusWord

SCHEMA: Literal["travelsec.report/1"] = "travelsec.report/1"


FactData: TypeAlias = "str | bool | int | list[str | dict[str, str]]"
"""A fact as `values.to_data` returns it. No floats: their JSON has no canonical form."""


NAME = "travelsec"
"""The name of the program in reports."""

WORDS = 2
"""The version of the words that travelsec itself puts into a report and around it.

Raise it whenever those words change, or the way answers are shown: `review` compares the words
only of reports that have its own number. `tests/report/test_words.py` fails until then.
"""


class Tool(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The program that made the report. `words` is its `WORDS`; 0.2.0 and older had no number."""

    name: str
    version: str
    words: int = 0


class PackRef(Struct, frozen=True, forbid_unknown_fields=True):
    """A pack the items came from, and the digest of its content."""

    id: str
    version: str
    digest: str


class Answer(Struct, frozen=True, forbid_unknown_fields=True):
    """A fact as people read it: question, answer, and how it was given."""

    fact: str
    ask: str
    answer: str
    how: How | None


class Trip(Struct, frozen=True, forbid_unknown_fields=True):
    """The journey. `answers` are the `facts` as people read them. Neither has a private fact."""

    id: str
    name: str
    facts: dict[str, FactData]
    answers: tuple[Answer, ...]


class ReportItem(Struct, frozen=True, forbid_unknown_fields=True):
    """An item that applied, with its texts of that day and its status."""

    id: str
    checklist: str
    section: str
    phase: Phase
    level: Level
    label: str
    do: str
    why: str
    status: StatusWord
    reason: str
    note: str
    due: datetime.date | None
    cites: tuple[str, ...]
    how: How | None


class OnCall(Struct, frozen=True, forbid_unknown_fields=True):
    """What the line manager should do if the traveller calls: the steps, and who to call."""

    title: str
    steps: tuple[str, ...]
    contacts: tuple[str, ...]


class Link(Struct, frozen=True, forbid_unknown_fields=True):
    """A web page with further reading, and a note on it."""

    name: str
    url: str
    note: str


ANSWER_IGNORED = "answer-ignored"
"""The code of warnings about answers from a script that do not matter for the trip."""


class Warning(Struct, frozen=True, forbid_unknown_fields=True):
    """A warning that is not about a single item."""

    code: str
    message: str


class Report(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A whole report. `titles` are those of checklists, sections and guidance pages, by id.

    `digest` is the sha256 of the canonical JSON without it. It finds accidents and careless
    edits; it is not a signature.
    """

    schema: Literal["travelsec.report/1"]
    id: str
    created: str
    as_of: datetime.date
    tool: Tool
    packs: tuple[PackRef, ...]
    titles: dict[str, str]
    trip: Trip
    items: tuple[ReportItem, ...]
    readiness: Readiness
    on_call: tuple[OnCall, ...]
    warnings: tuple[Warning, ...]
    links: tuple[Link, ...] = ()
    digest: str = ""


MOMENT = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
"""A regular expression for moments."""

_MOMENT = re.compile(MOMENT)


def is_moment(text: str) -> bool:
    """Tell whether a text is a moment as reports write it: UTC, to the second."""
    if not _MOMENT.fullmatch(text):
        return False
    try:
        datetime.datetime.fromisoformat(text)
    except ValueError:
        # Such as month 13.
        return False
    return True


def canonical(data: Any) -> bytes:
    """Return the canonical JSON of data: sorted keys, UTF-8, no white space."""
    return msgspec.json.encode(data, order="sorted")


def digest(report: Report) -> str:
    """Return the sha256 of the canonical JSON of the report without its digest."""
    data = msgspec.structs.asdict(report)
    del data["digest"]
    if not report.links:
        # Reports of older versions have no such field.
        del data["links"]
    return hashlib.sha256(canonical(data)).hexdigest()
