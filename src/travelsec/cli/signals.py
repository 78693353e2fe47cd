"""Turn signals that end the program into an exception, and so into an exit code."""

from __future__ import annotations

import os
import signal
import sys
import time

from travelsec.cli.exit_codes import Terminated

_ENDING_SIGNALS = [
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
]
_SECONDS_TOGETHER = 1.0

_raised_at = float("-inf")


def install_handlers() -> None:
    """Raise `Terminated` on each signal that the parent process does not ignore."""
    for number in _ENDING_SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _terminate)
    sys.unraisablehook = _deliver_again


def restore_signals() -> None:
    """Let signals end the program without an exception."""
    for number in _ENDING_SIGNALS:
        if signal.getsignal(number) is _terminate:
            signal.signal(number, signal.SIG_DFL)


def cause_of(error: BaseException) -> Terminated | None:
    """Return the signal behind an error, if there was one.

    A library that a signal interrupts, such as a progress bar as it starts, can fail while it
    tidies up. That is not a fault of travelsec.
    """
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, Terminated):
        cause = cause.__context__
    return cause


def _terminate(number: int, _frame: object) -> None:
    global _raised_at
    # Closing a window sends several signals. The second must not interrupt what the first began:
    # restoring the terminal and saying what is kept.
    if time.monotonic() - _raised_at < _SECONDS_TOGETHER:
        return
    _raised_at = time.monotonic()
    raise Terminated(number)


def _deliver_again(unraisable: sys.UnraisableHookArgs) -> None:
    """Resend a signal that came while Python ran a callback of its own.

    What is raised there cannot be caught: Ctrl-C would be lost and a traceback printed.
    """
    if not isinstance(unraisable.exc_value, Terminated):
        sys.__unraisablehook__(unraisable)
        return
    from threading import Timer

    # Later, because this is still the callback.
    timer = Timer(0.02, _send, [unraisable.exc_value.number])
    timer.daemon = True
    timer.start()


def _send(number: int) -> None:
    global _raised_at
    _raised_at = float("-inf")
    # Signal the whole process, to wake whatever waits. On Windows that would kill it.
    if sys.platform == "win32":
        signal.raise_signal(number)
    else:
        os.kill(os.getpid(), number)
