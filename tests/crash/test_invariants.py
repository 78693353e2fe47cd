"""The harness finds what it looks for: endings and answers that the contract does not allow."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("termios", reason="pseudo-terminals are POSIX's")

from signal import SIGHUP, SIGINT, SIGKILL, SIGTERM, Signals

from tests.cli.command import run
from tests.crash.invariants import faults_of_answers, faults_of_ending
from tests.crash.traveller import TODAY, Traveller
from tests.crash.window import Ending

ALL = frozenset({SIGHUP, SIGINT, SIGTERM})
START = frozenset({SIGINT})
"""What Python catches before travelsec's first line."""


def ending(code: int, *signals: Signals, caught: frozenset[int] = ALL, **other: object) -> Ending:
    """Return an ending where all is well but what is given."""
    well: dict[str, object] = {
        "text": "Stopped.",
        "caught_at_end": caught,
        "work": 0.1,
        "was_in_time": True,
        "is_restored": True,
    }
    return Ending(code=code, signals=signals, caught=caught, **{**well, **other})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "allowed",
    [
        ending(0),
        ending(-9, SIGKILL, is_restored=False),
        ending(143, SIGTERM),
        ending(129, SIGHUP),
        ending(130, SIGINT),
        ending(129, SIGTERM, SIGHUP),
        ending(0, SIGTERM),
        ending(-15, SIGTERM, caught=START),
        ending(-15, SIGTERM, caught_at_end=frozenset()),
        ending(1, SIGINT, caught=START, text="Traceback (most recent call last)"),
    ],
)
def test_endings_of_the_contract_are_no_fault(allowed: Ending) -> None:
    """Whether the signal was too early, too late, or told in the exit code."""
    assert list(faults_of_ending(allowed, frozenset({0}))) == []


@pytest.mark.parametrize(
    ("ended", "kind"),
    [
        (ending(70, SIGTERM), "exit code"),
        (ending(2, SIGINT), "exit code"),
        (ending(130, SIGTERM), "exit code"),
        (ending(-15, SIGTERM), "exit code"),
        (ending(-2, SIGINT), "exit code"),
        (ending(1), "exit code"),
        (ending(0, SIGTERM, work=0.9), "signal lost"),
        (ending(-9, SIGTERM, was_in_time=False), "goes on after the signal"),
        (ending(143, SIGTERM, text="Unhandled exception"), "failure on the screen"),
        (ending(143, SIGTERM, is_restored=False), "terminal not restored"),
    ],
)
def test_other_endings_are_faults(ended: Ending, kind: str) -> None:
    """Each of its own kind."""
    assert [fault.kind for fault in faults_of_ending(ended, frozenset({0}))] == [kind]


def test_kept_is_what_was_confirmed_or_was_just_given(tmp_path: Path) -> None:
    """An answer on its way may be kept or not; any other difference is a fault."""
    given = ("abroad=false", "devices=none", "remote-working.clear-desk=declined:No room")
    settings = (f"--set={one}" for one in given)
    kept = ("prepare", "--no-input", "--trip", "Home", *TODAY, *settings)
    assert run(*kept, folder=tmp_path).code == 1

    def kinds(traveller: Traveller) -> list[str]:
        return sorted(fault.kind for fault in faults_of_answers(tmp_path, "Home", traveller))

    traveller = Traveller()
    assert kinds(traveller) == ["answer that nobody gave"] * 3
    traveller.confirm({"abroad": False, "devices": [], "remote-working.clear-desk": "todo"})
    assert kinds(traveller) == ["answer lost"]
    traveller.possible["remote-working.clear-desk"].append("declined")
    assert kinds(traveller) == []
    traveller.confirm({"remote-working.clear-desk": "done", "traveller": "A. Smith"})
    assert kinds(traveller) == ["answer lost"] * 2
