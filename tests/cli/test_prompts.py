"""Where questions go when streams are redirected, in real pseudo-terminals."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.terminal import ENTER, Terminal, environment

TODAY = ("--today", "2026-11-22")
HOME = ("--set", "abroad=false", "--set", "devices=none")


@pytest.mark.parametrize(
    ("options", "env"),
    [((), {}), (("--accessible",), {}), ((), {"TERM": "dumb"})],
    ids=["drawn", "accessible", "dumb"],
)
@pytest.mark.parametrize("redirect", ["2>err.log", "2>&-"])
def test_questions_go_to_the_terminal_though_errors_go_elsewhere(
    tmp_path: Path, options: tuple[str, ...], env: dict[str, str], redirect: str
) -> None:
    """A file is not asked, and nobody waits for an answer to what cannot be seen."""
    terminal = Terminal(
        "prepare", *TODAY, *options, folder=tmp_path, env=env, redirect=f"{redirect} >report.txt"
    )
    terminal.answer("What is your name?", "A. Smith", ENTER)
    terminal.answer("Which part of the MoJ", "2", ENTER)
    terminal.answer(
        "Will you leave the United Kingdom?", "q", *([] if not (options or env) else [ENTER])
    )
    assert terminal.finish() == 130
    assert (tmp_path / "report.txt").read_text(encoding="utf-8") == ""
    if redirect == "2>err.log":
        said = (tmp_path / "err.log").read_text(encoding="utf-8")
        assert said.startswith("Stopped. Your answers are kept.")
        assert "Will you" not in said


def test_an_answer_goes_to_a_file_and_its_question_to_the_terminal(tmp_path: Path) -> None:
    """`incident >steps.txt`."""
    terminal = Terminal("incident", folder=tmp_path, redirect=">steps.txt")
    terminal.answer("What happened?", "1")
    assert terminal.finish() == 0
    steps = (tmp_path / "steps.txt").read_text(encoding="utf-8")
    assert "1. " in steps
    assert "What happened?" not in steps
    assert steps.split("\n")[-2] not in terminal.text()


@pytest.mark.parametrize(
    ("arguments", "question"),
    [
        (("export", "Home", "--output", "report.md"), "report.md exists. Replace it?"),
        (("trips", "forget", "Home"), "Forget all that is kept of Home?"),
        (("debrief", "Home"), "Did you print anything?"),
        (("incident",), "What happened?"),
        (("incident", "out-of-sight", "--note", "report.md"), "report.md exists. Replace it?"),
    ],
)
def test_every_command_asks_in_the_terminal(
    tmp_path: Path, arguments: tuple[str, ...], question: str
) -> None:
    """Whatever happens to standard error."""
    (tmp_path / "report.md").write_text("mine", encoding="utf-8")
    run("prepare", "--trip", "Home", "--no-input", *HOME, *TODAY, folder=tmp_path)
    terminal = Terminal(*arguments, folder=tmp_path, redirect="2>err.log")
    terminal.answer(question, "q")
    assert terminal.finish() == 130
    assert question not in (tmp_path / "err.log").read_text(encoding="utf-8")
    assert (tmp_path / "report.md").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("prepare", *TODAY), "Required answers are missing"),
        (("prepare", *HOME, *TODAY), "there is no terminal to ask in"),
        (("export", "Home", "--output", "report.md"), "--force"),
        (("trips", "forget", "Home"), "--yes forgets without asking"),
    ],
)
def test_without_a_terminal_to_write_to_nothing_is_asked(
    tmp_path: Path, arguments: tuple[str, ...], hint: str
) -> None:
    """Standard input alone is a terminal, such as one that another program left behind."""
    (tmp_path / "report.md").write_text("mine", encoding="utf-8")
    run("prepare", "--trip", "Home", "--no-input", *HOME, *TODAY, folder=tmp_path)
    ends = os.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "travelsec", *arguments],
            stdin=ends[1],
            capture_output=True,
            cwd=tmp_path,
            env=environment(tmp_path),
            # Of a session without a terminal.
            start_new_session=True,
            timeout=60,
            check=False,
        )
    finally:
        for end in ends:
            os.close(end)
    assert done.returncode == 2
    assert hint in done.stderr.decode()
    assert done.stdout == b""
