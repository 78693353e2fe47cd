"""Reports and decisions that a reviewer can know to be doctored, by kind, and honest ones."""

from __future__ import annotations

from tests.report import samples
from tests.review.reports import done
from travelsec.pack.model import Pack
from travelsec.report.model import Report
from travelsec.trip.statuses import Status


def with_each_status(pack: Pack) -> Report:
    """Make an honest report with an item of each status."""
    statuses = done(
        letter=Status("not-applicable", "No officials.", "Asked.", "terminal"),
        wifi=Status("declined", "No other network.", how="script"),
        seals=Status("todo", note="Soon.", how="terminal"),
    )
    del statuses["overseas.check-seals"]
    return samples.make(pack, statuses=statuses)
