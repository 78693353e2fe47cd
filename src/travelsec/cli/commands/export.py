"""`travelsec export`: write a trip or a report in any format, or print it."""

# No `annotations` from `__future__`: typer would have to compile each of them at every start.

import datetime
import sys
from pathlib import Path
from typing import Annotated

import typer

from travelsec.cli import options
from travelsec.cli.build_report import make_stored
from travelsec.cli.completers import complete_trip_or_report
from travelsec.cli.exit_codes import READY
from travelsec.cli.messages import warn
from travelsec.cli.open_store import open_store
from travelsec.cli.output import write_or_print
from travelsec.cli.prompts import check_output
from travelsec.cli.trip_or_report import find_trip_unless_report, read_named_report
from travelsec.formats import REPORT_FORMATS
from travelsec.problems import UserError
from travelsec.report.kept_for_decision import made_report
from travelsec.report.model import Report
from travelsec.trip.stored_trip import RestoredTrip, StoredTrip, TripGone


def export(
    trip_or_report: Annotated[
        str | None,
        typer.Argument(
            metavar="[TRIP_OR_REPORT]",
            help=f"A trip by its name, or a report ({REPORT_FORMATS.list_readable('or')}); - is a "
            "report on stdin. Without it, the only trip that can be meant.",
            autocompletion=complete_trip_or_report,
        ),
    ] = None,
    format_: Annotated[str | None, options.format_option(REPORT_FORMATS)] = None,
    output: options.OutputOption = None,
    force: options.ForceOption = False,
    pack: options.PackOption = None,
    today: options.TodayOption = None,
) -> int:
    """html to send, eml for an email, pdf to print, csv for a spreadsheet, ics for your calendar.

    A trip is exported as it stands today, a report as it was made. Private answers, such as
    the names and numbers of contacts, are in no report. The calendar has what is open, each with
    an alarm at nine o'clock; what is for today, or late, has none.
    """
    day = options.read_today(today)
    chosen = REPORT_FORMATS.choose(format_, output, in_terminal=sys.stdout.isatty())
    chosen.check_installed()
    if output is not None:
        force = check_output(output, force=force)
    trip = find_trip_unless_report(trip_or_report, pack, day)
    if trip is not None:
        report = _from_trip(trip)
    else:
        report = read_named_report(trip_or_report or "")
        if pack or (today and not chosen.dated):
            warn("a report is exported as it was made: --pack and --today change nothing.")
    data = chosen.render(report, day)
    if trip is not None and (chosen.has_data or output is not None):
        _store_with_trip(trip.record, report if chosen.has_data else None, output, day)
    write_or_print(data, output, "report", force=force)
    return READY


def _from_trip(trip: RestoredTrip) -> Report:
    """Make the trip's report; warn of answers that do not fit today's packs."""
    for notice in trip.notices:
        warn(notice)
    return make_stored(trip)


def _store_with_trip(
    trip: StoredTrip, report: Report | None, output: Path | None, day: datetime.date
) -> None:
    """Store where a file is about to be written, so that forgetting the trip can name it.

    Call it before writing: a process killed while writing can leave a part of the file behind.
    `report` is one that can be decided on; `output` is None for standard output.
    """
    try:
        with open_store() as store:
            if output is not None:
                store.keep_export(trip.id, output, day)
            if report is not None:
                store.keep_report(trip.id, made_report(report))
    except TripGone:
        hint = f" Delete {output} yourself if it is to go, too." if output is not None else ""
        warn(f"{TripGone(trip.name)}.{hint}")
    except UserError as error:
        # The file will still be written, so this is only a warning.
        hint = "A decision on the report cannot be compared with it."
        if output is not None:
            hint = f"Forgetting the trip will not name {output}."
        warn(f"{str(error).rstrip('.')}. {hint}")
