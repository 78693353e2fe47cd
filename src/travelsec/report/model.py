"""The report: a snapshot of a trip's readiness, with fields in the order of the JSON."""

# No `annotations` from `__future__`: msgspec would have to compile each of them at every start.

import datetime
import hashlib
import re
from collections.abc import Callable
from operator import attrgetter
from typing import Annotated, Any, Literal, TypeAlias

import msgspec
from msgspec import Meta, Struct

from travelsec import values
from travelsec.pack import model as pack
from travelsec.pack.model import FullId, Id, Level, Phase
from travelsec.trip.readiness import Number, Readiness
from travelsec.trip.statuses import MAX_REASON, How, StatusWord

SCHEMA: Literal["travelsec.report/1"] = "travelsec.report/1"

# Python 3.14 would take hour 24 for the midnight after it.
MOMENT = "[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}Z"
"""A regular expression for moments."""
MAX_FILLED = 10_000
"""The most characters of a text once answers are filled in, or ids are listed in it."""
MAX_NAME = 250
"""The most characters of the name of a trip: a destination, a day and a number."""

# What travelsec writes, so that nothing else is read. `$` alone would also match before a line
# break at the end.
LINE_PATTERN = r"^\S([^\r\n]*\S)?$(?!\n)"
Name = Annotated[str, Meta(pattern=r"^[^\r\n]+$(?!\n)", max_length=MAX_NAME)]
Filled = Annotated[str, Meta(min_length=1, max_length=MAX_FILLED)]
FilledOrEmpty = Annotated[str, Meta(max_length=MAX_FILLED)]
Reason = Annotated[str, Meta(max_length=MAX_REASON)]
Moment = Annotated[
    str, Meta(pattern=rf"^{MOMENT}$(?!\n)", extra_json_schema={"format": "date-time"})
]
RandomId = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}$(?!\n)")]
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
Version = Annotated[str, Meta(pattern=r"^[0-9][0-9A-Za-z.+!-]*$(?!\n)", max_length=50)]
TITLE_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$(?!\n)"
# Ids whose patterns `report.strict` checks, as those of `FullId`.
TitleKey = Annotated[
    str, Meta(max_length=2 * pack.MAX_ID + 1, extra_json_schema={"pattern": TITLE_PATTERN})
]
FactName = Annotated[
    str, Meta(max_length=pack.MAX_ID, extra_json_schema={"pattern": pack.FACT_PATTERN})
]
ListedId = Annotated[
    str, Meta(max_length=pack.MAX_ID, extra_json_schema={"pattern": pack.ID_PATTERN})
]
# The id of a choice, or the code of a country.
MEMBER_PATTERN = r"^([a-z0-9]+(-[a-z0-9]+)*|[A-Z]{2})$(?!\n)"
Member = Annotated[str, Meta(max_length=pack.MAX_ID, extra_json_schema={"pattern": MEMBER_PATTERN})]
Cite = Annotated[
    str, Meta(max_length=3 * pack.MAX_ID + 2, extra_json_schema={"pattern": pack.PATH_PATTERN})
]
PersonField = Annotated[str, Meta(pattern=r"^(name|telephone)$(?!\n)")]
PersonData = Annotated[
    dict[PersonField, Annotated[str, Meta(max_length=values.MAX_ANSWER)]],
    Meta(min_length=2, max_length=2),
]
# Where a text is one of several types, msgspec 0.22 crashes over a pattern: `report.strict` checks.
Line = Annotated[
    str, Meta(max_length=values.MAX_ANSWER, extra_json_schema={"pattern": LINE_PATTERN})
]
FactData: TypeAlias = Line | bool | Number | list[Member | PersonData]
"""A fact as `values.to_data` returns it. No floats: their JSON has no canonical form."""


NAME: Literal["travelsec"] = "travelsec"
"""The name of the program in reports."""

WORDS = 2
"""The version of the words that travelsec itself puts into a report and around it.

Raise it whenever those words change, or the way answers are shown: `review` compares the words
only of reports that have its own number. `tests/report/test_words.py` fails until then.
"""


class Tool(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The program that made the report. `words` is its `WORDS`; 0.2.0 and older had no number."""

    name: Literal["travelsec"]
    version: Version
    words: Annotated[int, Meta(ge=1, le=999_999)] = 0


class PackRef(Struct, frozen=True, forbid_unknown_fields=True):
    """A pack the items came from, and the digest of its content."""

    id: Id
    version: pack.Text
    digest: Digest


class Answer(Struct, frozen=True, forbid_unknown_fields=True):
    """A fact as people read it: question, answer, and how it was given."""

    fact: FactName
    ask: Filled
    answer: Filled
    how: How | None


class Trip(Struct, frozen=True, forbid_unknown_fields=True):
    """The journey. `answers` are the `facts` as people read them. Neither has a private fact."""

    id: RandomId
    name: Name
    facts: dict[FactName, FactData]
    answers: tuple[Answer, ...]

    def text(self, fact: str) -> str:
        """Return a fact that is a text; empty if it is unknown, or of another type."""
        value = self.facts.get(fact)
        return value if isinstance(value, str) else ""

    def date(self, fact: str) -> datetime.date | None:
        """Return a fact that is a date; None if it is unknown, or of another type."""
        try:
            return values.read_date(self.text(fact))
        except values.InvalidValue:
            return None


class ReportItem(
    Struct,
    frozen=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    kw_only=True,
    cache_hash=True,
):
    """An item that applied, with its texts of that day and its status.

    `contacts` are who to ask, or to send it to. Only an item with a deadline says in `ask` who to
    ask once it is missed. Reports of 0.2.0 and older have none of these.
    """

    id: FullId
    checklist: ListedId
    section: ListedId
    phase: Phase
    level: Level
    label: Filled
    do: Filled
    why: FilledOrEmpty
    status: StatusWord
    reason: Reason
    note: Reason
    due: datetime.date | None
    deadline: datetime.date | None = None
    ask: Filled = ""
    cites: Annotated[tuple[Cite, ...], Meta(min_length=1)]
    contacts: tuple[Filled, ...] = ()
    how: How | None


Days: TypeAlias = tuple[datetime.date | None, datetime.date | None, str]
"""When an item is due, its deadline, and who to ask once that is missed."""
days_of: Callable[[ReportItem], Days] = attrgetter("due", "deadline", "ask")


class OnCall(Struct, frozen=True, forbid_unknown_fields=True):
    """What the line manager should do if the traveller calls: the steps, and who to call."""

    title: Filled
    steps: tuple[Filled, ...]
    contacts: tuple[Filled, ...]


class Link(Struct, frozen=True, forbid_unknown_fields=True):
    """A web page with further reading, and a note on it."""

    name: Filled
    url: Filled
    note: FilledOrEmpty


ANSWER_IGNORED = "answer-ignored"
"""The code of warnings about answers from a script that do not matter for the trip."""


class Warning(Struct, frozen=True, forbid_unknown_fields=True):
    """A warning that is not about a single item."""

    code: Id
    message: Filled


class Report(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A whole report. `titles` are those of checklists, sections and guidance pages, by id.

    `digest` is the sha256 of the canonical JSON without it. It finds accidents and careless
    edits; it is not a signature.
    """

    schema: Literal["travelsec.report/1"]
    id: RandomId
    created: Moment
    as_of: datetime.date
    tool: Tool
    packs: tuple[PackRef, ...]
    titles: dict[TitleKey, Annotated[str, Meta(max_length=pack.MAX_PACK_TEXT)]]
    trip: Trip
    items: tuple[ReportItem, ...]
    readiness: Readiness
    on_call: tuple[OnCall, ...]
    warnings: tuple[Warning, ...]
    links: tuple[Link, ...] = ()
    digest: Digest = ""


_MOMENT_PATTERN = re.compile(MOMENT)


def moment_text(at: datetime.datetime) -> str:
    """Return a moment in UTC as reports write it, to the second."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def is_moment(text: str) -> bool:
    """Return whether a text is a moment as reports write it: UTC, to the second."""
    if not _MOMENT_PATTERN.fullmatch(text):
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
    return hashlib.sha256(canonical_content(report)).hexdigest()


def canonical_content(report: Report) -> bytes:
    """Return the canonical JSON of the report without its digest."""
    return canonical(canonical_fields(msgspec.structs.asdict(report)))


def canonical_fields(fields: dict[str, Any]) -> dict[str, Any]:
    """Return those of a report's fields that its digest is made of."""
    # Reports of older versions have no links.
    without = ("digest",) if fields["links"] else ("digest", "links")
    return {name: value for name, value in fields.items() if name not in without}
