"""`trips`: what is kept can be seen, and forgotten on request."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.command import Outcome, run
from tests.terminal import ENTER, Terminal

TODAY = ("--today", "2026-11-22")
SECRETS = ("Xanthippe Quill", "+44 7700 900123", "Zebra-reason", "Yonder-note", "Wolfsburg")


def keep(folder: Path, name: str, *more: str) -> Outcome:
    """Keep a trip with names, numbers, a reason and a note in it."""
    answers = folder / f"{name}.yaml"
    answers.write_text(
        "trip:\n"
        "  {traveller: A. Smith, abroad: true, devices: [laptop], destination: Wolfsburg,\n"
        "   line_manager: 'Xanthippe Quill, +44 7700 900123'}\n"
        "items:\n"
        "  overseas.clear-files: {status: declined, reason: Zebra-reason, note: Yonder-note}\n",
        encoding="utf-8",
    )
    arguments = ("prepare", "--trip", name, "--no-input", "--answers", str(answers), *TODAY, *more)
    done = run(*arguments, folder=folder)
    answers.unlink()
    assert done.code == 1, done.err
    return done


def test_list_and_show(tmp_path: Path) -> None:
    """The list has each trip's verdict; the trip shows what no report has."""
    assert "No trip is kept" in run("trips", "list", folder=tmp_path).out
    keep(tmp_path, "Rome")
    keep(tmp_path, "Oslo", "--output", "oslo.json")
    listed = run("trips", "list", *TODAY, folder=tmp_path).out
    assert "Rome: not ready, " in listed
    shown = run("trips", "show", "oslo", *TODAY, folder=tmp_path).out
    for words in (*SECRETS, "oslo.json", "NOT READY"):
        assert words in shown
    unknown = run("trips", "show", "Osla", folder=tmp_path)
    assert unknown.code == 2
    assert "did you mean Oslo?" in unknown.err


def test_all_past_forgets_what_is_over(tmp_path: Path) -> None:
    """Only trips whose day of return lies before today."""
    for name, returns in {"Past": "2026-11-21", "Now": "2026-11-22"}.items():
        keep(tmp_path, name, "--set", "departs=2026-11-01", "--set", f"returns={returns}")
    run("trips", "forget", "--all-past", "--yes", *TODAY, folder=tmp_path)
    listed = run("trips", "list", *TODAY, folder=tmp_path).out
    assert "Past" not in listed
    assert "Now" in listed


def test_without_a_terminal_forget_needs_yes(tmp_path: Path) -> None:
    """Exit code 2, and the trip stays."""
    keep(tmp_path, "Rome")
    done = run("trips", "forget", "Rome", folder=tmp_path)
    assert done.code == 2
    assert "--yes" in done.err
    assert "Rome" in run("trips", "list", folder=tmp_path).out


@pytest.mark.parametrize("side", [(), ("--accessible",)], ids=["drawn", "accessible"])
def test_forget_asks_first(tmp_path: Path, side: tuple[str, ...]) -> None:
    """Enter alone keeps the trip; only yes forgets it."""
    keep(tmp_path, "Rome")
    no = Terminal("trips", "forget", "Rome", *side, folder=tmp_path)
    no.answer("Forget all that is kept of Rome?", ENTER)
    assert no.finish() == 0
    assert "Nothing was forgotten." in no.text()
    yes = Terminal("trips", "forget", "Rome", *side, folder=tmp_path)
    yes.answer("Forget all that is kept of Rome?", "2", ENTER)
    assert yes.finish() == 0
    assert "Forgotten: Rome." in yes.text()
    assert "No trip is kept" in run("trips", "list", folder=tmp_path).out


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_only_the_owner_can_read_what_is_kept(tmp_path: Path) -> None:
    """Folder 0700, files 0600, and nothing else anywhere."""
    keep(tmp_path, "Rome")
    folder = tmp_path / "data" / "travelsec"
    assert folder.stat().st_mode & 0o777 == 0o700
    for path in folder.iterdir():
        assert path.stat().st_mode & 0o777 == 0o600, path
    outside = [p for p in tmp_path.rglob("*") if p.is_file() and folder not in p.parents]
    assert outside == []


def test_no_home_is_no_fault(tmp_path: Path) -> None:
    """Without HOME the system knows the folder; where it cannot be written, that is told."""
    done = run("trips", "list", folder=tmp_path, HOME="", XDG_DATA_HOME="/proc/nowhere")
    assert done.code == 2
    assert "trips cannot be stored here" in done.err
    assert "Traceback" not in done.err


def test_a_run_that_fails_keeps_nothing(tmp_path: Path) -> None:
    """A required fact is missing, or the new answers contradict those that are kept."""
    assert run("prepare", "--trip", "T", "--no-input", folder=tmp_path).code == 2
    assert "No trip is kept" in run("trips", "list", folder=tmp_path).out
    keep(tmp_path, "Rome", "--set", "departs=2026-12-01", "--set", "returns=2026-12-05")
    wrong = run(
        "prepare", "--trip", "Rome", "--no-input", "--set", "returns=2026-11-01", folder=tmp_path
    )
    assert wrong.code == 2
    assert "before the departure" in wrong.err
    listed = run("trips", "list", *TODAY, folder=tmp_path).out
    assert "Tue 1 December 2026 to Sat 5 December 2026" in " ".join(listed.split())


def test_the_template_of_a_trip_has_its_answers(tmp_path: Path) -> None:
    """What is kept stands in the file to fill in."""
    keep(tmp_path, "Rome")
    shown = run("prepare", "--trip", "Rome", "--answers-template", folder=tmp_path)
    assert '  destination: "Wolfsburg"' in shown.out
    assert "Zebra-reason" in shown.out
