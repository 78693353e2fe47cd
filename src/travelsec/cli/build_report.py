"""Make a report from what a command was given: with ids, and with what the answers leave to say."""

from __future__ import annotations

import datetime
import os

from travelsec.cli.options import is_reproducible
from travelsec.report.build import build
from travelsec.report.model import Report
from travelsec.trip.answers import Answers
from travelsec.trip.facts import Facts


def make(
    facts: Facts,
    answers: Answers,
    moment: datetime.datetime,
    *,
    given: Answers | None = None,
    name: str | None = None,
    trip_id: str | None = None,
) -> Report:
    """Make the report of a trip.

    Args:
        facts: its facts.
        answers: all its answers.
        moment: when the report is made, in UTC.
        given: the answers a script gave now; the report warns of those that do not matter.
        name: the trip's name; None names it after its facts.
        trip_id: the id of a trip that is kept. Others get a random one, or one that follows from
            the content where the same input is to give the same bytes.
    """
    random = not is_reproducible()
    return build(
        facts,
        answers.statuses,
        how=answers.how,
        created=moment,
        name=name,
        trip_id=trip_id or (os.urandom(16).hex() if random else None),
        report_id=os.urandom(16).hex() if random else None,
        given=given,
    )
