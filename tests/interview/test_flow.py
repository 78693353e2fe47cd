"""An interview is stopped and resumed, in real pseudo-terminals."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.interview.test_accessible import EQUIPMENT, KEEP_SAFE, type_lines
from tests.new_questions import answers_to_new_questions
from tests.terminal import CTRL_C, DOWN, ENTER, SPACE, Terminal
from tests.trip.test_selection import TRIPS

TODAY = ("--today", "2026-11-22")


def facts_kept(folder: Path) -> dict[str, object]:
    """Read from the database, without travelsec, the facts of all trips."""
    with closing(sqlite3.connect(folder / "data" / "travelsec" / "trips.sqlite3")) as database:
        rows = database.execute("SELECT fact, value FROM facts").fetchall()
    return {fact: json.loads(value) for fact, value in rows}


@pytest.mark.parametrize("side", [(), ("--accessible",)], ids=["drawn", "accessible"])
@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGKILL", 137)])
def test_every_answer_is_kept_before_the_next_question(
    tmp_path: Path, side: tuple[str, ...], name: str, code: int
) -> None:
    """However the program is ended, what it had confirmed is in the database."""
    terminal = Terminal("prepare", *TODAY, *side, folder=tmp_path)
    terminal.answer("What is your name?", "A. Smith", ENTER)
    terminal.answer("Which part of the MoJ", "2", ENTER)
    terminal.wait_for("Will you leave the United Kingdom?")
    assert facts_kept(tmp_path) == {"traveller": "A. Smith", "organisation": "hmcts"}
    os.kill(terminal.child.pid, getattr(signal, name))
    assert terminal.finish() == code
    assert "Traceback" not in terminal.text()
    assert facts_kept(tmp_path) == {"traveller": "A. Smith", "organisation": "hmcts"}


def test_a_resumed_trip_asks_only_what_is_open(tmp_path: Path) -> None:
    """The trip is named after its destination; going on offers it, and shows what is settled."""
    first = Terminal(
        *("prepare", *TODAY, "--answers", str(TRIPS / "home-for-good.yaml")),
        *("--set", "line_manager=Jo Day", "--set", "remote-working.lock-screen=agreed"),
        *answers_to_new_questions(),
        folder=tmp_path,
    )
    first.wait_for("section 1 of 4 ")
    first.answer("q stop)", SPACE, ENTER)
    first.wait_for("section 2 of 4 ")
    first.answer("q stop)", "q")
    assert first.finish() == 130
    assert "Go on with:\n    travelsec prepare --trip Home" in first.text()

    again = Terminal("prepare", "--today", "2026-11-24", folder=tmp_path)
    again.answer("Which trip do you want to prepare?", ENTER)
    again.wait_for("Going on with Home. Open: 0 questions, ")
    again.wait_for("1. Go on where you stopped (")
    again.answer("How do you want to go on?", ENTER)
    # The first section is settled and not shown again.
    again.wait_for("section 2 of 4 ")
    again.wait_for("Answered before: Lock your device when you leave it (agreed)")
    again.answer("q stop)", CTRL_C)
    assert again.finish() == 130
    assert b"section 1 of 4" not in again.raw
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
    assert "Finish" not in again.text()
    assert "Change: " not in again.text()

    required = ("--set", "devices=laptop")
    third = Terminal("prepare", "--trip", "Rome", *required, *TODAY, *side, folder=tmp_path)
    third.wait_for("2. Finish")
    third.answer("How do you want to go on?", "2", ENTER)
    assert third.finish() == 1


def gone_through(folder: Path) -> None:
    """Keep the trip Home with each of its items answered: two to do, one declined."""
    home = ("--answers", str(TRIPS / "home-for-good.yaml"), "--set", "line_manager=Jo Day")
    facts = (*home, *answers_to_new_questions())
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
    again.answer("q stop)", DOWN * KEEP_SAFE, SPACE, ENTER)
    again.wait_for(f"Change: Your equipment and your workspace ({count - 1} of {count})")
    again.answer("Is this right?", ENTER)
    assert again.finish() == 1
    report = run("export", "Home", "--format", "json", *TODAY, folder=tmp_path).json()
    assert report["readiness"]["open"] == [
        "remote-working.clear-desk",
        "remote-working.no-personal-email",
    ]


def test_back_at_a_trip_that_was_gone_through_all_that_is_open_is_gone_through(
    tmp_path: Path,
) -> None:
    """Enter does it, line by line too: only the sections with something open."""
    gone_through(tmp_path)
    again = Terminal("prepare", "--trip", "Home", *TODAY, "--accessible", folder=tmp_path)
    again.wait_for("Enter alone takes 1")
    type_lines(again, ("How do you want to go on?", ""))
    again.wait_for("Section 2 of 4")
    type_lines(again, ("Which of these do you agree to?", "1 2"))
    again.wait_for("Section 3 of 4")
    again.wait_for("So far: declined: Not now")
    type_lines(again, ("Do you agree to this?", "1"), ("Is this right?", ""))
    assert again.finish() == 0
    assert "Section 1 of 4" not in again.text()


def test_back_from_the_first_open_section_leads_to_the_choice(tmp_path: Path) -> None:
    """With nothing changed; a second look at a section shows what was open in it, and no more."""
    gone_through(tmp_path)
    again = Terminal("prepare", "--trip", "Home", *TODAY, "--accessible", folder=tmp_path)
    type_lines(again, ("How do you want to go on?", "1"))
    type_lines(again, ("Which of these do you agree to?", "b"), ("How do you want to go on?", "1"))
    # The two that are open; then back to it from the next: all of it, as it was answered.
    type_lines(again, ("Which of these do you agree to?", "1"))
    again.wait_for("Section 3 of 4")
    type_lines(again, ("Do you agree to this?", "b"))
    first, last = EQUIPMENT[0], EQUIPMENT[-1]
    again.wait_for(f"1. {first.label} ({first.item.level}) (ticked)")
    type_lines(again, (f"{len(EQUIPMENT)}. {last.label} ({last.item.level}) (ticked)", ""))
    again.wait_for("Section 3 of 4")
    type_lines(again, ("Do you agree to this?", "q"))
    assert again.finish() == 130
    report = run("export", "Home", "--format", "json", *TODAY, folder=tmp_path).json()
    assert report["readiness"]["open"] == [
        "remote-working.clear-desk",
        "remote-working.no-personal-email",
    ]


def test_what_follows_from_other_answers_is_not_open(tmp_path: Path) -> None:
    """Nobody is sent through a question that is not asked, and no report misses its answer."""
    answers = (TRIPS / "official-with-everything.yaml").read_text(encoding="utf-8")
    assert ", device_count: 3" in answers
    (tmp_path / "facts.yaml").write_text(answers.replace(", device_count: 3", ""), encoding="utf-8")
    people = ("departmental_contact", "line_manager", "hosts")
    named = ("--answers", "facts.yaml", *(f"--set={one}=Jo Day" for one in people))
    facts = (*named, *answers_to_new_questions())
    template = run("prepare", "--answers-template", *facts, *TODAY, folder=tmp_path).out
    items, done = template.split("items:")
    done = done.replace(": null", ": done")
    (tmp_path / "facts.yaml").write_text(f"{items}items:{done}", encoding="utf-8")
    kept = ("--trip", "All", "--answers", "facts.yaml", "--no-input", *TODAY)
    assert run("prepare", *kept, folder=tmp_path).code == 0
    again = Terminal("prepare", "--trip", "All", *TODAY, "--output", "r.json", folder=tmp_path)
    again.wait_for("Going on with All. Open: 0 questions, 0 items.")
    again.answer("Is this right?", ENTER)
    assert again.finish() == 0
    assert "still open" not in again.text()
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert "facts-missing" not in [warning["code"] for warning in report["warnings"]]


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


def test_with_one_trip_enter_alone_goes_on_with_it(tmp_path: Path) -> None:
    """On the accessible side too; another trip is one number away."""
    facts = ("--set", "abroad=true", "--set", "devices=none", *TODAY)
    run("prepare", "--trip", "Rome", "--no-input", *facts, folder=tmp_path)
    terminal = Terminal("prepare", *TODAY, "--accessible", folder=tmp_path)
    terminal.wait_for("1. Go on with Rome 2. A new trip")
    type_lines(terminal, ("Enter alone takes 1.", ""))
    terminal.wait_for("Answer: Go on with Rome")
    type_lines(terminal, ("What is your name?", "q"))
    assert terminal.finish() == 130
    run("prepare", "--trip", "Oslo", "--no-input", *facts, folder=tmp_path)
    several = Terminal("prepare", *TODAY, "--accessible", folder=tmp_path)
    type_lines(several, ("3. A new trip", ""), ("You typed “”.", "q"))
    assert several.finish() == 130


def test_what_seldom_changes_is_offered_as_on_the_last_trip(tmp_path: Path) -> None:
    """Enter takes it, anything else replaces it, and forgotten names are not offered."""
    people = ("--set", "line_manager=Jo Day", "--set", "departmental_contact=Ann Lee")
    known = ("--set", "traveller=A. Smith", "--set", "organisation=hmcts", *people)
    facts = ("--set", "devices=laptop", "--set", "abroad=true")
    run("prepare", "--trip", "Oslo", "--no-input", *TODAY, *known, *facts, folder=tmp_path)

    second = ("--set", "departs=none", "--set", "returns=none", "--set", "official=false")
    rest = ("--set", "papers=false", "--set", "places=office", "--set", "plans=none")
    given = (*TODAY, *facts, *second, *rest, "--set", "destination=Rome")
    terminal = Terminal("prepare", "--trip", "Rome", *given, folder=tmp_path)
    terminal.wait_for("Offered: your answer of the last trip.")
    terminal.answer("Enter takes A. Smith, - leaves it open", ENTER)
    terminal.wait_for("Offered: your answer of the last trip.")
    terminal.answer("» 2. HM Courts", ENTER)
    terminal.answer("Enter takes Ann Lee", "Bo Ray", ENTER)
    terminal.answer("Enter takes Jo Day", "-", ENTER)
    terminal.answer("section 1 of", "q")
    assert terminal.finish() == 130
    kept = run("trips", "show", "Rome", *TODAY, folder=tmp_path).out
    assert "A. Smith" in kept
    assert "Bo Ray" in kept
    assert "Jo Day" not in kept

    run("trips", "forget", "Oslo", "Rome", "--private", "--yes", folder=tmp_path)
    third = Terminal("prepare", "--trip", "Bonn", *given, *known[:4], folder=tmp_path)
    third.wait_for("Who in your department")
    third.answer("q stop", "q", ENTER)
    assert third.finish() == 130
    assert "Enter takes" not in third.text()
