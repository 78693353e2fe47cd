"""Standard output and error: exit codes hold, and names are not lost on the way."""

from __future__ import annotations

import errno
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import Outcome, run
from tests.terminal import SECONDS, Terminal, environment
from travelsec.cli.streams import open_input
from travelsec.problems import UserError

pytestmark = pytest.mark.crash

BARE = ("prepare", "--no-input", "--set", "abroad=true", "--set", "devices=laptop")
NAME = "Zoë 李"

# A pipe that nobody reads: its reader ends before the first word is written.
UNREAD = "3<>pipe >pipe 3<&-"

needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")


def begin(folder: Path, name: str = "Rome") -> None:
    """Keep a trip."""
    done = run(*BARE, "--trip", name, "--set", f"traveller={NAME}", folder=folder)
    assert done.code == 1, done.err


def run_into(redirection: str, *arguments: str, folder: Path) -> Outcome:
    """Run travelsec with a stream that the shell redirects."""
    if redirection == UNREAD:
        os.mkfifo(folder / "pipe")
    done = subprocess.run(
        ["sh", "-c", f'"$@" {redirection}', "sh", sys.executable, "-m", "travelsec", *arguments],
        cwd=folder,
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())


COMMANDS: dict[str, tuple[tuple[str, ...], int]] = {
    "done": (("contacts", "loss"), 0),
    "done, with words on standard error": (("export", "Rome", "--output", "rome.json"), 0),
    "done in an emergency": (("incident", "broken-seal", "--note", "note.txt"), 0),
    "the answer is no": ((*BARE, "--output", "bare.json"), 1),
    "no such command": (("prepar",), 2),
    "no such option": (("prepare", "--nothing"), 2),
    "no such trip": (("trips", "show", "Nope"), 2),
    "missing answers": (("prepare", "--no-input"), 2),
}


@needs_full
@pytest.mark.parametrize("stderr", ["2>/dev/full", "2>&-"])
@pytest.mark.parametrize(("arguments", "code"), COMMANDS.values(), ids=COMMANDS)
def test_exit_codes_hold_where_nothing_can_be_said(
    tmp_path: Path, arguments: tuple[str, ...], code: int, stderr: str
) -> None:
    """A disk that is full of logs must not turn “wrong usage” into “not ready”."""
    begin(tmp_path)
    done = run_into(stderr, *arguments, folder=tmp_path)
    assert (done.code, done.err) == (code, "")
    for name in arguments:
        assert "." not in name or (tmp_path / name).exists()


@needs_full
@pytest.mark.parametrize(
    "arguments",
    [
        *(("--version",), ("contacts", "loss"), ("card",), ("export", "Rome", "--format", "csv")),
        *(BARE, (*BARE, "--format", "json")),
    ],
)
def test_a_short_result_that_cannot_be_written(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """It may be collected until the end; that it did not arrive is reported anyway."""
    begin(tmp_path)
    done = run_into(">/dev/full", *arguments, folder=tmp_path)
    assert done.code == 2
    assert f"the system refused: {os.strerror(errno.ENOSPC)}" in done.err


@needs_full
@pytest.mark.parametrize("stdout", [">/dev/full", UNREAD])
def test_what_was_forgotten_is_forgotten(tmp_path: Path, stdout: str) -> None:
    """Where standard output cannot say so standard error does, and the exit code stays 0."""
    for name in ("Rome", "Oslo", "Kept"):
        begin(tmp_path, name)
    run("export", "Rome", "--output", "rome.html", folder=tmp_path)
    done = run_into(stdout, "trips", "forget", "Rome", "Oslo", "--yes", folder=tmp_path)
    assert done.code == 0, done.err
    for words in ("Forgotten: Rome.", "Forgotten: Oslo.", str(tmp_path / "rome.html")):
        assert words in done.err
    listed = run("trips", "list", folder=tmp_path).out
    assert [line.partition(":")[0] for line in listed.splitlines()] == ["Kept"]


@needs_full
def test_a_decision_that_is_recorded_is_recorded(tmp_path: Path) -> None:
    """A second try would be refused, for the record is there."""
    run(*BARE, "--output", "report.json", folder=tmp_path)
    decide = ("review", "report.json", "--approve", "--by", "C. Jones")
    done = run_into(">/dev/full", *decide, folder=tmp_path)
    assert done.code == 0, done.err
    assert "Recorded: approved." in done.err
    assert (tmp_path / "report.json.decision.json").exists()


@needs_full
@pytest.mark.parametrize("stdout", [">/dev/full", UNREAD])
def test_a_note_does_not_wait_for_the_steps_to_be_read(tmp_path: Path, stdout: str) -> None:
    """It is written, and the steps are on standard error."""
    incident = ("incident", "broken-seal", "--note", "note.txt")
    steps = run(*incident[:2], folder=tmp_path).out
    done = run_into(stdout, *incident, folder=tmp_path)
    assert done.code == 0, done.err
    assert steps in done.err
    assert (tmp_path / "note.txt").exists()


@needs_full
@pytest.mark.parametrize("stdout", [">/dev/full", UNREAD])
def test_a_report_that_is_written_is_written(tmp_path: Path, stdout: str) -> None:
    """The exit code is the verdict. Of a full disk there is a word, of a closed pipe none."""
    done = run_into(stdout, *BARE, "--output", "report.json", folder=tmp_path)
    assert done.code == 1, done.err
    assert (tmp_path / "report.json").exists()
    assert "The report is in report.json" in done.err
    told = "The report is written. Only standard output could not be written: " in done.err
    assert told == (stdout == ">/dev/full")


@needs_full
@pytest.mark.parametrize(("stdout", "code"), [(">/dev/full", 2), (UNREAD, 141)])
def test_a_format_is_asked_for_on_standard_output(tmp_path: Path, stdout: str, code: int) -> None:
    """That a file was written as well does not make up for it."""
    both = ("--output", "report.html", "--format", "json")
    assert run_into(stdout, *BARE, *both, folder=tmp_path).code == code


def test_what_was_forgotten_before_a_fault_is_told(tmp_path: Path) -> None:
    """The second trip is open in another window: the first is gone, and that is said."""
    begin(tmp_path, "Rome")
    run("prepare", "--trip", "Oslo", *BARE[1:], folder=tmp_path)
    window = Terminal("prepare", "--trip", "Oslo", folder=tmp_path)
    window.wait_for("What is your name?")
    done = run("trips", "forget", "Rome", "Oslo", "--yes", folder=tmp_path)
    window.child.close(force=True)
    assert done.code == 2
    assert "Forgotten: Rome." in done.out
    assert "“Oslo” is open in another window" in done.err


ENCODINGS: dict[str, dict[str, str]] = {
    "windows": {"PYTHONIOENCODING": "cp1252"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "old locale": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
}


@pytest.mark.parametrize("env", ENCODINGS.values(), ids=ENCODINGS)
def test_names_reach_a_pipe_whatever_the_locale(tmp_path: Path, env: dict[str, str]) -> None:
    """In UTF-8, as the formats for machines are; what is said on standard error, too."""
    begin(tmp_path, NAME)
    assert f"{NAME}: not ready" in run("trips", "list", folder=tmp_path, **env).out
    wrong = run("trips", "show", "Nope", folder=tmp_path, **env)
    assert f"there is no trip “Nope” (allowed: {NAME})" in wrong.err


def test_a_terminal_shows_what_it_cannot_show(tmp_path: Path) -> None:
    """It keeps its encoding; a character that is not in it can be told from any other."""
    begin(tmp_path, NAME)
    terminal = Terminal("trips", "show", "Nope", folder=tmp_path, env={"PYTHONIOENCODING": "ascii"})
    assert terminal.finish() == 2
    shown = " ".join(terminal.text().split())
    assert 'there is no trip "Nope" (allowed: Zo<U+00EB> <U+674E>)' in shown


@pytest.mark.skipif(os.name != "posix", reason="a shell of POSIX closes streams")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_do_no_harm(tmp_path: Path, closed: str) -> None:
    """What can be said is said, nothing else is, and what was to be written is written."""
    program = f"{sys.executable} -m travelsec"
    shell = ["sh", "-c", f"{program} incident broken-seal --note note.txt {closed}"]
    env = environment(tmp_path)
    done = subprocess.run(shell, cwd=tmp_path, env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    assert (b"Stop using it now." in done.stdout) == (">&-" not in closed.replace("2>&-", ""))
    assert b"The note is in" not in done.stdout
    note = (tmp_path / "note.txt").read_text(encoding="utf-8")
    assert "Where? ____" in note
    assert "Stop using it now." not in note


def test_input_comes_from_a_file_or_a_pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard input goes by the name of `-`; it stays open."""
    path = tmp_path / "answers"
    path.write_bytes(b"a file")
    with open_input(str(path)) as stream:
        assert stream.read() == b"a file"
    assert stream.closed
    standard = io.TextIOWrapper(io.BytesIO(b"a pipe"))
    monkeypatch.setattr(sys, "stdin", standard)
    with open_input("-") as stream:
        assert stream.read() == b"a pipe"
    assert not standard.closed


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (".", "this is a folder; name a file"),
        ("none", "there is no such file"),
        ("x" * 300, "cannot be read: "),
    ],
)
def test_input_that_cannot_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserError, match=f"^{re.escape(name)}: {told}"), open_input(name):
        pass
