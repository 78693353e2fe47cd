"""A drawn prompt is ended by a signal, a closed window or a fault, at any moment."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import signal
import sys
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.key_binding.key_processor import KeyPress

pytest.importorskip("termios", reason="pseudo-terminals are POSIX's")

import termios

from tests.interview.test_flow import facts_kept
from tests.interview.test_key_bindings import ask
from tests.terminal import DOWN, ENTER, SECONDS, Terminal, environment
from travelsec.interview.prompter import ChoicePrompt, TextPrompt
from travelsec.interview.terminal import TerminalPrompter

# The prompts are drawn for a terminal, though none is there.
pytestmark = pytest.mark.terminal

TODAY = ("--today", "2026-11-22")
SIGNALS = [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]


class Ended(BaseException):
    """What the handlers of this test raise, as those of the command do."""


@pytest.fixture
def ended() -> Iterator[list[int]]:
    """Handle the signals by an exception; the numbers of those that came are in the list."""
    came: list[int] = []

    def end(number: int, _frame: object) -> None:
        came.append(number)
        raise Ended

    former = {number: signal.signal(number, end) for number, _ in SIGNALS}
    yield came
    for number, handler in former.items():
        signal.signal(number, handler)


class Moments:
    """Counts what happens at a prompt, and sends signals at the n-th of it."""

    def __init__(self, chosen: int, numbers: tuple[int, ...]) -> None:
        self.chosen = chosen
        self.numbers = numbers
        self.count = 0

    def next(self) -> None:
        """Send the signals if it is time for them."""
        self.count += 1
        if self.count - 1 == self.chosen:
            for number in self.numbers:
                os.kill(os.getpid(), number)


class Screen(io.TextIOWrapper):
    """A terminal of 80 columns; each time that something is drawn is a moment."""

    def __init__(self, moments: Moments, number: int) -> None:
        super().__init__(io.BytesIO(), "utf-8")
        self.moments: Moments | None = moments
        self._number = number

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._number

    def flush(self) -> None:
        if self.moments is not None:
            self.moments.next()


def draw(moments: Moments) -> str:
    """Ask in a list, answer with the last of three; return the answer."""
    with create_pipe_input() as keyboard, create_app_session(input=keyboard):
        typed = deque([DOWN, DOWN, ENTER])
        read_bytes = keyboard.read_keys

        def read_keys() -> list[KeyPress]:
            read_bytes()
            moments.next()
            # More than is asked for, as for a library that waits for Enter after a fault.
            keyboard.send_text(typed.popleft() if typed else ENTER)
            presses = read_bytes()
            keyboard.send_text(".")
            return presses

        keyboard.read_keys = read_keys  # type: ignore[method-assign]
        keyboard.send_text(".")
        options = {"a": "Apple", "b": "Banana", "c": "Cherry"}
        ends = os.openpty()
        screen = Screen(moments, ends[1])
        try:
            return str(TerminalPrompter(screen).choice(ChoicePrompt("Which?", options)))
        finally:
            # Python flushes it once more when it is done with.
            screen.moments = None
            for end in ends:
                os.close(end)


@pytest.mark.parametrize(
    "numbers",
    [
        (signal.SIGINT,),
        (signal.SIGTERM,),
        (signal.SIGHUP,),
        (signal.SIGTERM, signal.SIGHUP),
        (signal.SIGTERM, signal.SIGTERM),
    ],
)
def test_a_signal_is_heard_at_every_moment_of_a_prompt(
    numbers: tuple[int, ...],
    ended: list[int],
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Before the answer, with it, and while the drawing is taken away again."""
    # Nobody answers where the cursor is.
    monkeypatch.setenv("PROMPT_TOOLKIT_NO_CPR", "1")
    whole = Moments(-1, ())
    assert draw(whole) == "c"
    # Three keys, at least one drawing before them, and what takes it away after them.
    assert whole.count >= 5
    for moment in range(whole.count):
        moments = Moments(moment, numbers)
        with contextlib.suppress(Ended):
            draw(moments)
        # On a busy machine two drawings can become one: then the last moment never comes.
        assert set(ended) & set(numbers) or moments.count <= moment
        ended.clear()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("number", "code"), SIGNALS)
@pytest.mark.parametrize(
    "pause", [0, *(pytest.param(later, marks=pytest.mark.slow) for later in (0.01, 0.03))]
)
def test_a_signal_right_after_enter_ends_the_command(
    tmp_path: Path, number: int, code: int, pause: float
) -> None:
    """With its code, the terminal as it was, and not a word but our own."""
    terminal = Terminal("prepare", *TODAY, folder=tmp_path)
    before = termios.tcgetattr(terminal.child.fileno())
    terminal.answer("What is your name?", "A. Smith", ENTER)
    terminal.answer("Which part of the MoJ", ENTER)
    time.sleep(pause)
    os.kill(terminal.child.pid, number)
    terminal.wait_for("Stopped.")
    assert termios.tcgetattr(terminal.child.fileno()) == before
    assert terminal.finish() == code
    for word in ("Unhandled", "Traceback", "Exception", "ENTER"):
        assert word not in terminal.text()


@pytest.mark.parametrize(("number", "code"), SIGNALS)
def test_a_signal_ends_a_list_that_waits(tmp_path: Path, number: int, code: int) -> None:
    """`kill -INT` too, which is no key."""
    terminal = Terminal("incident", folder=tmp_path)
    terminal.wait_for("What happened?")
    os.kill(terminal.child.pid, number)
    assert terminal.finish() == code
    assert "Stopped. Nothing was written." in terminal.text()


def state_of(process: int) -> str:
    """Return the letter that Linux has for the state: T is stopped; none for one that is gone."""
    try:
        text = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return ""
    return text.rsplit(")", 1)[1].split()[0]


def wait_until(process: int, states: str) -> None:
    """Wait until a process is in one of the states."""
    deadline = time.monotonic() + SECONDS
    while (now := state_of(process)) not in states.split(","):
        assert time.monotonic() < deadline, f"the process is {now}"
        time.sleep(0.01)


@pytest.mark.skipif(
    not shutil.which("bash") or not Path("/proc/self/stat").exists(),
    reason="needs bash and /proc",
)
@pytest.mark.parametrize("begun", ["in the background", "and stopped"])
@pytest.mark.parametrize(("number", "code"), SIGNALS)
def test_in_the_background_of_a_shell_it_ends_too(
    tmp_path: Path, begun: str, number: int, code: int
) -> None:
    """Neither stopped for ever, for the terminal is the shell's, nor with a fault."""
    shell = pexpect.spawn(
        "bash",
        ["--norc", "--noprofile", "-i"],
        env=environment(tmp_path, PS1="$ "),
        timeout=SECONDS,
        dimensions=(50, 80),
        encoding="utf-8",
    )
    command = f"'{sys.executable}' -m travelsec incident"
    try:
        if begun == "and stopped":
            shell.sendline(command)
            shell.expect(r"What happened\?")
            process = child_of(shell.pid)
            os.kill(process, signal.SIGTSTP)
            # The shell says so when it has taken the terminal back.
            shell.expect("Stopped")
            os.kill(process, signal.SIGCONT)
            wait_until(process, "S,R")
        else:
            shell.sendline(f"{command} &")
            process = child_of(shell.pid)
            wait_until(process, "T")
        os.kill(process, number)
        # One that was running may have ended already.
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGCONT)
        shell.sendline("wait %1; echo ended with $?.")
        shell.expect(r"ended with (\d+)\.")
        assert int(shell.match.group(1)) == code
    finally:
        shell.close(force=True)
    assert not (tmp_path / "data" / "travelsec" / "fault.log").exists()


def child_of(process: int) -> int:
    """Wait for the first child of a process."""
    deadline = time.monotonic() + SECONDS
    path = Path(f"/proc/{process}/task/{process}/children")
    while not (children := path.read_text(encoding="utf-8").split()):
        assert time.monotonic() < deadline, "nothing was started"
        time.sleep(0.01)
    return int(children[0])


def test_a_closed_window_ends_the_program_and_keeps_the_answers(tmp_path: Path) -> None:
    """The terminal itself is gone: nobody to tell, nothing lost, nothing left running."""
    terminal = Terminal("prepare", *TODAY, folder=tmp_path)
    terminal.answer("What is your name?", "A. Smith", ENTER)
    terminal.wait_for("Which part of the MoJ")
    # Closed through its owner and marked so: else it would be closed a second time later, and
    # by then the number may belong to another file of this process.
    terminal.child.ptyproc.fileobj.close()
    terminal.child.ptyproc.closed = terminal.child.closed = True
    _, status = os.waitpid(terminal.child.pid, 0)
    assert os.waitstatus_to_exitcode(status) in (129, 130)
    assert facts_kept(tmp_path) == {"traveller": "A. Smith"}
    assert not (tmp_path / "data" / "travelsec" / "fault.log").exists()


def test_a_fault_ends_the_prompt(capfd: pytest.CaptureFixture[str]) -> None:
    """It is left to the command; no library prints a traceback and asks for Enter."""

    def check(_text: str) -> str | None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask(TextPrompt("Where?", check=check), b"Rome", b"\r", b"\r")
    assert capfd.readouterr() == ("", "")
