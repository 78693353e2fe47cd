"""What must hold after every signal: the exit code, the terminal, the database, the folder."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from signal import SIGKILL

from tests.crash.traveller import Traveller
from tests.crash.window import Ending
from tests.crash.wording import FAILURES
from tests.terminal import SECONDS

MOST_WORK = 0.2
"""Processor seconds that a program may use after a signal and still end as if there were none."""


@dataclass(frozen=True)
class Fault:
    """What went wrong: its kind, to be counted, and the details of this case."""

    kind: str
    detail: str


def faults_of_ending(ending: Ending, usual: frozenset[int]) -> Iterator[Fault]:
    """Yield what is wrong with the way a program ended.

    Args:
        ending: how it ended.
        usual: the exit codes that it has when nothing strikes it.
    """
    signals = "+".join(one.name for one in ending.signals) or "no signal"
    failure = min(
        (ending.text.find(words) for words in FAILURES if words in ending.text), default=None
    )
    words = " ".join((ending.text[-400:] if failure is None else ending.text[failure:]).split())
    detail = f"exit {ending.code} after {signals}: {words[:200]} … {words[-200:]}"
    if not ending.was_in_time:
        yield Fault("goes on after the signal", detail)
    elif not _is_code_right(ending, usual):
        yield Fault("exit code", detail)
    elif ending.code in usual and ending.signals and ending.work > MOST_WORK:
        yield Fault("signal lost", f"{detail}; worked for {ending.work:.1f} s after it")
    if failure is not None and not ending.struck_python:
        yield Fault("failure on the screen", detail)
    if SIGKILL not in ending.signals and ending.was_in_time and not ending.is_restored:
        yield Fault("terminal not restored", detail)


def _is_code_right(ending: Ending, usual: frozenset[int]) -> bool:
    """Return whether the contract allows the code: 128 and the number of the signal.

    A signal that travelsec did not catch yet, or no more, kills by the system's default. Which it
    catches is read from the system when the signal is sent, and when the program has ended.
    """
    if ending.code in usual or (ending.struck_python and ending.code == 1):
        return True
    return any(
        ending.code == 128 + number
        if number in ending.caught and number in ending.caught_at_end and not ending.struck_python
        else ending.code in (128 + number, -number)
        for number in ending.signals
    )


def database(folder: Path) -> Path:
    """Return the database of trips of the user whose home this is."""
    return folder / "data" / "travelsec" / "trips.sqlite3"


def rows(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return all that is kept, by table."""
    with _open(folder) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall()
            for (name,) in tables.fetchall()
        }


def kept(folder: Path, trip: str) -> dict[str, object]:
    """Return what is kept of a trip: facts, items with their status, and events."""
    with _open(folder) as connection:

        def of_trip(columns: str, table: str) -> list[tuple[str, object]]:
            # Only these words of ours are in the statement.
            query = f"SELECT {columns} FROM {table} JOIN trips ON trip = trips.id WHERE name = ?"
            return connection.execute(query, (trip,)).fetchall()

        facts = {fact: json.loads(str(value)) for fact, value in of_trip("fact, value", "facts")}
        events = of_trip("situation, reported", "events")
        return {
            **facts,
            **dict(of_trip("item, status", "statuses")),
            **{f"event:{situation}": bool(reported) for situation, reported in events},
        }


def begun_by_itself(folder: Path) -> list[str]:
    """Return the names of the trips that have answers, and whose name nobody chose."""
    with _open(folder) as connection:
        query = "SELECT name FROM trips WHERE NOT named AND id IN (SELECT trip FROM facts)"
        return [name for (name,) in connection.execute(query)]


def faults_of_database(folder: Path) -> Iterator[Fault]:
    """Yield what SQLite finds wrong."""
    with _open(folder) as connection:
        found = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        yield Fault("damaged database", found)


def faults_of_answers(folder: Path, trip: str, traveller: Traveller) -> Iterator[Fault]:
    """Yield the answers that are not kept as the screen confirmed them, or that nobody gave."""
    now = kept(folder, trip)
    for name in now.keys() | traveller.confirmed.keys():
        possible = traveller.possible.get(name, [])
        if now.get(name) not in possible:
            kind = "answer lost" if name in traveller.confirmed else "answer that nobody gave"
            yield Fault(kind, f"{trip}: {name} can be {possible!r}, kept is {now.get(name)!r}")


def faults_of_leftovers(folder: Path, allowed: frozenset[str]) -> Iterator[Fault]:
    """Yield files that nobody asked for, and trips without an answer; they are taken away.

    Args:
        folder: the home, where the commands run as well.
        allowed: the files that are meant to be there, as paths in it.
    """
    meant = allowed | {str(database(folder).relative_to(folder))}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_file() and name not in meant:
            kind = f"left behind: {'hidden file' if path.name.startswith('.') else path.suffix}"
            yield Fault(kind, f"{name}, {path.stat().st_size} bytes")
            path.unlink()
    with _open(folder) as connection:
        empty = (
            "FROM trips WHERE NOT named AND id NOT IN (SELECT trip FROM facts)"
            " AND id NOT IN (SELECT trip FROM statuses) AND id NOT IN (SELECT trip FROM events)"
        )
        for (name,) in connection.execute(f"SELECT name {empty}").fetchall():
            yield Fault("left behind: empty trip", name)
        connection.execute(f"DELETE {empty}")


@contextlib.contextmanager
def _open(folder: Path) -> Iterator[sqlite3.Connection]:
    with (
        contextlib.closing(sqlite3.connect(database(folder), timeout=SECONDS)) as connection,
        connection,
    ):
        yield connection
