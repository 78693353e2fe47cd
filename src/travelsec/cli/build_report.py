"""Make a report from the answers of a command or of a stored trip."""

from __future__ import annotations

import datetime
import os
from typing import TYPE_CHECKING

from travelsec.cli.options import now
from travelsec.problems import UserError
from travelsec.report.build import build
from travelsec.report.model import Report
from travelsec.report.shared_parts import SharedParts
from travelsec.report.write_json import is_readable
from travelsec.trip.answers import Answers
from travelsec.trip.facts import Facts

if TYPE_CHECKING:
    from travelsec.trip.stored_trip import RestoredTrip


def make(
    facts: Facts,
    answers: Answers,
    moment: datetime.datetime,
    *,
    given: Answers | None = None,
    name: str | None = None,
    trip_id: str | None = None,
    shared: SharedParts | None = None,
) -> Report:
    """Make the report of a trip at this moment.

    It warns of the answers just `given` by a script that make no difference. A trip without a name
    is named after its facts, and one that is not stored gets a random id. Reports with the same
    packs get what they have in common from `shared`.

    Raises:
        UserError: no reader would take the report; the text says why.
    """
    # With SOURCE_DATE_EPOCH, ids follow from the content: the same input gives the same bytes.
    random = not os.environ.get("SOURCE_DATE_EPOCH")
    report = build(
        facts,
        answers.statuses,
        how=answers.how,
        created=moment,
        name=name,
        trip_id=trip_id or (os.urandom(16).hex() if random else None),
        report_id=os.urandom(16).hex() if random else None,
        given=given,
        shared=shared,
    )
    if not is_readable(report):
        from travelsec.report.read import check_readable

        try:
            check_readable(report)
        except UserError as error:
            raise UserError(f"no report can be made of this trip: {error}") from None
    return report


def make_stored(trip: RestoredTrip) -> Report:
    """Make the report of a stored trip as it stands now."""
    name, trip_id = trip.record.name, trip.record.id
    return make(trip.facts, trip.answers, now(), name=name, trip_id=trip_id)
