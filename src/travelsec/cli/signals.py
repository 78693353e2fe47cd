"""Turn signals that end the program into an exception, and so into an exit code."""

from __future__ import annotations

import os
import signal
import sys
import time
import weakref

from travelsec.cli.exit_codes import Terminated

_ENDING_SIGNALS = [
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
]
_SECONDS_TOGETHER = 1.0

_raised_at = float("-inf")
_raised: weakref.ref[Terminated] | None = None
"""What was raised last, until it ends the program; Python calls back only while this is kept."""


def install_handlers() -> None:
    """Raise `Terminated` on each signal that the parent process does not ignore."""
    for number in _ENDING_SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _terminate)
    sys.unraisablehook = _print_other_errors


def restore_signals() -> None:
    """Let signals end the program without an exception."""
    global _raised
    _raised = None
    for number in _ENDING_SIGNALS:
        if signal.getsignal(number) is _terminate:
            signal.signal(number, signal.SIG_DFL)


def cause_of(error: BaseException) -> Terminated | None:
    """Return the signal behind an error, if there was one.

    A library that a signal interrupts, such as a progress bar as it starts, can fail while it
    tidies up. That is not a fault of travelsec.
    """
    global _raised
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, Terminated):
        cause = cause.__context__
    if cause is not None:
        _raised = None
    return cause


def _terminate(number: int, _frame: object) -> None:
    global _raised_at
    # Closing a window sends several signals. The second must not interrupt what the first began:
    # restoring the terminal and saying what is kept.
    if time.monotonic() - _raised_at < _SECONDS_TOGETHER:
        return
    _raised_at = time.monotonic()
    raise _watched(number)


def _watched(number: int) -> Terminated:
    """Return what to raise; if it is gone before it has ended the program, the signal comes again.

    What is raised in a callback of Python's own goes nowhere, and C code such as msgspec's
    sometimes clears errors that it did not expect. Ctrl-C would be lost.
    """
    global _raised
    error = Terminated(number)
    _raised = weakref.ref(error, lambda _: _send_again(number))
    return error


def _print_other_errors(unraisable: sys.UnraisableHookArgs) -> None:
    if not isinstance(unraisable.exc_value, Terminated):
        sys.__unraisablehook__(unraisable)


def _send_again(number: int) -> None:
    from threading import Timer

    # Later, because whatever lost the signal is still at work.
    timer = Timer(0.02, _send, [number])
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
