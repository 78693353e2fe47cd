"""The report files that a review is to read, and which of them later ones replace.

What is known of each stands in a temporary database on disk, so that memory does not grow with
the number of files; it holds paths, trip ids and moments, and is gone when the review ends.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from travelsec import files
from travelsec.problems import UserError
from travelsec.report.read import MAX_BYTES, carried_json, decode
from travelsec.review.decision import ENDING

STDIN = "-"
_HERE = f".{os.sep}"
ENDINGS = (".json", ".html", ".htm")


class Found(NamedTuple):
    """A file to review: where, why it is not read (if so), and which file replaces it (if any)."""

    path: str
    unread: str
    replaced_by: str


class _Trip(Struct):
    id: str


class _Glance(Struct):
    """The two fields that tell which of several reports of a trip is the newest."""

    trip: _Trip
    created: str


_GLANCE = msgspec.json.Decoder(_Glance)
_MOMENT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


class FoundReports:
    """The reports under some paths, each once. A context manager: it holds a temporary file.

    Args:
        paths: files, folders (searched for files that end in .json, .html and .htm, but for
            decisions), and `-` for standard input. A decision that is named together with its
            report, as `*.json` does, is no report either.
        stdin: the bytes of standard input, if `-` is among the paths.
        told: called after each file that was looked at.
    """

    def __init__(
        self, paths: Collection[str], stdin: bytes, told: Callable[[], None] = lambda: None
    ) -> None:
        self._stdin = stdin
        self._told = told
        self.others = 0
        """Files in the folders that can be no report, by their names."""
        # An empty name is SQLite's temporary database: on disk, in no folder listing, gone at the
        # end. Its own journal would only slow it down.
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute(
            "CREATE TABLE found (path BLOB PRIMARY KEY, unread TEXT, trip TEXT, created TEXT,"
            " decided INTEGER) WITHOUT ROWID"
        )
        self._db.execute("BEGIN")
        named = set(paths)
        for path in paths:
            if not path.endswith(ENDING) or path.removesuffix(ENDING) not in named:
                # So that a.json and ./a.json are one file.
                self._look(path if path == STDIN else os.path.normpath(path))
        self._db.execute("CREATE INDEX newest ON found (trip, created, decided)")
        self._leave_out_what_is_no_report()
        self._db.execute("COMMIT")

    def __enter__(self) -> FoundReports:
        return self

    def __exit__(self, *_error: object) -> None:
        self._db.close()

    def __len__(self) -> int:
        number: int = self._db.execute("SELECT count(*) FROM found").fetchone()[0]
        return number

    def __iter__(self) -> Iterator[Found]:
        """Yield the files in the order of their names."""
        # Of copies of one report that counts which has a decision beside it.
        query = (
            "SELECT path, unread, (SELECT other.path FROM found AS other"
            " WHERE other.trip = found.trip"
            " ORDER BY other.created DESC, other.decided DESC, other.path LIMIT 1)"
            " FROM found ORDER BY path"
        )
        for path, unread, newest in self._db.execute(query):
            name = os.fsdecode(path)
            by = os.fsdecode(newest) if newest is not None and newest != path else ""
            yield Found(name, unread, by)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file that was found.

        Raises:
            UserError: it cannot be read.
        """
        if path != STDIN:
            return files.read(path, MAX_BYTES)
        if len(self._stdin) > MAX_BYTES:
            raise UserError(f"more than {MAX_BYTES // 1024 // 1024} MiB came in")
        return self._stdin

    def _look(self, path: str) -> None:
        if path != STDIN and files.is_folder(Path(path)):
            for name, unread in _walk(path):
                if name is None:
                    self.others += 1
                else:
                    # What is found in `.` is the same file as what is named without it.
                    self._add(name.removeprefix(_HERE), unread)
        else:
            self._add(path, "")

    def _add(self, path: str, unread: str) -> None:
        trip, created = (None, None) if unread else self._glance(path)
        decided = trip is not None and os.access(f"{path}{ENDING}", os.F_OK)
        self._db.execute(
            "INSERT OR IGNORE INTO found VALUES (?, ?, ?, ?, ?)",
            (os.fsencode(path), unread, trip, created, decided),
        )
        self._told()

    def _glance(self, path: str) -> tuple[str | None, str | None]:
        """Return the trip and the moment of what may be a report; nothing if it names neither."""
        try:
            glance = _GLANCE.decode(carried_json(self.read(path))[0])
        except (UserError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None, None
        return (
            (glance.trip.id, glance.created) if _MOMENT.fullmatch(glance.created) else (None, None)
        )

    def _leave_out_what_is_no_report(self) -> None:
        """Take what only looks like a report of a trip from those that can replace others.

        Most trips have one file: to read those whole takes a twentieth of the time of a review.
        """
        self._db.execute(
            "CREATE TABLE rival AS SELECT path FROM found WHERE trip IN"
            " (SELECT trip FROM found GROUP BY trip HAVING count(*) > 1)"
        )
        for (path,) in self._db.execute("SELECT path FROM rival"):
            try:
                decode(self.read(os.fsdecode(path)))
            except UserError:
                self._db.execute("UPDATE found SET trip = NULL WHERE path = ?", (path,))


def _walk(folder: str) -> Iterator[tuple[str | None, str]]:
    """Yield each file of a folder that may be a report, and why it is not read, if so.

    For any other file that is no decision, None.
    """
    # A list, not recursion: a stranger can have put a thousand folders into one another.
    folders = [folder]
    while folders:
        folder = folders.pop()
        try:
            entries = os.scandir(folder)
        except OSError as error:
            yield folder, f"the folder cannot be read: {error.strerror}"
            continue
        with entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                elif entry.name.lower().endswith(ENDING):
                    continue
                elif entry.name.lower().endswith(ENDINGS):
                    yield entry.path, _unread(entry)
                else:
                    yield None, ""


def _unread(entry: os.DirEntry[str]) -> str:
    # A link in a folder from strangers can lead to any file of the reviewer's.
    if entry.is_symlink():
        return "a symbolic link: it is not followed; name the file itself"
    return "" if entry.is_file(follow_symlinks=False) else "this is no ordinary file"
