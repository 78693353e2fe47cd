"""Days and moments that were changed are reported; waiting changes no verdict."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from tests.report import samples
from tests.review.reports import (
    as_json,
    as_page,
    codes,
    done,
    judge,
    put,
    read_pack,
    rejudged,
    told,
    with_facts,
)
from travelsec.pack.model import Pack
from travelsec.report.model import Report
from travelsec.report.read import parse_report
from travelsec.review.model import Reviewed
from travelsec.review.priority import ALL_SETTLED, DECISION, TRIP_OVER, Totals, ranked
from travelsec.trip.statuses import Status

Edit = Callable[[Report], Report]

DAY = datetime.timedelta(days=1)
NOTICE = (
    "    - id: underway\n",
    "    - id: notice\n      title: Notice\n      phase: before\n      items:\n"
    "        - {id: apply, label: Apply in time, level: must, do: Apply.,"
    " when: {days_to_departure: {at_least: 5}}, cites: [page/carry/bag]}\n"
    "        - {id: exception, label: Ask for an exception, level: must, do: Ask.,"
    " when: {days_to_departure: {at_most: 4}}, cites: [page/carry/bag]}\n"
    "    - id: underway\n",
)
"""Items that follow from how soon the trip begins."""
LATEST = "2026-11-26T00:00:00Z"


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """Load a pack with notice periods."""
    return read_pack(tmp_path_factory.mktemp("pack"), NOTICE)


def make(pack: Pack, departs: str, returns: str, today: datetime.date = samples.TODAY) -> Report:
    """Make an honest report of a trip on these days, with nothing left to do."""
    facts = {**samples.TRIP, "departs": departs, "returns": returns}
    settled = done(**dict.fromkeys(("apply", "exception"), Status("done", how="terminal")))
    created = datetime.datetime.combine(today, datetime.time(9), datetime.UTC)
    return samples.make(pack, facts, settled, today=today, created=created)


@pytest.fixture(scope="module")
def report(pack: Pack) -> Report:
    """Make an honest report that is ready, a week before departure."""
    return make(pack, "2026-12-01", "2026-12-05")


def review(
    report: Report, pack: Pack, today: datetime.date = samples.TODAY, latest: str = LATEST
) -> Reviewed:
    judging = judge(pack, today, latest)
    found = judging.judge("report.json", parse_report(as_json(report)))
    page = judging.judge("report.json", parse_report(as_page(report)))
    assert page == found
    return ranked(found)


def fields(**values: object) -> Edit:
    return lambda report: put(report, **values)


def on(day: str) -> Edit:
    """Return what judges a report for another day, and leaves all else."""
    return fields(as_of=datetime.date.fromisoformat(day))


DOCTORED: dict[str, tuple[Edit, str]] = {
    # Moments to come
    "made in three days": (fields(created="2026-11-27T08:30:05Z"), "future"),
    "made a second too late": (fields(created="2026-11-26T00:00:01Z"), "future"),
    "made next year": (fields(created="2027-11-24T08:30:05Z"), "future"),
    "made in the last year": (fields(created="9999-12-31T23:59:59Z"), "future"),
    # Judged for another day: items and warnings are not those of it
    "judged on the eve": (on("2026-11-30"), "extra"),
    "judged after the trip": (on("2026-12-20"), "extra"),
    "judged in the last year": (on("9999-12-31"), "extra"),
    "judged before the page expired": (on("2026-06-30"), "reworded"),
    "judged in the first year": (on("0001-01-01"), "reworded"),
    # Dates that no longer go with the days to do things by
    "leaving earlier": (lambda r: with_facts(r, departs="2026-11-30"), "reworded"),
    "leaving within the notice": (lambda r: with_facts(r, departs="2026-11-27"), "extra"),
    "leaving later": (lambda r: with_facts(r, departs="2026-12-02"), "reworded"),
    "back later": (lambda r: with_facts(r, returns="2026-12-06"), "reworded"),
    "back long ago": (lambda r: with_facts(r, returns="2020-01-01"), "contradiction"),
    "over long ago": (
        lambda r: with_facts(r, departs="2020-01-01", returns="2020-01-05"),
        "extra",
    ),
    "in the last year": (
        lambda r: with_facts(r, departs="9999-12-30", returns="9999-12-31"),
        "reworded",
    ),
    "in the first year": (
        lambda r: with_facts(r, departs="0001-01-01", returns="0001-01-02"),
        "extra",
    ),
    "on a leap day": (
        lambda r: with_facts(r, departs="2028-02-29", returns="2028-03-01"),
        "reworded",
    ),
}


@pytest.mark.parametrize("name", DOCTORED)
def test_doctored_days_are_told(report: Report, pack: Pack, name: str) -> None:
    """With verdict, counts and digest made to fit."""
    edit, code = DOCTORED[name]
    row = review(rejudged(edit(report)), pack)
    assert code in codes(row)
    assert told(row)[code].breaks
    assert (row.holds, row.is_good) == (False, False)
    totals = Totals()
    totals.add(row)
    assert (totals.broken, totals.over, totals.is_good) == (1, 0, False)


SUSPECT: dict[str, tuple[str, str]] = {
    "judged two days later": ("2026-11-26", "2026-11-24T08:30:05Z"),
    "judged two days earlier": ("2026-11-22", "2026-11-24T08:30:05Z"),
    "judged after the trip": ("2026-12-20", "2026-11-24T08:30:05Z"),
    "judged a year earlier": ("2025-11-24", "2026-11-24T08:30:05Z"),
    "judged in the first year": ("0001-01-01", "2026-11-24T08:30:05Z"),
    "judged in the last year": ("9999-12-31", "2026-11-24T08:30:05Z"),
    "made in the first year": ("2026-11-24", "0001-01-01T00:00:00Z"),
    "made a year earlier": ("2026-11-24", "2025-11-24T08:30:05Z"),
}


@pytest.mark.parametrize("name", SUSPECT)
def test_a_report_for_another_day_comes_before_what_is_in_order(pack: Pack, name: str) -> None:
    """`--today` can make it, so it is not accused; but it may have been made to hide something."""
    day, created = SUSPECT[name]
    made = make(pack, "2026-12-01", "2026-12-05", datetime.date.fromisoformat(day))
    row = review(rejudged(put(made, created=created)), pack)
    assert "made-another-day" in codes(row)
    assert not any(difference.breaks for difference in row.differs)
    assert row.attention == DECISION


# Honest ones

HONEST: dict[str, tuple[str, str, str]] = {
    "a week before": ("2026-11-24", "2026-12-01", "2026-12-05"),
    "four weeks before": ("2026-11-03", "2026-12-01", "2026-12-05"),
    "on the eve": ("2026-11-24", "2026-11-25", "2026-11-25"),
    "on the day": ("2026-11-24", "2026-11-24", "2026-11-28"),
    "on the way": ("2026-11-24", "2026-11-20", "2026-11-28"),
    "after the trip": ("2026-11-24", "2026-11-01", "2026-11-05"),
    "years before": ("2026-11-24", "2036-12-01", "2036-12-05"),
    "on a leap day": ("2024-02-29", "2028-02-29", "2028-02-29"),
    "over a new year": ("2025-12-31", "2025-12-31", "2026-01-01"),
    "to the last day": ("2026-11-24", "9999-12-30", "9999-12-31"),
    "on the last day": ("2026-11-24", "9999-12-31", "9999-12-31"),
    "on the first day": ("2026-11-24", "0001-01-01", "0001-01-01"),
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_days_are_not_accused(pack: Pack, name: str) -> None:
    """On whichever day they are reviewed; the verdict stays that of the day of the report."""
    day, departs, returns = HONEST[name]
    made = make(pack, departs, returns, datetime.date.fromisoformat(day))
    for today in (made.as_of, samples.TODAY, datetime.date(2026, 12, 31), datetime.date.max):
        row = review(made, pack, today, "9999-12-31T23:59:59Z")
        assert codes(row) <= {"other-date", "since", "begun", "over"}
        assert (row.holds, row.verdict, row.open) == (True, made.readiness.verdict, ())


@pytest.mark.parametrize("days", [1, 7, 28])
def test_a_ready_report_stays_ready(pack: Pack, days: int) -> None:
    """Four weeks later the notice is over: told, and the report still passes a check."""
    made = make(pack, "2026-12-01", "2026-12-05", datetime.date(2026, 12, 1) - 5 * DAY)
    today = made.as_of + days * DAY
    row = review(made, pack, today, "9999-12-31T23:59:59Z")
    assert (row.verdict, row.stated, row.holds, row.is_good) == ("ready", "ready", True, True)
    assert told(row)["since"].items == ("overseas.exception",)
    assert "the verdict leaves it out" in told(row)["since"].message
    totals = Totals()
    totals.add(row)
    assert totals.is_good
    assert row.attention == (TRIP_OVER if row.is_over else ALL_SETTLED)


@pytest.mark.parametrize("hours", [-14, -1, 0, 12, 35])
def test_the_time_zone_of_a_colleague_is_no_accusation(pack: Pack, hours: int) -> None:
    """A day of the calendar begins up to 14 hours before or 12 after that of Greenwich."""
    made = make(pack, "2026-12-01", "2026-12-05")
    moment = datetime.datetime(2026, 11, 24, 0, tzinfo=datetime.UTC) + datetime.timedelta(
        hours=hours
    )
    row = review(rejudged(put(made, created=moment.strftime("%Y-%m-%dT%H:%M:%SZ"))), pack)
    assert not any(difference.breaks for difference in row.differs)
    assert (row.holds, "made-another-day" in codes(row)) == (True, False)
