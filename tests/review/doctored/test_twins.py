"""Two reports of one journey under two trip ids both count, and each names the other."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.report import samples
from tests.review.reports import as_json, as_page, done, judge, put, rejudged
from travelsec.pack.model import Pack
from travelsec.report.model import Report
from travelsec.review.inbox import Inbox
from travelsec.review.model import Reviewed
from travelsec.review.run import review_all

OTHER_TRIP = "3" * 32
EARLIER = samples.CREATED - datetime.timedelta(hours=3)


def twin_of(pack: Pack, facts: Mapping[str, Any] = {}, **fields: Any) -> Report:
    """Make a report of the sample journey, earlier and under another trip id."""
    fields = {"trip_id": OTHER_TRIP, "created": EARLIER, **fields}
    given = {name: fact for name, fact in {**samples.TRIP, **facts}.items() if fact is not None}
    return samples.make(pack, given, done(), **fields)


def reviewed(pack: Pack, folder: Path, today: datetime.date = samples.TODAY) -> dict[str, Reviewed]:
    """Review a folder; return the rows by file name."""
    with Inbox([str(folder)], b"") as found:
        return {Path(row.path).name: row for row in review_all(found, judge(pack, today))}


def twins(row: Reviewed) -> list[str]:
    """Return what is reported of a twin."""
    return [found.message for found in row.differs if found.code == "twin"]


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"traveller": "a.  SMITH"},
        {"traveller": "Ａ. Ｓmith"},
        {"traveller": "A. Smi\u200bth"},
        {"traveller": "\u202aA. Smith\u202c"},
        {"traveller": "SMITH, A."},
        {"traveller": "Dr A. Smith"},
        {"destination": "Lisboa"},
        {"returns": "2026-12-09"},
        {"departs": "2026-12-02"},
        {"departs": "2026-11-28", "returns": "2026-12-02"},
        {"departs": "2026-12-04", "returns": "2026-12-08", "destination": "LISBON"},
    ],
)
@pytest.mark.parametrize("shape", [as_json, as_page])
def test_each_twin_names_the_other(
    report: Report, pack: Pack, tmp_path: Path, facts: dict[str, Any], shape: Any
) -> None:
    (tmp_path / "mine.json").write_bytes(as_json(report))
    name = "batch.json" if shape is as_json else "batch.html"
    (tmp_path / name).write_bytes(shape(twin_of(pack, facts)))
    rows = reviewed(pack, tmp_path)
    (of_mine,), (of_batch,) = twins(rows["mine.json"]), twins(rows[name])
    assert f"is older: {tmp_path / name}. Both count" in of_mine
    assert f"is newer: {tmp_path / 'mine.json'}. Both count" in of_batch
    assert all(row.newest and row.holds for row in rows.values())


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ({"traveller": "B. Jones"}, {}),
        ({"traveller": "Ann Smith"}, {}),
        ({"departs": "2026-12-05", "returns": "2026-12-09"}, {}),
        ({"departs": "2026-11-28", "returns": "2026-12-01"}, {}),
        ({"departs": "2026-12-02", "destination": "Porto"}, {}),
        ({"departs": "2026-12-02", "destination": None}, {}),
        ({"departs": "2026-12-02", "traveller": "B. Jones"}, {}),
        ({"departs": None, "returns": None}, {}),
        ({}, {"trip_id": samples.TRIP_ID}),
    ],
)
def test_other_journeys_and_newer_reports_are_no_twins(
    report: Report, pack: Pack, tmp_path: Path, facts: dict[str, Any], fields: dict[str, Any]
) -> None:
    """A colleague on the same trip, the traveller's next trip, an older report of the trip."""
    (tmp_path / "mine.json").write_bytes(as_json(report))
    (tmp_path / "other.json").write_bytes(as_json(twin_of(pack, facts, **fields)))
    assert not [text for row in reviewed(pack, tmp_path).values() for text in twins(row)]


def test_only_reports_that_count_are_twins(report: Report, pack: Pack, tmp_path: Path) -> None:
    """Not one that was edited, nor those of trips that are over."""
    (tmp_path / "mine.json").write_bytes(as_json(report))
    batch = twin_of(pack)
    (tmp_path / "batch.json").write_bytes(as_json(batch))
    assert all(map(twins, reviewed(pack, tmp_path).values()))
    assert not any(map(twins, reviewed(pack, tmp_path, datetime.date(2027, 3, 1)).values()))
    edited = put(batch.items[0], label="Something else")
    (tmp_path / "batch.json").write_bytes(
        as_json(rejudged(put(batch, items=(edited, *batch.items[1:]))))
    )
    rows = reviewed(pack, tmp_path)
    assert rows["batch.json"].is_broken
    assert not any(map(twins, rows.values()))


def test_of_several_reports_of_a_trip_the_newest_has_the_twin(
    report: Report, pack: Pack, tmp_path: Path
) -> None:
    (tmp_path / "mine.json").write_bytes(as_json(report))
    (tmp_path / "old.json").write_bytes(
        as_json(twin_of(pack, created=EARLIER - datetime.timedelta(days=1)))
    )
    (tmp_path / "new.json").write_bytes(as_json(twin_of(pack)))
    rows = reviewed(pack, tmp_path)
    assert not twins(rows["old.json"])
    assert str(tmp_path / "new.json") in twins(rows["mine.json"])[0]
    assert str(tmp_path / "mine.json") in twins(rows["new.json"])[0]


UNDATED = {"departs": None, "returns": None}


@pytest.mark.parametrize("place", ["Lisbon", None])
def test_journeys_without_dates_can_be_twins(pack: Pack, tmp_path: Path, place: str | None) -> None:
    """As for someone who works from home for good; not those to different places."""
    facts = {**UNDATED, "destination": place}
    mine = twin_of(pack, facts, trip_id=samples.TRIP_ID, created=samples.CREATED)
    (tmp_path / "mine.json").write_bytes(as_json(mine))
    (tmp_path / "batch.json").write_bytes(as_json(twin_of(pack, facts)))
    rows = reviewed(pack, tmp_path)
    (of_mine,), (of_batch,) = twins(rows["mine.json"]), twins(rows["batch.json"])
    assert (
        "gives no dates either, and no other destination, but has another trip id, and is"
        in of_mine
    )
    assert str(tmp_path / "mine.json") in of_batch
    elsewhere = twin_of(pack, {**UNDATED, "destination": "Paris"})
    (tmp_path / "batch.json").write_bytes(as_json(elsewhere))
    assert not any(map(twins, reviewed(pack, tmp_path).values()))


def test_a_journey_that_was_moved_is_no_twin_of_another(
    report: Report, pack: Pack, tmp_path: Path
) -> None:
    """Its earlier report for these days was replaced, and counts no more."""
    (tmp_path / "mine.json").write_bytes(as_json(report))
    (tmp_path / "was.json").write_bytes(as_json(twin_of(pack)))
    later = {"departs": "2026-12-10", "returns": "2026-12-12"}
    moved = twin_of(pack, later, created=samples.CREATED)
    assert all(map(twins, reviewed(pack, tmp_path).values()))
    (tmp_path / "moved.json").write_bytes(as_json(moved))
    rows = reviewed(pack, tmp_path)
    assert not rows["was.json"].newest
    assert not any(map(twins, rows.values()))
