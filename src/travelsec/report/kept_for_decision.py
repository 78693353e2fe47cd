"""What is kept of a report that was made for a stored trip, to compare a decision with."""

from __future__ import annotations

import msgspec

from travelsec.report.model import Report
from travelsec.trip.stored_trip import MadeReport


def made_report(report: Report) -> MadeReport:
    """Return what to keep of a report just made. There is no fact in it."""
    musts = tuple(item.id for item in report.items if item.level == "must")
    return MadeReport(
        digest=report.digest,
        id=report.id,
        created=report.created,
        as_of=report.as_of,
        packs=tuple(msgspec.structs.astuple(pack) for pack in report.packs),
        verdict=report.readiness.verdict,
        open_must=tuple(name for name in report.readiness.open if name in musts),
        waived=report.readiness.waived,
        musts=musts,
    )
