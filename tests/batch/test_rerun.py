"""A file that an earlier run wrote is kept where nothing has changed."""

from __future__ import annotations

import datetime
from pathlib import Path

import msgspec
import pytest

from tests.report import samples
from travelsec.batch.rerun import compare_with_last
from travelsec.formats import REPORT_FORMATS
from travelsec.pack.load import load
from travelsec.report import model
from travelsec.report.build import build
from travelsec.report.model import Report

TODAY = datetime.date(2026, 11, 24)
MOMENT = datetime.datetime(2026, 11, 24, 8, 30, tzinfo=datetime.UTC)


def report(trip: str = "1", day: int = 24, hour: int = 8, **more: str) -> Report:
    """Return a report of a trip, made at a moment."""
    pack = load()
    facts = samples.facts(pack, {"abroad": "yes", "devices": "laptop", **more}, TODAY)
    facts.today = TODAY.replace(day=day)
    moment = MOMENT.replace(hour=hour)
    return build(facts, {}, how={}, created=moment, trip_id=trip * 32, report_id=f"{hour:032}")


@pytest.mark.parametrize("name", ["json", "html"])
def test_the_moment_and_the_day_make_no_difference(tmp_path: Path, name: str) -> None:
    """All else does; and the file must be one that travelsec wrote for this trip."""
    format_ = REPORT_FORMATS.find(name)
    path = tmp_path / f"1.{name}"
    assert compare_with_last(path, report(), format_) == "other"
    data = format_.render(report())
    path.write_bytes(data)
    assert compare_with_last(path, report(), format_) == "unchanged"
    assert compare_with_last(path, report(hour=9, day=25), format_) == "unchanged"
    assert compare_with_last(path, report(traveller="Ann"), format_) == "changed"
    assert compare_with_last(path, report(trip="2"), format_) == "other"
    # An edited page, or another file, is replaced or kept, but never left as if it were the same.
    path.write_bytes(data + b"\n")
    assert compare_with_last(path, report(), format_) == "changed"
    path.write_bytes(b"nothing of ours")
    assert compare_with_last(path, report(), format_) == "other"


def test_a_report_that_was_edited_is_not_replaced_unasked(tmp_path: Path) -> None:
    """Its digest does not match: somebody's work may be in it."""
    format_ = REPORT_FORMATS.find("json")
    edited = msgspec.structs.replace(
        report(), trip=msgspec.structs.replace(report().trip, name="X")
    )
    path = tmp_path / "1.json"
    path.write_bytes(format_.render(edited))
    assert compare_with_last(path, report(), format_) == "other"
    again = msgspec.structs.replace(edited, digest=model.digest(edited))
    path.write_bytes(format_.render(again))
    assert compare_with_last(path, report(), format_) == "changed"


@pytest.mark.parametrize("name", ["md", "txt", "csv", "ics"])
def test_a_format_without_data_is_never_compared(tmp_path: Path, name: str) -> None:
    """It does not say which trip it is of."""
    format_ = REPORT_FORMATS.find(name)
    path = tmp_path / f"1.{name}"
    path.write_bytes(format_.render(report(), TODAY))
    assert compare_with_last(path, report(), format_) == "other"
