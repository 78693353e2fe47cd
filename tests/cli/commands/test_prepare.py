"""`prepare` from a script: answers in, a report and an exit code out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.terminal import environment
from travelsec.cli.open_store import locked
from travelsec.store import Store

TRIPS = Path(__file__).parents[2] / "trip" / "trips"
TODAY = ("--today", "2026-11-22")
BARE = ("--set", "abroad=true", "--set", "devices=laptop")


def all_done(folder: Path, trip: str) -> Path:
    """Write an answers file for a trip with every item done or agreed."""
    facts = str(TRIPS / f"{trip}.yaml")
    template = run("prepare", "--answers", facts, "--answers-template", *TODAY, folder=folder)
    assert template.code == 0, template.err
    head, items = template.out.split("\nitems:")
    path = folder / "answers.yaml"
    path.write_text(f"{head}\nitems:{items.replace(': null', ': done')}", encoding="utf-8")
    return path


def test_a_trip_with_everything_done_is_ready(tmp_path: Path) -> None:
    """Exit code 0, nothing open, and the answers are known as a script's."""
    answers = all_done(tmp_path, "official-with-everything")
    done = run(
        *("prepare", "--answers", str(answers), "--no-input", "--format", "json", *TODAY),
        folder=tmp_path,
    )
    assert done.code == 0, done.err
    report = done.json()
    assert report["readiness"]["verdict"] == "ready"
    assert report["readiness"]["open"] == []
    assert {item["how"] for item in report["items"] if item["phase"] != "back"} == {"script"}


def test_one_should_left_open_is_ready_with_actions(tmp_path: Path) -> None:
    """A `--set` replaces the file's answer; an open `should` does not make it not ready."""
    answers = all_done(tmp_path, "official-with-everything")
    setting = ("--set", "overseas.hotel-safe=declined:There is no safe: I asked")
    done = run(
        *("prepare", "--answers", str(answers), "--no-input", "--format", "json", *TODAY),
        *setting,
        folder=tmp_path,
    )
    assert done.code == 0, done.err
    report = done.json()
    assert report["readiness"]["verdict"] == "ready-with-actions"
    assert report["readiness"]["open"] == ["overseas.hotel-safe"]
    safe = next(item for item in report["items"] if item["id"] == "overseas.hotel-safe")
    assert safe["reason"] == "There is no safe: I asked"


def test_a_waived_must_counts_and_shows(tmp_path: Path) -> None:
    """A `must` that is said not to apply is no open item, but is reported as waived."""
    answers = all_done(tmp_path, "official-with-everything")
    setting = ("--set", "overseas.clear-files=not-applicable:Staying with family")
    arguments = ("prepare", "--answers", str(answers), "--no-input", *setting, *TODAY)
    report = run(*arguments, "--format", "json", folder=tmp_path).json()
    assert report["readiness"]["waived"] == ["overseas.clear-files"]
    text = run(*arguments, folder=tmp_path).out
    assert "1 must item was waived." in text
    assert "Staying with family" in text


def test_what_is_missing_stays_open_and_is_listed(tmp_path: Path) -> None:
    """With two facts, all that may apply is unanswered; exit code 1."""
    done = run("prepare", "--no-input", "--format", "json", *BARE, *TODAY, folder=tmp_path)
    assert done.code == 1
    report = done.json()
    assert report["readiness"]["verdict"] == "not-ready"
    assert all(item["status"] == "unanswered" for item in report["items"])
    assert "facts without an answer" in done.err
    assert "overseas.clear-files" in done.err
    # Neither the report nor the list of what is missing in it betrays private facts.
    assert "line_manager" not in done.out


def test_an_answer_that_does_not_apply_is_a_warning(tmp_path: Path) -> None:
    """It is said, left out, and no error."""
    done = run(
        *("prepare", "--no-input", "--format", "json", *TODAY),
        *("--set", "abroad=false", "--set", "devices=laptop", "--set", "official=true"),
        *("--set", "overseas.clear-files=done"),
        folder=tmp_path,
    )
    assert done.code == 1
    assert "overseas.clear-files does not apply" in done.err
    codes = [warning["code"] for warning in done.json()["warnings"]]
    assert codes.count("answer-ignored") == 2


def test_defaults_are_taken_only_when_asked_for(tmp_path: Path) -> None:
    """The number of devices has a default; the report says that it was one."""
    trip = (
        *BARE,
        *("--set", "places=hotel", "--set", "departs=2026-12-01", "--set", "returns=2026-12-03"),
    )
    arguments = ("prepare", "--no-input", "--format", "json", *TODAY, *trip)
    without = run(*arguments, folder=tmp_path).json()
    assert "device_count" not in without["trip"]["facts"]
    # A suggestion counts with it anyway.
    envelopes = next(item["do"] for item in without["items"] if item["id"].endswith(".envelopes"))
    assert envelopes.endswith("Suggestion: 2 or more: one per device per night (1 × 2).")
    taken = run(*arguments, "--defaults", folder=tmp_path).json()
    assert taken["trip"]["facts"]["device_count"] == 1
    answer = next(a for a in taken["trip"]["answers"] if a["fact"] == "device_count")
    assert answer["how"] == "default"


def test_the_template_reads_back_as_the_same_answers(tmp_path: Path) -> None:
    """What `--answers-template` prints says the same as what it was given."""
    facts = ("--answers", str(TRIPS / "home-for-good.yaml"), "--set", "abroad=true")
    more = ("--set", "devices=laptop,phone", "--set", "line_manager=Jo Day, +44 20 7946 0001")
    first = run("prepare", *facts, *more, "--answers-template", *TODAY, folder=tmp_path)
    (tmp_path / "a.yaml").write_text(first.out, encoding="utf-8")
    again = run("prepare", "--answers", "a.yaml", "--answers-template", *TODAY, folder=tmp_path)
    assert again.out == first.out
    assert "  overseas.know-unlock-request: null" in first.out


def test_reports_in_every_format_are_written_whole(tmp_path: Path) -> None:
    """The ending names the format; the file is for its owner only."""
    for ending, start in {"json": "{", "md": "# ", "txt": "Travel security"}.items():
        path = tmp_path / f"report.{ending}"
        done = run("prepare", "--no-input", *BARE, "--output", str(path), folder=tmp_path)
        assert done.code == 1, done.err
        assert path.read_text(encoding="utf-8").startswith(start)
        if os.name == "posix":
            assert path.stat().st_mode & 0o777 == 0o600
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".json", ".md", ".txt"]


def test_an_existing_file_needs_force(tmp_path: Path) -> None:
    """Without `--force` the file stays as it is."""
    path = tmp_path / "report.json"
    path.write_text("mine", encoding="utf-8")
    refused = run("prepare", "--no-input", *BARE, "--output", str(path), folder=tmp_path)
    assert refused.code == 2
    assert "--force" in refused.err
    assert path.read_text(encoding="utf-8") == "mine"
    run("prepare", "--no-input", *BARE, "--output", str(path), "--force", folder=tmp_path)
    assert path.read_text(encoding="utf-8") != "mine"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--format", "jsn"), "did you mean json?"),
        (("--output", "report.xls"), "allowed: json, md, html, pdf, csv, ics, txt"),
        (("--output", "nowhere/report.json"), "there is no folder"),
        (("--today", "22/11/2026"), "is not in ISO 8601: write 2026-11-22"),
        (("--pack", "nowhere"), "no such folder"),
        (("--answers", "nowhere.yaml"), "no such file"),
        (("--sett", "a=b"), "--sett"),
        (("--answers-template", "--decision", "x.decision.json"), "leave out --decision"),
    ],
)
def test_wrong_usage_is_told(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    """Exit code 2, what is wrong, nothing on standard output, no traceback."""
    done = run("prepare", "--no-input", *BARE, *arguments, folder=tmp_path)
    assert done.code == 2
    assert words in done.err
    assert done.out == ""
    assert "Traceback" not in done.err


def test_all_faults_of_a_pack_are_told(tmp_path: Path) -> None:
    """A pack with faults cannot be used: exit code 2, each fault with its place."""
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "a.yaml").write_text(
        "pack: {id: mine, version: '1', title: Mine, covers: Mine., not_covered: The rest.}\n"
        "questions:\n"
        "  - {id: visa, ask: Do you need a visa?, type: yes_no}\n"
        "  - {id: clearance, ask: Which?, type: choice, choises: {sc: SC}}\n",
        encoding="utf-8",
    )
    done = run("prepare", "--no-input", *BARE, "--pack", str(folder), folder=tmp_path)
    assert done.code == 2
    assert "a.yaml:3:" in done.err
    assert "did you mean yes-no?" in done.err
    assert "a.yaml:4:" in done.err
    assert "did you mean choices?" in done.err
    again = run("prepare", "--no-input", *BARE, folder=tmp_path, TRAVELSEC_PACKS=str(folder))
    assert again.err == done.err


def test_what_an_optional_pack_covers_is_told_once_for_a_trip(tmp_path: Path) -> None:
    """On standard error, from the first run that knows the trip to be abroad."""
    line = "travelsec: not covered here: Approval "
    arguments = ("prepare", "--no-input", "--trip", "Oslo", *TODAY, "--format", "json")
    home = run(*arguments, "--set", "abroad=false", "--set", "devices=laptop", folder=tmp_path)
    assert line not in home.err
    abroad = run(*arguments, "--set", "abroad=true", folder=tmp_path)
    (told,) = (text for text in abroad.err.splitlines() if text.startswith(line))
    assert told.endswith("--pack moj-approval")
    assert abroad.json()["readiness"]["not_covered"]
    assert line not in run(*arguments, folder=tmp_path).err
    # Without a name, each run is another trip.
    for _ in range(2):
        assert line in run("prepare", "--no-input", *BARE, *TODAY, folder=tmp_path).err


@pytest.mark.parametrize("variable", [False, True])
def test_a_trip_with_the_optional_pack_is_not_told_of_it(tmp_path: Path, variable: bool) -> None:
    """Nor does its report name approval as not covered."""
    given = () if variable else ("--pack", "moj-approval")
    env = {"TRAVELSEC_PACKS": "moj-approval"} if variable else {}
    arguments = ("prepare", "--no-input", *BARE, *TODAY, *given, "--format", "json")
    done = run(*arguments, folder=tmp_path, **env)
    assert "not covered here" not in done.err
    assert not any("roaming" in text for text in done.json()["readiness"]["not_covered"])


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """With a fixed day and SOURCE_DATE_EPOCH nothing is random; without it, ids are."""
    arguments = ("prepare", "--no-input", *BARE, *TODAY, "--format", "json")
    first = run(*arguments, folder=tmp_path, SOURCE_DATE_EPOCH="1700000000")
    again = run(*arguments, folder=tmp_path, SOURCE_DATE_EPOCH="1700000000")
    assert first.out == again.out
    assert first.json()["created"] == "2023-11-14T22:13:20Z"
    free = [run(*arguments, folder=tmp_path).json() for _ in range(2)]
    assert free[0]["id"] != free[1]["id"]
    assert free[0]["trip"]["id"] != free[1]["trip"]["id"]


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    """`--no-input` stores nothing."""
    run("prepare", "--no-input", *BARE, folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_template_needs_no_lock(tmp_path: Path) -> None:
    """The trip may be open in another window, which a run that stores something is told."""
    rome = ("prepare", "--trip", "Rome", *TODAY)
    assert run(*rome, "--no-input", *BARE, folder=tmp_path).code == 1
    with Store(tmp_path / "data" / "travelsec" / "trips.sqlite3") as store:
        trip = store.find("Rome")
        assert trip is not None
        with locked(store, trip):
            assert "abroad: true" in run(*rome, "--answers-template", folder=tmp_path).out
            refused = run(*rome, "--no-input", "--set", "official=yes", folder=tmp_path)
    assert refused.code == 2
    assert "open in another window" in refused.err


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    """`| head -1` ends without a message and without a traceback."""
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb"):
        pass
    with os.fdopen(writing, "wb") as output:
        done = subprocess.run(
            [sys.executable, "-m", "travelsec", "prepare", "--no-input", *BARE],
            cwd=tmp_path,
            env=environment(tmp_path),
            stdout=output,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    # As of any program in a pipe; no code that would be taken for a verdict.
    assert done.returncode == 141
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_a_lasting_arrangement_has_no_dates(tmp_path: Path) -> None:
    """Stored and read again, it stays one; nothing is asked, counted or named after a date."""
    home = ("--set", "abroad=false", "--set", "devices=laptop", "--set", "destination=Home")
    first = ("prepare", "--no-input", "--trip", "desk", *TODAY, *home, "--set", "departs=none")
    run(*first, folder=tmp_path)
    for command in (("prepare", "--no-input", "--trip", "desk"), ("export", "desk")):
        report = run(*command, "--format", "json", *TODAY, folder=tmp_path).json()
        assert report["trip"]["facts"]["departs"] == "none"
        answers = {answer["fact"]: answer["answer"] for answer in report["trip"]["answers"]}
        assert answers["departs"] == "none: a lasting arrangement"
        assert "returns" not in str(report["warnings"])
        due = {item["due"] for item in report["items"] if item["phase"] == "back"}
        assert due == {None}
    unnamed = run("prepare", "--no-input", *TODAY, *home, "--set", "departs=none", folder=tmp_path)
    assert unnamed.out.startswith("Travel security: Home\n")
