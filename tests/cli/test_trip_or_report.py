"""A name is that of a trip or of a file, and the more exact of the two is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import run
from tests.cli.trips import AS_OF, FACTS, TODAY, begin
from travelsec.cli.trip_or_report import find_trip_unless_report, read_named_report
from travelsec.problems import UserError
from travelsec.store import Store


def found(name: str | None) -> str | None:
    """Return the name of the trip that is meant."""
    trip = find_trip_unless_report(name, None, TODAY)
    return trip.record.name if trip else None


def test_a_file_comes_between_a_whole_name_and_its_beginning(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder is no report, and what has the ending of one is no trip."""
    monkeypatch.chdir(tmp_path)
    begin(store, "Lisbon in spring")
    assert found(None) == found("Lis") == "Lisbon in spring"
    Path("Lis").mkdir()
    assert found("Lis") == "Lisbon in spring"
    Path("Lisbon").touch()
    assert found("Lisbon") is None
    begin(store, "Lisbon")
    assert found("lisbon") == "Lisbon"
    assert found("-") is None
    assert found("lisbon.json") is None
    with pytest.raises(UserError, match="there is no trip or file “Rome”"):
        found("Rome")


def test_a_report_that_was_changed_is_read_with_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be exported again is refused."""
    path = tmp_path / "report.json"
    run("prepare", "--no-input", *FACTS, *AS_OF, "--output", str(path), folder=tmp_path)
    assert read_named_report(str(path)).readiness.verdict == "not-ready"
    assert capsys.readouterr().err == ""
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"not-ready"', '"ready"', 1), encoding="utf-8")
    assert read_named_report(str(path)).readiness.verdict == "ready"
    err = " ".join(capsys.readouterr().err.split())
    assert "its digest does not match" in err
    assert "its items do not support that" in err
    other = tmp_path / "report.csv"
    other.touch()
    with pytest.raises(UserError, match="carry a report that can be exported again"):
        read_named_report(str(other))
