"""`travelsec trips`: list, show, rename and forget the trips kept on this computer."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Annotated

import typer

from travelsec import values
from travelsec.cli import options
from travelsec.cli.build_report import make_stored
from travelsec.cli.choose_trip import find_or_choose_trip
from travelsec.cli.completers import complete_trip
from travelsec.cli.exit_codes import READY
from travelsec.cli.find_trip import find_trip
from travelsec.cli.forget import forget_trips
from travelsec.cli.messages import inform
from travelsec.cli.open_store import locked, open_store
from travelsec.cli.output import print_document, print_json
from travelsec.cli.prompts import clean_stop, prompter_if_any
from travelsec.console import has_table, print_table
from travelsec.interview.prompter import ChoicePrompt, Prompter
from travelsec.problems import UserError
from travelsec.results import trips as results
from travelsec.trip.stored_trip import StoredTrip, by_departure, is_over, restore_trip

app = typer.Typer(no_args_is_help=True)


@app.command("list")
def list_trips(
    format_: options.TextOrJsonOption = "text",
    pack: options.PackOption = None,
    today: options.TodayOption = None,
    plain: options.PlainOption = False,
) -> int:
    """List all trips: name, dates, and how ready each is today; the next departure first."""
    in_json = options.wants_json(format_)
    day = options.read_today(today)
    packs = options.load_packs(pack)
    with open_store() as store:
        trips = [restore_trip(record, packs, day) for record in store.trips()]
    listed = [results.summarise(trip, make_stored(trip)) for trip in by_departure(trips)]
    if in_json:
        print_json(results.trips(day, listed))
    elif listed and has_table(sys.stdout, in_lines=plain or options.wants_accessible(False)):
        print_table(results.COLUMNS, map(results.row, listed), sys.stdout)
    else:
        print_document(results.trip_list(listed), plain=plain)
    return READY


@app.command("show")
def show(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="The trip. Without it, the only trip that can be meant.",
            autocompletion=complete_trip,
        ),
    ] = None,
    format_: options.TextOrJsonOption = "text",
    pack: options.PackOption = None,
    today: options.TodayOption = None,
    plain: options.PlainOption = False,
) -> int:
    """Show a trip as it stands today, with the names and numbers that are in no report."""
    in_json = options.wants_json(format_)
    day = options.read_today(today)
    packs = options.load_packs(pack)
    with open_store() as store:
        trip = find_or_choose_trip(store, packs, day, name, "any", "travelsec trips show NAME")
    shown = results.shown_trip(trip, make_stored(trip))
    if in_json:
        print_json(shown)
    else:
        print_document(results.outline(shown), plain=plain)
    return READY


@app.command("rename")
def rename(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="The trip. Without it, the only trip that can be meant.",
            autocompletion=complete_trip,
        ),
    ] = None,
    new_name: Annotated[
        str | None, typer.Argument(metavar="NEW_NAME", help="Its new name.")
    ] = None,
) -> int:
    """Rename a trip. Reports and cards that you have written keep the old name."""
    # One name alone is the new one.
    old, new = (name, new_name) if new_name is not None else (None, name)
    if new is None:
        raise UserError("give the new name: travelsec trips rename NAME NEW_NAME")
    try:
        new = values.read_text(new.strip())
    except values.InvalidValue as wrong:
        raise UserError(f"the new name: {wrong}") from None
    with open_store() as store:
        if old is not None:
            trip = find_trip(store, old)
        else:
            packs, day = options.load_packs(None), options.read_today(None)
            command = "travelsec trips rename NAME NEW_NAME"
            trip = find_or_choose_trip(store, packs, day, None, "any", command).record
        with locked(store, trip):
            store.give_name(trip.id, new)
    inform(f"The trip {trip.name} is now called {new}.")
    return READY


@app.command("forget")
def forget(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]...",
            help="The trips. Without a name, the only one there is.",
            autocompletion=complete_trip,
        ),
    ] = None,
    private: Annotated[
        bool, typer.Option("--private", help="Forget names and numbers only, not the trip.")
    ] = False,
    all_past: Annotated[
        bool, typer.Option("--all-past", help="Forget all trips that are over.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    pack: options.PackOption = None,
    today: options.TodayOption = None,
    accessible: options.AccessibleOption = False,
) -> int:
    """Remove all that is kept of trips. Reports that you have written stay."""
    day = options.read_today(today)
    packs = options.load_packs(pack)

    def ask() -> Prompter | None:
        return None if yes else prompter_if_any(accessible=accessible)

    with open_store() as store:
        trips = {trip.id: trip for trip in (find_trip(store, name) for name in names or [])}
        if not names and not all_past:
            command = "travelsec trips forget NAME, or --all-past"
            trip = find_or_choose_trip(store, packs, day, None, "whichever", command, ask)
            trips = {trip.record.id: trip.record}
        if all_past:
            over = (trip for trip in store.trips() if is_over(restore_trip(trip, packs, day).facts))
            trips |= {trip.id: trip for trip in over}
        if not trips:
            inform("No trip is over. Nothing was forgotten.")
        elif not yes and not _confirmed(trips.values(), ask(), private=private):
            inform("Nothing was forgotten.")
        else:
            forget_trips(store, trips.values(), packs, private=private)
    return READY


def _confirmed(trips: Iterable[StoredTrip], prompter: Prompter | None, *, private: bool) -> bool:
    if prompter is None:
        raise UserError("there is no terminal to ask in: --yes forgets without asking")
    extent = "names and numbers of" if private else "all that is kept of"
    hint = "What is forgotten cannot be brought back. Reports that were written stay."
    if any(not event.reported for trip in trips for event in trip.events):
        hint = f"Something that happened is not reported; travelsec debrief shows it. {hint}"
    with clean_stop("Nothing was forgotten."):
        answer = prompter.choice(
            ChoicePrompt(
                message=f"Forget {extent} {', '.join(trip.name for trip in trips)}?",
                options={"no": "No, keep it", "yes": "Yes, forget it"},
                hint=hint,
                initial="no",
                why="The record is removed, and its bytes in the file are overwritten. What a "
                "solid-state disk keeps underneath is protected by disk encryption only.",
            )
        )
    return answer == "yes"
