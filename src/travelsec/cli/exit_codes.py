"""The exit codes of the contract, and how a signal reaches the place that exits."""

from __future__ import annotations

import signal

READY = 0
"""Done; and where there is an answer, it is yes (`ready` or `ready-with-actions`)."""
NO = 1
"""Done, and the answer is no."""
USAGE = 2
"""It could not be carried out: usage, input, or a result that cannot be written.

If standard output only reports an action that is done (a file written, a decision recorded, a trip
forgotten), the code is that of the action, and standard error says what could not be printed.
Standard error never decides the code.
"""
CRASH = 70
"""travelsec itself failed."""
HANGUP = 129
"""The terminal was closed (128 + SIGHUP)."""
INTERRUPTED = 130
"""Interrupted, or stopped by the user; what was answered is kept."""
UNREAD = 141
"""The reader closed the pipe (128 + SIGPIPE)."""


class Terminated(BaseException):
    """A signal asks the program to end; `number` is the signal's, `code` the exit code for it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number
        # Ctrl-Break of Windows is an interruption like Ctrl-C.
        is_break = number == getattr(signal, "SIGBREAK", None)
        self.code = INTERRUPTED if is_break else 128 + number
