"""The result of reviewing a report, the same for people and machines."""

# No `annotations` from `__future__`: they would have to be compiled at every start.

from typing import Any, Literal

import msgspec
from msgspec import Struct

from travelsec.trip.readiness import VERDICT_WORDS, Verdict

ROW_VERDICTS: dict[str, str] = {"": "not read", **VERDICT_WORDS}
"""What was found of a file, as people read it."""

PAGE_EDITED = "page-edited"
PAGE_SAVED = "page-saved"
PAGE_UNCHECKED = "page-unchecked"
WORDS_UNCHECKED = "words-unchecked"


MISSED = "missed"
MISSED_SINCE = "missed-since"

OVER = "over"

VOID = "The decision is void: it was made about a different report."

Holds = bool | Literal["unknown"]
"""Whether travelsec made a report of its answers; unknown if other packs or words were used."""


class Difference(Struct, frozen=True):
    """Something a manager should know about a report; `items` names the items it is about.

    `breaks`: the report cannot be what travelsec made of these answers. It was changed by hand,
    or damaged on the way.
    """

    code: str
    message: str
    items: tuple[str, ...] = ()
    breaks: bool = False


class SetAside(Struct, frozen=True):
    """An item that the traveller set aside, and the reason given."""

    id: str
    label: str
    reason: str


class Decided(Struct, frozen=True):
    """The decision on record for a report.

    `void`: the report has changed since the decision. `new_musts`: `must` items that apply now and
    did not then.
    """

    decision: str
    by: str
    at: str
    comment: str
    void: bool
    new_musts: tuple[str, ...]


class Change(Struct, frozen=True):
    """Something that is different since a decision; `items` names the items or facts."""

    code: str
    message: str
    items: tuple[str, ...] = ()


class Since(Struct, frozen=True):
    """The decision on an earlier report of the trip, and what has changed since, the worst first.

    `path` is the file of that report; it is empty if the newer report took its place, so that only
    must items can be compared. `unknown` says why nothing could be compared; else it is empty.
    """

    decision: str
    by: str
    at: str
    path: str
    changes: tuple[Change, ...] = ()
    unknown: str = ""


Standing = Literal["unread", "broken", "replaced", "over", "unchecked", "judged"]


class Reviewed(Struct, frozen=True):
    """A report, judged again. Dates are ISO 8601; an unknown date is empty.

    `unread` says why a file could not be read; then all other fields are empty. `verdict` is the
    manager's for the day `as_of`, `stated` the report's own. `newest` is false for a report that
    another of the same trip replaces. The lowest `attention` needs attention first.
    """

    path: str
    unread: str = ""
    attention: int = 0
    report: str = ""
    trip_id: str = ""
    trip: str = ""
    traveller: str = ""
    destination: str = ""
    departs: str = ""
    returns: str = ""
    as_of: str = ""
    created: str = ""
    verdict: Verdict | Literal[""] = ""
    stated: str = ""
    holds: Holds = False
    newest: bool = True
    open_must: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    waived: tuple[SetAside, ...] = ()
    declined: tuple[SetAside, ...] = ()
    not_covered: tuple[str, ...] = ()
    differs: tuple[Difference, ...] = ()
    decision: Decided | None = None
    since: Since | None = None

    @property
    def standing(self) -> Standing:
        """What matters more about it than its verdict, which counts if it is `judged`."""
        if self.unread:
            return "unread"
        if self.is_broken:
            return "broken"
        if not self.newest:
            return "replaced"
        if self.is_over:
            return "over"
        return "unchecked" if self.is_unchecked else "judged"

    @property
    def is_broken(self) -> bool:
        """Whether the report was read, and cannot be what travelsec made of its answers."""
        return not self.unread and self.holds is False

    @property
    def is_unchecked(self) -> bool:
        """Whether it could not be checked if the report holds."""
        return self.holds == "unknown"

    @property
    def is_decided(self) -> bool:
        """Whether there is a decision on this very report next to it, free of doubts."""
        if self.decision is None or self.decision.void:
            return False
        return not any(finding.code.startswith("decision-") for finding in self.differs)

    @property
    def is_over(self) -> bool:
        """Whether the trip is over."""
        return any(difference.code == OVER for difference in self.differs)

    @property
    def is_good(self) -> bool:
        """Whether the report was checked and holds, and no `must` is open."""
        return not self.unread and self.holds is True and self.verdict != "not-ready"


def encode_row(data: Any) -> bytes:
    """Return a review, or a reviewed report, as JSON."""
    try:
        return msgspec.json.encode(data)
    except UnicodeEncodeError:
        import json

        # A file name may contain bytes that are not UTF-8. They become `?`, as JSON cannot hold
        # them.
        text = json.dumps(msgspec.to_builtins(data), ensure_ascii=False, separators=(",", ":"))
        return text.encode(errors="replace")


_REVIEWED = msgspec.json.Decoder(Reviewed)


def decode_row(row: bytes, path: str) -> Reviewed:
    """Return the report at a path that was reviewed, from what `encode_row` made of it."""
    reviewed = _REVIEWED.decode(row)
    # JSON cannot hold every file name.
    return reviewed if reviewed.path == path else msgspec.structs.replace(reviewed, path=path)
