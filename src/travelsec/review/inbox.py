"""Find the report files to review, and which of them later reports replace.

A temporary database on disk keeps track of the files, so that memory does not grow with their
number. It holds paths, trip ids and moments, and disappears when the review ends.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from travelsec import files
from travelsec.people import comparable
from travelsec.problems import UserError
from travelsec.report.diagnose import ENDINGS
from travelsec.report.model import Report
from travelsec.report.read import MAIL_ENDING, MAX_BYTES, Received, is_mail, max_bytes, parse_file
from travelsec.review import decision
from travelsec.review.decision import ENDING
from travelsec.review.peek import LENGTH, TripIdentity, at_beginning, of_report, of_whole

STDIN = "-"
_HERE = f"{os.curdir}{os.sep}"


AMBIGUOUS = (
    "it names its trip, or when it was made, more than once, or is being changed; "
    "ask for the report again"
)


class ReportFile(NamedTuple):
    """A file to review.

    `unread` says why it cannot be read, `replaced_by` names the file that replaces it,
    `claimed_by` a file with the same trip id and another traveller, and `twin` a report
    of the same journey with another trip id; each is empty otherwise. `twin_created` is the moment
    when the twin was made. `decided` is the newest other report of the trip with a decision beside
    it, if this one replaces it and has none; else it is empty.
    `identity` is what its first bytes said, or None if it has no identity.
    """

    path: str
    unread: str = ""
    replaced_by: str = ""
    claimed_by: str = ""
    twin: str = ""
    twin_created: str = ""
    decided: str = ""
    identity: TripIdentity | None = None


class Inbox:
    """The reports under some paths, each once. A context manager: it holds a temporary file.

    Args:
        paths: files, folders (searched for files that end in .json, .html, .htm and .eml, except
            decisions), and `-` for standard input. A decision named together with its report, as
            by `*.json`, is left out as well.
        stdin: the bytes of standard input, if `-` is among the paths.
        on_file: called for each file that is found.
        output: the file that the review is written to, which may hold an earlier review.
        weigh: returns None for a report that must not replace others of its trip, otherwise its
            weight: of equally new reports the heaviest replaces the others.
    """

    def __init__(
        self,
        paths: Collection[str],
        stdin: bytes,
        on_file: Callable[[], None] = lambda: None,
        output: Path | None = None,
        weigh: Callable[[Received], int | None] = lambda received: 0 if received.fits else None,
    ) -> None:
        self._weigh = weigh
        self.stdin = stdin
        self._on_file = on_file
        self.others = 0
        """Files in the folders whose names show that they are not reports."""
        self.links = 0
        """Links to folders in the folders, which are not followed."""
        self.alone = 0
        """Decisions in the folders whose report is not beside them."""
        # An empty name makes SQLite open a temporary database: on disk, in no folder listing, and
        # deleted when it is closed. A journal would only slow it down.
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
            " journey TEXT, traveller TEXT, weight INTEGER, decided INTEGER) WITHOUT ROWID"
        )
        self._db.execute("BEGIN")
        named: dict[str, str] = {}
        for path in paths:
            named.setdefault(_place(path), _short(path))
        # A single path cannot be found twice.
        self._named = set().union(*map(_places, named.values())) if len(named) > 1 else set()
        reports = {f"{place}{ENDING}" for place in self._named}
        if output is not None:
            self._named |= _places(str(output))
        for place, path in named.items():
            if reports.isdisjoint(_places(path)):
                self._look(path, place)
        # The order that finds the newest report of a trip, which may have thousands.
        order = "created DESC, weight DESC, decided DESC, path"
        self._db.execute(f"CREATE INDEX newest ON found (trip, traveller, {order})")
        self._db.execute(
            f"CREATE INDEX newest_of_all ON found (trip, {order}) WHERE traveller IS NOT NULL"
        )
        self._db.execute(
            "CREATE INDEX journeys ON found (journey, trip, created) WHERE journey > ''"
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
        # Of copies of a report, the copy with a decision beside it counts. A report without a
        # traveller is replaced by the newest of the trip, no matter who it names.
        first = (
            "(SELECT other.path FROM found AS other WHERE other.trip = found.trip AND {} ORDER BY"
            " other.created DESC, other.weight DESC, other.decided DESC, other.path LIMIT 1)"
        )
        query = (
            "SELECT path, unread, trip, created, CASE traveller WHEN '' THEN"
            f" {first.format('other.traveller IS NOT NULL')} ELSE"
            f" {first.format('other.traveller IS found.traveller')} END, traveller"
            ", journey, decided FROM found ORDER BY path"
        )
        with _room_explained():
            for row in self._db.execute(query):
                path, unread, trip, created, newest, traveller, journey, has_decision = row
                by = os.fsdecode(newest) if newest is not None and newest != path else ""
                identity = None if trip is None else TripIdentity(trip, created, journey)
                claimed_by = self._of_another(trip, traveller) if traveller and not by else ""
                twin = self._twin(trip, journey) if journey and not by else ("", "")
                is_bare = traveller is not None and not by and not has_decision
                decided = self._decided(trip, traveller) if is_bare else ""
                name = os.fsdecode(path)
                yield ReportFile(name, unread, by, claimed_by, *twin, decided, identity)

    def _twin(self, trip: str, journey: str) -> tuple[str, str]:
        """Return a report of a journey under another trip id, and when it was made."""
        # Comparing the other way would search through all the reports of one trip.
        for order in ("< ? ORDER BY trip DESC", "> ? ORDER BY trip"):
            found = self._db.execute(
                "SELECT path, created FROM found WHERE journey = ? AND journey > ''"
                f" AND trip {order}, created DESC LIMIT 1",
                (journey, trip),
            ).fetchone()
            if found:
                return os.fsdecode(found[0]), found[1]
        return "", ""

    def _decided(self, trip: str, traveller: str) -> str:
        """Return the newest report of a trip that has a decision beside it, or an empty text."""
        found = self._db.execute(
            "SELECT path FROM found WHERE trip = ? AND traveller = ? AND decided"
            " ORDER BY created DESC, weight DESC, path LIMIT 1",
            (trip, traveller),
        ).fetchone()
        return os.fsdecode(found[0]) if found else ""

    def _of_another(self, trip: str, traveller: str) -> str:
        """Return a file of the same trip that names another traveller, or an empty text."""
        # Both halves use the index: a stranger may have made any number of files for one trip.
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
        # The root folder ends in a separator.
        place, start = place.rstrip(os.sep), len(path.rstrip(os.sep))
        # A list, not recursion: a stranger may have nested a thousand folders.
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
                        # It was named as well, and is read under that name.
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    else:
                        self._meet(entry)

    def _meet(self, entry: os.DirEntry[str]) -> None:
        """Add a file of a folder as a report, or count it, by its name."""
        name = entry.name.lower()
        if name.endswith(ENDING):
            self.alone += not os.path.lexists(entry.path[: -len(ENDING)])
        elif name.endswith((*ENDINGS, MAIL_ENDING)):
            # `./report.json`, found in `.`, is the same file as `report.json`.
            self._add(entry.path.removeprefix(_HERE), _unread(entry))
        elif entry.is_symlink() and files.is_folder(Path(entry.path)):
            self.links += 1
        else:
            self.others += 1

    def _add(self, path: str, unread: str) -> None:
        identity = None if unread else self._identify(path)
        self._db.execute(
            "INSERT OR IGNORE INTO found VALUES (?, ?, ?, ?, ?, NULL, NULL, FALSE)",
            (os.fsencode(path), unread, *(identity or (None, None, None))),
        )
        self._on_file()

    def _identify(self, path: str) -> TripIdentity | None:
        """Return the identity of a report; None if the file is not a report."""
        try:
            # Reading only the beginning saves half the time on a slow disk or a network.
            if path != STDIN and (identity := at_beginning(files.read_beginning(path, LENGTH))):
                return identity
            data = _read(path, self.stdin)
            if is_mail(data, _name(path)):
                return of_report(parse_file(data, _name(path)).report)
            return of_whole(data)
        except UserError:
            return None

    def _leave_out_what_cannot_replace(self) -> None:
        """Exclude files that are not reports, or do not hold, from replacing others.

        A good report must not be replaced by a damaged copy of itself, by a report from the
        future, or by someone else's under the same id. Most trips have a single file, which is
        read whole only when it is judged.
        """
        self._db.execute(
            "CREATE TABLE rival AS SELECT path, trip, created, journey FROM found WHERE trip IN"
            " (SELECT trip FROM found GROUP BY trip HAVING count(*) > 1)"
        )
        for path, *identity in self._db.execute("SELECT * FROM rival"):
            name, unread, weight = os.fsdecode(path), "", None
            try:
                received = receive(name, TripIdentity(*identity), self.stdin)
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


def receive(path: str, identity: TripIdentity | None, stdin: bytes) -> Received:
    """Read a report file that an inbox found.

    Args:
        path: the file.
        identity: what the inbox read in it.
        stdin: the bytes of standard input, for the path `-`.

    Raises:
        UserError: it cannot be read, is not a report, or has another identity now.
    """
    try:
        received = parse_file(_read(path, stdin), _name(path))
    except UserError as error:
        raise UserError(str(error).removeprefix(f"{path}: ")) from None
    report = received.report
    if identity is not None and identity != of_report(report):
        raise UserError(AMBIGUOUS)
    return received


def _name(path: str) -> str:
    # A Path takes several times as long.
    return "" if path == STDIN else os.path.basename(path)  # noqa: PTH119


def _read(path: str, stdin: bytes) -> bytes:
    if path != STDIN:
        return files.read_file(path, max_bytes(path))
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
            f"there is no room for the temporary file that a review needs ({error}). Free some "
            "space on the disk for temporary files, or set SQLITE_TMPDIR to a folder on another "
            "disk."
        ) from error


def _traveller(report: Report) -> str:
    """Return the traveller's name in a form to compare, or an empty text."""
    name = report.trip.facts.get("traveller")
    return comparable(name) if isinstance(name, str) else ""


def _place(path: str) -> str:
    """Return where a path leads, so that a file named in two ways is found once."""
    try:
        return path if path == STDIN else os.path.realpath(path, strict=True)
    except (OSError, ValueError):
        # It leads nowhere, or contains a null character.
        return path


def _places(path: str) -> set[str]:
    """Return where a path leads and, if it is a link, where the link is."""
    folder, name = os.path.split(path)
    return {_place(path), str(Path(_place(folder), name))}


def _short(path: str) -> str:
    """Return a path without redundant parts; `..` stays, as it matters after a link."""
    if path in ("", STDIN):
        return path
    short = str(Path(path))
    return f"{_HERE}{short}" if short == STDIN else short


def _unread(entry: os.DirEntry[str]) -> str:
    # A link in a stranger's folder could lead to any of the reviewer's files.
    if entry.is_symlink():
        return "a symbolic link: it is not followed; name the file itself"
    return "" if entry.is_file(follow_symlinks=False) else "this is not an ordinary file"
