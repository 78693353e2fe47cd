"""The JSON of `contacts`."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command import run
from tests.results.schemas import assert_fits

TODAY = ("--today", "2026-12-02")
TRIP = (
    *("--set", "abroad=true", "--set", "official=true", "--set", "devices=phone"),
    *("--set", "departs=2026-12-01", "--set", "returns=2026-12-05"),
    *("--set", "line_manager=Jo Day, +44 20 7946 0001"),
)


def squeezed(text: str) -> str:
    """Return a text without spaces and line ends: long addresses are broken over lines."""
    return "".join(text.split())


def test_it_is_what_the_text_says(tmp_path: Path) -> None:
    """Each name and each way to reach it, also the people of the trip, as in the text."""
    run("prepare", "--trip", "Rome", "--no-input", *TRIP, *TODAY, folder=tmp_path)
    text = run("contacts", *TODAY, folder=tmp_path)
    done = run("contacts", "--format", "json", *TODAY, folder=tmp_path)
    assert (done.code, done.err) == (text.code, text.err)
    data = done.json()
    assert_fits(data)
    assert (data["as_of"], data["trip"], data["topic"]) == ("2026-12-02", "Rome", None)
    words = squeezed(text.out)
    reached = [*data["contacts"], *data["links"]]
    assert len(reached) > 5
    for contact in reached:
        assert squeezed(contact["name"]) in words
        assert squeezed(contact["hours"]) in words
        for way in contact["ways"]:
            assert squeezed(f"{way['label']}: {way['value']}") in words
    people = [way for one in reached for way in one["ways"] if way["kind"] == "person"]
    assert people == [{"kind": "person", "label": "Jo Day", "value": "+44 20 7946 0001"}]


def test_a_person_without_a_number_has_none(tmp_path: Path) -> None:
    """The text says so; a program would dial the words."""
    known = ("--set", "line_manager=Jo Day", "--set", "abroad=true", "--set", "official=true")
    assert "Jo Day: no number given" in run("contacts", *known, folder=tmp_path).out
    data = run("contacts", *known, "--format", "json", folder=tmp_path).json()
    ways = [way for one in data["contacts"] for way in one["ways"]]
    assert {"kind": "person", "label": "Jo Day", "value": ""} in ways


def test_a_topic_is_named(tmp_path: Path) -> None:
    """Only its contacts are there."""
    data = run("contacts", "Privacy", "--format", "json", folder=tmp_path).json()
    assert_fits(data)
    assert (data["trip"], data["topic"]) == (None, "privacy")
    assert len(data["contacts"]) == 1


def test_warnings_are_not_among_the_json(tmp_path: Path) -> None:
    """They are on standard error, and the contacts come whatever the state of the trips."""
    path = tmp_path / "data" / "travelsec" / "trips.sqlite3"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no database")
    done = run("contacts", "--format", "json", folder=tmp_path)
    assert done.code == 0
    assert "trips.sqlite3" in done.err
    assert_fits(done.json())


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    """With those there are."""
    done = run("contacts", "--format", "jsn", folder=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "(allowed: text, json; did you mean json?)" in done.err
