"""The exit codes of the contract, as a script sees them."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.cli.command import run
from travelsec.cli.exit_codes import Terminated

DONE = ("--set", "abroad=no", "--set", "devices=none")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("contacts",), 0),
        (("prepare", "--no-input", *DONE), 1),
        (("prepare", "--no-input"), 2),
        (("trips", "show", "Nope"), 2),
    ],
)
def test_done_and_yes_done_and_no_not_done(
    tmp_path: Path, arguments: tuple[str, ...], code: int
) -> None:
    assert run(*arguments, folder=tmp_path).code == code


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (1, 129)],
)
def test_a_signal_has_the_code_that_shells_give_it(number: int, code: int) -> None:
    """128 and its number."""
    assert Terminated(number).code == code


def test_ctrl_break_of_windows_interrupts_as_ctrl_c_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signal, "SIGBREAK", 21, raising=False)
    assert Terminated(21).code == 130
