"""Let every call that a command makes to the file system or the database fail, one after another.

    python fault_injection.py < request

The request is JSON: the `arguments` of a command, its `folder`, the `turn` (the errors are raised
by turns, and this says which is the first), and for `after` whether one call fails (false), all
that come after it too (true), or one way after the other. The answer is a line of JSON for each
run: the `call` that failed first, the `error`, the way `after`, and the `code`, `out` and `err` of
the command. Each run is in a copy of this process.
"""

from __future__ import annotations

import builtins
import errno
import functools
import io
import itertools
import json
import os
import sqlite3
import sys
import tempfile
import traceback
from collections.abc import Callable
from importlib import import_module
from typing import Any, BinaryIO, NoReturn

import platformdirs

from travelsec.cli.main import main

OF_THE_SYSTEM = (
    *("access", "chmod", "close", "fstat", "fsync", "getcwd", "link", "listdir", "lstat", "mkdir"),
    *("open", "read", "readlink", "rename", "replace", "rmdir", "scandir", "stat", "unlink"),
)
ERRORS: tuple[Exception, ...] = (
    OSError(errno.EIO, "injected"),
    sqlite3.DatabaseError("injected"),
    UnicodeDecodeError("utf-8", b"\xe1", 0, 1, "injected"),
    RuntimeError("injected"),
    MemoryError("injected"),
)

MODULES = (
    *("cli.app", "cli.current_trip", "cli.find_trip", "cli.open_store", "cli.trip_session"),
    *("cli.commands.incident", "cli.commands.card", "cli.commands.contacts", "cli.incident_note"),
    *("card.text", "pack.load", "store", "trip.advice", "trip.stored_trip", "trip.whereabouts"),
)


class Faults:
    """Counts the calls while a command is at work, and lets the one of a number fail."""

    def __init__(self, number: int, error: Exception, *, after: bool) -> None:
        self.number = number
        self.error = error
        self.after = after
        self.is_armed = False
        self.count = 0
        self.call = ""

    def come(self, call: str) -> None:
        """Count a call, and raise if it is its turn."""
        if not self.is_armed:
            return
        self.count += 1
        if self.count == self.number:
            self.call = call
        if self.count == self.number or (self.after and self.count > self.number):
            raise self.error

    def before(self, call: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, counted; the files that it opens are counted too."""

        @functools.wraps(function)
        def counted(*arguments: Any, **options: Any) -> Any:
            self.come(call)
            result = function(*arguments, **options)
            return CountedFile(result, self) if isinstance(result, io.IOBase) else result

        return counted


class CountedFile:
    """A file whose every use is counted."""

    def __init__(self, file: io.IOBase, faults: Faults) -> None:
        self._file = file
        self._faults = faults

    def __enter__(self) -> CountedFile:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()
        self._faults.come("file.close")

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._file, name)
        return self._faults.before(f"file.{name}", value) if callable(value) else value


def count_database(faults: Faults) -> None:
    """Count all that is asked of SQLite."""

    class Cursor(sqlite3.Cursor):
        def fetchone(self) -> Any:
            faults.come("fetchone")
            return super().fetchone()

        def fetchall(self) -> Any:
            faults.come("fetchall")
            return super().fetchall()

        def __next__(self) -> Any:
            faults.come("next")
            return super().__next__()

    class Connection(sqlite3.Connection):
        def execute(self, statement: str, values: Any = ()) -> Any:
            faults.come(statement)
            return self.cursor(Cursor).execute(statement, values)

        def close(self) -> None:
            super().close()
            faults.come("close")

    connect = faults.before("connect", functools.partial(sqlite3.connect, factory=Connection))
    sqlite3.connect = connect


def run(arguments: list[str], faults: Faults, out: BinaryIO, err: BinaryIO, told: int) -> NoReturn:
    """Run a command in this process, which ends with it; tell of the call that failed."""
    code: object = 1
    try:
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        sys.argv = ["travelsec", *arguments]
        module = import_module(f"travelsec.cli.commands.{arguments[0]}")
        command = getattr(module, arguments[0])

        @functools.wraps(command)
        def armed(*given: Any, **options: Any) -> Any:
            faults.is_armed = True
            try:
                return command(*given, **options)
            finally:
                faults.is_armed = False

        setattr(module, arguments[0], armed)
        for name in OF_THE_SYSTEM:
            setattr(os, name, faults.before(name, getattr(os, name)))
        io.open = builtins.open = faults.before("open", open)
        platformdirs.user_data_path = faults.before("folder", platformdirs.user_data_path)
        count_database(faults)
        main()
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
    finally:
        faults.is_armed = False
        os.write(told, faults.call.encode())
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 1)


def attempt(arguments: list[str], faults: Faults) -> dict[str, Any] | None:
    """Run a command in a copy of this process; None if it ends before the call that would fail."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            run(arguments, faults, out, err, writing)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            call = pipe.read().decode()
        _, status = os.waitpid(child, 0)
        if not call:
            return None
        out.seek(0)
        err.seek(0)
        return {
            "call": f"{faults.number}: {call}",
            "error": type(faults.error).__name__,
            "after": faults.after,
            "code": os.waitstatus_to_exitcode(status),
            "out": out.read().decode(),
            "err": err.read().decode(),
        }


def attempts(arguments: list[str], turn: int, ways: list[bool]) -> None:
    """Run a command again and again, until it has come through without a fault."""
    for after in ways:
        for number in itertools.count(1):
            error = ERRORS[(number + turn) % len(ERRORS)]
            done = attempt(arguments, Faults(number, error, after=after))
            if done is None:
                break
            print(json.dumps(done), flush=True)


if __name__ == "__main__":
    request = json.load(sys.stdin)
    os.chdir(request["folder"])
    # Else every run would import them again.
    for name in MODULES:
        import_module(f"travelsec.{name}")
    platformdirs.user_data_path("travelsec", appauthor=False)
    attempts(request["arguments"], request["turn"], request["after"])
