"""The marks that choose which tests run, and what a run says of those it left out."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal import SECONDS

ROOT = Path(__file__).parent.parent
TESTS = """
import pytest

def test_quick():
    pass

@pytest.mark.slow
def test_slow():
    pass

def test_with_a_file(golden, tmp_path):
    assert golden(tmp_path / "made.txt", "made") == "made"
"""


def run_pytest(*arguments: str, folder: Path) -> str:
    """Run pytest in a process of its own; return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    return done.stdout


@pytest.fixture
def suite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder with three tests, under the rules of these."""
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_three.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n  slow\n  golden\n", "utf-8")
    monkeypatch.setenv("UPDATE_GOLDEN", "1")
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "workers"])
def test_slow_tests_are_left_out_and_the_run_says_so(suite: Path, workers: tuple[str, ...]) -> None:
    """However many processes run the tests."""
    shown = run_pytest(*workers, folder=suite)
    assert "left out: 1 slow test (make slow runs them)" in shown
    assert "2 passed" in shown


@pytest.mark.slow
def test_who_asks_for_marks_gets_them(suite: Path) -> None:
    """Slow tests too, and nothing is said of others."""
    shown = run_pytest("-m", "slow or golden", folder=suite)
    assert "left out" not in shown
    assert "2 passed" in shown


def test_marks_follow_from_what_a_test_uses() -> None:
    """Through helpers, too; nobody has to think of them."""
    files = ("tests/crash", "tests/cli/commands/test_trips.py", "tests/card/test_browser.py")
    shown = run_pytest("--collect-only", "-m", "terminal or browser", *files, folder=ROOT)
    assert "test_signals_at_random_moments_do_no_harm" in shown
    assert "test_forget_asks_first" in shown
    assert "test_it_prints_on_one_page" in shown
    assert "test_without_a_terminal_forget_needs_yes" not in shown
    shown = run_pytest("--collect-only", "-m", "process", *files, folder=ROOT)
    assert "test_without_a_terminal_forget_needs_yes" in shown
    assert "test_it_prints_on_one_page" not in shown
