"""The report of a trip that is kept, as it stands on a day; and where reports were written."""

from __future__ import annotations

import datetime
from pathlib import Path

from travelsec.cli.build_report import make
from travelsec.cli.messages import warn
from travelsec.cli.options import now
from travelsec.cli.trip_session import open_store
from travelsec.pack.model import Pack
from travelsec.problems import UserError
from travelsec.report.model import Report
from travelsec.store import TripGone
from travelsec.trip.answers import Answers
from travelsec.trip.facts import Facts
from travelsec.trip.stored_trip import StoredTrip, restore


def stored_report(trip: StoredTrip, packs: Pack, day: datetime.date) -> Report:
    """Make the report of a trip as it stands on this day under the packs of today."""
    answers, _ = restore(trip, packs)
    facts = Facts(packs, answers.facts, day)
    return make(facts, answers, Answers(), now(), name=trip.name, trip_id=trip.id)


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
