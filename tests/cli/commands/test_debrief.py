"""`debrief`: the items on return, what happened, and the offer to forget."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.interview.test_accessible import assert_nothing_is_drawn, type_lines
from tests.terminal import DOWN, ENTER, SPACE, UP, Terminal
from travelsec.pack.load import load

TODAY = ("--today", "2026-12-06")
FACTS = (
    *("--set", "abroad=true", "--set", "devices=phone", "--set", "destination=Lisbon"),
    *("--set", "departs=2026-12-01", "--set", "returns=2026-12-05"),
    *("--set", "line_manager=Jo Day, +44 20 7946 0001"),
)
ITEM = "remote-working.file-or-dispose"


SITUATIONS = [one for one in load().situations.values() if one.audience == "traveller"]
NOTHING = str(len(SITUATIONS) + 1)
"""The number of “None of this happened”, which stands below the situations."""


def keep(folder: Path, *more: str) -> None:
    """Keep a trip that is over."""
    done = run(
        *("prepare", "--trip", "Lisbon", "--no-input", *FACTS, "--today", "2026-11-30", *more),
        folder=folder,
    )
    assert done.code == 1, done.err


def test_a_script_closes_a_trip(tmp_path: Path) -> None:
    """Exit code 1 while a must is open, 0 when it is done; the answer is kept."""
    keep(tmp_path)
    first = run("debrief", "Lisbon", "--no-input", *TODAY, folder=tmp_path)
    assert first.code == 1
    assert "NOT CLOSED. On return, 1 must still be done." in first.out
    done = run("debrief", "--set", f"{ITEM}=done", "--no-input", *TODAY, folder=tmp_path)
    assert done.code == 0
    assert "CLOSED. Nothing is left to do." in done.out
    assert run("debrief", "--no-input", *TODAY, folder=tmp_path).code == 0


def test_on_another_machine_a_report_is_enough(tmp_path: Path) -> None:
    """Nothing is kept there."""
    keep(tmp_path, "--output", "report.json")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = run(
        *("debrief", "../report.json", "--set", f"{ITEM}=done", "--no-input", *TODAY),
        folder=elsewhere,
    )
    assert done.code == 0, done.err
    assert "Debrief: Lisbon" in done.out
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "not a travelsec report"),
        ('{"schema": "other/1"}', "not a travelsec report"),
        ("[" * 100_000, "not a travelsec report"),
        ("\udcff", "not a travelsec report"),
    ],
)
def test_what_is_no_report_is_told(tmp_path: Path, text: str, words: str) -> None:
    """Exit code 2, no traceback."""
    path = tmp_path / "report.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    done = run("debrief", "report.json", "--no-input", folder=tmp_path)
    assert done.code == 2
    assert words in done.err
    assert "Traceback" not in done.err


def test_a_report_that_was_changed_is_told(tmp_path: Path) -> None:
    """A careless edit comes to light by the digest."""
    keep(tmp_path, "--output", "report.json")
    path = tmp_path / "report.json"
    path.write_text(path.read_text(encoding="utf-8").replace("Lisbon", "London"), encoding="utf-8")
    done = run("debrief", "report.json", "--no-input", *TODAY, folder=tmp_path)
    assert "its digest does not match" in done.err


def test_no_trip_and_a_wrong_trip_are_told(tmp_path: Path) -> None:
    """Exit code 2, with what to do next."""
    assert "name a report" in run("debrief", "--no-input", folder=tmp_path).err
    keep(tmp_path)
    wrong = run("debrief", "Lisbin", "--no-input", folder=tmp_path)
    assert wrong.code == 2
    assert "did you mean Lisbon?" in wrong.err


def test_back_from_the_list_of_trips_chooses_none(tmp_path: Path) -> None:
    """There is nothing to go back to, so the list comes again."""
    keep(tmp_path)
    run("prepare", "--trip", "Oslo", "--no-input", *FACTS, folder=tmp_path)
    terminal = Terminal("debrief", *TODAY, "--accessible", folder=tmp_path)
    type_lines(terminal, ("Which trip are you back from?", "b"))
    type_lines(terminal, ("Which trip are you back from?", "q"))
    assert terminal.finish() == 130
    assert "Nothing was changed." in terminal.text()


def test_drawn_something_happened_and_is_reported_now(tmp_path: Path) -> None:
    """The item on return, one situation that was not reported, the steps, the offer to forget."""
    keep(tmp_path)
    terminal = Terminal("debrief", *TODAY, folder=tmp_path)
    terminal.answer("Did you print anything?", "1", ENTER)
    terminal.answer("File or dispose of printouts at the MoJ (must)", SPACE, ENTER)
    terminal.answer("Is this right?", ENTER)
    lost = [one.id for one in SITUATIONS].index("lost-or-stolen")
    terminal.answer("Did any of this happen", *(DOWN,) * lost, SPACE, ENTER)
    terminal.answer("is lost or stolen: has it been reported?", "2", ENTER)
    terminal.wait_for("Report it quickly to your service desk.")
    # Back at home, and not only as dialled from abroad.
    terminal.wait_for("Telephone in the UK: ")
    terminal.answer("What should happen to this trip", "2", ENTER)
    terminal.answer("Something that happened is not reported. Forget all the same?", "2", ENTER)
    assert terminal.finish() == 1
    text = " ".join(terminal.text().split())
    assert "REPORT IT NOW. 1 thing that happened is not reported." in text
    assert "Forgotten: names and numbers of Lisbon." in text
    # Reported now: the trip is closed.
    again = Terminal("debrief", *TODAY, folder=tmp_path)
    again.answer("Did you print anything?", ENTER)
    again.answer("Is this right?", ENTER)
    again.answer("Did any of this happen", ENTER)
    again.answer("is lost or stolen: has it been reported?", "1", ENTER)
    again.answer("What should happen to this trip", ENTER)
    assert again.finish() == 0
    assert "CLOSED. Nothing is left to do." in again.text()


def test_accessible_nothing_happened_and_all_is_forgotten(tmp_path: Path) -> None:
    """Plain lines from start to end."""
    keep(tmp_path)
    terminal = Terminal("debrief", "--accessible", *TODAY, folder=tmp_path)
    type_lines(
        terminal,
        ("Did you print anything?", "1"),
        ("File or dispose of printouts", "1"),
        ("Is this right?", ""),
        ("Did any of this happen", NOTHING),
        ("What should happen to this trip", "3"),
    )
    assert terminal.finish() == 0
    assert_nothing_is_drawn(terminal.raw)
    assert "No trip is kept" in run("trips", "list", folder=tmp_path).out


def test_stopping_keeps_what_was_answered(tmp_path: Path) -> None:
    """Exit code 130."""
    keep(tmp_path)
    terminal = Terminal("debrief", *TODAY, folder=tmp_path)
    terminal.answer("Did you print anything?", "1", ENTER)
    terminal.answer("File or dispose of printouts at the MoJ (must)", SPACE, ENTER)
    terminal.answer("Is this right?", ENTER)
    terminal.answer("Did any of this happen", UP, "q")
    assert terminal.finish() == 130
    closed = run("debrief", "--no-input", *TODAY, folder=tmp_path)
    assert closed.code == 0


def test_what_was_noted_on_the_way_must_be_dealt_with(tmp_path: Path) -> None:
    """It cannot be said that nothing happened; back changes nothing; each event is asked for."""
    keep(tmp_path)
    away = ("--today", "2026-12-02")
    for number in (1, 2):
        noted = ("incident", "out-of-sight", "--note", f"{number}.txt", *away)
        terminal = Terminal(*noted, "--accessible", folder=tmp_path)
        type_lines(terminal, ("When did it happen?", f"time {number}"), ("Where?", "q"))
        assert terminal.finish() == 0
    terminal = Terminal("debrief", "--accessible", *TODAY, folder=tmp_path)
    type_lines(terminal, ("Did you print anything?", "1"))
    type_lines(terminal, ("File or dispose of printouts", "1"), ("Is this right?", ""))
    type_lines(terminal, ("Did any of this happen", NOTHING))
    terminal.wait_for("was noted during your trip: leave it ticked")
    type_lines(terminal, ("Did any of this happen", ""), ("(time 1): has it been reported?", "1"))
    type_lines(terminal, ("(time 2): has it been reported?", "b"), ("Did any of this happen", ""))
    type_lines(terminal, ("(time 1): has it been reported?", ""))
    type_lines(terminal, ("(time 2): has it been reported?", "1"))
    type_lines(terminal, ("What should happen to this trip", "1"))
    assert terminal.finish() == 0
    assert "CLOSED. Nothing is left to do." in terminal.text()


def test_the_trip_is_named_before_the_first_question(tmp_path: Path) -> None:
    """And, while it lasts, that it is too early."""
    keep(tmp_path)
    terminal = Terminal("debrief", "--accessible", "--today", "2026-12-03", folder=tmp_path)
    type_lines(terminal, ("Did you print anything?", "q"))
    assert terminal.finish() == 130
    before, _, _ = terminal.text().partition("Did you print anything?")
    assert before.split("\n")[0].strip() == "Debrief: Lisbon"
    assert "This trip is not over yet: it ends on Sat 5 December 2026." in before


def test_who_printed_nothing_is_asked_nothing_about_printouts(tmp_path: Path) -> None:
    """Next time the question comes again: more may have been printed since."""
    keep(tmp_path)
    terminal = Terminal("debrief", "--accessible", *TODAY, folder=tmp_path)
    type_lines(terminal, ("Did you print anything?", "2"), ("Is this right?", ""))
    type_lines(terminal, ("Did any of this happen", NOTHING))
    type_lines(terminal, ("What should happen to this trip", "1"))
    assert terminal.finish() == 0
    assert "File or dispose of printouts" not in terminal.text()
    again = Terminal("debrief", "--accessible", *TODAY, folder=tmp_path)
    type_lines(again, ("Did you print anything?", "1"), ("File or dispose of printouts", "q"))
    assert again.finish() == 130
    closed = run("debrief", "--set", "printed=no", "--no-input", *TODAY, folder=tmp_path)
    assert closed.code == 0
    assert "printouts" not in closed.out


def test_what_is_asked_on_return_is_not_asked_before(tmp_path: Path) -> None:
    """Nor missing, nor in the file of answers to fill in."""
    bare = ("--no-input", "--set", "abroad=false", "--set", "devices=phone")
    done = run("prepare", *bare, folder=tmp_path)
    (missing,) = (text for text in done.err.splitlines() if "facts without an answer" in text)
    assert "printed" not in re.split(r"\W+", missing)
    assert "Not answered:" in done.out
    assert "Did you print anything?" not in done.out
    template = run("prepare", *bare, "--answers-template", folder=tmp_path)
    assert "Did you print anything?" not in template.out


def test_what_is_not_reported_is_not_forgotten_without_asking_again(tmp_path: Path) -> None:
    """“No” is offered; the trip is kept then. `trips forget` tells as well."""
    keep(tmp_path)
    noted = ("incident", "out-of-sight", "--note", "note.txt", "--today", "2026-12-02")
    assert run(*noted, folder=tmp_path).code == 0
    terminal = Terminal("debrief", "--accessible", *TODAY, folder=tmp_path)
    type_lines(terminal, ("Did you print anything?", "2"), ("Is this right?", ""))
    type_lines(terminal, ("Did any of this happen", ""), ("has it been reported?", "2"))
    type_lines(terminal, ("What should happen to this trip", "3"))
    type_lines(terminal, ("Forget all the same?", ""))
    assert terminal.finish() == 1
    assert "The trip is kept." in terminal.text()
    forget = Terminal("trips", "forget", "Lisbon", "--accessible", folder=tmp_path)
    type_lines(forget, ("Something that happened is not reported", "2"))
    assert forget.finish() == 0
    assert "note.txt" in forget.text().replace("\n", "")
    assert (tmp_path / "note.txt").exists()
