"""Find which reports replace, contradict or repeat one another."""

# No `annotations` from `__future__`: they would have to be compiled at every start.

import functools
import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Self, get_args

from travelsec.names import comparable, name_words
from travelsec.report.model import Report
from travelsec.review import temporary
from travelsec.review.model import Reviewed, decode_row, encode_row
from travelsec.trip.readiness import Verdict

_NEWEST_FIRST = "created DESC, weight DESC, decided DESC, number"
"""Finds the report of a trip that replaces the others first.

Among copies of a report, the copy with a decision beside it counts.
"""

MAX_CACHED_NAMES = 2048
"""How many names to remember, of people and of places."""

_COUNTS = "> '' AND trip IS NOT NULL"
"""Leaves out, by the column before it, reports that are of no group."""

_VERDICTS: tuple[str, ...] = get_args(Verdict)


class Judged(NamedTuple):
    """A file that was judged by itself, and what shows which others it belongs with.

    `number` is its place among all files, and `row` the `Reviewed` as JSON. `trip` is the id of the
    report's trip, None if the file was not read, and `created` the moment when it was made.
    `journey` is the same in all reports of a traveller for a day of departure or, without a day,
    for a destination; it is empty if the traveller is not known, or if the report has no verdict
    that counts. `place` is the same in those for a destination, from `departs` to `returns`; it is
    empty if one of these is not known. `traveller` is the name in a form to compare. Of equally new
    reports the heaviest replaces the others; a report that must not replace others has no weight.
    `decided`: a decision is beside the file. `decision` is what it says, empty if it is not about
    this report.
    """

    number: int
    path: bytes
    row: bytes
    trip: str | None = None
    created: str = ""
    journey: str = ""
    traveller: str = ""
    weight: int | None = None
    decided: bool = False
    decision: str = ""
    place: str = ""
    departs: str = ""
    returns: str = ""


class Related(NamedTuple):
    """Files related to a report; each is empty if there is none.

    `replaced_by` names the file that replaces the report, `claimed_by` a file with the same trip id
    and another traveller, or none, that counts as well, and `twin` a report of the same journey
    with another trip id, made at the moment `twin_created`. `decided` is the newest other report
    of the trip with a decision beside it, if this one replaces it and has none. `contradicted_by`
    is a copy of the report with another decision beside it.
    """

    replaced_by: str = ""
    claimed_by: str = ""
    twin: str = ""
    twin_created: str = ""
    decided: str = ""
    contradicted_by: str = ""


_ALONE = Related()


@functools.lru_cache(MAX_CACHED_NAMES)
def _comparable_name(name: str) -> str:
    """Return a traveller's name in a form to compare. Lists of people may put the surname first."""
    return " ".join(name_words(name)) or comparable(name)


_comparable_place = functools.lru_cache(MAX_CACHED_NAMES)(comparable)


def judged(number: int, row: Reviewed, report: Report, *, decided: bool) -> Judged:
    """Return a report that was read and judged, as `Siblings` takes it."""
    traveller = _comparable_name(report.trip.text("traveller"))
    counts = traveller and not (row.is_broken or row.is_over)
    destination = _comparable_place(report.trip.text("destination"))
    is_dated = destination and row.departs and row.returns
    return Judged(
        number,
        os.fsencode(row.path),
        encode_row(row),
        report.trip.id,
        report.created,
        f"{report.trip.text('departs') or f'to {destination}'}: {traveller}" if counts else "",
        traveller,
        None if row.is_broken else _VERDICTS.index(row.verdict),
        decided,
        row.decision.decision if row.decision is not None and not row.decision.void else "",
        f"{destination}: {traveller}" if counts and is_dated else "",
        row.departs,
        row.returns,
    )


def unread(number: int, row: Reviewed) -> Judged:
    """Return a file that could not be read, as `Siblings` takes it."""
    return Judged(number, os.fsencode(row.path), encode_row(row))


class Siblings:
    """The files of a review, each judged by itself. A context manager: it holds a temporary file.

    Add all of them before you ask for any.
    """

    def __init__(self) -> None:
        self._db = temporary.connect()

    def __enter__(self) -> Self:
        with temporary.room_explained():
            self._db.execute(
                "CREATE TABLE judged (number INTEGER PRIMARY KEY, path BLOB, row BLOB, trip TEXT,"
                " created TEXT, journey TEXT, traveller TEXT, weight INTEGER, decided INTEGER,"
                " decision TEXT, place TEXT, departs TEXT, returns TEXT)"
            )
            self._db.execute("BEGIN")
        return self

    def __exit__(self, *_error: object) -> None:
        self._db.close()

    def add(self, files: Iterable[Judged]) -> None:
        """Add files.

        Raises:
            UserError: there is no room for the temporary file.
        """
        with temporary.room_explained():
            values = ", ".join("?" * len(Judged._fields))
            self._db.executemany(f"INSERT INTO judged VALUES ({values})", files)

    def __iter__(self) -> Iterator[tuple[Reviewed, Related]]:
        """Yield each file as it was judged, in the order of their names, and what it belongs with.

        Raises:
            UserError: there is no room for the temporary file.
        """
        with temporary.room_explained():
            self._find_rivals()
            self._find_twins()
            query = (
                "SELECT row, path, number, trip, traveller, decided, created, decision,"
                " number IN (SELECT number FROM rival),"
                " (SELECT path FROM judged WHERE number = twin.other), twin.made"
                " FROM judged LEFT JOIN twin USING (number) ORDER BY number"
            )
            for row, path, *file, has_rivals, other, made in self._db.execute(query):
                related = self._related(*file) if has_rivals else _ALONE
                if other is not None:
                    related = related._replace(twin=os.fsdecode(other), twin_created=made)
                yield decode_row(row, os.fsdecode(path)), related

    def _find_rivals(self) -> None:
        """List the reports of trips that have several.

        A good report must not be replaced by a damaged copy of itself, by a report from the
        future, or by someone else's under the same id. What cannot replace others, or be replaced,
        has no trip in what follows.
        """
        several = "SELECT trip FROM judged GROUP BY trip HAVING count(*) > 1"
        self._db.execute(
            f"UPDATE judged SET trip = NULL WHERE weight IS NULL AND trip IN ({several})"
        )
        self._db.execute(
            "CREATE TABLE rival AS"
            " SELECT number, trip, created, traveller, weight, decided, decision FROM judged"
            f" WHERE trip IN ({several})"
        )
        # The order that finds the newest report of a trip, which may have thousands.
        self._db.execute(f"CREATE INDEX newest ON rival (trip, traveller, {_NEWEST_FIRST})")
        self._db.execute(f"CREATE INDEX newest_of_all ON rival (trip, {_NEWEST_FIRST})")

    def _find_twins(self) -> None:
        """Find, for each report that counts, one of the same journey under another trip id."""
        self._db.execute("CREATE TABLE twin (number INTEGER PRIMARY KEY, other INTEGER, made TEXT)")
        # A journey that was moved to another day is not what it was before.
        self._db.execute(
            "UPDATE judged SET journey = '', place = '' WHERE number IN (SELECT number FROM (SELECT"
            f" number, row_number() OVER (PARTITION BY trip, traveller ORDER BY {_NEWEST_FIRST}) AS"
            " rank FROM rival) WHERE rank > 1)"
        )
        # In these orders, nothing has to be sorted in memory.
        self._db.execute(
            f"CREATE INDEX journeys ON judged (journey, number) WHERE journey {_COUNTS}"
        )
        self._db.execute(f"CREATE INDEX places ON judged (place, departs) WHERE place {_COUNTS}")
        for query in (
            # All that leave on a day are of one journey.
            "SELECT journey, '', '-', number, created FROM judged"
            f" WHERE {_with_others('journey')} ORDER BY journey, number",
            "SELECT place, departs, returns, number, created FROM judged"
            f" WHERE {_with_others('place')} AND place IN"
            " (SELECT place FROM judged WHERE number NOT IN (SELECT number FROM twin))"
            " ORDER BY place, departs",
        ):
            self._db.executemany(
                "INSERT OR IGNORE INTO twin VALUES (?, ?, ?)", _twins(self._db.execute(query))
            )

    def _related(
        self,
        number: int,
        trip: str | None,
        traveller: str,
        decided: int,
        created: str,
        decision: str,
    ) -> Related:
        by = self._newest(trip, traveller)
        if by != number:
            return Related(replaced_by=self._path(by))
        claimed_by = self._of_another(trip, traveller)
        base = None if decided else self._decided(trip, traveller)
        contradicted_by = self._first(
            "SELECT number FROM rival WHERE trip = :trip AND traveller = :traveller"
            " AND created = :created AND decision > '' AND :decision NOT IN ('', decision)",
            {"trip": trip, "traveller": traveller, "created": created, "decision": decision},
        )
        return Related(
            claimed_by=self._path(claimed_by),
            decided=self._path(base),
            contradicted_by=self._path(contradicted_by),
        )

    def _path(self, number: int | None) -> str:
        """Return the path of a file by its number, or an empty text."""
        query = "SELECT path FROM judged WHERE number = ?"
        row = self._db.execute(query, (number,)).fetchone()
        return os.fsdecode(row[0]) if row else ""

    def _newest(self, trip: str | None, traveller: str) -> int | None:
        """Return the report that replaces the others of a trip by a traveller.

        A report without a traveller is replaced by the newest of the trip, no matter who it names.
        """
        by_traveller = "AND traveller = :traveller" if traveller else ""
        return self._first(
            f"SELECT number FROM rival WHERE trip = :trip {by_traveller} "
            f"ORDER BY {_NEWEST_FIRST} LIMIT 1",
            {"trip": trip, "traveller": traveller},
        )

    def _of_another(self, trip: str | None, traveller: str) -> int | None:
        """Return the newest report of the same trip by another traveller.

        One that names nobody counts as that if it is the newest of the trip.
        """
        values = {"trip": trip, "name": traveller}
        # Both halves use the index: a stranger may have made any number of files for one trip.
        named = "SELECT traveller FROM rival WHERE trip = :trip AND traveller"
        query = f"{named} > '' AND traveller < :name UNION ALL {named} > :name LIMIT 1"
        row = self._db.execute(query, values).fetchone()
        if row:
            return self._newest(trip, row[0])
        unnamed = "SELECT number FROM judged WHERE number = :number AND traveller = ''"
        return self._first(unnamed, {"number": self._newest(trip, "")}) if traveller else None

    def _decided(self, trip: str | None, traveller: str) -> int | None:
        """Return the newest report of a trip that has a decision beside it."""
        return self._first(
            "SELECT number FROM rival WHERE trip = :trip AND traveller = :traveller AND decided"
            " ORDER BY created DESC, weight DESC, number LIMIT 1",
            {"trip": trip, "traveller": traveller},
        )

    def _first(self, query: str, values: dict[str, str | int | None]) -> int | None:
        row = self._db.execute(query, values).fetchone()
        return row[0] if row else None


def _with_others(column: str) -> str:
    """Return the condition that a report counts with others in its group, by this column.

    Most are alone, and need not be looked at one by one.
    """
    return (
        f"{column} {_COUNTS} AND {column} IN"
        f" (SELECT {column} FROM judged WHERE {column} {_COUNTS} GROUP BY 1 HAVING count(*) > 1)"
    )


def _twins(reports: Iterable[tuple[str, str, str, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Yield each report that has a twin, the twin, and the moment when that was made.

    Args:
        reports: of each the group in which twins are sought, the days on which it begins and ends,
            its number, and the moment when it was made; in the order of groups and first days.
    """
    of_group, last_day, last, last_made = "", "", 0, ""
    for group, begins, ends, number, made in reports:
        is_same = group == of_group
        # People can leave again on the day on which they return.
        if is_same and begins < last_day:
            yield last, number, made
            yield number, last, last_made
        if not is_same or ends > last_day:
            of_group, last_day, last, last_made = group, ends, number, made
