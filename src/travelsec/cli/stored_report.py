"""The report of a stored trip, and where its reports were written."""

from __future__ import annotations

import datetime
from pathlib import Path

from travelsec.cli.build_report import make
from travelsec.cli.messages import warn
from travelsec.cli.options import now
from travelsec.cli.trip_session import open_store
from travelsec.problems import UserError
from travelsec.report.model import Report
from travelsec.store import TripGone
from travelsec.trip.stored_trip import RestoredTrip, StoredTrip


def stored_report(trip: RestoredTrip) -> Report:
    """Make the report of a stored trip as it stands."""
    name, trip_id = trip.record.name, trip.record.id
    return make(trip.facts, trip.answers, now(), name=name, trip_id=trip_id)


def keep_report(trip: StoredTrip, output: Path, day: datetime.date) -> None:
    """Keep where a file is about to be written, so that forgetting the trip can name it.

    Before it is written: a process that is killed meanwhile can leave a part of it there.
    """
    try:
        with open_store() as store:
            store.keep_export(trip.id, output, day)
    except TripGone:
        warn(f"{TripGone(trip.name)}. Delete {output} yourself if it is to go, too.")
    except UserError as error:
        # The file is written all the same: that must not seem to fail.
        warn(f"{str(error).rstrip('.')}. Forgetting the trip will not name {output}.")
