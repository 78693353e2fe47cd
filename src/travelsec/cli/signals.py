"""Signals that end the program: each becomes an exception, and that an exit code."""

from __future__ import annotations

import os
import signal
import sys
import time

from travelsec.cli.exit_codes import Terminated

_ENDING = [
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
]
_TOGETHER = 1.0

_raised_at = float("-inf")


def install() -> None:
    """Raise `Terminated` for each signal, unless whoever started the program ignores it."""
    for number in _ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _terminate)
    sys.unraisablehook = _deliver_again


def restore() -> None:
    """Let signals end the program at once."""
    for number in _ENDING:
        if signal.getsignal(number) is _terminate:
            signal.signal(number, signal.SIG_DFL)


def cause_of(error: BaseException) -> Terminated | None:
    """Return the signal during whose handling an error came, if there was one.

    A library that a signal cuts short, such as a progress bar while it starts, can fail as it
    tidies up. That is no fault of travelsec's.
    """
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, Terminated):
        cause = cause.__context__
    return cause


def _terminate(number: int, _frame: object) -> None:
    global _raised_at
    # A window that is closed sends several signals. The second must not cut short what the first
    # one has begun: to put the terminal in order and to say what is kept.
    if time.monotonic() - _raised_at < _TOGETHER:
        return
    _raised_at = time.monotonic()
    raise Terminated(number)


def _deliver_again(lost: sys.UnraisableHookArgs) -> None:
    """Send a signal once more that came while Python ran a callback of its own.

    Nobody can catch what is raised there: Ctrl-C would be lost, and a traceback printed.
    """
    if not isinstance(lost.exc_value, Terminated):
        sys.__unraisablehook__(lost)
        return
    from threading import Timer

    # Later, for this is still the callback.
    again = Timer(0.02, _send, [lost.exc_value.number])
    again.daemon = True
    again.start()


def _send(number: int) -> None:
    global _raised_at
    _raised_at = float("-inf")
    # To the process, so that what waits is woken. On Windows that would end it at once.
    if sys.platform == "win32":
        signal.raise_signal(number)
    else:
        os.kill(os.getpid(), number)
