"""A pseudo-terminal whose program is struck by signals, and how the program ended.

What a program catches, and how long it worked, is read from /proc: this runs on Linux only.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import termios
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from signal import SIGINT, SIGKILL, SIGTERM, Signals
from typing import Any

from tests.terminal import Terminal

ENDS_WITHIN = 15
"""Seconds that a program has to end in after a signal; on a busy machine it takes one."""

_SWITCHED_ON = re.compile(rb"\x1b\[\?(25|2004|7)([hl])")
_AT_REST = {b"25": b"h", b"2004": b"l", b"7": b"h"}


@dataclass(frozen=True)
class Ending:
    """How a program ended.

    Attributes:
        code: its exit code; the negative number of the signal that killed it.
        text: all it wrote, without escape sequences.
        signals: what it was sent; nothing if it ended before that.
        caught: the signals that it caught when these were sent.
        caught_at_end: the signals that it caught when it ended.
        work: the processor seconds that it used after the signals.
        was_in_time: it ended by itself in `ENDS_WITHIN`.
        is_restored: the terminal is as it was before.
    """

    code: int
    text: str
    signals: tuple[Signals, ...]
    caught: frozenset[int]
    caught_at_end: frozenset[int]
    work: float
    was_in_time: bool
    is_restored: bool

    @property
    def struck_python(self) -> bool:
        """Whether SIGINT came before travelsec's first line, or after its last.

        Python answers it then, and travelsec can do nothing about that: an exit code of 1, or the
        signal's own, and a traceback. It catches SIGINT from its start; that travelsec does is
        seen from SIGTERM, which nobody else catches.
        """
        return SIGINT in self.signals and SIGTERM not in self.caught


class Window(Terminal):
    """Runs travelsec in a window that is wide enough for nothing to be broken."""

    def __init__(self, *arguments: str, folder: Path, env: Mapping[str, str]) -> None:
        super().__init__(*arguments, folder=folder, rows=50, columns=160, env=env)
        self._signals: tuple[Signals, ...] = ()
        self._caught: frozenset[int] = frozenset()
        self._work = 0.0

    def read(self, seconds: float = 0.1) -> bool:
        """Take in what comes next; return False if nothing more will."""
        # Not with pexpect: it reaps a program that ended, and with it what is known of its end.
        terminal = self.child.child_fd
        if not select.select([terminal], [], [], max(0, seconds))[0]:
            return True
        try:
            data = os.read(terminal, 65536)
        except OSError:
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)

    def type(self, keys: str) -> None:
        """Press keys; nobody may be there any more to read them."""
        with contextlib.suppress(OSError):
            super().type(keys)

    def let_run(self, seconds: float) -> None:
        """Take in all that comes for so long."""
        deadline = time.monotonic() + seconds
        while self.read(deadline - time.monotonic()) and time.monotonic() < deadline:
            pass

    def strike(self, signals: tuple[Signals, ...]) -> None:
        """Send signals, unless the program has ended."""
        pid = self.child.pid
        if _has_ended(pid):
            return
        self._signals, self._caught, self._work = signals, _caught(pid), _work(pid)
        for number in signals:
            os.kill(pid, number)

    def end(self) -> Ending:
        """Wait until the program ends; kill it if it does not."""
        deadline = time.monotonic() + ENDS_WITHIN
        while (is_open := self.read()) and time.monotonic() < deadline:
            pass
        if is_open:
            os.kill(self.child.pid, SIGKILL)
            while self.read():
                pass
        pid, attributes = self.child.pid, termios.tcgetattr(self.child.child_fd)
        # It is looked at once it has ended, and before it is reaped.
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        caught, work = _caught(pid), _work(pid)
        self.child.ptyproc.delayafterclose = 0
        self.child.close()
        code, number = self.child.exitstatus, self.child.signalstatus
        return Ending(
            code=int(code) if code is not None else -int(number),
            text=_plain(self.raw),
            signals=self._signals,
            caught=self._caught,
            caught_at_end=caught,
            work=work - self._work,
            was_in_time=not is_open,
            is_restored=attributes == _fresh_attributes() and self._is_at_rest(),
        )

    def new(self) -> str:
        """Return what was written since `forget`, without escape sequences, in lines."""
        return _plain(self.raw[self._seen :])

    def new_bytes(self) -> bytes:
        """Return the bytes that were written since `forget`."""
        return self.raw[self._seen :]

    def screen(self) -> list[str]:
        """Return the lines that are on the screen now."""
        columns = range(self._screen.columns)
        rows = (self._screen.buffer[row] for row in range(self._screen.lines))
        return ["".join(row[column].data for column in columns).rstrip() for row in rows]

    def _is_at_rest(self) -> bool:
        """Return whether the cursor, wrapping and pasting are again as a shell wants them."""
        last = dict(_SWITCHED_ON.findall(self.raw))
        return all(_AT_REST[mode] == switch for mode, switch in last.items())


def _plain(written: bytes) -> str:
    text = written.decode(errors="replace").replace("\r", "")
    return re.sub(r"\x1b(\[[0-9;?]*[A-Za-z]|[78=>])", "", text)


@cache
def _fresh_attributes() -> list[Any]:
    ours, theirs = os.openpty()
    try:
        return termios.tcgetattr(theirs)
    finally:
        os.close(ours)
        os.close(theirs)


def _status(pid: int) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return dict(line.split(":\t", 1) for line in lines if ":\t" in line)


def _has_ended(pid: int) -> bool:
    return _status(pid)["State"].startswith(("Z", "X"))


def _caught(pid: int) -> frozenset[int]:
    mask = int(_status(pid)["SigCgt"], 16)
    return frozenset(number for number in range(1, 32) if mask >> (number - 1) & 1)


def _work(pid: int) -> float:
    """Return the processor seconds that a program has used."""
    # The second field is the program's name in brackets, with spaces perhaps.
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
