"""What has changed since the decision on an earlier report of a trip."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.report import samples
from tests.review.reports import as_json, as_page, done, judge, put, read_pack, rejudged
from travelsec.pack.model import Pack
from travelsec.report.model import Report
from travelsec.report.read import parse_report
from travelsec.review import decision
from travelsec.review.inbox import Inbox
from travelsec.review.model import Reviewed
from travelsec.review.outline import details
from travelsec.review.priority import DECISION, Filter
from travelsec.review.run import review_all
from travelsec.trip.statuses import Status

LATER = samples.CREATED + datetime.timedelta(days=2)


def decide(path: Path, pack: Pack) -> bytes:
    """Approve the report in a file."""
    judging = judge(pack)
    came = parse_report(path.read_bytes())
    made = decision.make_decision(
        "approved",
        came,
        judging,
        by="Jo Day",
        comment="",
        at=samples.CREATED + datetime.timedelta(days=1),
        reviewed=judging.judge(str(path), came),
    )
    beside = decision.path_of(path)
    beside.write_bytes(decision.decision_json(made))
    return beside.read_bytes()


def reviewed(pack: Pack, folder: Path) -> dict[str, Reviewed]:
    """Review a folder; return the rows by file name."""
    with Inbox([str(folder)], b"") as found:
        return {Path(row.path).name: row for row in review_all(found, judge(pack))}


def newer(pack: Pack, facts: Mapping[str, Any] = samples.TRIP, **statuses: Status) -> Report:
    """Make a later report of the trip, with everything done but for these statuses."""
    given = {name: value for name, value in {**samples.TRIP, **facts}.items() if value is not None}
    return samples.make(pack, given, done(**statuses), created=LATER, report_id="8" * 32)


@pytest.fixture
def approved(report: Report, pack: Pack, tmp_path: Path) -> Path:
    """Return a folder with a report that was approved."""
    (tmp_path / "first.json").write_bytes(as_json(report))
    decide(tmp_path / "first.json", pack)
    return tmp_path


TODO = Status("todo", how="terminal")
WAIVED = Status("not-applicable", "No need.", how="terminal")


@pytest.mark.parametrize(
    ("facts", "statuses", "expected"),
    [
        ({}, {}, []),
        ({}, {"letter": TODO}, ["1 must reopened"]),
        ({}, {"letter": TODO, "passwords": TODO}, ["2 musts reopened"]),
        ({}, {"letter": WAIVED}, ["1 more must waived"]),
        ({"returns": "2026-12-09"}, {}, ["return 4 days later"]),
        ({"departs": "2026-11-30"}, {}, ["departure 1 day earlier"]),
        ({"devices": "laptop, phone, tablet"}, {}, ["Tablet added"]),
        ({"devices": "laptop"}, {}, ["Phone taken away"]),
        ({"devices": "laptop, tablet"}, {}, ["Tablet added", "Phone taken away"]),
        ({"destination": "Porto"}, {}, ["“Where are you going?” was Lisbon, is Porto"]),
        ({"destination": None}, {}, ["“Where are you going?” was Lisbon, is –"]),
        (
            {"returns": "2026-12-09", "devices": "laptop, phone, tablet"},
            {"letter": TODO},
            ["1 must reopened", "return 4 days later", "Tablet added"],
        ),
    ],
)
def test_what_changed_is_told_the_worst_first(
    approved: Path,
    pack: Pack,
    facts: dict[str, Any],
    statuses: dict[str, Status],
    expected: list[str],
) -> None:
    (approved / "second.json").write_bytes(as_json(newer(pack, facts, **statuses)))
    rows = reviewed(pack, approved)
    assert rows["first.json"].since is None
    since = rows["second.json"].since
    assert since is not None
    assert (since.decision, since.by, since.at) == ("approved", "Jo Day", "2026-11-25T08:30:05Z")
    assert since.path == str(approved / "first.json")
    assert [change.message for change in since.changes] == expected
    if expected:
        assert rows["second.json"].attention <= DECISION
    text = "\n".join(
        line for block in details([rows["second.json"]], {}) for line in getattr(block, "more", ())
    )
    assert "Decision: none" not in text


def test_advice_and_what_was_settled_come_last(pack: Pack, tmp_path: Path) -> None:
    first = samples.make(pack, statuses=done(letter=TODO))
    (tmp_path / "first.json").write_bytes(as_json(first))
    decide(tmp_path / "first.json", pack)
    (tmp_path / "second.json").write_bytes(
        as_json(newer(pack, {"returns": "2026-12-06"}, insured=TODO, passwords=TODO))
    )
    since = reviewed(pack, tmp_path)["second.json"].since
    assert since is not None
    assert [change.code for change in since.changes] == [
        "must-reopened",
        "fact",
        "advice-reopened",
        "must-settled",
    ]


def test_a_base_that_does_not_hold_is_no_base(report: Report, pack: Pack, tmp_path: Path) -> None:
    """An edited report cannot replace others, so what was decided on it says nothing."""
    edited = rejudged(put(report, items=report.items[1:]))
    (tmp_path / "first.json").write_bytes(as_json(edited))
    decide(tmp_path / "first.json", pack)
    (tmp_path / "second.json").write_bytes(as_json(newer(pack)))
    assert reviewed(pack, tmp_path)["second.json"].since is None


def test_a_base_that_could_not_be_checked_is_told(report: Report, tmp_path: Path) -> None:
    other = read_pack(tmp_path, ('version: "2.1"', 'version: "2.2"'))
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "first.json").write_bytes(as_json(report))
    decide(folder / "first.json", other)
    (folder / "second.json").write_bytes(as_json(newer(other)))
    row = reviewed(other, folder)["second.json"]
    assert row.since is not None
    assert "could not be checked" in row.since.unknown
    assert row.attention == DECISION


@pytest.mark.parametrize(
    "fields", [{"by": "\u200b"}, {"verdict": "not-ready"}, {"digest": "0" * 64}, {"musts": []}]
)
def test_a_doubtful_decision_is_no_ground(
    approved: Path, pack: Pack, fields: dict[str, Any]
) -> None:
    beside = approved / "first.json.decision.json"
    beside.write_text(json.dumps(json.loads(beside.read_bytes()) | fields), encoding="utf-8")
    (approved / "second.json").write_bytes(as_json(newer(pack)))
    row = reviewed(pack, approved)["second.json"]
    assert row.since is not None
    assert "void or doubtful" in row.since.unknown


def test_a_report_in_the_place_of_the_other_is_compared_by_its_musts(
    approved: Path, pack: Pack
) -> None:
    """The traveller sent it under the same name, so that only the decision is left."""
    changed = newer(pack, {"returns": "2026-12-09"}, letter=TODO)
    (approved / "first.json").write_bytes(as_json(changed))
    since = reviewed(pack, approved)["first.json"].since
    assert since is not None
    assert (since.path, [change.message for change in since.changes]) == ("", ["1 must reopened"])


@pytest.mark.parametrize(
    ("holds", "unknown"),
    [(False, "that report does not hold"), ("unknown", "that report could not be checked")],
)
def test_a_report_in_the_place_of_one_that_did_not_hold_is_not_compared(
    approved: Path, pack: Pack, holds: object, unknown: str
) -> None:
    """Only the decision is left to say so."""
    beside = approved / "first.json.decision.json"
    kept = json.loads(beside.read_bytes()) | {"holds": holds}
    beside.write_text(json.dumps(kept), encoding="utf-8")
    (approved / "first.json").write_bytes(as_json(newer(pack, letter=TODO)))
    since = reviewed(pack, approved)["first.json"].since
    assert since is not None
    assert (since.changes, since.unknown) == ((), unknown)


def test_a_new_decision_ends_the_comparison(approved: Path, pack: Pack) -> None:
    (approved / "second.html").write_bytes(as_page(newer(pack, letter=TODO)))
    assert reviewed(pack, approved)["second.html"].since is not None
    decide(approved / "second.html", pack)
    assert reviewed(pack, approved)["second.html"].since is None


def test_another_traveller_gets_no_part_of_it(approved: Path, pack: Pack) -> None:
    (approved / "second.json").write_bytes(as_json(newer(pack, {"traveller": "B. Jones"})))
    assert reviewed(pack, approved)["second.json"].since is None


def test_undecided_leaves_out_what_was_decided_on(approved: Path, pack: Pack) -> None:
    """A newer report of the trip is not decided on, and neither is one under a void decision."""
    wanted = Filter(samples.TODAY, undecided=True)

    def shown() -> list[str]:
        return [name for name, row in reviewed(pack, approved).items() if wanted.includes(row)]

    assert shown() == []
    (approved / "second.json").write_bytes(as_json(newer(pack)))
    assert shown() == ["second.json"]
    (approved / "broken.json").write_text("{}", encoding="utf-8")
    assert shown() == ["broken.json", "second.json"]
    decide(approved / "second.json", pack)
    (approved / "second.json").write_bytes(as_json(newer(pack, letter=TODO)))
    assert shown() == ["broken.json", "second.json"]
