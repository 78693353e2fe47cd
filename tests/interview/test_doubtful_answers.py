"""Doubtful answers are questioned once, on the drawn and on the accessible side."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.interview.test_accessible import type_lines
from tests.terminal import ENTER, Terminal

TODAY = ("--today", "2026-11-25")
FACTS = (
    *("--set", "traveller=A. Smith", "--set", "organisation=hmcts", "--set", "abroad=true"),
    *("--set", "destination=Lisbon", "--set", "official=true"),
)


@pytest.mark.parametrize("side", [(), ("--accessible",)], ids=["drawn", "accessible"])
def test_a_past_or_ambiguous_date_is_questioned_once(tmp_path: Path, side: tuple[str, ...]) -> None:
    """Enter alone takes no past day; a clear day is taken without a question."""
    terminal = Terminal("prepare", *TODAY, *FACTS, *side, folder=tmp_path)
    terminal.wait_for("For example: 5 December 2026, or next Friday.")
    terminal.answer("Which day do you leave?", "1 dec 2025", ENTER)
    terminal.answer("Mon 1 December 2025 is in the past: is that right?", ENTER)
    terminal.answer("Which day do you leave?", "Tue 5 December 2026", ENTER)
    terminal.wait_for("Sat 5 December 2026 is not a Tuesday")
    if not side:
        terminal.type("\x15")
    terminal.type(f"1/12/26{ENTER}")
    terminal.wait_for("The day comes first here, then the month.")
    terminal.answer("Tue 1 December 2026: is that right?", ENTER)
    terminal.wait_for("Tue 1 December 2026")
    terminal.answer("Which day do you come back?", "sat 5 dec", ENTER)
    terminal.wait_for("Sat 5 December 2026")
    terminal.answer("Which work devices", "q", ENTER)
    assert terminal.finish() == 130
    assert "Sat 5 December 2026: is that right?" not in " ".join(terminal.text().split())


def test_a_past_date_can_be_confirmed_and_is_not_questioned_again(tmp_path: Path) -> None:
    """Neither when the answer is offered again."""
    terminal = Terminal("prepare", *TODAY, *FACTS, "--accessible", folder=tmp_path)
    type_lines(
        terminal,
        ("Which day do you leave?", "20 November 2026"),
        ("Fri 20 November 2026 is in the past: is that right?", "yes"),
        ("Which day do you come back?", "b"),
        ("Enter alone takes Fri 20 November 2026, - leaves it open.", ""),
        ("Answer: Fri 20 November 2026 Which day do you come back?", "q"),
    )
    assert terminal.finish() == 130


def test_the_date_that_enter_takes_is_one_that_people_read(tmp_path: Path) -> None:
    """Also on the way back to it; another can be typed instead."""
    terminal = Terminal("prepare", *TODAY, *FACTS, folder=tmp_path)
    terminal.answer("Which day do you leave?", f"2026-12-1{ENTER}")
    terminal.answer("Which day do you come back?", f"b{ENTER}")
    terminal.answer("Enter takes Tue 1 December 2026, - leaves it open", ENTER)
    terminal.answer("Which day do you come back?", f"b{ENTER}")
    terminal.answer("Enter takes Tue 1 December 2026, - leaves it open", f"2 December 2026{ENTER}")
    terminal.answer("? Which day do you leave? Wed 2 December 2026", f"q{ENTER}")
    assert terminal.finish() == 130
