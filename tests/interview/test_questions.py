"""What a question takes for an answer, typed and ticked in a real pseudo-terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import run
from tests.interview.test_terminal import TODAY
from tests.terminal import CTRL_C, DOWN, ENTER, SPACE, Terminal
from tests.trip.test_selection import TRIPS, bundled


def test_nothing_ticked_in_haste_drops_no_item(tmp_path: Path) -> None:
    """Enter alone leaves several choices open; “none” must be said."""
    terminal = Terminal("prepare", *TODAY, folder=tmp_path)
    terminal.answer("What is your name?", ENTER)
    terminal.answer("Which part of the MoJ", ENTER)
    terminal.wait_for("Which part of the MoJ do you work for? left open")
    terminal.answer("Will you leave the United Kingdom?", DOWN, ENTER)
    terminal.answer("Where are you going?", ENTER)
    terminal.answer("Which day do you leave?", ENTER)
    # There may be a day, so the day of return may matter.
    terminal.answer("Which day do you come back?", ENTER)
    # Devices are required: without a tick it does not go on.
    terminal.answer("Which work devices will you", ENTER)
    terminal.wait_to_see("Tick what fits, or “None of these”")
    terminal.type(SPACE + ENTER)
    terminal.answer("take papers from work?", ENTER)
    terminal.answer("Where will you stay or work?", ENTER)
    # It may be a home, so this is asked too.
    terminal.answer("Will anyone else be in the", CTRL_C)
    assert terminal.finish() == 130


def test_a_wrong_answer_is_told_at_once(tmp_path: Path) -> None:
    """A date that is none, and a return before the departure, which is said in words."""
    terminal = Terminal(
        *("prepare", *TODAY, *("--set", "traveller=A", "--set", "organisation=hq")),
        *("--set", "abroad=true", "--set", "destination=Rome"),
        folder=tmp_path,
    )
    terminal.answer("Which day do you leave?", "31/11/2026", ENTER)
    terminal.wait_to_see("There is no such day")
    terminal.type("\x7f" * 10 + "2026-12-05" + ENTER)
    terminal.answer("Which day do you come back?", "1 December 2026", ENTER)
    terminal.wait_to_see("The return (Tue 1 December 2026) is before the departure")
    terminal.type(CTRL_C)
    assert terminal.finish() == 130


MANAGER_OPEN = (
    *("--answers", str(TRIPS / "official-with-everything.yaml")),
    *("--set", "departmental_contact=Ann", "--set", "hosts=Rui"),
)
"""All about a trip abroad but the line manager."""


def test_a_number_is_confirmed_as_dialled_from_abroad(tmp_path: Path) -> None:
    """A wrong one is not taken in haste; `b` and No lead back to what was typed."""
    terminal = Terminal("prepare", *TODAY, *MANAGER_OPEN, folder=tmp_path)
    terminal.answer("Who is your line manager", "Jo Day, 7946 0018", ENTER)
    terminal.wait_for("As dialled from abroad: Jo Day, 7946 0018. Is that right?")
    terminal.answer("“7946 0018” cannot be dialled from abroad: write it in full", ENTER)
    terminal.answer("Enter takes Jo Day, 7946 0018", "Jo Day, 020 7946 0018", ENTER)
    terminal.answer("abroad: Jo Day, +44 20 7946 0018. Is that right?", "b")
    terminal.answer("Enter takes Jo Day, 020 7946 0018", ENTER)
    terminal.answer("abroad: Jo Day, +44 20 7946 0018. Is that right?", ENTER)
    terminal.wait_for("Who is your line manager? Jo Day, +44 20 7946 0018")
    terminal.answer("section 1 of", "q")
    assert terminal.finish() == 130
    shown = run("trips", "show", "Lisbon 2026-12-01", *TODAY, folder=tmp_path).out
    assert "Jo Day, +44 20 7946 0018" in shown


@pytest.mark.parametrize(
    ("manager", "answers"),
    [
        ("Jo Day, +351 21 999 0003", MANAGER_OPEN),
        ("Jo Day, +44 20 7946 0018", MANAGER_OPEN),
        ("Jo Day", MANAGER_OPEN),
        ("Jo Day, 7946 0018", ("--answers", str(TRIPS / "home-for-good.yaml"))),
    ],
)
def test_a_number_that_stays_as_it_was_typed_needs_no_confirmation(
    tmp_path: Path, manager: str, answers: tuple[str, ...]
) -> None:
    """Nor does one that is called from home."""
    terminal = Terminal("prepare", *TODAY, *answers, folder=tmp_path)
    terminal.answer("Who is your line manager", manager, ENTER)
    terminal.wait_for(f"Who is your line manager? {manager}")
    terminal.answer("section 1 of", "q")
    assert terminal.finish() == 130
    assert "Is that right?" not in terminal.text()


@pytest.mark.parametrize("side", [(), ("--accessible",)], ids=["drawn", "accessible"])
def test_a_question_that_no_test_names_is_left_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, side: tuple[str, ...]
) -> None:
    """As here the second, so a new one changes no test."""
    new = bundled().questions["organisation"]
    monkeypatch.setattr("tests.terminal.new_questions", lambda: (new,))
    terminal = Terminal("prepare", *TODAY, *side, folder=tmp_path)
    terminal.answer("What is your name?", "A. Smith", ENTER)
    terminal.answer("Will you leave the United Kingdom?", "q", ENTER)
    assert terminal.finish() == 130
    assert "left open" in terminal.text().partition(new.ask)[2]
