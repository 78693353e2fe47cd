"""A decision beside a report is checked like a report."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from tests.report import samples
from tests.review.reports import (
    NEW_ITEM,
    OTHER_VERSION,
    as_json,
    as_page,
    done,
    judge,
    put,
    read_pack,
)
from travelsec.pack.model import Pack
from travelsec.report.model import Report
from travelsec.report.read import parse_report
from travelsec.review import decision
from travelsec.review.inbox import Inbox
from travelsec.review.judge import Judge
from travelsec.review.model import Reviewed
from travelsec.review.priority import DECISION, ranked
from travelsec.review.run import judge_file, review_all
from travelsec.trip.statuses import Status

MOMENT = datetime.datetime(2026, 11, 25, 9, 0, 1, tzinfo=datetime.UTC)
LATEST = "2026-11-26T00:00:00Z"


@pytest.fixture
def open_report(pack: Pack) -> Report:
    """Return a report with a must open and another waived."""
    statuses = done(letter=Status("todo", how="terminal"))
    statuses["overseas.hotel-safe"] = Status("not-applicable", "With family.", how="terminal")
    return samples.make(pack, statuses=statuses)


def decided(report: Report, judging: Judge, word: decision.Word = "approved") -> dict[str, Any]:
    """Decide on a report; return the fields of the decision."""
    received = parse_report(as_json(report))
    made = decision.make_decision(
        word,
        received,
        judging,
        by="Jo Day",
        comment="Safe travels.",
        at=MOMENT,
        reviewed=judging.judge("report.json", received),
    )
    fields: dict[str, Any] = json.loads(decision.decision_json(made))
    return fields


def review(folder: Path, report: Report, beside: bytes, judging: Judge) -> Reviewed:
    """Review a report with this decision beside it."""
    path = folder / "report.json"
    path.write_bytes(as_json(report))
    decision.path_of(path).write_bytes(beside)
    return ranked(judge_file(str(path), parse_report(as_json(report)), judging))


def doubts(row: Reviewed) -> set[str]:
    """Return the codes of what is reported of the decision."""
    return {found.code for found in row.differs if found.code.startswith("decision-")}


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "another report": ({"report": "0" * 32}, "decision-edited"),
    "another trip": ({"trip": "0" * 32}, "decision-edited"),
    "another verdict": ({"verdict": "ready", "open_must": []}, "decision-edited"),
    "a verdict that its lists deny": ({"verdict": "ready"}, "decision-edited"),
    "a better verdict, also denied": ({"verdict": "ready-with-actions"}, "decision-edited"),
    "nothing open": ({"open_must": []}, "decision-edited"),
    "another must open": ({"open_must": ["overseas.passwords"]}, "decision-edited"),
    "an open must twice": ({"open_must": ["overseas.letter"] * 2}, "decision-unread"),
    "an open must that never applied": ({"open_must": ["overseas.boats"]}, "decision-edited"),
    "nothing waived": ({"waived": []}, "decision-edited"),
    "a must waived that is open": ({"waived": ["overseas.letter"]}, "decision-edited"),
    "no musts": ({"musts": []}, "decision-edited"),
    "a must more": ({"musts": ["overseas.boats"]}, "decision-edited"),
    "it did not hold": ({"holds": False}, "decision-edited"),
    "it could not be checked": ({"holds": "unknown"}, "decision-edited"),
    "judged for next year": ({"as_of": "2027-11-24"}, "decision-edited"),
    "judged for last year": ({"as_of": "2025-11-24"}, "decision-edited"),
    "other packs": ({"packs": []}, "decision-unchecked"),
    "before the report": ({"at": "2026-11-24T08:30:04Z"}, "decision-moment"),
    "years before": ({"at": "2020-01-01T00:00:00Z"}, "decision-moment"),
    "in the future": ({"at": "2026-12-01T00:00:00Z"}, "decision-moment"),
    "far in the future": ({"at": "9998-12-01T00:00:00Z"}, "decision-moment"),
    "by nobody": ({"by": ""}, "decision-unread"),
    "by white space": ({"by": " \u00a0\u2003"}, "decision-unread"),
    "by hidden characters": ({"by": "\u200b\u2060\ufeff"}, "decision-by"),
    "by fillers": ({"by": "\u3164\u2800\u115f"}, "decision-by"),
    "by a full stop": ({"by": "."}, "decision-by"),
    "by selectors": ({"by": "\ufe0e\ufe0f"}, "decision-by"),
    "by the traveller": ({"by": "A. Smith"}, "decision-by"),
    "by the traveller, typed otherwise": ({"by": " a.  sMITH "}, "decision-by"),
    "by the traveller, in wide letters": ({"by": "Ａ. Ｓmith"}, "decision-by"),
    "by the traveller, with a hidden character": ({"by": "A. Smi\u200bth"}, "decision-by"),
    "by the traveller, with a soft hyphen": ({"by": "A. Smi\u00adth"}, "decision-by"),
    "by the traveller, with a filler": ({"by": "A. Smith\u3164"}, "decision-by"),
    "by the traveller, with a selector": ({"by": "A. Smith\ufe0f"}, "decision-by"),
    "by the traveller, backwards and forwards": (
        {"by": "\u202d\u2066A. Smith\u2069"},
        "decision-by",
    ),
    "by the traveller, with a control character": ({"by": "A. Smith\x7f"}, "decision-by"),
    "by the traveller, turned round": ({"by": "Smith, A."}, "decision-by"),
    "by the traveller, surname first": ({"by": "SMITH A"}, "decision-by"),
    "by the traveller, with a title": ({"by": "Dr A. Smith"}, "decision-by"),
    "by the traveller, with a remark": ({"by": "A. Smith (line manager)"}, "decision-by"),
    "by the traveller, by an address": ({"by": "a.smith@example.org"}, "decision-by"),
    "by the traveller, without a full stop": ({"by": "A Smith"}, "decision-by"),
    "by the traveller, in Cyrillic letters": ({"by": "\u0410. Sm\u0456th"}, "decision-by"),
    "by the traveller, in a Greek letter": ({"by": "\u0391. Smith"}, "decision-by"),
}

TRUE_OF_READY = (
    *("another verdict", "a verdict that its lists deny", "nothing open", "nothing waived"),
)
"""What is no lie about a report that is ready."""


@pytest.mark.parametrize("name", WRONG)
def test_a_doctored_decision_is_told(
    open_report: Report, pack: Pack, tmp_path: Path, name: str
) -> None:
    fields, code = WRONG[name]
    judging = judge(pack, latest=LATEST)
    made = json.dumps(decided(open_report, judging) | fields).encode()
    row = review(tmp_path, open_report, made, judging)
    assert code in doubts(row)


@pytest.mark.parametrize("name", [name for name in WRONG if name not in TRUE_OF_READY])
def test_a_doctored_decision_comes_before_what_is_in_order(
    report: Report, pack: Pack, tmp_path: Path, name: str
) -> None:
    """Though the report holds, and no must is open."""
    fields, code = WRONG[name]
    judging = judge(pack, latest=LATEST)
    honest = decided(report, judging)
    row = review(tmp_path, report, json.dumps(honest | fields).encode(), judging)
    assert (row.holds, row.verdict, code in doubts(row)) == (True, "ready", True)
    assert row.attention == DECISION


@pytest.mark.parametrize("at", ["", "soon", "2026-11-25", "2026-13-25T09:00:01Z"])
def test_a_decision_without_a_moment_is_told_or_refused(
    report: Report, pack: Pack, tmp_path: Path, at: str
) -> None:
    judging = judge(pack, latest=LATEST)
    row = review(
        tmp_path, report, json.dumps(decided(report, judging) | {"at": at}).encode(), judging
    )
    assert doubts(row) <= {"decision-moment", "decision-unread"}
    assert doubts(row)
    assert row.attention == DECISION


# Honest ones


WAYS_TO_WRITE = (None, 2, "\t")


@pytest.mark.parametrize("word", ["approved", "returned"])
@pytest.mark.parametrize("indent", WAYS_TO_WRITE)
def test_an_honest_decision_is_not_accused(
    open_report: Report, pack: Pack, tmp_path: Path, word: decision.Word, indent: Any
) -> None:
    """Whatever its white space and the order of its fields."""
    judging = judge(pack, latest=LATEST)
    made = decided(open_report, judging, word)
    data = json.dumps(dict(reversed(made.items())), indent=indent).encode()
    for beside in (data, data.replace(b"\n", b"\r\n")):
        row = review(tmp_path, open_report, beside, judging)
        assert (row.decision is not None, doubts(row)) == (True, set())


def test_a_decision_of_last_week_is_not_accused(
    open_report: Report, pack: Pack, tmp_path: Path
) -> None:
    """Reviewed again later, when the trip has begun."""
    made = json.dumps(decided(open_report, judge(pack, latest=LATEST))).encode()
    later = judge(pack, datetime.date(2026, 12, 3), latest="2026-12-05T00:00:00Z")
    assert doubts(review(tmp_path, open_report, made, later)) == set()


def test_a_decision_of_version_0_2_is_not_accused(tmp_path: Path) -> None:
    """It judged for the day of the decision, when another must applied."""
    late = ("{id: letter, label", "{id: letter, when: {days_to_departure: {at_most: 6}}, label")
    pack = read_pack(tmp_path, late)
    report = samples.make(pack, statuses=done())
    judging = judge(pack, latest=LATEST)
    then = parse_report(as_json(report))
    on_the_day = put(then.report, as_of=MOMENT.date())
    made = decided(report, judging) | {
        "as_of": "2026-11-25",
        "verdict": "not-ready",
        "open_must": ["overseas.letter"],
        "musts": list(judging.musts(on_the_day)),
    }
    (tmp_path / "reports").mkdir()
    row = review(tmp_path / "reports", report, json.dumps(made).encode(), judging)
    assert doubts(row) == set()


@pytest.mark.parametrize(
    ("as_of", "is_told"),
    [("11-22", True), ("11-23", False), ("11-25", False), ("11-26", True), ("11-30", True)],
)
def test_the_day_of_a_decision_is_that_of_its_moment(
    open_report: Report, pack: Pack, tmp_path: Path, as_of: str, is_told: bool
) -> None:
    """In any time zone, and on whichever day it is reviewed: that day proves nothing."""
    made = decided(open_report, judge(pack, latest=LATEST))
    made |= {"at": "2026-11-24T22:30:00Z", "as_of": f"2026-{as_of}"}
    for today in ("2026-11-24", f"2026-{as_of}", "2026-12-20"):
        judging = judge(pack, datetime.date.fromisoformat(today))
        row = review(tmp_path, open_report, json.dumps(made).encode(), judging)
        assert ("decision-edited" in doubts(row)) == is_told


def test_what_0_2_took_to_hold_is_not_accused(report: Report, tmp_path: Path) -> None:
    """It did not tell what holds from what was made with other packs."""
    other = read_pack(tmp_path, OTHER_VERSION)
    judging = judge(other, latest=LATEST)
    made = decided(report, judging)
    assert made["holds"] == "unknown"
    (tmp_path / "reports").mkdir()
    for holds in ("unknown", True):
        data = json.dumps(made | {"holds": holds}).encode()
        assert doubts(review(tmp_path / "reports", report, data, judging)) == set()


def test_a_decision_with_an_older_pack_is_not_accused_of_an_edit(
    report: Report, pack: Pack, tmp_path: Path
) -> None:
    """Its judgement cannot be checked, and the review says so."""
    made = json.dumps(decided(report, judge(pack, latest=LATEST))).encode()
    newer = judge(read_pack(tmp_path, OTHER_VERSION, NEW_ITEM), latest=LATEST)
    (tmp_path / "reports").mkdir()
    assert doubts(review(tmp_path / "reports", report, made, newer)) == {"decision-unchecked"}


def test_a_decision_on_an_earlier_report_of_the_trip_is_void_and_not_edited(
    open_report: Report, report: Report, pack: Pack, tmp_path: Path
) -> None:
    """The traveller sent another report under the same file name."""
    judging = judge(pack, latest=LATEST)
    made = json.dumps(decided(open_report, judging)).encode()
    row = review(tmp_path, report, made, judging)
    assert row.decision is not None
    assert (row.decision.void, doubts(row)) == (True, set())


# Decisions about something else


OTHER_TRIP = "3" * 32
LATER = samples.CREATED + datetime.timedelta(days=2)


def rows(folder: Path, judging: Judge, **files: tuple[Report, bytes | None]) -> dict[str, Reviewed]:
    """Review reports with these decisions beside them, as `review` does; return them by name."""
    for name, (report, beside) in files.items():
        path = folder / f"{name}.json"
        path.write_bytes(as_json(report))
        if beside is not None:
            decision.path_of(path).write_bytes(beside)
    with Inbox([str(folder)], b"") as found:
        return {Path(row.path).stem: row for row in review_all(found, judging)}


def encoded(fields: dict[str, Any]) -> bytes:
    return json.dumps(fields).encode()


ELSEWHERE: dict[str, dict[str, Any]] = {
    "of another trip": {"trip_id": OTHER_TRIP, "report_id": "4" * 32},
    "of a twin": {"trip_id": OTHER_TRIP, "report_id": "4" * 32, "created": LATER},
    "of another traveller": {
        "given": {**samples.TRIP, "traveller": "B. Jones"},
        "trip_id": OTHER_TRIP,
        "report_id": "4" * 32,
    },
    "of an earlier twin": {
        "trip_id": OTHER_TRIP,
        "report_id": "4" * 32,
        "created": samples.CREATED - datetime.timedelta(days=1),
    },
}


@pytest.mark.parametrize("is_dressed_up", [False, True])
@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_decision_on_another_report_is_void_and_told(
    pack: Pack, tmp_path: Path, name: str, is_dressed_up: bool
) -> None:
    """Copied beside this one, as it is or with the ids and the digest of this one written in."""
    judging = judge(pack, latest="2026-12-05T00:00:00Z")
    first = samples.make(pack, statuses=done(letter=Status("todo", how="terminal")))
    other = samples.make(pack, **{"statuses": done(), **ELSEWHERE[name]})
    copied = decided(first, judging)
    if is_dressed_up:
        digest = parse_report(as_json(other)).computed
        copied |= {"report": other.id, "trip": other.trip.id, "digest": digest}
    found = rows(
        tmp_path,
        judging,
        first=(first, encoded(decided(first, judging))),
        other=(other, encoded(copied)),
    )
    assert doubts(found["first"]) == set()
    row = found["other"]
    assert "decision-edited" in doubts(row)
    assert (row.is_decided, row.attention, row.since) == (False, DECISION, None)


REPLACED: dict[str, tuple[dict[str, Status], str]] = {
    "a must reopened": ({"letter": Status("todo", how="terminal")}, "must-reopened"),
    "a must waived": ({"letter": Status("not-applicable", "No.", how="terminal")}, "must-waived"),
    "all reopened": (
        dict.fromkeys(("letter", "passwords"), Status("todo", how="terminal")),
        "must-reopened",
    ),
}


@pytest.mark.parametrize("in_place", [False, True])
@pytest.mark.parametrize("name", REPLACED)
def test_a_report_replaced_after_its_approval_is_told(
    pack: Pack, tmp_path: Path, name: str, in_place: bool
) -> None:
    """In a file of its own, or in the place of the one that was approved."""
    statuses, code = REPLACED[name]
    judging = judge(pack, latest="2026-12-05T00:00:00Z")
    first = samples.make(pack, statuses=done())
    later = samples.make(pack, statuses=done(**statuses), created=LATER, report_id="8" * 32)
    approved = encoded(decided(first, judging))
    files = (
        {"later": (later, approved)}
        if in_place
        else {"first": (first, approved), "later": (later, None)}
    )
    row = rows(tmp_path, judging, **files)["later"]
    assert row.since is not None
    assert code in [change.code for change in row.since.changes]
    assert not row.is_decided
    assert row.attention <= DECISION


@pytest.mark.parametrize("fields", [{"musts": [], "open_must": []}, {"trip": OTHER_TRIP}])
def test_a_void_decision_that_was_edited_is_no_ground(
    pack: Pack, tmp_path: Path, fields: dict[str, Any]
) -> None:
    """What changed since then cannot be told from it; that it is doubtful can."""
    judging = judge(pack, latest="2026-12-05T00:00:00Z")
    first = samples.make(pack, statuses=done(letter=Status("todo", how="terminal")))
    later = samples.make(pack, statuses=done(), created=LATER, report_id="8" * 32)
    row = rows(tmp_path, judging, later=(later, encoded(decided(first, judging) | fields)))["later"]
    assert "decision-edited" in doubts(row)
    assert row.since is None


def test_an_approved_page_that_was_edited_since_is_not_decided_on(
    report: Report, pack: Pack, tmp_path: Path
) -> None:
    """Its data, and so its digest, are those that were approved."""
    judging = judge(pack, latest=LATEST)
    path = tmp_path / "report.html"
    page = as_page(report)
    path.write_bytes(page)
    decision.path_of(path).write_bytes(encoded(decided(report, judging)))
    for data, is_decided in ((page, True), (page.replace(b"Ready", b"Steady", 1), False)):
        path.write_bytes(data)
        with Inbox([str(path)], b"") as found:
            (row,) = review_all(found, judging)
        assert (row.is_decided, row.is_broken) == (is_decided, not is_decided)


def test_honest_decisions_on_two_trips_are_not_accused(pack: Pack, tmp_path: Path) -> None:
    """Of one traveller, in one folder, each beside its report."""
    judging = judge(pack, latest=LATEST)
    first = samples.make(pack, statuses=done())
    second = samples.make(
        pack, {**samples.TRIP, "departs": "2026-12-02"}, done(), trip_id=OTHER_TRIP
    )
    found = rows(
        tmp_path,
        judging,
        first=(first, encoded(decided(first, judging))),
        second=(second, encoded(decided(second, judging, "returned"))),
    )
    assert all(not doubts(row) and row.is_decided for row in found.values())


OTHER_NAMES = (
    *("A. Smithson", "Ann Smith", "B. Smith", "Smith, B.", "Mr Smith", "A. B. Smith"),
    *("\u0645\u06cc\u200c\u0646\u0627", "Jo\u00ebl D\u2019Arc"),
)


@pytest.mark.parametrize("by", OTHER_NAMES)
def test_another_name_than_the_travellers_is_not_accused(
    report: Report, pack: Pack, tmp_path: Path, by: str
) -> None:
    """In any script, with the joiners that it needs."""
    judging = judge(pack, latest=LATEST)
    made = encoded(decided(report, judging) | {"by": by})
    assert doubts(review(tmp_path, report, made, judging)) == set()


@pytest.mark.parametrize("others", [("returned",), ("approved", "returned")])
def test_the_opposite_decision_on_a_copy_is_told(
    report: Report, pack: Pack, tmp_path: Path, others: tuple[decision.Word, ...]
) -> None:
    """One of the copies counts, with the decision beside it, which may be the forged one."""
    judging = judge(pack, latest=LATEST)
    words: tuple[decision.Word, ...] = ("approved", *others)
    copies = {
        f"copy{number}": (report, encoded(decided(report, judging, word)))
        for number, word in enumerate(words)
    }
    found = rows(tmp_path, judging, **copies)
    (row,) = (row for row in found.values() if row.newest)
    assert doubts(row) == {"decision-contradicted"}
    (told,) = (one.message for one in row.differs if one.code == "decision-contradicted")
    assert str(tmp_path / f"copy{len(others)}.json") in told
    assert (row.is_decided, row.attention) == (False, DECISION)


def test_one_decision_on_two_copies_is_not_accused(
    report: Report, pack: Pack, tmp_path: Path
) -> None:
    """Made twice, or copied with the report; nor another decision on an earlier report."""
    judging = judge(pack, latest=LATEST)
    made = decided(report, judging)
    again = made | {"by": "Al Fox", "at": "2026-11-25T10:00:00Z"}
    earlier = samples.make(
        pack, statuses=done(), created=samples.CREATED - datetime.timedelta(hours=1)
    )
    found = rows(
        tmp_path,
        judging,
        earlier=(earlier, encoded(decided(earlier, judging, "returned"))),
        first=(report, encoded(made)),
        second=(report, encoded(again)),
        third=(report, None),
    )
    (row,) = (row for row in found.values() if row.newest)
    assert doubts(row) == set()
    assert row.is_decided
