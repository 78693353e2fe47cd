"""A decision is bound to the content of a report, and tells what has changed since."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path
from typing import Any

import msgspec
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
    sealed,
)
from travelsec.pack.model import Pack
from travelsec.problems import UserError
from travelsec.report.model import Report
from travelsec.report.read import parse_report
from travelsec.review import decision
from travelsec.review.inbox import Inbox
from travelsec.review.model import Reviewed
from travelsec.review.run import judge_file, review_all
from travelsec.trip.statuses import Status

MOMENT = datetime.datetime(2026, 11, 25, 9, 0, 1, tzinfo=datetime.UTC)


def decide(report: bytes, pack: Pack, comment: str = "Safe travels.") -> decision.Decision:
    """Approve a report."""
    received, judging = parse_report(report), judge(pack)
    return decision.make_decision(
        "approved",
        received,
        judging,
        by="Jo Day",
        comment=comment,
        at=MOMENT,
        reviewed=judging.judge("report.json", received),
    )


def review(folder: Path, pack: Pack, data: bytes, made: bytes | None) -> Reviewed:
    """Review a report in a folder with a decision beside it."""
    path = folder / "report.json"
    path.write_bytes(data)
    if made is not None:
        decision.path_of(path).write_bytes(made)
    return judge_file(str(path), parse_report(data), judge(pack))


def test_what_is_decided_while_others_are_judged_is_seen(pack: Pack, tmp_path: Path) -> None:
    """And what is taken back is gone: a review of thousands takes its time."""
    data = as_json(samples.make(pack))
    path = tmp_path / "report.json"
    path.write_bytes(data)
    beside = decision.path_of(path)
    other = tmp_path / "other.json"
    other.write_bytes(as_json(samples.make(pack, trip_id="5" * 32)))
    judging = judge(pack)
    with Inbox([str(tmp_path)], b"") as reports:
        beside.write_bytes(decision.decision_json(decide(data, pack)))
        rows = {Path(row.path).name: row for row in review_all(reports, judging)}
    assert rows["report.json"].decision is not None
    with Inbox([str(tmp_path)], b"") as reports:
        beside.unlink()
        rows = {Path(row.path).name: row for row in review_all(reports, judging)}
    assert rows["report.json"].decision is None
    assert "decision-unread" not in {found.code for found in rows["report.json"].differs}


@pytest.mark.skipif(sys.platform == "win32", reason="links are POSIX's")
def test_a_link_is_not_followed(pack: Pack, tmp_path: Path) -> None:
    """Beside a stranger's report it can lead anywhere."""
    data = as_json(samples.make(pack))
    path = tmp_path / "report.json"
    path.write_bytes(data)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(decision.decision_json(decide(data, pack)))
    decision.path_of(path).symlink_to(elsewhere)
    found = judge_file(str(path), parse_report(data), judge(pack))
    assert found.decision is None
    (told,) = (one.message for one in found.differs if one.code == "decision-unread")
    assert "a symbolic link, which is not followed" in told


def test_a_decision_says_what_it_was_about(pack: Pack) -> None:
    """Who, when, on which content, on what ground; and that it is no signature."""
    report = samples.make(pack)
    made = json.loads(decision.decision_json(decide(as_json(report), pack)))
    musts = made.pop("musts")
    packs = made.pop("packs")
    assert made.pop("note").startswith("A record of a decision, not a signature")
    assert made == {
        "schema": "travelsec.decision/1",
        "report": samples.REPORT_ID,
        "trip": samples.TRIP_ID,
        "digest": report.digest,
        "decision": "approved",
        "by": "Jo Day",
        "comment": "Safe travels.",
        "at": "2026-11-25T09:00:01Z",
        "as_of": "2026-11-24",
        "verdict": "not-ready",
        "holds": True,
        "open_must": ["overseas.clear-files", "overseas.letter"],
        "waived": ["overseas.hotel-safe"],
    }
    assert len(musts) == 6
    assert [(one["id"], one["version"]) for one in packs] == [("small", "2.1")]


def test_it_is_read_back(report: Report, pack: Pack) -> None:
    """As it was written, whatever the comment holds."""
    made = decide(as_json(report), pack, 'é "\u202e\x1b[2J</script> 😀')
    data = decision.decision_json(made)
    assert decision.parse_decision(data) == made
    assert b"\x1b" not in data
    assert "\u202e" not in data.decode()


def test_it_stands_beside_the_report() -> None:
    """The whole name of the report stays, so that a page and its JSON have one each."""
    assert decision.path_of(Path("a/b.html")) == Path("a/b.html.decision.json")


def test_a_decision_holds_for_the_same_content(report: Report, pack: Pack, tmp_path: Path) -> None:
    """Written with other white space, or as a page, it is the same report."""
    made = decision.decision_json(decide(as_json(report), pack))
    for data in (as_json(report), b" ".join(as_json(report).split()), as_page(report)):
        found = review(tmp_path, pack, data, made).decision
        assert found is not None
        assert (found.void, found.new_musts) == (False, ())
        assert (found.decision, found.by, found.comment) == ("approved", "Jo Day", "Safe travels.")


@pytest.mark.parametrize("seal", [True, False])
def test_it_is_void_when_the_report_changes(
    report: Report, pack: Pack, tmp_path: Path, seal: bool
) -> None:
    """With the digest worked out again or not, whatever was changed."""
    made = decision.decision_json(decide(as_json(report), pack))
    changed = put(report, created="2026-11-24T08:30:06Z")
    changed = sealed(changed) if seal else changed
    found = review(tmp_path, pack, as_json(changed), made).decision
    assert found is not None
    assert found.void


def test_the_digest_that_counts_is_worked_out(report: Report, pack: Pack, tmp_path: Path) -> None:
    """A report with a digest that does not fit cannot borrow the decision of another."""
    other = samples.make(pack, {**samples.TRIP, "traveller": "B. Jones"}, done())
    made = decision.decision_json(decide(as_json(report), pack))
    forged = as_json(put(other, digest=report.digest))
    found = review(tmp_path, pack, forged, made).decision
    assert found is not None
    assert found.void


def test_musts_that_came_since_are_told(report: Report, pack: Pack, tmp_path: Path) -> None:
    """A newer pack asks for more than was decided on; a decision on that says nothing new."""
    newer = read_pack(tmp_path / "newer", OTHER_VERSION, NEW_ITEM)
    made = decision.decision_json(decide(as_json(report), pack))
    found = review(tmp_path, newer, as_json(report), made).decision
    assert found is not None
    assert (found.void, found.new_musts) == (False, ("overseas.locks",))
    again = decision.decision_json(decide(as_json(report), newer))
    found = review(tmp_path, newer, as_json(report), again).decision
    assert found is not None
    assert found.new_musts == ()


def test_without_a_decision_there_is_none(report: Report, pack: Pack, tmp_path: Path) -> None:
    """Nothing is reported then."""
    found = review(tmp_path, pack, as_json(report), None)
    assert (found.decision, found.differs) == (None, ())


def decision_with(report: Report, pack: Pack, **fields: Any) -> bytes:
    """Return a decision with fields changed, as somebody could write it."""
    data = json.loads(decision.decision_json(decide(as_json(report), pack))) | fields
    return json.dumps({name: value for name, value in data.items() if value is not ...}).encode()


@pytest.mark.parametrize(
    "fields",
    [
        {"schema": "travelsec.decision/2"},
        {"decision": "loved"},
        {"more": 1},
        {"by": 7},
        {"as_of": "soon"},
        {"verdict": "fine"},
        {"musts": [1]},
    ],
)
def test_a_decision_of_another_kind_is_told(
    report: Report, pack: Pack, tmp_path: Path, fields: dict[str, Any]
) -> None:
    """It does not count, and stops nothing."""
    found = review(tmp_path, pack, as_json(report), decision_with(report, pack, **fields))
    assert found.decision is None
    assert [one.code for one in found.differs] == ["decision-unread"]
    assert "this is not a travelsec decision" in found.differs[0].message
    assert found.holds
    assert found.verdict == "ready"


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"{", b"null", b"[" * 100_000, b"\xff\xfe{\x00}\x00", b"NaN", b"\xff"),
        b'{"a":' * 100_000,
        b"9" * 10_000,
        b" " * (decision.MAX_DECISION_BYTES + 1),
    ],
)
def test_what_is_no_decision_is_told(
    report: Report, pack: Pack, tmp_path: Path, data: bytes
) -> None:
    """Garbage, nesting, too much of it: each with its reason."""
    found = review(tmp_path, pack, as_json(report), data)
    assert found.decision is None
    assert [one.code for one in found.differs] == ["decision-unread"]
    with pytest.raises(UserError):
        decision.read_decision(decision.path_of(tmp_path / "report.json"))


def test_a_page_can_be_decided_on(report: Report, pack: Pack) -> None:
    """The decision is on its data, so the JSON has the same digest."""
    on_page, on_json = decide(as_page(report), pack), decide(as_json(report), pack)
    assert on_page == on_json
    assert msgspec.structs.asdict(on_page)["digest"] == report.digest


def test_what_was_waived_and_open_that_day_is_kept(pack: Pack) -> None:
    """The ground of the decision, in the manager's own judgement."""
    report = samples.make(pack, statuses=done(letter=Status("todo", how="terminal")))
    lying = sealed(put(report, readiness=put(report.readiness, verdict="ready", open=())))
    made = decide(as_json(lying), pack)
    assert (made.verdict, made.holds, made.open_must) == (
        *("not-ready", False),
        ("overseas.letter",),
    )
