"""Write reviewed reports as CSV: a row for each."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import TextIO

from travelsec.review.model import Reviewed
from travelsec.review.output import Output
from travelsec.safe_text import cell

REPORT_COLUMNS = (
    *("path", "unread", "attention", "verdict", "stated", "holds", "newest"),
    *("traveller", "destination", "departs", "returns", "as_of", "created"),
    *("open_must", "open", "waived", "declined", "differs"),
    *("decision", "decided_by", "decided_at", "decision_void", "comment"),
    *("since_decision", "since_by", "since_at", "since_path", "since"),
    *("trip", "trip_id", "report"),
)


def write(output: Output, sink: TextIO) -> None:
    """Write the header, then each report as soon as it is judged."""
    write_bytes = sink.buffer.write
    write_bytes(_csv_line(REPORT_COLUMNS).encode())
    for row in output.stream():
        write_bytes(csv_row(row).encode())


def csv_row(row: Reviewed) -> str:
    """Return the line of a report."""
    return _csv_line(cells(row))


def cells(row: Reviewed) -> tuple[str, ...]:
    """Return the row of a report; lists of ids are separated by spaces, others by semicolons."""
    decision, since = row.decision, row.since
    return (
        *(row.path, row.unread, str(row.attention), row.verdict, row.stated),
        *(str(row.holds).lower(), str(row.newest).lower()),
        *(row.traveller, row.destination, row.departs, row.returns, row.as_of, row.created),
        *(" ".join(row.open_must), " ".join(row.open)),
        "; ".join(f"{item.id}: {item.reason}" for item in row.waived),
        "; ".join(f"{item.id}: {item.reason}" for item in row.declined),
        " ".join(difference.code for difference in row.differs),
        *((decision.decision, decision.by, decision.at) if decision else ("", "", "")),
        str(decision.void).lower() if decision else "",
        decision.comment if decision else "",
        *((since.decision, since.by, since.at, since.path) if since else ("",) * 4),
        "; ".join([*(change.message for change in since.changes)]) or since.unknown
        if since
        else "",
        *(row.trip, row.trip_id, row.report),
    )


def _csv_line(cells: Sequence[str]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line).writerow([cell(text) for text in cells])
    return line.getvalue()
