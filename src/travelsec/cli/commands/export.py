"""`travelsec export`: write a trip or a report in any format, or print it."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Annotated

import typer

from travelsec import files
from travelsec.cli import options
from travelsec.cli.build_report import make_stored
from travelsec.cli.completers import complete_trip_or_report
from travelsec.cli.exit_codes import READY
from travelsec.cli.messages import warn
from travelsec.cli.output import write_or_print
from travelsec.cli.prompts import check_output
from travelsec.cli.trip_session import find_trip, keep_export, open_store
from travelsec.formats import REPORT_FORMATS, names_a_report
from travelsec.problems import UserError
from travelsec.report.model import Report
from travelsec.report.outline import claims
from travelsec.report.read import MAX_BYTES, Received
from travelsec.review.inbox import STDIN, receive
from travelsec.trip.stored_trip import StoredTrip, restore


def export(
    trip_or_report: Annotated[
        str,
        typer.Argument(
            metavar="TRIP_OR_REPORT",
            help="A trip by its name, or a report (.json or .html); - is a report on stdin.",
            autocompletion=complete_trip_or_report,
        ),
    ],
    format_: Annotated[str | None, options.format_option(REPORT_FORMATS)] = None,
    output: options.OutputOption = None,
    force: options.ForceOption = False,
    pack: options.PackOption = None,
    today: options.TodayOption = None,
) -> int:
    """Write a trip or a report in another format, to hand it on.

    html to send, pdf to print, csv for a spreadsheet, ics for your calendar.

    A trip is exported as it stands today, a report as it was made. Private answers, such as
    the names and numbers of contacts, are in no report. The calendar has what is open, each with
    an alarm at nine o'clock; what is for today, or late, has none.
    """
    day = options.read_today(today)
    chosen = REPORT_FORMATS.choose(format_, output, in_terminal=sys.stdout.isatty())
    chosen.check_installed()
    if output is not None:
        force = check_output(output, force=force)
    trip = _find_trip(trip_or_report)
    if trip is not None:
        report = _from_trip(trip, pack, day)
    else:
        report = _from_report(trip_or_report)
        if pack or (today and not chosen.dated):
            warn("a report is exported as it was made: --pack and --today change nothing.")
    data = chosen.render(report, day)
    if output is not None and trip is not None:
        keep_export(trip, output, day)
    write_or_print(data, output, "report", force=force)
    return READY


def _find_trip(wanted: str) -> StoredTrip | None:
    """Return the trip of this name, or None if it is the name of a report.

    Raises:
        UserError: there is no such trip, and no such file either.
    """
    if wanted == "-" or names_a_report(wanted):
        return None
    with open_store() as store:
        try:
            return find_trip(store, wanted, what="trip or file")
        except UserError:
            # An empty name would be that of this folder.
            if wanted and files.exists(Path(wanted)):
                return None
            raise


def _from_trip(trip: StoredTrip, pack: list[Path] | None, day: datetime.date) -> Report:
    """Make the trip's report; warn of answers that do not fit today's packs."""
    restored = restore(trip, options.load_packs(pack), day)
    for notice in restored.notices:
        warn(notice)
    return make_stored(restored)


def _from_report(name: str) -> Report:
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
        stdin = sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        return receive(name, None, stdin)
    except UserError as error:
        if name == STDIN:
            raise UserError(f"stdin: {error}") from None
        hint = "; only .json and .html carry a report that can be exported again"
        raise UserError(f"{name}: {error}{'' if names_a_report(name) else hint}") from None
