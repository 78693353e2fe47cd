"""The last screen of `prepare`, in a real pseudo-terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal import ENTER, Terminal
from tests.trip.test_selection import TRIPS

TODAY = ("--today", "2026-11-22")
HOME = ("--answers", str(TRIPS / "home-for-good.yaml"), "--set", "line_manager=Jo")


def finish(terminal: Terminal, typed: str) -> str:
    """Answer each of the four sections alike, make the report, and return what followed."""
    for number in range(1, 5):
        terminal.wait_for(f"ection {number} of 4")
        terminal.forget()
        terminal.type(typed)
    terminal.answer("Is this right?", ENTER)
    terminal.finish()
    return terminal.text().split("Is this right?")[-1]


@pytest.mark.slow
def test_the_window_decides_how_much_of_what_is_open_is_named(tmp_path: Path) -> None:
    """All of it where it fits; the whole report is for `export`."""
    small = finish(Terminal("prepare", *TODAY, *HOME, folder=tmp_path, rows=24), ENTER)
    assert "must  Keep equipment safe and secure" in small
    assert "Avoid printing" not in small
    assert " more items; to read all: travelsec export Home" in small
    high = finish(
        Terminal("prepare", *TODAY, *HOME, "--trip", "Other", folder=tmp_path, rows=60), ENTER
    )
    assert "should    Avoid printing" in high
    assert "more items" not in high
    assert "The trip as the traveller describes it" not in high


def test_with_all_done_there_is_only_what_to_do_next(tmp_path: Path) -> None:
    """The card first, then the report; nothing is left to do, and nobody comes back."""
    end = finish(Terminal("prepare", *TODAY, *HOME, folder=tmp_path), "all" + ENTER)
    assert "READY. Nothing is open." in end
    commands = [line.strip() for line in end.split("\n") if line.startswith("    travelsec")]
    assert commands == [
        "travelsec card --output card.html --trip Home",
        "travelsec export --output report.html Home",
        "travelsec incident",
    ]


def test_line_by_line_it_is_sentences(tmp_path: Path) -> None:
    """No columns to find one's way in."""
    terminal = Terminal("prepare", *TODAY, *HOME, "--accessible", folder=tmp_path, rows=60)
    end = finish(terminal, "\r")
    assert "\nKeep a clear desk (must)\n" in end
    assert "\n  1. Make the card to carry, and print it:\n" in end


@pytest.mark.parametrize("more", [("--format", "md"), ()], ids=["format", "nothing kept"])
def test_the_whole_report_on_request_or_where_nothing_is_kept(
    tmp_path: Path, more: tuple[str, ...]
) -> None:
    """It could be had in no other way."""
    if not more:
        (tmp_path / "data").write_text("a file, not a folder", encoding="utf-8")
    terminal = Terminal("prepare", *TODAY, *HOME, *more, folder=tmp_path, rows=60)
    finish(terminal, ENTER)
    assert "keep it, and the place where you work" in " ".join(terminal.text().split()).lower()


def test_a_redirected_report_is_whole(tmp_path: Path) -> None:
    """Standard output takes it; the end stays on the terminal."""
    terminal = Terminal("prepare", *TODAY, *HOME, folder=tmp_path, redirect=">report.txt")
    assert "What to do next" in finish(terminal, ENTER)
    report = (tmp_path / "report.txt").read_text(encoding="utf-8")
    assert "The trip as the traveller describes it".upper() in report


def test_with_standard_error_in_a_file_the_end_is_on_the_terminal(tmp_path: Path) -> None:
    """Where the questions were asked."""
    terminal = Terminal("prepare", *TODAY, *HOME, folder=tmp_path, redirect="2>err.log")
    assert "What to do next" in finish(terminal, ENTER)


NOTICE = """\
pack: {id: notice, version: "1", title: Notice, covers: Notice., not_covered: All else.}
guidance:
  - {id: trips, title: Trips, publisher: The office, ask: desk}
contacts:
  - {id: desk, name: The desk, email: desk@example.org, cites: [trips]}
checklist:
  id: notice
  title: Notice
  sections:
    - id: notice
      title: Notice of the trip
      phase: before
      items:
        - {id: tell, label: Tell the desk, do: Tell the desk., why: So., level: should,
           cites: [trips], deadline: 15 days before departure}
"""
MISSED = "issed: it was due by Mon 16 November 2026; ask The desk, desk@example.org."


@pytest.mark.parametrize("way", [(), ("--accessible",)], ids=["drawn", "line by line"])
def test_what_was_missed_comes_first(tmp_path: Path, way: tuple[str, ...]) -> None:
    """Five days before a trip that needs fifteen days' notice: in its section, and at the end."""
    pack = tmp_path / "notice"
    pack.mkdir()
    (pack / "notice.yaml").write_text(NOTICE, encoding="utf-8")
    dates = ("--set", "departs=2026-12-01", "--set", "returns=2026-12-20")
    options = (*HOME, *dates, "--pack", str(pack), "--today", "2026-11-26", *way)
    terminal = Terminal("prepare", *options, folder=tmp_path, rows=60)
    for number in range(1, 6):
        terminal.wait_for(f"ection {number} of 5")
        if number == 2:
            terminal.wait_until(lambda: f"M{MISSED}" in " ".join(terminal.text().split()))
        terminal.forget()
        terminal.type(ENTER)
    terminal.answer("Is this right?", ENTER)
    terminal.finish()
    end = " ".join(terminal.text().split("Is this right?")[-1].split())
    assert f"Tell the desk (should) – m{MISSED}" in end
    assert end.index("Tell the desk") < end.index("Use a password manager")
