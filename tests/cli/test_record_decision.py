"""What a line manager decided reaches the traveller."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import Outcome, run
from tests.terminal import Terminal
from travelsec.pack.load import load

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


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), "name it with --trip NAME"),
        (("--trip", "Lisbn"), "did you mean Lisbon?"),
    ],
)
def test_it_needs_the_trip(folder: Path, arguments: tuple[str, ...], expected: str) -> None:
    """A trip that is not kept is not begun by a mistake in its name."""
    done = prepare(folder, *arguments)
    assert done.code == 2
    assert expected in done.err
    assert "Lisbn" not in run("trips", "list", folder=folder).out


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


def test_a_decision_says_what_it_rests_on(folder: Path) -> None:
    """The digest, the verdict, the packs; readable by its owner only."""
    path = folder / "report.json.decision.json"
    made = json.loads(path.read_bytes())
    report = json.loads((folder / "report.json").read_bytes())
    assert made["digest"] == report["digest"]
    assert made["packs"] == report["packs"]
    assert (made["verdict"], made["decision"]) == ("ready-with-actions", "returned")
    assert "not a signature" in made["note"]
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.fixture
def undecided(folder: Path) -> Path:
    """Take the decision away."""
    (folder / "report.json.decision.json").unlink()
    return folder


def next_steps(folder: Path, *arguments: str) -> list[list[str]]:
    """Return the words of the commands that a review names on standard error."""
    done = run("review", *DAY, *arguments, folder=folder)
    first, *rest = done.err.splitlines() or [""]
    assert first.startswith("Next: ") == bool(rest)
    return [shlex.split(line) for line in rest]


NAMES = ("report.json", "-a 'b'; $(touch x) =ls %self `x`.json", "é\t\x1b[31m\u202e.json")


@pytest.mark.parametrize("name", NAMES)
def test_a_review_names_the_next_step(undecided: Path, name: str) -> None:
    """The commands it names record a decision, as they are, in a shell."""
    (undecided / "report.json").rename(undecided / name)
    given = f"./{name}" if name.startswith("-") else name
    done = run("review", given, *DAY, folder=undecided)
    first, approve, return_ = done.err.splitlines()
    assert first.startswith("Next: record your decision.")
    script = 'travelsec() { "$PYTHON" -m travelsec "$@"; }\n'
    for line, word in ((approve, "approved"), (f"{return_} --force", "returned")):
        bash = ["bash", "-c", f"{script}{line.replace('NAME', 'Jo')}"]
        place = {"cwd": undecided, "env": {**os.environ, "PYTHON": sys.executable}}
        subprocess.run(bash, check=True, capture_output=True, **place)  # type: ignore[call-overload]
        kept = json.loads((undecided / f"{name}.decision.json").read_bytes())
        assert (kept["decision"], kept["by"]) == (word, "Jo")
    assert sorted(path.name for path in undecided.iterdir() if path.is_file()) == sorted(
        (name, f"{name}.decision.json")
    )


def test_a_report_that_does_not_hold_is_returned(undecided: Path) -> None:
    """It cannot be approved in good faith: the first thing is another report."""
    report = undecided / "report.json"
    report.write_text(report.read_text().replace("Lisbon", "Lagos"))
    ((*words,),) = next_steps(undecided, "report.json")
    assert "--return" in words
    assert "new report" in run("review", "report.json", *DAY, folder=undecided).err


def test_the_next_step_keeps_the_packs(undecided: Path) -> None:
    """The decision is made with those of the review."""
    pack = str(ROOT / "examples" / "agency")
    for words in next_steps(undecided, "report.json", "--pack", pack):
        assert words[-2:] == ["--pack", pack]


def test_a_void_decision_is_replaced(folder: Path) -> None:
    """The next step replaces its file."""
    run(
        "prepare", "--trip", "Lisbon", *ANSWERS, "--output", "report.json", "--force", folder=folder
    )
    steps = next_steps(folder, "report.json")
    assert steps
    assert all("--force" in words for words in steps)


def test_nothing_is_left_to_do(folder: Path) -> None:
    """Not after a decision, for an unreadable file, for several files, nor for programs."""
    assert next_steps(folder, "report.json") == []
    assert next_steps(folder, "report.json", "--show") == []
    (folder / "report.json.decision.json").unlink()
    assert len(next_steps(folder, "report.json", "--show")) == 2
    (folder / "bad.json").write_text("{}")
    for others in (
        ("bad.json",),
        (".",),
        ("report.json", "bad.json"),
        ("report.json", "--limit=9"),
    ):
        assert bool(next_steps(folder, *others)) == ("--limit=9" in others)
    assert next_steps(folder, "report.json", "--format", "json") == []
    assert next_steps(folder, "report.json", "--today=2027-01-31") == []
