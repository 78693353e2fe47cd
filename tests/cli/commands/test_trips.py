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
    """Without HOME the system knows the folder; where it cannot be written, a message says so."""
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
    """The file to fill in has what is kept."""
    keep(tmp_path, "Rome")
    shown = run("prepare", "--trip", "Rome", "--answers-template", folder=tmp_path)
    assert '  destination: "Wolfsburg"' in shown.out
    assert "Zebra-reason" in shown.out


# Renaming


def test_a_renamed_trip_keeps_all_that_it_has(tmp_path: Path) -> None:
    """Its answers and files; only its new name leads to it."""
    keep(tmp_path, "Rome", "--output", "rome.json")
    done = run("trips", "rename", "ro", " Spring in Rome ", folder=tmp_path)
    assert (done.code, done.out) == (0, "")
    assert "The trip Rome is now called Spring in Rome." in done.err
    shown = run("trips", "show", "spring", *TODAY, folder=tmp_path).out
    assert all(words in shown for words in (*SECRETS, "Spring in Rome"))
    # A long path is broken at the edge.
    assert "rome.json" in shown.replace("\n", "")
    assert run("trips", "show", "Rome", folder=tmp_path).code == 2
    report = run("export", "Spring in Rome", "--format", "json", *TODAY, folder=tmp_path).json()
    assert report["trip"]["name"] == "Spring in Rome"


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (("Rome", "OSLO"), "there is already a trip “OSLO”: choose another name"),
        (("Paris", "Berlin"), "there is no trip “Paris” (allowed: "),
        (("Rome", ""), "the new name: the text is empty"),
        (("Rome", "a\nb"), "the new name: the text has more than one line"),
    ],
)
def test_a_name_that_cannot_be_given(tmp_path: Path, names: tuple[str, str], message: str) -> None:
    """Nothing is changed."""
    keep(tmp_path, "Rome")
    keep(tmp_path, "Oslo")
    done = run("trips", "rename", *names, folder=tmp_path)
    assert done.code == 2
    assert message in " ".join(done.err.split())
    listed = run("trips", "list", *TODAY, folder=tmp_path).out
    assert "Rome: " in listed
    assert "Oslo: " in listed


def test_a_trip_that_is_open_in_a_window_is_not_renamed(tmp_path: Path) -> None:
    """The window would go on to speak of the old name; case alone can be changed afterwards."""
    window = Terminal("prepare", "--trip", "Rome", *TODAY, folder=tmp_path)
    window.answer("What is your name?", "A. Smith", ENTER)
    window.wait_for("Which part of the MoJ")
    refused = run("trips", "rename", "Rome", "Oslo", folder=tmp_path)
    assert refused.code == 2
    assert "is open in another window" in refused.err
    window.type("q")
    assert window.finish() == 130
    assert run("trips", "rename", "Rome", "ROME", folder=tmp_path).code == 0
    assert run("trips", "list", *TODAY, folder=tmp_path).out.startswith("ROME: ")


# Naming a trip


def test_the_only_trip_is_renamed_and_forgotten_without_its_name(tmp_path: Path) -> None:
    """With several, the error lists them; forgetting prefers none, over or not."""
    for command in (("rename", "Spring"), ("forget", "--yes")):
        assert "no trip is kept" in run("trips", *command, folder=tmp_path).err
    assert "give the new name: " in run("trips", "rename", folder=tmp_path).err
    keep(tmp_path, "Rome", "--set", "departs=2026-11-01", "--set", "returns=2026-11-05")
    renamed = run("trips", "rename", "Spring", folder=tmp_path)
    assert renamed.err == "The trip Rome is now called Spring.\n"
    keep(tmp_path, "Oslo", "--set", "departs=2026-12-01", "--set", "returns=2026-12-05")
    several = run("trips", "forget", "--yes", *TODAY, folder=tmp_path)
    assert several.code == 2
    assert "say which trip: travelsec trips forget NAME, or --all-past" in several.err
    assert "Oslo" in several.err
    assert "Spring" in several.err
    run("trips", "forget", "Oslo", "--yes", folder=tmp_path)
    assert run("trips", "forget", "--yes", folder=tmp_path).out == "Forgotten: Spring.\n"


# The list


def test_the_list_begins_with_the_next_departure(tmp_path: Path) -> None:
    """Trips without a date come after the others, those that are over last: one line each."""
    keep(tmp_path, "Someday")
    for name, departs, returns in (
        ("Past", "2026-11-01", "2026-11-05"),
        ("Later", "2026-12-11", "2026-12-15"),
        ("Next", "2026-12-01", "2026-12-05"),
        ("Now", "2026-11-20", "2026-11-25"),
    ):
        keep(tmp_path, name, "--set", f"departs={departs}", "--set", f"returns={returns}")
    lines = run("trips", "list", *TODAY, folder=tmp_path).out.splitlines()
    assert [line.split(":")[0] for line in lines] == ["Now", "Next", "Later", "Someday", "Past"]
    assert lines[1].startswith("Next: Tue 1 December 2026 to Sat 5 December 2026; not ready, ")
    assert lines[1].endswith(" open")
    assert lines[4].endswith(" open (over)")
    table = Terminal("trips", "list", *TODAY, folder=tmp_path)
    assert table.finish() == 0
    # A line stands below the titles.
    rows = [line for line in table.text().splitlines() if line.strip("─")]
    assert rows[0].split() == ["Trip", "When", "To", "go", "How", "ready", "Open"]
    assert [row.split()[0] for row in rows[1:]] == ["Now", "Next", "Later", "Someday", "Past"]
    column = rows[0].index("To go")
    told = [row[column:].split("  ")[0] for row in rows[1:]]
    assert told == ["under way", "9 days", "19 days", "", "over"]
    plain = Terminal("trips", "list", "--plain", *TODAY, folder=tmp_path, columns=100)
    assert plain.finish() == 0
    assert plain.text().split() == " ".join(lines).split()
