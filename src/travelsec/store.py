"""Keep trips in one SQLite database in the user's data folder."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import sqlite3
import stat
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from travelsec import values
from travelsec.folders import DATA_DIR
from travelsec.problems import UserError, brief
from travelsec.question_types import Value
from travelsec.trip.statuses import How, Status
from travelsec.trip.stored_trip import Event, LastSeen, StoredTrip

APPLICATION_ID = 0x74736563
"""“tsec” in the file's header, so that another program's database is never taken for ours."""

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
)


class TripGone(UserError):
    """Another process forgot the trip after it was read; nothing was changed."""

    def __init__(self, name: str = "") -> None:
        trip = f"the trip “{brief(name)}”" if name else "the trip"
        super().__init__(f"{trip} was forgotten meanwhile by another travelsec")


class Store:
    """The open database of trips. Each method is one transaction, on disk when it returns.

    Methods that change a trip raise `TripGone` if it is no longer stored.

    Args:
        path: where the database is or will be.
        wait: seconds to wait for another process that is writing.
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
                if read_only:
                    self._prepare_to_read()
                else:
                    self._prepare()
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
            rows = self._database.execute("SELECT name FROM trips ORDER BY begun DESC, name")
            return [name for (name,) in rows]

    def find(self, name: str) -> StoredTrip | None:
        """Return the trip with this name, in any letter case, or with this id."""
        # One transaction, so that nobody can forget the trip between one table and the next.
        with self._transaction("DEFERRED"):
            row = self._database.execute(
                "SELECT id, name, named, begun, seen FROM trips WHERE name = ? OR id = ?",
                (name, name),
            ).fetchone()
            try:
                return self._trip(*row) if row else None
            except (ValueError, KeyError, TypeError) as error:
                # SQLite does not notice a flipped bit inside a text.
                raise UserError(f"{self.path}: {_damaged(error, self.path)}") from None

    def trips(self) -> list[StoredTrip]:
        """Return all trips, newest first."""
        return [trip for name in self.names() if (trip := self.find(name)) is not None]

    def begin(self, trip_id: str, name: str, seen: LastSeen, *, named: bool) -> StoredTrip:
        """Begin a trip; it is stored with its first answer.

        If the name is taken by then, it gets a number. If the traveller chose the name, it is
        an error instead: the same trip was begun in another window.
        """
        trip = StoredTrip(trip_id, name, named, seen.day, seen)
        self._new[trip_id] = trip
        return trip

    def rename(self, trip_id: str, name: str) -> str:
        """Give a trip another name, with a number if another trip has it; return the new name."""
        with self._change(trip_id):
            free = self._free_name(name, trip_id)
            self._database.execute("UPDATE trips SET name = ? WHERE id = ?", (free, trip_id))
        return free

    def keep_fact(self, trip_id: str, fact: str, value: Value | None, how: How) -> None:
        """Keep the answer to a question; None forgets it."""
        with self._change(trip_id):
            if value is None:
                self._database.execute(
                    "DELETE FROM facts WHERE trip = ? AND fact = ?", (trip_id, fact)
                )
            else:
                self._database.execute(
                    "INSERT OR REPLACE INTO facts (trip, fact, value, how) VALUES (?, ?, ?, ?)",
                    (trip_id, fact, json.dumps(values.to_data(value)), how),
                )

    def keep_statuses(self, trip_id: str, statuses: Mapping[str, Status]) -> None:
        """Keep the statuses of items, by full id."""
        with self._change(trip_id):
            self._database.executemany(
                "INSERT OR REPLACE INTO statuses (trip, item, status, reason, note, how)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (trip_id, item, status.status, status.reason, status.note, status.how)
                    for item, status in statuses.items()
                ],
            )

    def keep_seen(self, trip_id: str, seen: LastSeen) -> None:
        """Keep what the traveller last saw of the trip."""
        with self._change(trip_id):
            self._database.execute("UPDATE trips SET seen = ? WHERE id = ?", (_json(seen), trip_id))

    def keep_export(self, trip_id: str, path: Path, day: datetime.date) -> None:
        """Record that a file is being written for the trip."""
        with self._change(trip_id):
            self._database.execute(
                "INSERT OR REPLACE INTO exports (trip, path, made) VALUES (?, ?, ?)",
                (trip_id, _as_kept(path.absolute()), day.isoformat()),
            )

    def keep_event(self, trip_id: str, event: Event) -> None:
        """Keep an event; the same situation at the same moment replaces the earlier one."""
        with self._change(trip_id):
            self._database.execute(
                "INSERT OR REPLACE INTO events (trip, situation, moment, reported, note)"
                " VALUES (?, ?, ?, ?, ?)",
                (
                    trip_id,
                    event.situation,
                    event.moment,
                    event.reported,
                    json.dumps(event.note),
                ),
            )

    def forget(self, trip_id: str) -> tuple[str, ...]:
        """Delete a trip; `wipe` then removes its traces from the file.

        Returns:
            The files that were written for it.
        """
        with self._change(trip_id):
            exports = self._exports(trip_id)
            self._database.execute("DELETE FROM trips WHERE id = ?", (trip_id,))
        return exports

    def forget_facts(self, trip_id: str, facts: list[str]) -> tuple[str, ...]:
        """Delete some facts of a trip; `wipe` then removes their traces from the file.

        Returns:
            The files that were written for it.
        """
        with self._change(trip_id):
            self._database.executemany(
                "DELETE FROM facts WHERE trip = ? AND fact = ?", [(trip_id, f) for f in facts]
            )
            return self._exports(trip_id)

    def wipe(self) -> None:
        """Rewrite the file without any trace of what was forgotten."""
        # secure_delete overwrites deleted rows, but pages that moved leave copies in gaps, which
        # only a rewrite of the file removes.
        try:
            self._database.execute("VACUUM")
        except sqlite3.Error as error:
            raise UserError(
                f"{self.path}: traces of what was forgotten can be left in the file, until "
                f"something is forgotten again: {_explain(error, self.path)}"
            ) from error

    def _trip(self, trip_id: str, name: str, named: int, begun: str, seen: str) -> StoredTrip:
        facts = self._database.execute(
            "SELECT fact, value, how FROM facts WHERE trip = ?", (trip_id,)
        ).fetchall()
        statuses = self._database.execute(
            "SELECT item, status, reason, note, how FROM statuses WHERE trip = ?", (trip_id,)
        ).fetchall()
        events = self._database.execute(
            "SELECT moment, situation, reported, note FROM events WHERE trip = ? ORDER BY moment",
            (trip_id,),
        ).fetchall()
        last = json.loads(seen)
        return StoredTrip(
            id=trip_id,
            name=name,
            named=bool(named),
            begun=datetime.date.fromisoformat(begun),
            seen=LastSeen(datetime.date.fromisoformat(last["day"]), last["packs"], last["items"]),
            facts={fact: values.from_data(json.loads(value)) for fact, value, _ in facts},
            how={fact: how for fact, _, how in facts},
            statuses={item: Status(*rest) for item, *rest in statuses},
            exports=self._exports(trip_id),
            events=tuple(
                Event(moment, situation, bool(reported), json.loads(note))
                for moment, situation, reported, note in events
            ),
        )

    def _exports(self, trip_id: str) -> tuple[str, ...]:
        rows = self._database.execute(
            "SELECT path FROM exports WHERE trip = ? ORDER BY made, path", (trip_id,)
        )
        return tuple(os.fsdecode(path) for (path,) in rows)

    def _free_name(self, name: str, trip_id: str) -> str:
        taken = {
            other.casefold()
            for (other,) in self._database.execute(
                "SELECT name FROM trips WHERE id != ?", (trip_id,)
            )
        }
        number, free = 1, name
        while free.casefold() in taken:
            number += 1
            free = f"{name} ({number})"
        return free

    # Opening

    def _make_file(self) -> None:
        folder = self.path.parent
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Created here rather than by SQLite, so that nobody else can ever read it.
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
            _keep_private(self.path, 0o600)
            # The user chose a folder of any other name, and may keep other things in it.
            if folder.name == "travelsec":
                _keep_private(folder, 0o700)
        except OSError as error:
            raise UserError(
                f"{self.path}: trips cannot be kept here: {error.strerror}. Set the environment "
                f"variable {DATA_DIR} to keep them in another folder."
            ) from None

    def _check_file(self) -> None:
        try:
            mode = self.path.stat().st_mode
        except OSError as error:
            raise UserError(f"{self.path}: cannot be read: {error.strerror}") from None
        # SQLite would wait for ever on a pipe that nobody writes to.
        if not stat.S_ISREG(mode):
            raise UserError(f"{self.path}: this is no ordinary file")

    def _prepare(self) -> None:
        execute = self._database.execute
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
            execute(f"PRAGMA {setting}")
        if self._version() == len(MIGRATIONS) and self._application() == APPLICATION_ID:
            return
        with self._transaction("IMMEDIATE"):
            # Another process may have migrated it while this one waited.
            for statements in MIGRATIONS[self._checked_version() :]:
                for statement in statements:
                    execute(statement)
            execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
            execute(f"PRAGMA application_id = {APPLICATION_ID}")

    def _prepare_to_read(self) -> None:
        # Not SQLite's mode=ro: that refuses to roll back a journal left behind by a crash.
        self._database.execute("PRAGMA query_only = ON")
        # One transaction until it is closed, so that only its first statement may have to wait.
        self._database.execute("BEGIN")
        if self._checked_version() < len(MIGRATIONS):
            # Migrate an older version in memory and leave the file alone.
            with contextlib.closing(self._database) as file:
                self._database = sqlite3.connect(":memory:", isolation_level=None)
                file.backup(self._database)
            self._prepare()

    def _checked_version(self) -> int:
        """Return the version of the database after checking that it is ours.

        Raises:
            UserError: another program, or a newer travelsec, wrote it.
        """
        version, tables = self._version(), "SELECT count(*) FROM sqlite_master"
        is_new = version == 0 and self._database.execute(tables).fetchone() == (0,)
        if not is_new and self._application() != APPLICATION_ID:
            raise UserError(f"{self.path}: this is a database of another program")
        if version > len(MIGRATIONS):
            raise UserError(
                f"{self.path}: a newer travelsec wrote this (its version {version}, this one "
                f"knows {len(MIGRATIONS)}). Install the newer travelsec again. Nothing was changed."
            )
        return version

    def _version(self) -> int:
        return int(self._database.execute("PRAGMA user_version").fetchone()[0])

    def _application(self) -> int:
        return int(self._database.execute("PRAGMA application_id").fetchone()[0])

    @contextlib.contextmanager
    def _change(self, trip_id: str) -> Iterator[None]:
        """Run the block in one transaction, if the trip is stored or new.

        Raises:
            TripGone: it is neither.
        """
        with self._transaction("IMMEDIATE"):
            found = self._database.execute("SELECT 1 FROM trips WHERE id = ?", (trip_id,))
            if found.fetchone() is None:
                if trip_id not in self._new:
                    raise TripGone
                self._insert(self._new[trip_id])
            yield
        self._new.pop(trip_id, None)

    def _insert(self, trip: StoredTrip) -> None:
        free = self._free_name(trip.name, trip.id)
        if trip.named and free != trip.name:
            raise UserError(
                f"the trip “{brief(trip.name)}” was begun meanwhile in another window. Go on "
                "there, or give the same command again."
            )
        self._database.execute(
            "INSERT INTO trips (id, name, named, begun, seen) VALUES (?, ?, ?, ?, ?)",
            (trip.id, free, trip.named, trip.begun.isoformat(), _json(trip.seen)),
        )

    @contextlib.contextmanager
    def _transaction(self, kind: str) -> Iterator[None]:
        if self._read_only and self._database.in_transaction:
            # A read-only store is one transaction from opening to closing.
            with self._explained():
                yield
            return
        with self._explained():
            # A signal can come between any two statements, so begin inside `try`, and first end
            # a transaction that the last call could not end.
            try:
                if self._database.in_transaction:
                    self._database.execute("ROLLBACK")
                self._database.execute(f"BEGIN {kind}")
                yield
                self._database.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    self._database.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.ProgrammingError:
            # A bug in travelsec, whatever state the file is in.
            raise
        except sqlite3.Error as error:
            raise UserError(f"{self.path}: {_explain(error, self.path)}") from error
        except UnicodeDecodeError as error:
            # SQLite quoted a name in which a flipped bit left invalid UTF-8.
            raise UserError(f"{self.path}: {_damaged(error, self.path)}") from error


def peek(path: Path) -> list[tuple[str, str]]:
    """Return the ids and names of all trips, newest first.

    Creates, changes and waits for nothing: it only helps somebody type.

    Raises:
        sqlite3.Error: there is no database, it is busy, or it is damaged.
    """
    with contextlib.closing(
        sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0)
    ) as database:
        rows = database.execute("SELECT id, name FROM trips ORDER BY begun DESC, name")
        return [(trip_id, name) for trip_id, name in rows]


def _explain(error: sqlite3.Error, path: Path) -> str:
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code is None:
        # Python, not SQLite, complains, about bytes that should be text.
        return _damaged(error, path)
    if code == sqlite3.SQLITE_READONLY_DBMOVED:
        return "the file was moved or deleted meanwhile. What was answered before is in it."
    match code & 0xFF:
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return _damaged(error, path)
        case sqlite3.SQLITE_FULL:
            return "the disk is full. What was answered before is kept. Make room and try again."
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return "another travelsec is writing for too long. Try again in a moment."
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return "the file cannot be written. Check who owns it and its folder."
        case sqlite3.SQLITE_IOERR:
            return "the disk does not answer as it should. What was answered before is kept."
    return (
        f"SQLite refused ({error.sqlite_errorname}: {error}). What was answered before is kept. "
        "If it happens again, please report it."
    )


def _damaged(error: Exception, path: Path) -> str:
    aside = path.with_name(f"{path.name}.damaged")
    return (
        f"the file is damaged ({error}). It was left as it is. To begin anew, set it aside: "
        f"rename it to {aside.name}"
    )


def _keep_private(path: Path, mode: int) -> None:
    """Remove the permissions of others on a file or folder of ours; a copy may have them."""
    if sys.platform == "win32":
        # The user profile is private already.
        return
    found = path.stat()
    if found.st_uid == os.geteuid() and stat.S_IMODE(found.st_mode) & 0o077:
        # Some file systems have no permissions.
        with contextlib.suppress(OSError):
            path.chmod(mode)


def _as_kept(path: Path) -> str | bytes:
    """Return a path as SQLite can store it: as bytes if it is not valid text."""
    return str(path) if values.is_text(str(path)) else os.fsencode(path)


def _json(seen: LastSeen) -> str:
    return json.dumps(values.to_data(seen))
