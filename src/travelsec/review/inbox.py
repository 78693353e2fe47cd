"""The report files that a review is to read, and which of them later ones replace.

What is known of each stands in a temporary database on disk, so that memory does not grow with
the number of files; it holds paths, trip ids and moments, and is gone when the review ends.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import unicodedata
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from travelsec import files
from travelsec.problems import UserError
from travelsec.report.model import Report
from travelsec.report.read import MAX_BYTES, Received, parse_report
from travelsec.review import decision
from travelsec.review.decision import ENDING
from travelsec.review.peek import LENGTH, TripIdentity, at_beginning, of_whole

STDIN = "-"
_HERE = f"{os.curdir}{os.sep}"
ENDINGS = (".json", ".html", ".htm")


AMBIGUOUS = (
    "it names its trip, or when it was made, more than once, or is being changed; "
    "ask for the report again"
)


class ReportFile(NamedTuple):
    """A file to review: where, why it is not read (if so), and which file replaces it (if any).

    `claimed_by` is a file that has the id of the same trip and names another traveller, if any
    does. `glance` is what it said at the first look, if it said anything.
    """

    path: str
    unread: str
    replaced_by: str
    claimed_by: str
    glance: TripIdentity | None


class Inbox:
    """The reports under some paths, each once. A context manager: it holds a temporary file.

    Args:
        paths: files, folders (searched for files that end in .json, .html and .htm, but for
            decisions), and `-` for standard input. A decision that is named together with its
            report, as `*.json` does, is no report either.
        stdin: the bytes of standard input, if `-` is among the paths.
        told: called after each file that was looked at.
        output: the file that the review goes to. That of an earlier review is no report.
        weigh: tells whether a report may take the place of others of its trip, None if not; of
            equally new ones that with the highest weight does.
    """

    def __init__(
        self,
        paths: Collection[str],
        stdin: bytes,
        told: Callable[[], None] = lambda: None,
        output: Path | None = None,
        weigh: Callable[[Received], int | None] = lambda received: 0 if received.fits else None,
    ) -> None:
        self._weigh = weigh
        self.stdin = stdin
        self._told = told
        self.others = 0
        """Files in the folders that can be no report, by their names."""
        self.links = 0
        """Links in the folders that lead to folders: they are not followed."""
        self.alone = 0
        """Decisions in the folders whose report is not beside them."""
        # An empty name is SQLite's temporary database: on disk, in no folder listing, gone at the
        # end. Its own journal would only slow it down.
        self._db = sqlite3.connect("", isolation_level=None)
        try:
            with _room_explained():
                self._search(paths, output)
        except BaseException:
            self._db.close()
            raise

    def _search(self, paths: Collection[str], output: Path | None) -> None:
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute(
            "CREATE TABLE found (path BLOB PRIMARY KEY, unread TEXT, trip TEXT, created TEXT,"
            " traveller TEXT, weight INTEGER, decided INTEGER) WITHOUT ROWID"
        )
        self._db.execute("BEGIN")
        named: dict[str, str] = {}
        for path in paths:
            named.setdefault(_place(path), _short(path))
        # What is named alone cannot be met twice.
        self._named = set().union(*map(_places, named.values())) if len(named) > 1 else set()
        reports = {f"{place}{ENDING}" for place in self._named}
        if output is not None:
            self._named |= _places(str(output))
        for place, path in named.items():
            if reports.isdisjoint(_places(path)):
                self._look(path, place)
        # In the order in which the newest of a trip is looked for: it may have thousands.
        order = "created DESC, weight DESC, decided DESC, path"
        self._db.execute(f"CREATE INDEX newest ON found (trip, traveller, {order})")
        self._db.execute(
            f"CREATE INDEX newest_of_all ON found (trip, {order}) WHERE traveller IS NOT NULL"
        )
        self._leave_out_what_cannot_replace()
        self._db.execute("COMMIT")

    def __enter__(self) -> Inbox:
        return self

    def __exit__(self, *_error: object) -> None:
        self._db.close()

    def __len__(self) -> int:
        number: int = self._db.execute("SELECT count(*) FROM found").fetchone()[0]
        return number

    def __iter__(self) -> Iterator[ReportFile]:
        """Yield the files in the order of their names."""
        # Of copies of one report that counts which has a decision beside it. One that names no
        # one gives way to the newer of the others.
        first = (
            "(SELECT other.path FROM found AS other WHERE other.trip = found.trip AND {} ORDER BY"
            " other.created DESC, other.weight DESC, other.decided DESC, other.path LIMIT 1)"
        )
        query = (
            "SELECT path, unread, trip, created, CASE traveller WHEN '' THEN"
            f" {first.format('other.traveller IS NOT NULL')} ELSE"
            f" {first.format('other.traveller IS found.traveller')} END, traveller"
            " FROM found ORDER BY path"
        )
        with _room_explained():
            for path, unread, trip, created, newest, traveller in self._db.execute(query):
                by = os.fsdecode(newest) if newest is not None and newest != path else ""
                glance = None if trip is None else TripIdentity(trip, created)
                claimed_by = self._of_another(trip, traveller) if traveller and not by else ""
                yield ReportFile(os.fsdecode(path), unread, by, claimed_by, glance)

    def _of_another(self, trip: str, traveller: str) -> str:
        """Return a file of the same trip and of another traveller, if there is one."""
        # Each finds its row in the index, however many files a stranger made of one trip.
        found = self._db.execute(
            "SELECT path FROM found WHERE trip = :trip AND traveller > '' AND traveller < :name"
            " UNION ALL SELECT path FROM found WHERE trip = :trip AND traveller > :name LIMIT 1",
            {"trip": trip, "name": traveller},
        ).fetchone()
        return os.fsdecode(found[0]) if found else ""

    def _look(self, path: str, place: str) -> None:
        if path in ("", STDIN) or not files.is_folder(Path(path)):
            self._add(path, "")
            return
        # The root of all ends in what parts the names of a path.
        place, start = place.rstrip(os.sep), len(path.rstrip(os.sep))
        # A list, not recursion: a stranger can have put a thousand folders into one another.
        folders = [path]
        while folders:
            folder = folders.pop()
            try:
                entries = os.scandir(folder)
            except OSError as error:
                self._add(folder, f"the folder cannot be read: {error.strerror}")
                continue
            with entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if self._named and place + entry.path[start:] in self._named:
                        # It is looked at by the name it was given.
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    else:
                        self._meet(entry)

    def _meet(self, entry: os.DirEntry[str]) -> None:
        """Take a file of a folder for what its name says."""
        name = entry.name.lower()
        if name.endswith(ENDING):
            self.alone += not os.path.lexists(entry.path[: -len(ENDING)])
        elif name.endswith(ENDINGS):
            # What is found in `.` is the same file as what is named without it.
            self._add(entry.path.removeprefix(_HERE), _unread(entry))
        elif entry.is_symlink() and files.is_folder(Path(entry.path)):
            self.links += 1
        else:
            self.others += 1

    def _add(self, path: str, unread: str) -> None:
        glance = None if unread else self._glance(path)
        self._db.execute(
            "INSERT OR IGNORE INTO found VALUES (?, ?, ?, ?, NULL, NULL, FALSE)",
            (os.fsencode(path), unread, *(glance or (None, None))),
        )
        self._told()

    def _glance(self, path: str) -> TripIdentity | None:
        """Return what a file says at first look; None if it is no report."""
        try:
            # On a slow disk, or over a network, reading all of it twice would take twice as long.
            if path != STDIN and (identity := at_beginning(files.read_beginning(path, LENGTH))):
                return identity
            return of_whole(_read(path, self.stdin))
        except UserError:
            return None

    def _leave_out_what_cannot_replace(self) -> None:
        """Take what is no report, or does not hold, from those that can replace others.

        A good report must not give way to a damaged copy of itself, nor to one from the future,
        nor to that of someone else under the same id. Most trips have one file, which is not
        read whole until it is judged.
        """
        self._db.execute(
            "CREATE TABLE rival AS SELECT path, trip, created FROM found WHERE trip IN"
            " (SELECT trip FROM found GROUP BY trip HAVING count(*) > 1)"
        )
        for path, trip, created in self._db.execute("SELECT path, trip, created FROM rival"):
            name, unread, weight = os.fsdecode(path), "", None
            try:
                received = receive(name, TripIdentity(trip, created), self.stdin)
                weight = self._weigh(received)
            except UserError as error:
                unread = str(error)
            if weight is None:
                self._db.execute(
                    "UPDATE found SET trip = NULL, unread = ? WHERE path = ?", (unread, path)
                )
            else:
                decided = name != STDIN and decision.is_beside(name)
                self._db.execute(
                    "UPDATE found SET traveller = ?, weight = ?, decided = ? WHERE path = ?",
                    (_traveller(received.report), weight, decided, path),
                )


def receive(path: str, glance: TripIdentity | None, stdin: bytes) -> Received:
    """Read a file that was found as a report.

    Args:
        path: the file.
        glance: what it said at the first look.
        stdin: the bytes of standard input, for the path `-`.

    Raises:
        UserError: it cannot be read, is no report, or says something else now.
    """
    try:
        received = parse_report(_read(path, stdin))
    except UserError as error:
        raise UserError(str(error).removeprefix(f"{path}: ")) from None
    report = received.report
    if glance is not None and glance != (report.trip.id, report.created):
        raise UserError(AMBIGUOUS)
    return received


def _read(path: str, stdin: bytes) -> bytes:
    if path != STDIN:
        return files.read_file(path, MAX_BYTES)
    if len(stdin) > MAX_BYTES:
        raise UserError(f"more than {MAX_BYTES // 1024 // 1024} MiB came in")
    return stdin


@contextlib.contextmanager
def _room_explained() -> Iterator[None]:
    """Say what to do where the temporary database cannot be written."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise UserError(
            "a review of so many files needs room for a temporary file, and there is none "
            f"({error}). Make room on the disk for temporary files, or name a folder on another "
            "in the environment variable SQLITE_TMPDIR."
        ) from error


def _traveller(report: Report) -> str:
    """Return whose report it is, as far as two of one trip are compared; nobody's is empty."""
    name = report.trip.facts.get("traveller")
    # What looks alike is one name, however it was typed.
    return unicodedata.normalize(
        "NFKC", " ".join(name.split()) if isinstance(name, str) else ""
    ).casefold()


def _place(path: str) -> str:
    """Return where a path leads, so that a file named in two ways is one."""
    try:
        return path if path == STDIN else os.path.realpath(path, strict=True)
    except (OSError, ValueError):
        # It leads nowhere, or is a name with a null character in it.
        return path


def _places(path: str) -> set[str]:
    """Return where a path leads, and where the link stands if it is one."""
    folder, name = os.path.split(path)
    return {_place(path), str(Path(_place(folder), name))}


def _short(path: str) -> str:
    """Return a path without what does not matter in it; `..` after a link does."""
    if path in ("", STDIN):
        return path
    short = str(Path(path))
    return f"{_HERE}{short}" if short == STDIN else short


def _unread(entry: os.DirEntry[str]) -> str:
    # A link in a folder from strangers can lead to any file of the reviewer's.
    if entry.is_symlink():
        return "a symbolic link: it is not followed; name the file itself"
    return "" if entry.is_file(follow_symlinks=False) else "this is not an ordinary file"
