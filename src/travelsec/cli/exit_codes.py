"""The exit codes of the contract, and how a signal reaches the place that exits."""

from __future__ import annotations

import signal

READY = 0
"""Done; and where there is an answer, it is yes (`ready` or `ready-with-actions`)."""
NO = 1
"""Done, and the answer is no."""
USAGE = 2
"""It could not be carried out: usage, input, or a file that cannot be written.

Standard output that cannot be written counts if what was asked for goes there. Where it only goes
with what is done (a file written, a decision recorded, a trip forgotten), the code is that of the
deed, and standard error says what could not be printed. Standard error never decides the code.
"""
FAULT = 70
"""travelsec's own fault."""
HANGUP = 129
"""The terminal was closed (128 + SIGHUP)."""
INTERRUPTED = 130
"""Interrupted, or stopped by the user; what was answered is kept."""

UNREAD = 141
"""Whoever read the output had enough before its end (128 + SIGPIPE), as of any other program."""


class Terminated(BaseException):
    """A signal asks the program to end; `number` is the signal's, `code` the exit code for it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number
        # Ctrl-Break of Windows is an interruption like Ctrl-C.
        is_break = number == getattr(signal, "SIGBREAK", None)
        self.code = INTERRUPTED if is_break else 128 + number
