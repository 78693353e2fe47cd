"""A real pseudo-terminal with a terminal emulator behind it: what a person sees and types."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pexpect
import pyte

from tests.new_questions import new_questions

ENTER, SPACE, DOWN, UP, CTRL_C, CTRL_D = "\r", " ", "\x1b[B", "\x1b[A", "\x03", "\x04"
TRAVELSEC = (sys.executable, "-m", "travelsec")

SECONDS = 120
"""For all that is waited for: a busy machine may be slow for a while."""


class _AnsweringScreen(pyte.HistoryScreen):
    """Answers as a real terminal does when a program asks where the cursor is."""

    def __init__(self, terminal: Terminal, columns: int, rows: int) -> None:
        self._terminal = terminal
        self._is_drawing = False
        self.broken = 0
        super().__init__(columns, rows, history=5000, ratio=0.1)

    def select_graphic_rendition(self, *attrs: int) -> None:
        """Note what is dim, which pyte does not know, as blinking, which travelsec never does."""
        super().select_graphic_rendition(*attrs)
        # The numbers after 38 and 48 are parts of a colour.
        codes = attrs[: next((n for n, code in enumerate(attrs) if code in (38, 48)), len(attrs))]
        if 2 in codes:
            self.cursor.attrs = self.cursor.attrs._replace(blink=True)
        elif 22 in codes:
            self.cursor.attrs = self.cursor.attrs._replace(blink=False)

    def draw(self, data: str) -> None:
        self._is_drawing = True
        super().draw(data)
        self._is_drawing = False

    def linefeed(self) -> None:
        # A line that reached the edge of the window goes on below it.
        self.broken += self._is_drawing
        super().linefeed()

    def write_process_input(self, data: str) -> None:
        # The program may have ended since it asked.
        with contextlib.suppress(OSError):
            self._terminal.type(data)


class Terminal:
    """Runs travelsec, or another program, in a pseudo-terminal, with streams redirected or not."""

    def __init__(
        self,
        *arguments: str,
        folder: Path,
        rows: int = 50,
        columns: int = 80,
        env: Mapping[str, str] | None = None,
        redirect: str = "",
        program: Sequence[str] = TRAVELSEC,
    ) -> None:
        self.raw = b""
        self._screen = _AnsweringScreen(self, columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._seen = 0
        self._left_open = ""
        command = [*program, *arguments]
        if redirect:
            # As typed after the command: `2>err.log`.
            command = ["sh", "-c", f'exec "$@" {redirect}', "sh", *command]
        self.child = pexpect.spawn(
            command[0],
            command[1:],
            dimensions=(rows, columns),
            cwd=str(folder),
            env=environment(folder, **(env or {})),
            timeout=SECONDS,
        )
        # Without this pexpect waits 50 ms before each thing it types.
        self.child.delaybeforesend = None

    def type(self, keys: str) -> None:
        """Press keys."""
        self.child.send(keys)

    def wait_for(self, text: str) -> None:
        """Wait until the text comes on the screen after all that was waited for before."""
        self.wait_until(lambda: text in self.new_text(), f"“{text}”")

    def wait_to_see(self, text: str) -> None:
        """Wait until the text stands on the screen, however it was drawn there."""
        self.wait_until(lambda: text in " ".join(self.text().split()), f"“{text}”")

    def wait_until(self, holds: Callable[[], bool], what: str = "what was waited for") -> None:
        """Wait until the condition holds; the screen changes with what the program writes."""
        deadline = time.monotonic() + SECONDS
        while not holds():
            self._leave_open()
            if time.monotonic() > deadline:
                raise AssertionError(f"{what} never came; the screen says:\n{self.text()}")
            if not self._read():
                raise AssertionError(f"ended before {what} came; the screen says:\n{self.text()}")

    def answer(self, question: str, *keys: str) -> None:
        """Wait for a question, then press keys; what comes next is waited for after it."""
        self.wait_for(question)
        self.forget()
        for key in keys:
            self.type(key)

    def forget(self) -> None:
        """Take all that is on the screen now as seen."""
        self._seen = len(self.raw)

    def written(self) -> str:
        """Return what was written since `forget`."""
        return self.raw[self._seen :].decode(errors="replace")

    def new_text(self) -> str:
        """Return the same without escape sequences, spaces folded."""
        # The cursor is often moved over a space instead of writing it.
        moved = re.sub(r"\x1b\[[0-9]*C", " ", self.written())
        return " ".join(re.sub(r"\x1b(\[[0-9;?]*[A-Za-z]|[78=>])", "", moved).split())

    def text(self) -> str:
        """Return all lines that scrolled by, and those on the screen."""
        return "\n".join("".join(cell.data for cell in row).rstrip() for row in self.rows())

    def resize(self, rows: int, columns: int) -> None:
        """Change the size of the window as terminals do, then tell the program.

        A lower window loses lines below the cursor first. Then lines scroll out at its top, which
        pyte would drop from there at once.
        """
        screen = self._screen
        row = screen.cursor.y
        screen.cursor.y = screen.lines - 1
        for _ in range(row - rows + 1):
            screen.index()
        screen.cursor.y = min(row, rows - 1)
        for dropped in range(rows, screen.lines):
            screen.buffer.pop(dropped, None)
        screen.lines = rows
        screen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    def window(self) -> list[str]:
        """Return the lines in the window, without those that scrolled by."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def scrolled(self) -> int:
        """The number of lines that scrolled out of the window."""
        return len(self._screen.history.top)

    @property
    def broken(self) -> int:
        """The number of lines that were too long for the window."""
        return self._screen.broken

    @property
    def cursor_row(self) -> int:
        """The row of the window that the cursor is in."""
        return int(self._screen.cursor.y)

    def rows(self) -> list[list[Any]]:
        """Return the same lines as the emulator's cells (`data`, `fg`, `bold`, …)."""
        lines = [*self._screen.history.top]
        lines += [self._screen.buffer[row] for row in range(self._screen.lines)]
        return [[line[column] for column in range(self._screen.columns)] for line in lines]

    def finish(self) -> int:
        """Wait until the program ends; return its exit code (128 + number for a signal)."""
        deadline = time.monotonic() + SECONDS
        while self._read():
            if time.monotonic() > deadline:
                raise AssertionError(f"it does not end; the screen says:\n{self.text()}")
        self.child.close()
        if self.child.exitstatus is None:
            return 128 + int(self.child.signalstatus)
        return int(self.child.exitstatus)

    def _leave_open(self) -> None:
        """Press Enter once at a question that no test names."""
        asked = next((one.ask for one in new_questions() if self._is_asked(one.ask)), "")
        if asked and asked != self._left_open:
            self.forget()
            self.type(ENTER)
        self._left_open = asked

    def _is_asked(self, question: str) -> bool:
        drawn = " ".join(self.text().rpartition("\n? ")[2].split())
        if drawn.startswith(question) and drawn.endswith(("q stop)", "and Enter) >")):
            return True
        read_out = self.text().rstrip()
        return read_out.endswith("\n>") and question in " ".join(
            read_out.removesuffix("\n>").rpartition("\n>")[2].split()
        )

    def _read(self) -> bool:
        try:
            data = self.child.read_nonblocking(65536, timeout=0.1)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += data
        self._stream.feed(data)
        return True


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return an environment that shares nothing with the developer's but what Python needs."""
    kept = ("PATH", "SYSTEMROOT", "PYTHONPATH", "VIRTUAL_ENV", "COVERAGE_PROCESS_START")
    if sys.platform == "win32":
        # There, the system is asked for the data folder, whatever the variables say.
        kept = (*kept, "COMSPEC", "PATHEXT", "TEMP", "TMP")
        more = {"TRAVELSEC_DATA_DIR": str(folder / "data" / "travelsec"), **more}
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        **more,
    }
