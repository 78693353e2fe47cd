"""Stopping, going on, and two windows at once, in real pseudo-terminals."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.interview.test_accessible import type_lines
from tests.terminal import CTRL_C, DOWN, ENTER, SPACE, Terminal
from tests.trip.test_selection import TRIPS, bundled, facts_of
from travelsec.trip.selection import select

FACTS = ("--set", "abroad=true", "--set", "devices=none")
TODAY = ("--today", "2026-11-22")


def facts_kept(folder: Path) -> dict[str, object]:
    """Read from the database, without travelsec, the facts of all trips."""
    with closing(sqlite3.connect(folder / "data" / "travelsec" / "trips.sqlite3")) as database:
        rows = database.execute("SELECT fact, value FROM facts").fetchall()
    return {fact: json.loads(value) for fact, value in rows}


@pytest.mark.parametrize("side", [(), ("--accessible",)], ids=["drawn", "accessible"])
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGKILL, 137)]
)
def test_every_answer_is_kept_before_the_next_question(
    tmp_path: Path, side: tuple[str, ...], number: int, code: int
) -> None:
    """However the program is ended, what it had confirmed is in the database."""
    terminal = Terminal("prepare", *TODAY, *side, folder=tmp_path)
    terminal.answer("What is your name?", "A. Smith", ENTER)
    terminal.answer("Which part of the MoJ", "2", ENTER)
    terminal.wait_for("Will you leave the United Kingdom?")
    assert facts_kept(tmp_path) == {"traveller": "A. Smith", "organisation": "hmcts"}
    os.kill(terminal.child.pid, number)
    assert terminal.finish() == code
    assert "Traceback" not in terminal.text()
    assert facts_kept(tmp_path) == {"traveller": "A. Smith", "organisation": "hmcts"}


def test_a_resumed_trip_asks_only_what_is_open(tmp_path: Path) -> None:
    """The trip is named after its destination; going on offers it, and shows what is settled."""
    first = Terminal(
        *("prepare", *TODAY, "--answers", str(TRIPS / "home-for-good.yaml")),
        *("--set", "line_manager=Jo Day", "--set", "remote-working.lock-screen=agreed"),
        folder=tmp_path,
    )
    first.wait_for("SECTION 1 OF 5")
    first.answer("q stop)", SPACE, ENTER)
    first.wait_for("SECTION 2 OF 5")
    first.answer("q stop)", "q")
    assert first.finish() == 130
    assert "Go on with: travelsec prepare --trip Home" in first.text()

    again = Terminal("prepare", "--today", "2026-11-24", folder=tmp_path)
    again.answer("Which trip do you want to prepare?", ENTER)
    again.wait_for("Going on with Home. Open: 0 questions, ")
    again.wait_for("1. Go on where you stopped (")
    again.answer("How do you want to go on?", ENTER)
    # The first section is settled and not shown again.
    again.wait_for("SECTION 2 OF 5")
    again.wait_for("Answered before: Lock your device when you leave it (agreed)")
    again.answer("q stop)", CTRL_C)
    assert again.finish() == 130
    assert "SECTION 1 OF 5" not in again.text()
    assert "What is your name?" not in again.text()


@pytest.mark.parametrize("side", [(), ("--accessible",)], ids=["drawn", "accessible"])
def test_a_trip_stopped_halfway_comes_back_where_it_stopped(
    tmp_path: Path, side: tuple[str, ...]
) -> None:
    """Behind the same choice as a finished one; a question left open before is not asked again."""
    first = Terminal("prepare", "--trip", "Rome", *TODAY, *side, folder=tmp_path)
    first.answer("What is your name?", ENTER)
    first.answer("Which part of the MoJ", "2", ENTER)
    first.answer("Will you leave the United Kingdom?", "q", ENTER)
    assert first.finish() == 130

    again = Terminal("prepare", "--trip", "ro", *TODAY, *side, folder=tmp_path)
    again.answer("Which trip do you mean?", "1", ENTER)
    again.wait_for("Going on with Rome. Open: ")
    again.wait_for("1. Go on where you stopped (")
    # Nothing to report, and no section, until it is known whether the trip leads abroad.
    again.wait_for("2. Change an answer about the trip")
    again.answer("How do you want to go on?", ENTER)
    # A key in a list, a line on the accessible side.
    again.answer("Will you leave the United Kingdom?", "b", *([ENTER] if side else []))
    again.answer("How do you want to go on?", ENTER)
    again.answer("Will you leave the United Kingdom?", "2", ENTER)
    again.answer("Where are you going?", "q", ENTER)
    assert again.finish() == 130
    assert "Make the report" not in again.text()
    assert "Change: " not in again.text()

    required = ("--set", "devices=laptop")
    third = Terminal("prepare", "--trip", "Rome", *required, *TODAY, *side, folder=tmp_path)
    third.wait_for("2. Make the report")
    third.answer("How do you want to go on?", "2", ENTER)
    assert third.finish() == 1


EQUIPMENT = [
    selected
    for selected in select(bundled(), facts_of(TRIPS / "home-for-good.yaml"))
    if selected.section.id == "equipment"
]
"""The items of the section that has two left to do."""


def gone_through(folder: Path) -> None:
    """Keep the trip Home with each of its items answered: two to do, one declined."""
    facts = ("--answers", str(TRIPS / "home-for-good.yaml"), "--set", "line_manager=Jo Day")
    template = run("prepare", "--answers-template", *facts, *TODAY, folder=folder)
    answers = template.out.replace(": null", ": done")
    for item, status in {
        "keep-safe": "todo",
        "clear-desk": "todo",
        "no-personal-email": "{status: declined, reason: Not now}",
    }.items():
        assert f".{item}: done" in answers
        answers = answers.replace(f".{item}: done", f".{item}: {status}")
    (folder / "answers.yaml").write_text(answers, encoding="utf-8")
    kept = ("--trip", "Home", "--answers", "answers.yaml", "--no-input", *TODAY)
    assert run("prepare", *kept, folder=folder).code == 1


def test_back_at_a_trip_that_was_gone_through_one_thing_is_ticked(tmp_path: Path) -> None:
    """Two Enters and a report: nothing else is asked again, on the way there or out."""
    gone_through(tmp_path)
    again = Terminal("prepare", "--trip", "Home", *TODAY, folder=tmp_path)
    again.wait_for("Going on with Home. Open: 0 questions, 3 items.")
    again.wait_for("1. Go through what is still open (3)")
    count = len(EQUIPMENT)
    again.wait_for(f"5. Change: Your equipment and your workspace ({count - 2} of {count})")
    again.answer("How do you want to go on?", "5", ENTER)
    # The second of the section: it is the first that is not ticked.
    again.answer("q stop)", DOWN, SPACE, ENTER)
    again.wait_for(f"Change: Your equipment and your workspace ({count - 1} of {count})")
    again.answer("Is this right?", ENTER)
    assert again.finish() == 1
    assert "Which of these do not apply" not in again.text()
    report = run("export", "Home", "--format", "json", *TODAY, folder=tmp_path).json()
    assert report["readiness"]["open"] == [
        "remote-working.clear-desk",
        "remote-working.no-personal-email",
    ]


def test_back_at_a_trip_that_was_gone_through_all_that_is_open_is_gone_through(
    tmp_path: Path,
) -> None:
    """Enter does it, line by line too: only the sections with something open, then the excuses."""
    gone_through(tmp_path)
    again = Terminal("prepare", "--trip", "Home", *TODAY, "--accessible", folder=tmp_path)
    again.wait_for("Enter alone takes 1")
    type_lines(again, ("How do you want to go on?", ""))
    again.wait_for("SECTION 2 OF 5")
    type_lines(again, ("Which of these do you agree to?", "1 2"))
    again.wait_for("SECTION 4 OF 5")
    again.wait_for("So far: declined: Not now")
    type_lines(again, ("Do you agree to this?", "1"), ("Is this right?", ""))
    assert again.finish() == 0
    assert "SECTION 1 OF 5" not in again.text()


def test_back_from_the_first_open_section_leads_to_the_choice(tmp_path: Path) -> None:
    """With nothing changed; a second look at a section shows what was open in it, and no more."""
    gone_through(tmp_path)
    again = Terminal("prepare", "--trip", "Home", *TODAY, "--accessible", folder=tmp_path)
    type_lines(again, ("How do you want to go on?", "1"))
    type_lines(again, ("Which of these do you agree to?", "b"), ("How do you want to go on?", "1"))
    # The two that are open; then back to it from the next: all of it, as it was answered.
    type_lines(again, ("Which of these do you agree to?", "1"))
    again.wait_for("SECTION 4 OF 5")
    type_lines(again, ("Do you agree to this?", "b"))
    again.wait_for("1. Never leave devices unattended (must) (ticked)")
    last = EQUIPMENT[-1]
    type_lines(again, (f"{len(EQUIPMENT)}. {last.label} ({last.item.level}) (ticked)", ""))
    again.wait_for("SECTION 4 OF 5")
    type_lines(again, ("Do you agree to this?", "q"))
    assert again.finish() == 130
    report = run("export", "Home", "--format", "json", *TODAY, folder=tmp_path).json()
    assert report["readiness"]["open"] == [
        "remote-working.clear-desk",
        "remote-working.no-personal-email",
    ]


def test_one_that_has_something_new_is_not_gone_through_yet(tmp_path: Path) -> None:
    """An item nobody has answered is asked for at once."""
    gone_through(tmp_path)
    away = ("--set", "abroad=true", "--set", "papers=true")
    again = Terminal("prepare", "--trip", "Home", *TODAY, *away, folder=tmp_path)
    again.wait_for("on official business?")
    again.type(CTRL_C)
    assert again.finish() == 130
    assert "How do you want to go on?" not in again.text()


def test_what_changed_since_is_told(tmp_path: Path) -> None:
    """Departure is nearer, the pack is another, one item is new and one is gone."""
    facts = ("--answers", str(TRIPS / "home-with-family.yaml"))
    begun = run("prepare", "--trip", "Home", "--no-input", *facts, *TODAY, folder=tmp_path)
    assert begun.code == 1, begun.err
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "more.yaml").write_text(
        "pack: {id: mine, version: '1', title: My agency, covers: Mine., not_covered: The rest.}\n"
        "drop: [remote-working.clear-desk]\n"
        "checklist:\n"
        "  id: remote-working\n"
        "  sections:\n"
        "    - id: get-ready\n"
        "      items:\n"
        "        - {id: tell-us, label: Tell the duty desk, do: Tell the duty desk., level: must,\n"
        "           cites: [remote-working/key-points/report-quickly]}\n",
        encoding="utf-8",
    )
    again = Terminal(
        *("prepare", "--trip", "home", "--today", "2026-11-30", "--pack", str(pack)),
        folder=tmp_path,
    )
    again.wait_for("You last saw this trip on Sun 22 November 2026. Departure is in 1 day.")
    again.wait_for("The checklists have changed since: My agency.")
    again.wait_for("New on your list (1): Tell the duty desk.")
    again.wait_for("No longer on your list (1): Keep a clear desk.")
    again.type(CTRL_C)
    assert again.finish() == 130
    assert f"prepare --trip Home --pack {pack}" in again.text().replace("\n", "")


def test_a_command_that_was_told_before_the_trip_had_its_name_begins_no_other(
    tmp_path: Path,
) -> None:
    """A trip is named after its facts as soon as they are known."""
    early = Terminal("prepare", *TODAY, folder=tmp_path)
    early.answer("What is your name?", "A. Smith", ENTER)
    early.answer("Which part of the MoJ", CTRL_C)
    assert early.finish() == 130
    name = "New trip 2026-11-22"
    assert f"Go on with: travelsec prepare --trip '{name}'" in early.text().replace("\n", "")
    going = ("--trip", name, "--no-input", *TODAY)
    needed = [f"--set={fact}" for fact in ("destination=Lisbon", "abroad=yes", "devices=none")]
    named = run("prepare", *going, *needed, folder=tmp_path)
    assert named.code == 1, named.err
    again = run("prepare", *going, folder=tmp_path)
    assert again.code == 2
    assert f"there is no trip “{name}” any more" in again.err
    assert "(allowed: Lisbon)" in again.err
    assert "New trip" not in run("trips", "list", folder=tmp_path).out


def test_the_second_window_on_a_trip_is_told(tmp_path: Path) -> None:
    """It changes nothing; a window on another trip works, and their answers never mix."""
    first = Terminal("prepare", "--trip", "Oslo", *TODAY, folder=tmp_path)
    first.answer("What is your name?", "A. Smith", ENTER)
    first.wait_for("Which part of the MoJ")
    assert "Going on with" not in first.text()

    second = Terminal("prepare", "--trip", "oslo", *TODAY, folder=tmp_path)
    assert second.finish() == 2
    assert "is open in another window" in second.text()
    script = run("prepare", "--trip", "Oslo", "--no-input", folder=tmp_path)
    assert script.code == 2
    forget = run("trips", "forget", "Oslo", "--yes", folder=tmp_path)
    assert forget.code == 2

    other = Terminal("prepare", "--trip", "Rome", *TODAY, folder=tmp_path)
    other.answer("What is your name?", "B. Jones", ENTER)
    other.answer("Which part of the MoJ", "q")
    assert other.finish() == 130
    first.type("q")
    assert first.finish() == 130
    names = {trip: run("trips", "show", trip, folder=tmp_path).out for trip in ("Oslo", "Rome")}
    assert "A. Smith" in names["Oslo"]
    assert "B. Jones" not in names["Oslo"]
    assert "B. Jones" in names["Rome"]


def test_where_nothing_can_be_kept_it_says_so_and_goes_on(tmp_path: Path) -> None:
    """A data folder that cannot be made is a warning in a terminal, an error with `--trip`."""
    (tmp_path / "data").write_text("a file, not a folder", encoding="utf-8")
    terminal = Terminal("prepare", *TODAY, folder=tmp_path)
    terminal.wait_for("your answers will not be kept")
    terminal.answer("What is your name?", CTRL_C)
    assert terminal.finish() == 130
    script = run("prepare", "--trip", "Oslo", "--no-input", *FACTS, folder=tmp_path)
    assert script.code == 2
    assert "trips cannot be stored here" in script.err


def test_several_trips_are_offered_and_past_ones_are_not(tmp_path: Path) -> None:
    """On the accessible side: each trip is a numbered line."""
    for name, returns in {"Rome": "2026-12-05", "Past": "2026-11-01"}.items():
        done = run(
            *("prepare", "--trip", name, "--no-input", *TODAY),
            *("--set", "abroad=true", "--set", "devices=none"),
            *("--set", "departs=2026-10-30", "--set", f"returns={returns}"),
            folder=tmp_path,
        )
        assert done.code == 1, done.err
    terminal = Terminal("prepare", *TODAY, "--accessible", folder=tmp_path)
    type_lines(terminal, ("1. Go on with Rome 2. A new trip", "1"), ("What is your name?", "q"))
    assert terminal.finish() == 130
    assert "Past" not in terminal.text()


def test_a_closed_window_ends_the_program_and_keeps_the_answers(tmp_path: Path) -> None:
    """The terminal itself is gone: nobody to tell, nothing lost, nothing left running."""
    terminal = Terminal("prepare", *TODAY, folder=tmp_path)
    terminal.answer("What is your name?", "A. Smith", ENTER)
    terminal.wait_for("Which part of the MoJ")
    # Closed through its owner and marked so: else it would be closed a second time later, and
    # by then the number may belong to another file of this process.
    terminal.child.ptyproc.fileobj.close()
    terminal.child.ptyproc.closed = terminal.child.closed = True
    _, status = os.waitpid(terminal.child.pid, 0)
    assert os.waitstatus_to_exitcode(status) in (129, 130)
    assert facts_kept(tmp_path) == {"traveller": "A. Smith"}
    assert not (tmp_path / "data" / "travelsec" / "fault.log").exists()


def kept_files(folder: Path) -> list[str]:
    """Return the names of all files in the data folder."""
    return sorted(path.name for path in (folder / "data" / "travelsec").iterdir())


def test_a_trip_without_an_answer_is_none(tmp_path: Path) -> None:
    """Stopped or killed at the first question: there is no trip, and nothing lies about."""
    for name in ((), ("--trip", "Oslo")):
        stopped = Terminal("prepare", *name, *TODAY, folder=tmp_path)
        stopped.answer("What is your name?", "q", ENTER)
        assert stopped.finish() == 130
        assert kept_files(tmp_path) == ["trips.sqlite3"]
        killed = Terminal("prepare", *name, *TODAY, folder=tmp_path)
        killed.wait_for("What is your name?")
        killed.child.kill(signal.SIGKILL)
        killed.finish()
        assert "No trip is kept" in run("trips", "list", folder=tmp_path).out
    after = Terminal("prepare", *TODAY, folder=tmp_path)
    after.answer("What is your name?", "A. Smith", ENTER)
    after.answer("Which part of the MoJ", "q")
    assert after.finish() == 130
    assert kept_files(tmp_path) == ["trips.sqlite3"]
    assert run("trips", "list", *TODAY, folder=tmp_path).out.startswith("New trip 2026-11-22: ")


def test_two_windows_that_begin_one_trip(tmp_path: Path) -> None:
    """The first answer counts; the other window says so, and its answer makes no second trip."""
    first, second = (
        Terminal("prepare", "--trip", "Oslo", *TODAY, folder=tmp_path) for _ in range(2)
    )
    second.wait_for("What is your name?")
    first.answer("What is your name?", "A. Smith", ENTER)
    first.answer("Which part of the MoJ", "q")
    assert first.finish() == 130
    second.type("B. Jones" + ENTER)
    assert second.finish() == 2
    assert "“Oslo” was begun meanwhile in another window" in " ".join(second.text().split())
    assert "A. Smith" in run("trips", "show", "Oslo", folder=tmp_path).out
    assert len(run("trips", "list", folder=tmp_path).out.splitlines()) == 1


def test_a_trip_that_is_forgotten_before_it_is_opened(tmp_path: Path) -> None:
    """Between the list and the choice from it: no trip is begun by the name of its id."""
    run("prepare", "--trip", "Oslo", "--no-input", *FACTS, folder=tmp_path)
    run("prepare", "--trip", "Rome", "--no-input", *FACTS, folder=tmp_path)
    window = Terminal("prepare", *TODAY, folder=tmp_path)
    window.wait_for("Which trip do you want to prepare?")
    for name in ("Oslo", "Rome"):
        run("trips", "forget", name, "--yes", folder=tmp_path)
    window.type(ENTER)
    assert window.finish() == 2
    assert "forgotten meanwhile by another travelsec" in " ".join(window.text().split())
    assert "No trip is kept" in run("trips", "list", folder=tmp_path).out
