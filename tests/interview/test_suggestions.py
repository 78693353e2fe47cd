"""Suggestions below a line: looked for while typing, pointed at and taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from prompt_toolkit.buffer import Buffer

from tests.cli.test_countries import TEXT
from tests.interview.test_questions import MANAGER_OPEN
from tests.pack.packs import OVER, write
from tests.terminal import DOWN, ENTER, UP, Terminal
from travelsec.interview.suggestions import MAX_SHOWN, Suggestions

BACK = "\x7f"
TAB = "\t"


def countries_asked(folder: Path, rows: int = 24) -> Terminal:
    """Answer all before the question about countries, in a window of so many rows."""
    pack = write(folder / "over", {"over": OVER + TEXT})
    words = ("prepare", "--today", "2026-11-22", *MANAGER_OPEN, "--pack", str(pack))
    terminal = Terminal(*words, folder=folder, rows=rows)
    terminal.answer("Who is your line manager", "Jo Day, +351 21 999 0003", ENTER)
    terminal.answer("Which countries will you pass through?")
    return terminal


@pytest.mark.parametrize(
    ("steps", "taken"),
    [([], "s0"), ([1], "s0"), ([1, 1], "s1"), ([-1], f"s{MAX_SHOWN - 1}"), ([1, -1, 1], "s0")],
)
def test_what_is_pointed_at_is_taken_or_else_the_first(steps: list[int], taken: str) -> None:
    """Pointing goes round those that are shown."""
    suggestions = Suggestions(lambda typed: [(f"{typed}{n}", f"S{n}") for n in range(9)])
    suggestions.update("s")
    for step in steps:
        suggestions.move(step)
    buffer = Buffer()
    suggestions.take(buffer)
    assert (buffer.text, buffer.cursor_position) == (taken, len(taken))


def test_without_suggestions_nothing_is_taken() -> None:
    """Tab and arrows do nothing then."""
    suggestions = Suggestions(lambda _typed: [])
    suggestions.update("s")
    suggestions.move(1)
    buffer = Buffer()
    suggestions.take(buffer)
    assert (buffer.text, list(suggestions.lines(80))) == ("", [])


def test_countries_are_searched_and_taken_while_typing(tmp_path: Path) -> None:
    """Tab takes the first, arrows another; wrong ones are named below, the line is kept."""
    terminal = countries_asked(tmp_path)
    terminal.type("Tur")
    terminal.wait_to_see("Türkiye Turkmenistan Turks and Caicos Islands")
    terminal.type(TAB)
    terminal.wait_to_see("> Türkiye,")
    terminal.type("kore")
    terminal.wait_to_see("North Korea South Korea")
    terminal.type(DOWN + DOWN + DOWN + UP)
    terminal.wait_to_see("North Korea » South Korea")
    terminal.type(ENTER)
    terminal.wait_to_see("> Türkiye, South Korea,")
    terminal.type("Turky" + ENTER)
    terminal.wait_to_see("“Turky” is not a country (did you mean Turkey?).")
    terminal.wait_to_see("> Türkiye, South Korea, Turky")
    terminal.type(BACK * 5 + "burma" + ENTER)
    terminal.wait_to_see("pass through? Türkiye, South Korea and Myanmar (Burma)")
    terminal.answer("section 1 of", "q")
    assert terminal.finish() == 130


def test_no_more_are_shown_than_fit(tmp_path: Path) -> None:
    """What there is besides is counted, and nothing scrolls out of a small window."""
    terminal = countries_asked(tmp_path)
    terminal.type("s")
    terminal.wait_to_see("more: go on typing")
    before = terminal.scrolled
    terminal.type(BACK + "sw")
    terminal.wait_to_see("Sweden Switzerland")
    assert terminal.scrolled == before
    terminal.type(BACK * 2 + "q" + ENTER)
    assert terminal.finish() == 130
