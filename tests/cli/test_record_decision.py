"""`review --approve` and `--return` record a decision, and say what it is worth."""

from __future__ import annotations

import datetime
import json
import os
from pathlib import Path

import pytest

from tests.cli.command import Outcome, run

LISBON = Path(__file__).parent.parent.parent / "examples" / "lisbon.yaml"
DAY = ("--today", "2026-11-29")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Prepare a trip, and hand in its report."""
    answers = ("--no-input", "--answers", str(LISBON), *DAY)
    assert run("prepare", *answers, "--output", "report.json", folder=tmp_path).code < 2
    return tmp_path


def decide(folder: Path, word: str, *arguments: str, by: str = "C. Jones") -> Outcome:
    """Decide on the report."""
    return run("review", "report.json", word, "--by", by, *arguments, *DAY, folder=folder)


def test_a_decision_says_what_it_rests_on(folder: Path) -> None:
    """The digest, the verdict, the packs; readable by its owner only."""
    assert decide(folder, "--return").code == 0
    path = folder / "report.json.decision.json"
    made = json.loads(path.read_bytes())
    report = json.loads((folder / "report.json").read_bytes())
    assert made["digest"] == report["digest"]
    assert made["packs"] == report["packs"]
    assert (made["verdict"], made["decision"]) == (report["readiness"]["verdict"], "returned")
    assert "not a signature" in made["note"]
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_new_decision_says_which_one_it_replaces(folder: Path) -> None:
    """The earlier one is not shown as if it were on record."""
    first = decide(folder, "--approve", by="Jo Day")
    assert "Recorded: approved. The decision" in first.err
    refused = decide(folder, "--return", "--comment", "Wait.")
    assert refused.code == 2
    assert "Decided so far: approved by Jo Day." in refused.err
    again = decide(folder, "--return", "--comment", "Wait.", "--force")
    assert "Decided so far" not in again.err
    assert "Recorded: returned, in place of approved by Jo Day. The decision" in again.err
    assert "Decision on record" not in again.out


def test_a_new_decision_says_that_it_replaces_one_that_cannot_be_read(folder: Path) -> None:
    (folder / "report.json.decision.json").write_text("{}", encoding="utf-8")
    refused = decide(folder, "--approve")
    assert refused.code == 2
    assert "The decision beside the report cannot be read." in refused.err
    again = decide(folder, "--approve", "--force")
    assert "Recorded: approved, in place of a decision that could not be read. The" in again.err


def test_the_traveller_as_the_one_who_decides_is_warned_of(folder: Path) -> None:
    """However the name is typed."""
    assert "names the traveller" in decide(folder, "--approve", by="a.  SMITH").err
    assert "may name the traveller" in decide(folder, "--approve", "--force", by="SMITH, A").err
    assert "name the traveller" not in decide(folder, "--approve", "--force").err


@pytest.mark.parametrize(("seconds", "is_warned_of"), [(-1, True), (0, False), (1, False)])
def test_a_clock_that_is_slow_is_warned_of(folder: Path, seconds: int, is_warned_of: bool) -> None:
    """The decision would look as if it was made before the report, and `review` says why."""
    created = json.loads((folder / "report.json").read_bytes())["created"]
    moment = int(datetime.datetime.fromisoformat(created).timestamp()) + seconds
    approve = ("review", "report.json", "--approve", "--by", "C. Jones", *DAY)
    decided = run(*approve, folder=folder, SOURCE_DATE_EPOCH=str(moment))
    assert ("later than it is now by your clock" in decided.err) is is_warned_of
    reviewed = " ".join(run("review", "report.json", *DAY, folder=folder).out.split())
    assert ("before the report was: it was edited, or a clock is" in reviewed) is is_warned_of


@pytest.mark.parametrize(
    "options", [("--format", "json"), ("--limit", "1"), ("--not-ready",), ("--undecided",)]
)
def test_options_that_a_decision_would_ignore_are_refused(
    folder: Path, options: tuple[str, ...]
) -> None:
    """A program that asked for JSON would get text."""
    refused = decide(folder, "--approve", *options)
    assert refused.code == 2
    assert "leave out --format and the options that choose reports" in refused.err
    assert not (folder / "report.json.decision.json").exists()


@pytest.mark.parametrize(
    ("by", "why"),
    [
        ("", "the name is empty"),
        (" ", "the name is empty"),
        (".", "there is no letter in the name"),
        ("\u200b", "nothing in it can be seen"),
        ("\u3164\u2800", "nothing in it can be seen"),
    ],
)
def test_nobody_decides_nothing(folder: Path, by: str, why: str) -> None:
    done = decide(folder, "--approve", by=by)
    assert (done.code, f"--by: {why}" in done.err) == (2, True)
    assert not (folder / "report.json.decision.json").exists()


def test_to_approve_what_could_not_be_checked_is_warned_of(folder: Path) -> None:
    """It was made without a pack that the manager has."""
    pack = ("--pack", str(LISBON.parent / "agency"))
    assert "could not be checked" in decide(folder, "--approve", *pack).err
    assert "could not be checked" not in decide(folder, "--return", *pack, "--force").err
    assert "could not be checked" not in decide(folder, "--approve", "--force").err
