"""Choose the reports to show, and order them by the attention they need."""

from __future__ import annotations

import datetime

import msgspec
from msgspec import Struct

from travelsec.review.model import Difference, Reviewed, Standing

(
    BROKEN,
    CANNOT_READ,
    NOT_READY,
    UNCHECKED,
    DECISION,
    WAIVED,
    ACTIONS,
    ALL_SETTLED,
    TRIP_OVER,
    REPLACED,
) = range(10)
"""Priorities, highest first.

`UNCHECKED`: it could not be checked, whatever its verdict. `DECISION`: the decision no longer
holds or is doubtful, another file of the trip names another traveller or none, or the report was
made on another day than it was judged for.
"""
_OF_STANDINGS: dict[Standing, int] = {
    "unread": CANNOT_READ,
    "broken": BROKEN,
    "replaced": REPLACED,
    "over": TRIP_OVER,
    "unchecked": UNCHECKED,
}
_DOUBTS = ("claimed", "decision-", "made-another-day")


def ranked(reviewed: Reviewed) -> Reviewed:
    """Return the row with its priority."""
    return msgspec.structs.replace(reviewed, attention=_attention(reviewed))


def _attention(row: Reviewed) -> int:
    standing = row.standing
    if standing != "judged":
        return _OF_STANDINGS[standing]
    if row.verdict == "not-ready":
        return NOT_READY
    if row.decision is not None and (row.decision.void or row.decision.new_musts):
        return DECISION
    if any(difference.code.startswith(_DOUBTS) for difference in row.differs):
        return DECISION
    if row.since is not None and (row.since.changes or row.since.unknown):
        return DECISION
    return WAIVED if row.waived else ACTIONS if row.open else ALL_SETTLED


def order(row: Reviewed) -> tuple[int, str, str]:
    """Return the sort key of a row: its priority, the day of departure, the file."""
    return row.attention, row.departs or "9999", row.path


def replaced(row: Reviewed, path: str) -> Reviewed:
    """Return the row, marked as replaced by the report at this path."""
    difference = Difference(
        "replaced",
        f"Replaced by another report of this trip, newer, or as new and no more ready: {path}.",
    )
    return msgspec.structs.replace(row, newest=False, differs=(*row.differs, difference))


def claimed(row: Reviewed, path: str) -> Reviewed:
    """Return the row with a finding that the file at this path names another traveller, or none."""
    difference = Difference(
        "claimed",
        f"Another report has the same trip id but does not name the same traveller: {path}. Both "
        "count: ask which is right.",
    )
    return msgspec.structs.replace(row, differs=(*row.differs, difference))


def contradicted(row: Reviewed, path: str) -> Reviewed:
    """Return the row with a finding that a copy of the report has another decision beside it."""
    difference = Difference(
        "decision-contradicted",
        f"A copy of this report has the opposite decision beside it: {path}. Ask which one holds.",
    )
    return msgspec.structs.replace(row, differs=(*row.differs, difference))


def twin(row: Reviewed, path: str, created: str) -> Reviewed:
    """Return the row, marked as one of two reports of a journey under two trip ids.

    Args:
        row: the review of one of them.
        path: the file of the other.
        created: the moment when the other was made.
    """
    is_newer = "is newer" if created > row.created else "is older"
    if created == row.created:
        is_newer = "was made at the same moment"
    is_alike = "is about the same days, or some of them, under another trip id"
    if not row.departs:
        is_alike = "gives no dates either, and no other destination, but has another trip id"
    difference = Difference(
        "twin",
        f"Another report of this traveller {is_alike}, and {is_newer}: {path}. Both count: ask "
        "which one to keep.",
    )
    return msgspec.structs.replace(row, differs=(*row.differs, difference))


class Filter(Struct, frozen=True):
    """Which reports to show. Reports that could not be read are always shown.

    `departing_within` counts days from `today`, and includes trips that have begun or have no
    date, and reports that do not hold.
    """

    today: datetime.date
    not_ready: bool = False
    undecided: bool = False
    departing_within: int | None = None

    def includes(self, row: Reviewed) -> bool:
        """Return whether to show the report.

        With any option, a replaced report is shown only if it does not hold.
        """
        if not (self.not_ready or self.undecided or self.departing_within is not None):
            return True
        standing = row.standing
        if standing == "unread":
            return True
        is_replaced = standing == "replaced"
        if self.not_ready and (row.is_good or is_replaced):
            return False
        if self.undecided and (is_replaced or standing == "over" or row.is_decided):
            return False
        if self.departing_within is None or row.is_broken:
            # The dates of a report that does not hold may be edited, too.
            return True
        if is_replaced:
            return False
        if row.returns and datetime.date.fromisoformat(row.returns) < self.today:
            return False
        if not row.departs:
            return True
        departs = datetime.date.fromisoformat(row.departs)
        return (departs - self.today).days <= self.departing_within


class Totals(Struct):
    """The numbers of reports, by result.

    A report that is `broken` (it does not hold), replaced, `over` (its trip is) or `unchecked` has
    no verdict in these numbers. `undecided` are those that nobody has decided on, of all that are
    not counted as replaced, over or unread. `left_out` counts those that the filter leaves out.
    """

    reports: int = 0
    ready: int = 0
    ready_with_actions: int = 0
    not_ready: int = 0
    unchecked: int = 0
    broken: int = 0
    with_waived: int = 0
    undecided: int = 0
    over: int = 0
    replaced: int = 0
    unread: int = 0
    left_out: int = 0

    def add(self, row: Reviewed) -> None:
        """Count a report."""
        self.reports += 1
        standing = row.standing
        self.undecided += standing not in ("unread", "replaced", "over") and not row.is_decided
        match standing:
            case "unread":
                self.unread += 1
            case "broken":
                self.broken += 1
            case "replaced":
                self.replaced += 1
            case "over":
                self.over += 1
            case "unchecked":
                self.unchecked += 1
            case "judged":
                self.ready += row.verdict == "ready"
                self.ready_with_actions += row.verdict == "ready-with-actions"
                self.not_ready += row.verdict == "not-ready"
                self.with_waived += bool(row.waived)

    @property
    def is_good(self) -> bool:
        """Whether every report that counts was checked, holds and is ready."""
        return not self.not_ready and not self.broken and not self.unchecked
