"""The JSON of `trips list` and `trips show`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.cli.command import run
from tests.results.schemas import assert_fits
from travelsec.schema.json_files import json_file

TODAY = ("--today", "2026-12-02")
JSON = ("--format", "json")


def keep(folder: Path, name: str, *settings: str) -> None:
    """Keep a trip with a name and a number in it."""
    known = ("abroad=true", "devices=laptop", "line_manager=Jo Day, +44 20 7946 0001", *settings)
    facts = [word for setting in known for word in ("--set", setting)]
    command = ("prepare", "--trip", name, "--no-input", *facts, *TODAY)
    assert run(*command, "--output", f"{name}.json", folder=folder).code == 1


def listed(folder: Path) -> Any:
    done = run("trips", "list", *JSON, *TODAY, folder=folder)
    assert (done.code, done.err) == (0, "")
    assert_fits(done.json())
    return done.json()


def test_no_trip_is_an_empty_list(tmp_path: Path) -> None:
    """Not a sentence."""
    assert listed(tmp_path) == {"schema": "travelsec.trips/1", "as_of": "2026-12-02", "trips": []}


@pytest.mark.parametrize(
    ("dates", "state", "days", "words"),
    [
        ((), "undated", None, ""),
        (("departs=none",), "undated", None, ""),
        (
            ("departs=2026-12-05", "returns=2026-12-06"),
            *("ahead", 3, "Sat 5 December 2026 to Sun 6 December 2026"),
        ),
        (("departs=2026-12-01",), "departed", 0, "Tue 1 December 2026"),
        (("departs=2026-12-01", "returns=none"), "departed", 0, "from Tue 1 December 2026"),
        (
            ("departs=2026-12-02", "returns=2026-12-02"),
            *("under-way", 0, "Wed 2 December 2026"),
        ),
        (
            ("departs=2026-11-01", "returns=2026-11-02"),
            *("over", 0, "Sun 1 November 2026 to Mon 2 November 2026"),
        ),
    ],
)
def test_a_trip_says_where_it_is(
    dates: tuple[str, ...], state: str, days: int | None, words: str, tmp_path: Path
) -> None:
    """The line of the text has the same dates, verdict and number."""
    keep(tmp_path, "Rome", *dates)
    (trip,) = listed(tmp_path)["trips"]
    assert (trip["state"], trip["days_to_departure"], trip["dates"]) == (state, days, words)
    text = run("trips", "list", *TODAY, folder=tmp_path).out
    over = " (over)" if state == "over" else ""
    lead = f"{words}; " if words else ""
    assert " ".join(text.split()) == f"Rome: {lead}not ready, {len(trip['open'])} open{over}"
    assert set(trip["open_must"]) < set(trip["open"])
    report = run("trips", "show", *JSON, *TODAY, folder=tmp_path).json()["report"]
    assert trip["open"] == report["readiness"]["open"]
    assert len(trip["open_must"]) == report["readiness"]["counts"]["open-must"]


def test_the_list_names_nobody(tmp_path: Path) -> None:
    """It is in the order of the text."""
    keep(tmp_path, "Past", "departs=2026-11-01", "returns=2026-11-02")
    keep(tmp_path, "Later", "departs=2026-12-20", "returns=2026-12-22")
    keep(tmp_path, "Sooner", "departs=2026-12-10", "returns=2026-12-12")
    data = listed(tmp_path)
    assert [trip["name"] for trip in data["trips"]] == ["Sooner", "Later", "Past"]
    assert "Jo Day" not in str(data)


def test_a_trip_is_its_report_and_what_no_report_has(tmp_path: Path) -> None:
    """As in the text; the report in it is one that fits the schema of reports."""
    keep(tmp_path, "Rome", "destination=Rome")
    data = run("trips", "show", *JSON, *TODAY, folder=tmp_path).json()
    assert_fits(data)
    assert Draft202012Validator(json_file("report")).is_valid(data["report"])
    assert "Jo Day" not in str(data["report"])
    (private,) = data["private"]
    assert (private["fact"], private["answer"]) == ("line_manager", "Jo Day, +44 20 7946 0001")
    assert private["value"] == [{"name": "Jo Day", "telephone": "+44 20 7946 0001"}]
    assert data["files"] == [str(tmp_path / "Rome.json")]
    text = run("trips", "show", *TODAY, folder=tmp_path).out
    assert f"{private['ask']} {private['answer']}" in " ".join(text.split())


def test_a_trip_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """On standard error alone."""
    done = run("trips", "show", "Rome", *JSON, folder=tmp_path)
    assert (done.code, done.out) == (2, "")
