"""`travelsec checklist diff`: what is compared, what is printed, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.cli.command import Outcome, run
from tests.pack.packs import OVER, write

ITEM = """\
checklist:
  id: boats
  title: Boats
  sections:
    - id: packing
      title: Packing
      phase: before
      items:
        - {id: case, label: Pack a case, do: Pack a case., level: LEVEL, cites: [leaflet]}
guidance: [{id: leaflet, title: A leaflet, publisher: Us}]
"""
TRIP = ("--no-input", "--set", "abroad=false", "--set", "devices=laptop", "--today", "2026-11-24")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two versions of a pack: the newer makes a `must` of a `should`."""
    for name, level in (("old", "should"), ("new", "must")):
        write(tmp_path / name, {"over": OVER + ITEM.replace("LEVEL", level)})
    return tmp_path


def prepare(folder: Path, file: str, pack: str = "old", *more: str) -> None:
    """Make a report with one of the packs."""
    done = run("prepare", *TRIP, *more, "--pack", pack, "--output", file, folder=folder)
    assert done.code in (0, 1), done.err


def diff(folder: Path, *arguments: str, **env: str) -> Outcome:
    """Compare, on a day before the trip."""
    return run("checklist", "diff", *arguments, "--today", "2026-11-25", folder=folder, **env)


def test_two_versions_of_a_pack(folder: Path) -> None:
    """Exit code 1 if they differ, 0 if not."""
    done = diff(folder, "old", "new")
    assert (done.code, done.err) == (1, "")
    assert "1 ITEM: 1 RAISED\n  - RAISED: boats.case (must)\n" in done.out
    assert "\n\n1 OF" not in done.out
    done = diff(folder, "new", "new")
    assert (done.code, done.err) == (0, "")
    assert "Nothing: both say the same." in done.out


def test_the_packs_in_force(folder: Path) -> None:
    """The bundled one, with those of --pack and TRAVELSEC_PACKS."""
    done = diff(folder, "installed", "old")
    assert done.code == 1
    assert "ADDED: boats.case (should)" in done.out
    for done in (
        diff(folder, "installed", "new", "--pack", "old"),
        diff(folder, "installed", "new", TRAVELSEC_PACKS="old"),
    ):
        assert "1 ITEM: 1 RAISED" in done.out
        assert "ADDED" not in done.out
    assert diff(folder, "installed", "installed").code == 0


def test_reports_are_compared(folder: Path) -> None:
    """Exit code 1 if a trip must be gone through again; a folder and either format will do."""
    (folder / "in").mkdir()
    prepare(folder, "in/a.json")
    prepare(folder, "in/b.html")
    prepare(folder, "in/c.json", "new")
    done = diff(folder, "old", "new", "in")
    assert (done.code, done.err) == (1, "")
    assert "2 OF 3 TRIPS TO BE GONE THROUGH AGAIN" in done.out
    assert "Raised: boats.case (must, unanswered): Pack a case." in done.out
    assert "Nothing to do: the report was made with the new packs." in done.out
    done = diff(folder, "new", "old", "in/a.json", "in/b.html")
    assert done.code == 0
    assert "0 OF 2 TRIPS" in done.out
    assert "ITEM: 1 LOWERED" in done.out


def test_only_the_newest_report_of_a_trip_counts(folder: Path) -> None:
    """The other is counted as left out."""
    (folder / "in").mkdir()
    for number, file in enumerate(("in/a.json", "in/b.json")):
        arguments = (*TRIP, "--trip", "Rye", "--pack", "old", "--output", file)
        moment = str(1_795_000_000 + number)
        run("prepare", *arguments, folder=folder, SOURCE_DATE_EPOCH=moment)
    done = diff(folder, "old", "new", "in", "--format", "json")
    assert [trip["path"] for trip in done.json()["trips"]] == ["in/b.json"]
    assert done.json()["replaced"] == 1


def test_what_cannot_be_read(folder: Path) -> None:
    """Exit code 2; the reports that can be read are shown, and the faults of both packs."""
    (folder / "in").mkdir()
    prepare(folder, "in/a.json")
    text = (folder / "in" / "a.json").read_text(encoding="utf-8")
    (folder / "in" / "b.json").write_text(text.replace('"id"', '"id":"x","id"', 1), "utf-8")
    done = diff(folder, "old", "new", "in")
    assert done.code == 2
    assert "1 OF 1 TRIP TO BE GONE THROUGH AGAIN" in done.out
    assert "NOT READ\n  - in/b.json\n" in done.out
    broken = OVER + ITEM.replace("LEVEL", "maybe")
    for name in ("bad", "worse"):
        write(folder / name, {"over": broken})
    done = diff(folder, "bad", "worse")
    assert (done.code, done.out) == (2, "")
    assert "bad/over.yaml:10:" in done.err
    assert "worse/over.yaml:10:" in done.err
    done = diff(folder, "old", "nowhere")
    assert (done.code, done.out) == (2, "")
    assert "nowhere: there is no such folder" in done.err
    misspelt = diff(folder, "installd", "new")
    assert misspelt.code == 2
    assert "did you mean installed?" in misspelt.err
    assert diff(folder, "old", "new", "nothing.json").code == 2


def test_json(folder: Path) -> None:
    """As the schema says, with the same exit code."""
    prepare(folder, "a.json")
    done = diff(folder, "old", "new", "a.json", "--format", "json")
    assert (done.code, done.err) == (1, "")
    schema = run("checklist", "schema", "checklist-diff", folder=folder).json()
    Draft202012Validator(schema).validate(done.json())
    (trip,) = done.json()["trips"]
    assert (trip["again"], trip["items"][0]["changes"]) == (True, ["raised"])
    assert json.loads(diff(folder, "old", "old", "--format", "json").out)["differs"] is False


def test_an_unknown_format_is_told_first(folder: Path) -> None:
    """Before any pack is read."""
    done = diff(folder, "nowhere", "new", "--format", "xml")
    assert done.code == 2
    assert "there is no format “xml” (allowed: text, json)" in done.err
