"""The files of a review: reports are found, and none is replaced by what is written."""

from __future__ import annotations

import io
import itertools
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.cli.commands.test_review import TODAY, bundled, inbox
from tests.terminal import Terminal
from travelsec import console
from travelsec.cli.review_files import PATIENCE, progress

__all__ = ["bundled", "inbox"]

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")


def test_a_terminal_is_no_report(inbox: Path) -> None:
    """`-` there would wait without a word."""
    terminal = Terminal("review", "-", folder=inbox)
    assert terminal.finish() == 2
    assert "stdin is this terminal: pipe a report into travelsec review -" in terminal.text()


def test_a_folder_without_reports_is_told(tmp_path: Path) -> None:
    """Nobody shall take silence for a good answer."""
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "holiday.txt").write_text("Hello.", encoding="utf-8")
    done = run("review", "inbox", folder=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "there is no report (.json, .html or .eml) in inbox" in done.err


def test_files_that_were_not_looked_at_are_counted_once(inbox: Path, tmp_path: Path) -> None:
    """On standard error: who sent a PDF waits for an answer; what is piped on stays as it is."""
    shutil.copy(inbox / "ready.html", tmp_path / "ready.html")
    quiet = run("review", ".", *TODAY, "--format", "csv", folder=tmp_path)
    assert (quiet.code, quiet.err) == (0, "")
    (tmp_path / "later").mkdir()
    for name in ("report.pdf", "later/report.docx", ".hidden"):
        (tmp_path / name).write_text("Hello.", encoding="utf-8")
    done = run("review", ".", *TODAY, "--format", "csv", folder=tmp_path)
    assert (done.code, done.out) == (0, quiet.out)
    assert done.err == ("travelsec: files skipped, as reports are .json, .html or .eml: 2\n")


def test_decisions_that_lost_their_report_are_told(inbox: Path, tmp_path: Path) -> None:
    """A report that was renamed shows no decision: somebody would decide on it again."""
    shutil.copy(inbox / "ready.html", tmp_path / "renamed.html")
    (tmp_path / "ready.html.decision.json").write_text("{}", encoding="utf-8")
    done = run("review", ".", *TODAY, "--format", "csv", folder=tmp_path)
    assert done.code == 0
    assert done.err == (
        "travelsec: decisions whose report is not beside them, as it was renamed or moved: 1. "
        "Each belongs to the report whose name it begins with.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--output", "r.html", "--format", "csv"), "the ending of r.html says another"),
        (("--output", "r.pdf"), "names no format (allowed: txt, json, jsonl, csv, html, "),
        (("--output", "no/r.html"), "there is no folder no; make it first"),
        (("--output", "r.json.decision.json"), "this name is for a decision"),
        (("--output", "r.html", "--show"), "use it alone"),
        (("--output", "r.html", "--approve", "--by", "Jo"), "leave out --output"),
    ],
)
def test_an_output_that_cannot_be_is_told(
    inbox: Path, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    """And nothing is left behind."""
    shutil.copy(inbox / "ready.html", tmp_path / "ready.html")
    done = run("review", "ready.html", *TODAY, *arguments, folder=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["ready.html"]


@pytest.mark.parametrize("reviewed", [".", "ready.html"])
def test_no_report_is_replaced_by_a_review(inbox: Path, tmp_path: Path, reviewed: str) -> None:
    """Nobody else may have that report."""
    shutil.copy(inbox / "ready.html", tmp_path / "ready.html")
    arguments = ("review", reviewed, *TODAY, "--output", "ready.html", "--force")
    done = run(*arguments, folder=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err == ("Error: ready.html: this is a report; name another file for the review\n")
    assert (tmp_path / "ready.html").read_bytes() == (inbox / "ready.html").read_bytes()


def test_a_review_of_nothing_leaves_no_file(tmp_path: Path) -> None:
    """Nor a part of one."""
    (tmp_path / "in").mkdir()
    done = run("review", "in", *TODAY, "--output", "r.csv", folder=tmp_path)
    assert done.code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


@pytest.fixture
def no_terminal_yet() -> Iterator[None]:
    """Look for the terminal again, now and afterwards."""
    console.terminal.cache_clear()
    yield
    console.terminal.cache_clear()


def shown_by(monkeypatch: pytest.MonkeyPatch, *waits: float) -> str:
    """Return what a terminal gets while three reports are judged, each after so many seconds."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    terminal, end = os.openpty()
    with open(end, "w", encoding="utf-8") as stderr:  # noqa: PTH123
        monkeypatch.setattr(sys, "stderr", stderr)
        moments = itertools.accumulate(waits, initial=0.0)
        with progress(len(waits), lambda: next(moments)) as advance:
            for _ in waits:
                advance(1)
        print("The end.", file=stderr, flush=True)
        shown = b""
        while b"The end." not in shown:
            shown += os.read(terminal, 1 << 16)
    os.close(terminal)
    return shown.decode()


@posix
@pytest.mark.usefixtures("no_terminal_yet")
def test_a_bar_shows_that_it_goes_on_and_vanishes(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what is done, from all that is to do; the cursor is there again afterwards."""
    shown = shown_by(monkeypatch, PATIENCE / 3, PATIENCE, 0)
    assert "Judging" in shown
    assert "67%" in shown
    before, _, after = shown.rpartition("\x1b[?25h")
    assert "\x1b[?25l" in before
    assert "Judging" not in after
    # The line of the bar is cleared.
    assert "\x1b[2K" in before.rpartition("Judging")[2]


@posix
@pytest.mark.usefixtures("no_terminal_yet")
def test_no_bar_flickers_during_a_quick_review(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does the cursor."""
    assert shown_by(monkeypatch, PATIENCE / 3, PATIENCE / 3, 0).split() == ["The", "end."]


def test_a_screen_reader_meets_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would read each step."""
    stderr = io.StringIO()
    monkeypatch.setattr(stderr, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", stderr)
    monkeypatch.setenv("ACCESSIBLE", "1")
    with progress(1, itertools.count(0, 1000).__next__) as advance:
        advance(1)
    assert not stderr.getvalue()
