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
from travelsec.problems import UserError
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
    """All else does."""
    format_ = REPORT_FORMATS.find(name)
    path = tmp_path / f"1.{name}"
    assert compare_with_last(path, report(), format_) == "unknown"
    data = format_.render(report())
    path.write_bytes(data)
    assert compare_with_last(path, report(), format_) == "unchanged"
    assert compare_with_last(path, report(hour=9, day=25), format_) == "unchanged"
    assert compare_with_last(path, report(traveller="Ann"), format_) == "changed"
    # A file that says the same in other bytes is replaced, but never left as if it were the same.
    path.write_bytes(data + b"\n")
    assert compare_with_last(path, report(), format_) == "changed"


def kept(path: Path, new: Report, name: str) -> str:
    """Return why the file at a path must be kept, if it is to be made anew."""
    with pytest.raises(UserError, match="so it is kept") as error:
        compare_with_last(path, new, REPORT_FORMATS.find(name))
    text = str(error.value)
    assert text.startswith(f"{path}: ")
    assert "Move it out of this folder" in text
    return text


@pytest.mark.parametrize("name", ["json", "html"])
def test_what_is_no_report_of_the_trip_is_kept(tmp_path: Path, name: str) -> None:
    """Whatever the new report says; the message tells which it is."""
    path = tmp_path / f"1.{name}"
    path.write_bytes(REPORT_FORMATS.find(name).render(report()))
    assert "of another trip" in kept(path, report(trip="2"), name)
    path.write_bytes(b"nothing of ours")
    assert "this is not a travelsec report" in kept(path, report(), name)


def test_a_report_that_was_edited_is_not_replaced_unasked(tmp_path: Path) -> None:
    """Its digest does not match: somebody's work may be in it."""
    format_ = REPORT_FORMATS.find("json")
    edited = msgspec.structs.replace(
        report(), trip=msgspec.structs.replace(report().trip, name="X")
    )
    path = tmp_path / "1.json"
    path.write_bytes(format_.render(edited))
    assert "edited after it was made" in kept(path, report(), "json")
    again = msgspec.structs.replace(edited, digest=model.digest(edited))
    path.write_bytes(format_.render(again))
    assert compare_with_last(path, report(), format_) == "changed"


def test_a_page_that_was_edited_is_not_replaced_unasked(tmp_path: Path) -> None:
    """People read the page, even if the data in it is whole."""
    path = tmp_path / "1.html"
    page = REPORT_FORMATS.find("html").render(report())
    assert b"Not ready" in page
    path.write_bytes(page.replace(b"Not ready", b"Ready"))
    for new in (report(), report(traveller="Ann")):
        assert "the page of this report was edited" in kept(path, new, "html")


def test_a_page_that_a_browser_saved_again_is_replaced(tmp_path: Path) -> None:
    """Nobody edited it."""
    format_ = REPORT_FORMATS.find("html")
    path = tmp_path / "1.html"
    page = format_.render(report())
    path.write_bytes(page.replace(b"\n", b"\r\n").replace(b"<head>\r\n", b"<head>", 1))
    assert compare_with_last(path, report(), format_) == "changed"


def test_a_page_that_cannot_be_compared_is_not_replaced_unasked(tmp_path: Path) -> None:
    """Another version wrote other words around the data; its data alone can be replaced."""
    made = report()
    tool = msgspec.structs.replace(made.tool, words=model.WORDS - 1)
    old = msgspec.structs.replace(made, tool=tool)
    old = msgspec.structs.replace(old, digest=model.digest(old))
    page = REPORT_FORMATS.find("html").render(old)
    (tmp_path / "1.html").write_bytes(page.replace(b"Not ready", b"Not yet ready"))
    assert "other wording" in kept(tmp_path / "1.html", made, "html")
    format_ = REPORT_FORMATS.find("json")
    (tmp_path / "1.json").write_bytes(format_.render(old))
    assert compare_with_last(tmp_path / "1.json", made, format_) == "changed"


@pytest.mark.parametrize("name", ["md", "txt", "csv", "ics", "eml"])
def test_other_formats_are_never_compared(tmp_path: Path, name: str) -> None:
    """They do not say which trip they are of, or may have been edited around the report."""
    format_ = REPORT_FORMATS.find(name)
    path = tmp_path / f"1.{name}"
    for content in (format_, REPORT_FORMATS.find("json")):
        path.write_bytes(content.render(report(), TODAY))
        assert compare_with_last(path, report(), format_) == "unknown"
