"""What a line manager decided reaches the traveller."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.command import Outcome, run
from tests.terminal import Terminal
from travelsec.pack.load import load
from travelsec.store import Store

ROOT = Path(__file__).parent.parent.parent
DAY = ("--today", "2026-11-29")
# No must of the pack is open, whichever it has.
MUSTS = [f"{name}=done" for name, *_, item in load().items() if item.level == "must"]
ANSWERS = (
    *("--no-input", "--answers", str(ROOT / "examples" / "lisbon.yaml"), *DAY),
    *(argument for must in MUSTS for argument in ("--set", must)),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Prepare a trip, hand in its report, and have it returned with a comment."""
    done = run("prepare", "--trip", "Lisbon", *ANSWERS, "--output", "report.json", folder=tmp_path)
    assert done.code == 0
    decide(tmp_path, "--return", "--comment", "Please take a\x1b[2J spare envelope.")
    return tmp_path


def decide(folder: Path, *arguments: str) -> None:
    """Record a decision of the manager's."""
    decided = run("review", "report.json", *arguments, "--by", "C. Jones", *DAY, folder=folder)
    assert decided.code == 0, decided.err


def prepare(folder: Path, *arguments: str) -> Outcome:
    """Show the decision to the traveller, without a terminal."""
    decision = ("--decision", "report.json.decision.json")
    return run("prepare", "--no-input", *decision, *DAY, *arguments, folder=folder)


def test_the_traveller_reads_the_comment(folder: Path) -> None:
    """On standard error, beside the report, with what it is worth; nothing in it acts."""
    done = prepare(folder, "--trip", "Lisbon", "--format", "json")
    assert done.code == 0
    assert done.json()["trip"]["name"] == "Lisbon"
    told = " ".join(done.err.split())
    assert "Returned by C. Jones on" in told
    assert "Please take a<U+001B>[2J spare envelope." in told
    assert "your report for Sun 29 November 2026" in told
    assert "a record, not a signature" in told
    assert "new since then" not in told


def test_it_stands_before_the_first_question(folder: Path) -> None:
    """In a terminal the traveller sees it and is then asked; the comment comes last."""
    arguments = ("--trip", "Lisbon", "--decision", "report.json.decision.json")
    terminal = Terminal("prepare", *arguments, *DAY, "--accessible", folder=folder)
    terminal.wait_for("It is a record, not a signature.")
    terminal.wait_for("Returned by C. Jones on")
    terminal.wait_for("Comment: Please take a<U+001B>[2J spare envelope.")
    terminal.type("q\r")
    assert terminal.finish() == 130


def test_a_decision_about_another_trip_is_refused(folder: Path) -> None:
    """It is not shown for a trip it is not about."""
    run("prepare", "--trip", "Oslo", *ANSWERS, folder=folder)
    done = prepare(folder, "--trip", "Oslo")
    assert done.code == 2
    assert "about another trip" in done.err
    assert "spare envelope" not in done.err


def test_a_trip_that_is_not_kept_is_not_begun_by_a_mistake_in_its_name(folder: Path) -> None:
    """The nearest name is suggested."""
    done = prepare(folder, "--trip", "Lisbn")
    assert done.code == 2
    assert "did you mean Lisbon?" in done.err
    assert "Lisbn" not in run("trips", "list", folder=folder).out


def test_the_decision_knows_its_trip(folder: Path) -> None:
    """Whatever the trip is called by now."""
    run("prepare", "--trip", "Oslo", *ANSWERS, folder=folder)
    run("trips", "rename", "Lisbon", "Spring", folder=folder)
    found, named = prepare(folder), prepare(folder, "--trip", "Spring")
    assert found.code == 0
    assert found.out == named.out
    assert found.err == named.err
    assert "Returned by C. Jones on" in " ".join(found.err.split())


def stored(folder: Path) -> str:
    """Return all that the store has."""
    with contextlib.closing(sqlite3.connect(folder / "data/travelsec/trips.sqlite3")) as database:
        return "\n".join(database.iterdump())


GIVEN = ("--set", "destination=Oslo", "--set", "overseas.hotel-safe=declined:No.")


@pytest.mark.parametrize("no_terminal", [("--no-input",), ("--answers", "-")], ids=" ".join)
def test_without_a_name_nothing_is_stored(folder: Path, no_terminal: tuple[str, ...]) -> None:
    """The report is of the stored trip, with its answers and those given."""
    before = stored(folder)
    arguments = ("--decision", "report.json.decision.json", *no_terminal, *GIVEN)
    output = ("--format", "json", "--output", "new.html")
    done = run("prepare", *arguments, *output, *DAY, folder=folder, stdin="trip: {}")
    assert "Returned by C. Jones on" in " ".join(done.err.split())
    report, old = done.json(), json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert report["trip"]["id"] == old["trip"]["id"]
    assert report["trip"]["facts"] == {**old["trip"]["facts"], "destination": "Oslo"}
    statuses = {item["id"]: item["status"] for item in report["items"]}
    assert statuses == {
        **{item["id"]: item["status"] for item in old["items"]},
        "overseas.hotel-safe": "declined",
    }
    assert stored(folder) == before


def test_with_a_name_the_answers_are_stored(folder: Path) -> None:
    """As `prepare --trip` does without a decision; both make the same report."""
    unsaved = prepare(folder, *GIVEN, "--format", "json").json()
    saved = prepare(folder, "--trip", "Lisbon", *GIVEN, "--format", "json").json()
    assert "Oslo" in stored(folder)
    own = dict.fromkeys(("id", "created", "digest"), "")
    assert {**unsaved, **own} == {**saved, **own}


@pytest.mark.parametrize(
    ("named", "name"), [((), "Oslo 2026-12-01"), (("--trip", "Spring"), "Spring")]
)
def test_a_report_that_is_not_stored_has_the_name_it_would_have(
    tmp_path: Path, named: tuple[str, ...], name: str
) -> None:
    """A trip is named after its facts, unless the traveller named it."""
    terminal = Terminal("prepare", *named, *ANSWERS[1:], "--accessible", folder=tmp_path)
    terminal.wait_for("?")
    terminal.type("q\r")
    assert terminal.finish() == 130
    run("export", "--output", "report.json", *DAY, folder=tmp_path)
    decide(tmp_path, "--approve")
    report = prepare(tmp_path, "--set", "destination=Oslo", "--format", "json").json()
    assert report["trip"]["name"] == name


def test_in_a_terminal_the_stored_trip_is_opened(folder: Path) -> None:
    """Without its name, too; what is answered there is kept."""
    arguments = ("--decision", "report.json.decision.json", "--set", "destination=Oslo")
    terminal = Terminal("prepare", *arguments, *DAY, "--accessible", folder=folder)
    terminal.wait_for("Returned by C. Jones on")
    terminal.wait_for("Going on with Lisbon.")
    terminal.type("q\r")
    assert terminal.finish() == 130
    assert "Oslo" in stored(folder)


def test_a_trip_that_is_not_stored_has_its_decision_shown(folder: Path) -> None:
    """On standard output: there is nothing to go on with, and nothing is begun."""
    run("trips", "forget", "Lisbon", "--yes", folder=folder)
    done = prepare(folder)
    assert done.code == 0
    assert done.err == "travelsec: the trip of this decision is not stored on this computer.\n"
    told = " ".join(done.out.split())
    assert "Returned by C. Jones on" in told
    assert "spare envelope" in told
    assert "New must items" not in told
    assert "Lisbon" not in run("trips", "list", folder=folder).out


def test_with_answers_the_decision_stands_beside_the_report(folder: Path) -> None:
    """The report is what was asked for."""
    run("trips", "forget", "Lisbon", "--yes", folder=folder)
    decision = ("--decision", "report.json.decision.json")
    done = run("prepare", *ANSWERS, *decision, "--format", "json", folder=folder)
    assert done.code == 0
    assert done.json()["trip"]["facts"]["destination"] == "Lisbon"
    assert "spare envelope" in done.err


@pytest.mark.parametrize("target", ["--format=json", "--output=new.json", "--output=-"])
def test_a_report_of_a_trip_that_is_not_known_is_not_passed_over(folder: Path, target: str) -> None:
    """A script that waits for it gets neither the decision in its place nor code 0."""
    run("trips", "forget", "Lisbon", "--yes", folder=folder)
    done = prepare(folder, target)
    assert (done.code, done.out) == (2, "")
    assert "spare envelope" in done.err
    assert "Error: no report was made, as the answers of this trip are not known: " in done.err
    assert not (folder / "new.json").exists()


def test_a_trip_with_the_id_as_its_name_is_not_meant(folder: Path) -> None:
    """A name is not an id."""
    path = folder / "report.json.decision.json"
    decision = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**decision, "trip": "f" * 32}), encoding="utf-8")
    run("trips", "rename", "Lisbon", "f" * 32, folder=folder)
    done = prepare(folder)
    assert (done.code, "is not stored on this computer" in done.err) == (0, True)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not a travelsec decision"),
        (b"[]", "not a travelsec decision"),
        (b"\xff", "not a travelsec decision"),
        (b"[" * 100_000, "not a travelsec decision"),
        (b" " * (1 << 20) + b"{}", "larger than 1 MiB"),
    ],
)
def test_what_is_no_decision_is_told(folder: Path, content: bytes, reason: str) -> None:
    """Exit code 2 and one clear line."""
    (folder / "report.json.decision.json").write_bytes(content)
    done = prepare(folder, "--trip", "Lisbon")
    assert (done.code, reason in done.err) == (2, True), done.err
    assert "Traceback" not in done.err


# Compared with the report


NOT_KNOWN = "is not known here, so the decision could not be compared with it."
ASK = "Ask your line manager."


def told(folder: Path, name: str = "report.json") -> str:
    """Return what the traveller is told about the decision on a report."""
    return " ".join(prepare_with(folder, f"{name}.decision.json").err.split())


def prepare_with(folder: Path, decision: str) -> Outcome:
    return run("prepare", "--no-input", "--decision", decision, *DAY, folder=folder)


def approve(folder: Path, name: str) -> None:
    decided = run("review", name, "--approve", "--by", "B. Jones", *DAY, folder=folder)
    assert decided.code == 0, decided.err


def test_an_honest_decision_is_shown_without_a_doubt(folder: Path) -> None:
    assert ASK not in told(folder)


@pytest.mark.parametrize(
    "command",
    [
        ("export", "Lisbon", "--output", "sent.json"),
        ("export", "Lisbon", "--output", "sent.html"),
        ("export", "Lisbon", "--output", "sent.eml"),
        ("export", "Lisbon", "--format", "json"),
        ("prepare", "--trip", "Lisbon", "--no-input", "--output", "sent.html"),
        ("prepare", "--trip", "Lisbon", "--no-input", "--format", "json"),
        ("prepare", "--trip", "Lisbon", "--no-input", "--format", "html", "--output", "x.txt"),
    ],
    ids=" ".join,
)
def test_whatever_way_a_report_was_made_its_decision_is_compared(
    folder: Path, command: tuple[str, ...]
) -> None:
    """Written to a file or printed; an edit is told, and the honest decision is not doubted."""
    made = run(*command, *DAY, folder=folder)
    assert made.code == 0, made.err
    name = next((word for word in command if word.startswith("sent")), "")
    if not name:
        name = "sent.html" if "html" in command else "sent.json"
        (folder / name).write_text(made.out, encoding="utf-8")
    approve(folder, name)
    assert ASK not in told(folder, name)
    path = folder / f"{name}.decision.json"
    decision = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**decision, "musts": []}), encoding="utf-8")
    assert "The decision was edited." in told(folder, name)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("verdict", "ready"),
        ("digest", "0" * 64),
        ("report", "0" * 32),
        ("packs", []),
        ("holds", False),
        ("holds", "unknown"),
        ("open_must", ["overseas.clear-files"]),
        ("musts", []),
        ("at", "2026-01-01T00:00:00Z"),
    ],
)
def test_an_edit_that_review_tells_the_traveller_is_told(
    folder: Path, field: str, value: object
) -> None:
    """Each names the line manager as the one to ask."""
    path = folder / "report.json.decision.json"
    decision = json.loads(path.read_text(encoding="utf-8"))
    assert decision[field] != value
    path.write_text(json.dumps({**decision, field: value}), encoding="utf-8")
    assert ASK in told(folder)
    row = run("review", "report.json", "--format", "json", *DAY, folder=folder).json()["reports"][0]
    doubted = any(found["code"].startswith("decision-") for found in row["differs"])
    assert doubted or row["decision"]["void"]


def test_a_report_that_is_not_known_here_is_told(folder: Path) -> None:
    """The trip was begun again, or the report was made on another computer."""
    run("trips", "forget", "Lisbon", "--yes", folder=folder)
    done = prepare(folder)
    assert NOT_KNOWN in " ".join(done.out.split())


def test_a_calendar_leaves_nothing_to_compare_with(folder: Path) -> None:
    """Nobody can decide on it."""

    def reports() -> int:
        with Store(folder / "data" / "travelsec" / "trips.sqlite3") as store:
            (trip,) = store.trips()
        return len(trip.reports)

    assert reports() == 1
    run("export", "Lisbon", "--output", "dates.ics", *DAY, folder=folder)
    assert reports() == 1
