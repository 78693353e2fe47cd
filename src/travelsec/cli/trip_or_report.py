"""Find the trip or the report that `export` is about."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

from travelsec import files
from travelsec.cli import options
from travelsec.cli.choose_trip import find_or_choose_trip
from travelsec.cli.find_trip import find_trip
from travelsec.cli.messages import warn
from travelsec.cli.open_store import open_store
from travelsec.formats import REPORT_FORMATS, names_a_report
from travelsec.problems import UserError
from travelsec.report.model import Report
from travelsec.report.outline import claims
from travelsec.report.read import MAX_REPORT_BYTES, Received
from travelsec.review.inbox import STDIN, receive
from travelsec.trip.stored_trip import RestoredTrip, restore_trip


def find_trip_unless_report(
    name: str | None, pack: list[Path] | None, day: datetime.date
) -> RestoredTrip | None:
    """Return the trip that is meant, or None if it is a report.

    Raises:
        UserError: there is no such trip, and no such file either.
    """
    if name is None:
        packs = options.load_packs(pack)
        with open_store() as store:
            return find_or_choose_trip(store, packs, day, None, "any", "travelsec export TRIP")
    if name == STDIN or names_a_report(name):
        return None
    # An empty path would mean this folder.
    is_there = bool(name) and files.exists(Path(name))
    with open_store() as store:
        try:
            trip = find_trip(store, name, noun="trip or file")
        except UserError:
            if is_there:
                return None
            raise
    is_whole = name.casefold() in (trip.name.casefold(), trip.id)
    if is_there and not is_whole and not Path(name).is_dir():
        # A file comes before a trip of which only the beginning is given.
        return None
    return restore_trip(trip, options.load_packs(pack), day)


def read_named_report(name: str) -> Report:
    """Read the report in a file, or on standard input; warn if it was changed or claims too much.

    Raises:
        UserError: it cannot be read, or is not a report that can be exported again.
    """
    received = _receive(name)
    if not received.fits:
        warn(
            "The report was changed after it was made: its digest does not match. "
            "travelsec review shows more."
        )
    report = received.report
    if wrong := claims(report):
        warn(wrong)
    return report


def _receive(name: str) -> Received:
    stdin = b""
    if name == STDIN:
        if sys.stdin.isatty():
            raise UserError("stdin is this terminal: pipe a report into travelsec export -")
        stdin = sys.stdin.buffer.read(MAX_REPORT_BYTES + 1)
    try:
        return receive(name, stdin)
    except UserError as error:
        if name == STDIN:
            raise UserError(f"stdin: {error}") from None
        endings = REPORT_FORMATS.list_readable("and")
        hint = f"; only {endings} carry a report that can be exported again"
        raise UserError(f"{name}: {error}{'' if names_a_report(name) else hint}") from None
