"""A review of one report names the commands that decide on it."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.cli.test_show_decision import ANSWERS, DAY, ROOT, folder

__all__ = ["folder"]


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


@pytest.mark.skipif(sys.platform == "win32", reason="such names, and the shell, are POSIX's")
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
    report.write_text(
        report.read_text(encoding="utf-8").replace("Lisbon", "Lagos"), encoding="utf-8"
    )
    ((*words,),) = next_steps(undecided, "report.json")
    assert "--return" in words
    assert "new report" in run("review", "report.json", *DAY, folder=undecided).err


def test_the_next_step_keeps_the_packs(undecided: Path) -> None:
    """The decision is made with those of the review."""
    pack = str(ROOT / "examples" / "agency")
    steps = next_steps(undecided, "report.json", "--pack", pack)
    assert steps
    assert [words[-2:] for words in steps] == [["--pack", pack]] * len(steps)


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
    (folder / "bad.json").write_text("{}", encoding="utf-8")
    for others in (
        ("bad.json",),
        (".",),
        ("report.json", "bad.json"),
        ("report.json", "--limit=9"),
    ):
        assert bool(next_steps(folder, *others)) == ("--limit=9" in others)
    assert next_steps(folder, "report.json", "--format", "json") == []
    assert next_steps(folder, "report.json", "--today=2027-01-31") == []
