"""Store trips in one SQLite database in the user's data folder."""

from __future__ import annotations

import contextlib
import datetime
import itertools
import json
import os
import sqlite3
import stat
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from travelsec import values
from travelsec.folders import DATA_DIR
from travelsec.problems import UserError, brief
from travelsec.question_types import Value
from travelsec.trip.statuses import How, Status
from travelsec.trip.stored_trip import Event, LastSeen, MadeReport, StoredTrip, TripGone

APPLICATION_ID = 0x74736563
"""“tsec”, in the file's header, which tells our database from those of other programs."""

# One list of statements per version. Never change a released statement; append a new list.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE trips (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL UNIQUE COLLATE NOCASE,
            named INTEGER NOT NULL,
            begun TEXT NOT NULL,
            seen TEXT NOT NULL
        )""",
        """CREATE TABLE facts (
            trip TEXT NOT NULL REFERENCES trips (id) ON DELETE CASCADE,
            fact TEXT NOT NULL,
            value TEXT NOT NULL,
            how TEXT NOT NULL,
            PRIMARY KEY (trip, fact)
        )""",
        """CREATE TABLE statuses (
            trip TEXT NOT NULL REFERENCES trips (id) ON DELETE CASCADE,
            item TEXT NOT NULL,
            status TEXT NOT NULL,
            reason TEXT NOT NULL,
            note TEXT NOT NULL,
            how TEXT,
            PRIMARY KEY (trip, item)
        )""",
        """CREATE TABLE exports (
            trip TEXT NOT NULL REFERENCES trips (id) ON DELETE CASCADE,
            path TEXT NOT NULL,
            made TEXT NOT NULL,
            PRIMARY KEY (trip, path)
        )""",
        """CREATE TABLE events (
            trip TEXT NOT NULL REFERENCES trips (id) ON DELETE CASCADE,
            situation TEXT NOT NULL,
            moment TEXT NOT NULL,
            reported INTEGER NOT NULL,
            note TEXT NOT NULL,
            PRIMARY KEY (trip, situation, moment)
        )""",
    ),
    (
        """CREATE TABLE reports (
            trip TEXT NOT NULL REFERENCES trips (id) ON DELETE CASCADE,
            digest TEXT NOT NULL,
            made TEXT NOT NULL,
            PRIMARY KEY (trip, digest)
        )""",
    ),
)


class Damaged(UserError):
    """What is in the database cannot be read. The message may hold a stored answer."""


class Store:
    """The open database of trips. Each method is one transaction, which is on disk at its end.

    Methods that change a trip raise `TripGone` if it is no longer stored. Every method
    raises `UserError` if the database cannot be read or written.

    Args:
        path: where the database is or will be.
        wait: how many seconds to wait for another process that is writing.
        read_only: create and change nothing; the database must exist.

    Raises:
        UserError: it cannot be opened, is damaged, or was written by a newer travelsec.
    """

    def __init__(self, path: Path, *, wait: float = 10, read_only: bool = False) -> None:
        self.path = path
        self._read_only = read_only
        self._new: dict[str, StoredTrip] = {}
        """Trips with nothing to store yet, by id."""
        if not read_only:
            self._make_file()
        self._check_file()
        with self._explained():
            self._database = sqlite3.connect(self.path, timeout=wait, isolation_level=None)
            try:
                prepare = self._prepare_to_read if read_only else self._prepare
                prepare()
            except BaseException:
                self._database.close()
                raise

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_error: object) -> None:
        self._database.close()

    def names(self) -> list[str]:
        """Return the names of all trips, newest first."""
        with self._explained():
            rows = self._run("SELECT name FROM trips ORDER BY begun DESC, name")
            return [name for (name,) in rows]

    def find(self, name: str) -> StoredTrip | None:
        """Return the trip with this name, in any letter case, or with this id."""
        # One transaction, so that the trip cannot be deleted between two tables.
        with self._transaction("DEFERRED"):
            sql = "SELECT id, name, named, begun, seen FROM trips WHERE name = ? OR id = ?"
            row = self._run(sql, name, name).fetchone()
            try:
                return self._trip(*row) if row else None
            except (ValueError, TypeError, msgspec.DecodeError) as error:
                # SQLite does not notice a flipped bit inside a text.
                raise _user_error(error, self.path) from None

    def trips(self) -> list[StoredTrip]:
        """Return all trips, newest first."""
        return [trip for name in self.names() if (trip := self.find(name)) is not None]

    def begin(self, trip_id: str, name: str, seen: LastSeen, *, named: bool) -> StoredTrip:
        """Begin a trip, which is stored with its first answer.

        If its name is taken by then, the name gets a number. If the traveller chose it, that is an
        error instead: the same trip was begun in another window.
        """
        trip = StoredTrip(trip_id, name, named, seen.day, seen)
        self._new[trip_id] = trip
        return trip

    def rename(self, trip_id: str, name: str) -> str:
        """Rename a trip, with a number if another trip has the name; return the new name."""
        with self._change(trip_id):
            free = self._free_name(name, trip_id)
            self._run("UPDATE trips SET name = ? WHERE id = ?", free, trip_id)
        return free

    def give_name(self, trip_id: str, name: str) -> None:
        """Give a trip the name that the traveller chose, which stays from now on.

        Raises:
            UserError: another trip has it.
        """
        with self._change(trip_id):
            if self._free_name(name, trip_id) != name:
                raise UserError(f"there is already a trip “{brief(name)}”: choose another name")
            self._run("UPDATE trips SET name = ?, named = 1 WHERE id = ?", name, trip_id)

    def keep_fact(self, trip_id: str, fact: str, value: Value | None, how: How) -> None:
        """Store the answer to a question; None deletes it."""
        with self._change(trip_id):
            if value is None:
                self._run("DELETE FROM facts WHERE trip = ? AND fact = ?", trip_id, fact)
            else:
                text = json.dumps(values.to_data(value))
                self._put("facts", trip=trip_id, fact=fact, value=text, how=how)

    def keep_statuses(self, trip_id: str, statuses: Mapping[str, Status]) -> None:
        """Store the statuses of items, by full id."""
        with self._change(trip_id):
            for item, status in statuses.items():
                self._put("statuses", trip=trip_id, item=item, **msgspec.structs.asdict(status))

    def keep_seen(self, trip_id: str, seen: LastSeen) -> None:
        """Store what the traveller last saw of the trip."""
        text = msgspec.json.encode(seen).decode()
        with self._change(trip_id):
            self._run("UPDATE trips SET seen = ? WHERE id = ?", text, trip_id)

    def keep_export(self, trip_id: str, path: Path, day: datetime.date) -> None:
        """Record that a file is being written for the trip."""
        name = str(path.absolute())
        # SQLite stores a name that is not valid text only as bytes.
        stored = name if values.is_text(name) else os.fsencode(name)
        with self._change(trip_id):
            self._put("exports", trip=trip_id, path=stored, made=day.isoformat())

    def keep_report(self, trip_id: str, made: MadeReport) -> None:
        """Store what a decision on a report is compared with."""
        text = msgspec.json.encode(made).decode()
        with self._change(trip_id):
            self._put("reports", trip=trip_id, digest=made.digest, made=text)

    def keep_event(self, trip_id: str, event: Event) -> None:
        """Store an event, in place of one of the same situation at the same time."""
        fields = msgspec.structs.asdict(event) | {"note": json.dumps(event.note)}
        with self._change(trip_id):
            self._put("events", trip=trip_id, **fields)

    def forget(self, trip_id: str) -> tuple[str, ...]:
        """Delete a trip and return the files written for it; `wipe` then removes its traces."""
        with self._change(trip_id):
            exports = self._exports(trip_id)
            self._run("DELETE FROM trips WHERE id = ?", trip_id)
        return exports

    def forget_facts(self, trip_id: str, facts: list[str]) -> tuple[str, ...]:
        """Delete facts of a trip and return its files; `wipe` then removes their traces."""
        with self._change(trip_id):
            for fact in facts:
                self._run("DELETE FROM facts WHERE trip = ? AND fact = ?", trip_id, fact)
            return self._exports(trip_id)

    def wipe(self) -> None:
        """Rewrite the file, so that no trace of what was deleted remains.

        Raises:
            UserError: it cannot be rewritten; the message says what that means.
        """
        # secure_delete overwrites deleted rows, but pages that moved leave copies in gaps.
        try:
            self._run("VACUUM")
        except sqlite3.Error as error:
            raise UserError(
                f"{self.path}: traces of what was forgotten may remain in the file until "
                f"something else is forgotten: {_explain_error(error, self.path)}"
            ) from error

    def _run(self, sql: str, *parameters: object) -> sqlite3.Cursor:
        return self._database.execute(sql, parameters)

    def _put(self, table: str, **fields: object) -> None:
        """Insert a row, or replace the one with the same key."""
        marks = ", ".join("?" * len(fields))
        names = ", ".join(fields)
        self._run(f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})", *fields.values())

    def _trip(self, trip_id: str, name: str, named: int, begun: str, seen: str) -> StoredTrip:
        facts = self._run("SELECT fact, value, how FROM facts WHERE trip = ?", trip_id).fetchall()
        statuses = self._run(
            "SELECT item, status, reason, note, how FROM statuses WHERE trip = ?", trip_id
        ).fetchall()
        events = self._run(
            "SELECT moment, situation, reported, note FROM events WHERE trip = ? ORDER BY moment",
            trip_id,
        ).fetchall()
        reports = self._run("SELECT made FROM reports WHERE trip = ?", trip_id).fetchall()
        return StoredTrip(
            id=trip_id,
            name=name,
            named=bool(named),
            begun=datetime.date.fromisoformat(begun),
            seen=msgspec.json.decode(seen, type=LastSeen),
            facts={fact: values.from_data(json.loads(value)) for fact, value, _ in facts},
            how={fact: how for fact, _, how in facts},
            statuses={item: Status(*fields) for item, *fields in statuses},
            exports=self._exports(trip_id),
            events=tuple(
                Event(moment, situation, bool(reported), json.loads(note))
                for moment, situation, reported, note in events
            ),
            reports=tuple(msgspec.json.decode(made, type=MadeReport) for (made,) in reports),
        )

    def _exports(self, trip_id: str) -> tuple[str, ...]:
        rows = self._run("SELECT path FROM exports WHERE trip = ? ORDER BY made, path", trip_id)
        return tuple(os.fsdecode(path) for (path,) in rows)

    def _free_name(self, name: str, trip_id: str) -> str:
        rows = self._run("SELECT name FROM trips WHERE id != ?", trip_id)
        taken = {other.casefold() for (other,) in rows}
        numbered = (f"{name} ({number})" for number in itertools.count(2))
        return next(
            free for free in itertools.chain([name], numbered) if free.casefold() not in taken
        )

    # Opening

    def _make_file(self) -> None:
        folder = self.path.parent
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Created here rather than by SQLite, so that nobody else can ever read it.
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
            _keep_private(self.path, 0o600)
            # Any other folder was chosen by the user, who may keep other things in it.
            if folder.name == "travelsec":
                _keep_private(folder, 0o700)
        except OSError as error:
            raise UserError(
                f"{self.path}: trips cannot be stored here: {error.strerror}. Set the environment "
                f"variable {DATA_DIR} to store them in another folder."
            ) from None

    def _check_file(self) -> None:
        try:
            mode = self.path.stat().st_mode
        except OSError as error:
            raise UserError(f"{self.path}: cannot be read: {error.strerror}") from None
        # SQLite would wait for ever on a pipe that nobody writes to.
        if not stat.S_ISREG(mode):
            raise UserError(f"{self.path}: this is not an ordinary file")

    def _prepare(self) -> None:
        for setting in (
            "journal_mode = DELETE",
            "synchronous = FULL",
            # Without it, macOS reports a write as done while the disk still has it in its cache.
            "fullfsync = ON",
            "secure_delete = ON",
            "foreign_keys = ON",
            # Otherwise VACUUM would copy the trips to a temporary file elsewhere.
            "temp_store = MEMORY",
        ):
            self._run(f"PRAGMA {setting}")
        if self._checked_version() == len(MIGRATIONS):
            return
        with self._transaction("IMMEDIATE"):
            # Another process may have migrated it while we waited.
            for statements in MIGRATIONS[self._checked_version() :]:
                for statement in statements:
                    self._run(statement)
            self._run(f"PRAGMA user_version = {len(MIGRATIONS)}")
            self._run(f"PRAGMA application_id = {APPLICATION_ID}")

    def _prepare_to_read(self) -> None:
        # Not SQLite's mode=ro: that refuses to roll back a journal left behind by a crash.
        self._run("PRAGMA query_only = ON")
        # One transaction until closing, so that only the first statement may have to wait.
        self._run("BEGIN")
        if self._checked_version() < len(MIGRATIONS):
            # Migrate an older version in memory and leave the file alone.
            with contextlib.closing(self._database) as file:
                self._database = sqlite3.connect(":memory:", isolation_level=None)
                file.backup(self._database)
            self._prepare()

    def _checked_version(self) -> int:
        """Return the version; refuse a database of another program or of a newer travelsec."""
        version = self._pragma("user_version")
        is_new = version == 0 and self._run("SELECT 1 FROM sqlite_master").fetchone() is None
        if not is_new and self._pragma("application_id") != APPLICATION_ID:
            raise UserError(f"{self.path}: this is the database of another program")
        if version > len(MIGRATIONS):
            raise UserError(
                f"{self.path}: a newer travelsec wrote this (its version {version}, this one "
                f"knows {len(MIGRATIONS)}). Install the newer travelsec again. Nothing was changed."
            )
        return version

    def _pragma(self, name: str) -> int:
        return int(self._run(f"PRAGMA {name}").fetchone()[0])

    @contextlib.contextmanager
    def _change(self, trip_id: str) -> Iterator[None]:
        """Run the block in one transaction; `TripGone` if the trip is neither stored nor new."""
        with self._transaction("IMMEDIATE"):
            if self._run("SELECT 1 FROM trips WHERE id = ?", trip_id).fetchone() is None:
                if trip_id not in self._new:
                    raise TripGone
                self._insert(self._new[trip_id])
            yield
        self._new.pop(trip_id, None)

    def _insert(self, trip: StoredTrip) -> None:
        free = self._free_name(trip.name, trip.id)
        if trip.named and free != trip.name:
            raise UserError(
                f"the trip “{brief(trip.name)}” has since been begun in another window. Go on "
                "there, or give the same command again."
            )
        last_seen = msgspec.json.encode(trip.seen).decode()
        row = (trip.id, free, trip.named, trip.begun.isoformat(), last_seen)
        self._run("INSERT INTO trips (id, name, named, begun, seen) VALUES (?, ?, ?, ?, ?)", *row)

    @contextlib.contextmanager
    def _transaction(self, kind: str) -> Iterator[None]:
        with self._explained():
            if self._read_only and self._database.in_transaction:
                # A read-only store is one transaction from opening to closing.
                yield
                return
            # A signal can come between any two statements: begin inside `try`, and first end a
            # transaction that the last call could not end.
            try:
                if self._database.in_transaction:
                    self._run("ROLLBACK")
                self._run(f"BEGIN {kind}")
                yield
                self._run("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    self._run("ROLLBACK")
                raise

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.ProgrammingError:
            # A bug in travelsec, whatever state the file is in.
            raise
        except (sqlite3.Error, UnicodeDecodeError) as error:
            # UnicodeDecodeError: SQLite quoted a name that a flipped bit made invalid UTF-8.
            raise _user_error(error, self.path) from error


def peek(path: Path) -> list[tuple[str, str]]:
    """Return the ids and names of all trips, newest first, for completion.

    Creates, changes and waits for nothing; raises `sqlite3.Error` if that is impossible.
    """
    with contextlib.closing(
        sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0)
    ) as database:
        return database.execute("SELECT id, name FROM trips ORDER BY begun DESC, name").fetchall()


def _user_error(error: Exception, path: Path) -> UserError:
    is_damage = _sqlite_code(error) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
    kind = Damaged if is_damage else UserError
    return kind(f"{path}: {_explain_error(error, path)}")


def _sqlite_code(error: Exception) -> int:
    # An error without a code comes from Python, when it cannot read what SQLite returned.
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT))


def _explain_error(error: Exception, path: Path) -> str:
    code = _sqlite_code(error)
    if code == sqlite3.SQLITE_READONLY_DBMOVED:
        return "the file has since been moved or deleted. Your earlier answers are in it."
    match code & 0xFF:
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return (
                f"the file is damaged ({error}). It was left as it is. To start afresh, "
                f"rename it to {path.name}.damaged"
            )
        case sqlite3.SQLITE_FULL:
            return "the disk is full. Your earlier answers are kept. Make room and try again."
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return "another travelsec has been writing for too long. Try again in a moment."
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return "the file cannot be written. Check who owns it and its folder."
        case sqlite3.SQLITE_IOERR:
            return "the disk reported an error. Your earlier answers are kept."
    name = getattr(error, "sqlite_errorname", code)
    return (
        f"SQLite refused ({name}: {error}). Your earlier answers are kept. "
        "If it happens again, please report it."
    )


def _keep_private(path: Path, mode: int) -> None:
    """Take away the permissions of others on a file or folder of ours, which a copy may have."""
    if sys.platform == "win32":
        # The user profile is private already.
        return
    status = path.stat()
    if status.st_uid == os.geteuid() and stat.S_IMODE(status.st_mode) & 0o077:
        # Some file systems have no permissions.
        with contextlib.suppress(OSError):
            path.chmod(mode)
