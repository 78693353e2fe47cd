"""Every screen through the emulator: readable in any theme, and nothing told by colour alone.

No colour of a theme can be read on light and on dark backgrounds, so colour is a fill below white.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyte
import pytest

from tests.cli.command import run
from tests.terminal import DOWN, ENTER, SPACE, Terminal
from tests.themes import THEMES, Theme, contrast, contrast_of
from tests.trip.test_selection import TRIPS

TODAY = ("--today", "2026-11-22")
ABROAD = ("--answers", str(TRIPS / "official-with-everything.yaml"))
HOME = ("--answers", str(TRIPS / "home-for-good.yaml"), "--set", "line_manager=Jo")
COMMANDS = {
    "report": ("prepare", "--no-input", *ABROAD, *TODAY),
    "trips": ("trips", "list", *TODAY),
    "trip": ("trips", "show", "Home", *TODAY),
    "review": ("review", "reports", *TODAY),
    "review of one": ("review", "reports/home.json", "--show", *TODAY),
    "contacts": ("contacts", "--trip", "Home", *TODAY),
    "incident": ("incident", "out-of-sight", "--trip", "Home", *TODAY),
}

PLAIN = pyte.screens.Char("x")[1:]
READABLE, VISIBLE = 4.5, 3.0
"""What WCAG 2 asks for text, and for what need not be read."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep two trips, with their reports and one that was changed by hand."""
    made = tmp_path_factory.mktemp("trips")
    reports = made / "reports"
    reports.mkdir()
    for name, answers in {"Home": HOME, "Lisbon": ABROAD}.items():
        report = str(reports / f"{name.lower()}.json")
        done = run(
            *("prepare", "--no-input", "--trip", name, *answers, "--output", report, *TODAY),
            folder=made,
        )
        assert done.code == 1, done.err
    changed = (reports / "home.json").read_text(encoding="utf-8").replace("not-ready", "ready")
    (reports / "changed.json").write_text(changed, encoding="utf-8")
    return made


def cells(terminal: Terminal) -> Iterator[Any]:
    """Yield the cells that show something; lines of a table or a bar are decoration."""
    for row in terminal.rows():
        yield from (cell for cell in row if cell.data.strip() and cell.data not in "─━")


def assert_readable(terminal: Terminal) -> None:
    """Compute the contrast of all that is on the screen, in each theme."""
    styles = {cell._replace(data="x"): cell.data for cell in cells(terminal)}
    assert styles
    for name, theme in THEMES.items():
        for cell, data in styles.items():
            found, wanted = contrast_of(cell, theme), _wanted(cell, theme)
            assert found >= wanted, f"{data} in {name}: {found:.1f}, {cell}"


def _wanted(cell: Any, theme: Theme) -> float:
    own = contrast(theme.text, theme.background)
    if cell.blink:
        # A theme with pale text makes dim text pale, too.
        return VISIBLE if own >= 7 else 1
    return min(READABLE, own)


def words(text: str) -> str:
    """Return the letters and digits of a screen, as colour and layout leave them."""
    return re.sub(r"[\W_]+", "", text).lower()


@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_printed_can_be_read_and_says_all_in_words(folder: Path, name: str) -> None:
    shown = Terminal(*COMMANDS[name], folder=folder)
    plain = Terminal(*COMMANDS[name], folder=folder, env={"NO_COLOR": "1"})
    codes = {shown.finish(), plain.finish()}
    assert len(codes) == 1
    assert_readable(shown)
    assert {cell[1:] for cell in cells(plain)} == {PLAIN}
    assert words(shown.text()) == words(plain.text())


IMPATIENT = (
    *(sys.executable, "-c"),
    "from travelsec.cli import main, review_files; review_files.PATIENCE = 0; main.main()",
)
"""Shows the bar of a review at once."""


@pytest.mark.parametrize(
    ("options", "shows_bar", "colours"),
    [((), True, {"38"}), (("--plain",), True, set()), (("--accessible",), False, set())],
)
def test_the_bar_of_a_review_is_as_plain_as_asked(
    folder: Path, options: tuple[str, ...], shows_bar: bool, colours: set[str]
) -> None:
    """Its text has the terminal's own colour; a screen reader would read each step."""
    terminal = Terminal(*COMMANDS["review"], *options, folder=folder, program=IMPATIENT)
    terminal.finish()
    written = terminal.written()
    assert ("Judging" in written) == shows_bar
    bar = written[: written.index("Review for")] if shows_bar else ""
    assert set(re.findall(r"\x1b\[(3[0-8])[;m]", bar)) == colours


@pytest.mark.parametrize("option", ["--plain", "--accessible"])
def test_a_decision_without_colour_has_none(folder: Path, option: str) -> None:
    decision = ("--return", "--by", "Jo", "--comment", "Wait.", "--force")
    terminal = Terminal(*COMMANDS["review of one"][:2], *decision, *TODAY, option, folder=folder)
    assert terminal.finish() == 0
    assert "NOT READY" in terminal.text()
    assert {cell[1:] for cell in cells(terminal)} == {PLAIN}


def test_the_steps_of_an_incident_are_bold_without_waiting_for_rich(folder: Path) -> None:
    """The titles and what to do stand out from the reasons; importing rich would take longer."""
    program = (sys.executable, "-X", "importtime", "-m", "travelsec")
    terminal = Terminal(*COMMANDS["incident"], folder=folder, redirect="2>times", program=program)
    assert terminal.finish() == 0
    assert " rich" not in (folder / "times").read_text(encoding="utf-8")
    rows = {"".join(cell.data for cell in row).strip(): row for row in terminal.rows()}
    step, why = "1. Treat the device as compromised.", "Someone could have opened it or changed it."
    title = next(text for text in rows if text.startswith("Who to call ─"))
    assert [rows[text][10].bold for text in (step, why, title)] == [True, False, True]


def test_a_verdict_in_a_table_is_filled_with_its_colour(folder: Path) -> None:
    """Only the words, not the rest of the cell."""
    terminal = Terminal(*COMMANDS["trips"], folder=folder)
    assert terminal.finish() == 0
    filled = ["".join(c.data for c in row if c.bg == "d70000") for row in terminal.rows()]
    assert list(filter(None, filled)) == ["not ready", "not ready"]


def test_the_ways_to_reach_a_contact_stand_in_columns(folder: Path) -> None:
    terminal = Terminal("contacts", "privacy", folder=folder)
    assert terminal.finish() == 0
    rows = terminal.text().splitlines()
    ways = [row for row in rows if row.startswith(("    E-mail: ", "    Slack: ", "    Web: "))]
    assert len(ways) == 3
    assert all(row[12] == " " and row[13:14].strip() for row in ways), ways


@pytest.mark.parametrize("term", ["xterm", "screen"])
def test_with_sixteen_colours_a_verdict_is_reversed(folder: Path, term: str) -> None:
    """Each of them is the theme's, and white on it may be too pale."""
    terminal = Terminal(*COMMANDS["review"], folder=folder, env={"TERM": term})
    terminal.finish()
    assert_readable(terminal)
    assert any(cell.reverse for cell in cells(terminal))


def test_every_prompt_has_the_trip_and_the_place_above_it(tmp_path: Path) -> None:
    """One line, within the window, in reverse; questions and sections are counted apart."""
    terminal = Terminal("prepare", *TODAY, folder=tmp_path, rows=24)
    terminal.answer("What is your name?", "A. Smith" + ENTER)
    terminal.answer("Which part of the MoJ", "1" + ENTER)
    terminal.answer("Will you leave the United Kingdom?", "1" + ENTER)
    terminal.answer("Where are you going?", "Lisbon" + ENTER)
    terminal.wait_for("Which day do you leave?")
    terminal.type("soon" + ENTER)
    terminal.wait_for("is not a date")
    assert_readable(terminal)
    assert re.search(r"^ Lisbon +question 5 of \d+ ━+─+$", terminal.text(), re.MULTILINE)
    terminal.type("\x15" + "2026-12-01" + ENTER)
    terminal.wait_for("Which day do you come back?")
    terminal.wait_until(lambda: "question 6 of" in terminal.text())
    assert re.search(r"^ Lisbon, leaving in 9 days +question 6 ", terminal.text(), re.MULTILINE)
    bar = next(row for row in terminal.rows() if "question 6" in "".join(c.data for c in row))
    assert all(cell.reverse for cell in bar[:-1])
    terminal.type("q" + ENTER)
    assert terminal.finish() == 130


def test_an_interview_can_be_read_to_its_end(tmp_path: Path) -> None:
    """Its lists, the reason that is asked for, the summary and the end, on 24 lines of 80."""
    terminal = Terminal("prepare", *TODAY, *HOME, folder=tmp_path, rows=24)
    terminal.answer("section 1 of 4 ", SPACE, DOWN, "x")
    terminal.wait_for("I cannot do it")
    assert_readable(terminal)
    assert "section 1 of 4 ━━━─" in terminal.text()
    terminal.forget()
    terminal.type("b")
    for number in range(1, 5):
        terminal.wait_for(f"section {number} of 4 ")
        terminal.wait_for("q stop)")
        assert_readable(terminal)
        terminal.forget()
        terminal.type(ENTER)
    terminal.wait_for("Is this right?")
    terminal.wait_for("q stop)")
    assert_readable(terminal)
    terminal.forget()
    terminal.type(ENTER)
    assert terminal.finish() == 1
    assert_readable(terminal)
    verdict = next(row for row in terminal.rows() if row[1].data == "N" and row[1].bg != "default")
    assert "".join(cell.data for cell in verdict).startswith(" NOT READY. ")
    assert {cell.bg for cell in verdict} == {"d70000"}
