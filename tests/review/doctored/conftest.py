"""What the tests of doctored files share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from tests.report import samples
from tests.review.doctored import with_each_status
from tests.review.reports import judge
from travelsec.pack.model import Pack
from travelsec.report.model import Report
from travelsec.report.read import parse_report
from travelsec.review import decision
from travelsec.review.inbox import Inbox
from travelsec.review.model import Reviewed
from travelsec.review.run import review_all


@pytest.fixture(scope="session")
def report(pack: Pack) -> Report:
    """Make an honest report to be doctored."""
    return with_each_status(pack)


@pytest.fixture(scope="session")
def decided(report: Report, pack: Pack) -> bytes:
    """Make a decision on the report, as its file holds it."""
    manager, received = judge(pack), parse_report(msgspec.json.encode(report))
    made = decision.make_decision(
        "returned",
        received,
        manager,
        by="Jo Day",
        comment="The seals?",
        at=samples.CREATED.replace(day=25),
        reviewed=manager.judge("report.json", received),
    )
    return decision.decision_json(made)


@pytest.fixture
def review(pack: Pack, tmp_path: Path) -> Callable[..., Reviewed]:
    """Return a function that reviews a file of this name, with a decision beside it if given."""

    def review_file(name: str, data: bytes, beside: bytes | None = None) -> Reviewed:
        path = tmp_path / name
        path.write_bytes(data)
        if beside is not None:
            decision.path_of(path).write_bytes(beside)
        with Inbox([str(path)], b"") as found:
            (row,) = review_all(found, judge(pack))
        return row

    return review_file
