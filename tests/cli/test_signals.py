"""How signals become exceptions, in this process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("termios", reason="signals are POSIX's")

from tests.terminal import SECONDS, environment
from travelsec.cli import signals
from travelsec.cli.exit_codes import Terminated

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Install the handlers, and put back those of pytest."""
    # Undone at the end: it is set by `install_handlers`.
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    monkeypatch.setattr(signals, "_raised_at", float("-inf"))
    # What a test has caught must not come again.
    monkeypatch.setattr(signals, "_raised", None)
    monkeypatch.setattr(signals, "_send", lambda _number: None)
    former = {number: signal.getsignal(number) for number in SIGNALS}
    signals.install_handlers()
    yield
    for number, handler in former.items():
        signal.signal(number, handler)


def send(number: int) -> None:
    """Send a signal to this process; Python hears it at once."""
    os.kill(os.getpid(), number)


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_each_signal_has_its_exit_code(number: int, code: int) -> None:
    """128 and the number."""
    with pytest.raises(Terminated) as raised:
        send(number)
    assert raised.value.code == code


def test_a_second_signal_does_not_cut_short_what_the_first_began(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both of a window that is closed; a later one counts again."""
    with pytest.raises(Terminated):
        send(signal.SIGHUP)
    send(signal.SIGHUP)
    send(signal.SIGTERM)
    later = time.monotonic() + 2
    monkeypatch.setattr(time, "monotonic", lambda: later)
    with pytest.raises(Terminated):
        send(signal.SIGTERM)


def test_once_all_is_done_a_signal_ends_the_process_as_any_other() -> None:
    """Nothing is left that could catch an exception."""
    signals.restore_signals()
    assert {signal.getsignal(number) for number in SIGNALS} == {signal.SIG_DFL}


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    """As `nohup` asks for."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signals.install_handlers()
    send(signal.SIGHUP)
    signals.restore_signals()
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


def test_a_library_that_fails_as_it_tidies_up_hides_no_signal() -> None:
    """The error came while the signal was handled; one that came by itself has no such cause."""

    def tidy_up() -> None:
        try:
            send(signal.SIGHUP)
        finally:
            raise RuntimeError("cannot join a thread that was not started")

    with pytest.raises(RuntimeError) as raised:
        tidy_up()
    ended = signals.cause_of(raised.value)
    assert ended is not None
    assert ended.code == 129
    assert signals.cause_of(RuntimeError()) is None


def ending(script: str, home: Path) -> tuple[int, bytes]:
    """Run a script with a command of travelsec; return its exit code and what it says of errors."""
    done = subprocess.run(
        [sys.executable, "-c", script, "prepare"],
        env=environment(home),
        capture_output=True,
        check=False,
        timeout=SECONDS,
    )
    return done.returncode, done.stderr


IN_A_CALLBACK = """
import os, signal, sys, time, weakref
from travelsec.cli import app, main

class Thing:
    pass

def killed_while_it_tidies_up(prog_name):
    thing = Thing()
    watch = weakref.ref(thing, lambda _: os.kill(os.getpid(), signal.{name}))
    del thing
    time.sleep(600)

app.build_app = lambda arguments: killed_while_it_tidies_up
main.main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_a_signal_is_not_lost_while_python_tidies_up(tmp_path: Path, name: str, code: int) -> None:
    """What is raised in a callback of Python's own nobody can catch; it would print a traceback."""
    assert ending(IN_A_CALLBACK.format(name=name), tmp_path) == (code, b"")


SWALLOWED = """
import os, signal, time
from travelsec.cli import app, main

def loses_what_is_raised(prog_name):
    try:
        os.kill(os.getpid(), signal.{name})
    except BaseException:
        pass
    time.sleep(600)

app.build_app = lambda arguments: loses_what_is_raised
main.main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_that_a_library_loses_comes_again(tmp_path: Path, name: str, code: int) -> None:
    """msgspec clears errors where it looks for a type; the prompt after that waited for ever."""
    assert ending(SWALLOWED.format(name=name), tmp_path) == (code, b"")
