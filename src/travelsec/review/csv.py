"""Reviewed reports as CSV: one row for each."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from travelsec.review.model import Reviewed
from travelsec.safe_text import cell

COLUMNS = (
    *("path", "unread", "attention", "verdict", "stated", "holds", "newest"),
    *("traveller", "destination", "departs", "returns", "as_of", "created"),
    *("open_must", "open", "waived", "declined", "differs"),
    *("decision", "decided_by", "decided_at", "decision_void", "comment"),
    *("trip", "trip_id", "report"),
)


def header() -> str:
    """Return the first line."""
    return _line(COLUMNS)


def render(one: Reviewed) -> str:
    """Return the row of a report; lists of ids are separated by spaces, others by semicolons."""
    decision = one.decision
    return _line(
        (
            *(one.path, one.unread, str(one.attention), one.verdict, one.stated),
            *(_word(one.holds), _word(one.newest)),
            *(one.traveller, one.destination, one.departs, one.returns, one.as_of, one.created),
            *(" ".join(one.open_must), " ".join(one.open)),
            "; ".join(f"{item.id}: {item.reason}" for item in one.waived),
            "; ".join(f"{item.id}: {item.reason}" for item in one.declined),
            " ".join(difference.code for difference in one.differs),
            *((decision.decision, decision.by, decision.at) if decision else ("", "", "")),
            _word(decision.void) if decision else "",
            decision.comment if decision else "",
            *(one.trip, one.trip_id, one.report),
        )
    )


def _word(value: bool) -> str:
    return "true" if value else "false"


def _line(cells: Sequence[str]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line).writerow([cell(text) for text in cells])
    return line.getvalue()
