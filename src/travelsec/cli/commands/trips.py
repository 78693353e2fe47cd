"""`travelsec trips`: list, show and forget the trips kept on this computer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer

from travelsec.cli import options
from travelsec.cli.build_report import make_stored
from travelsec.cli.completers import complete_trip
from travelsec.cli.exit_codes import READY
from travelsec.cli.forget import forget_trips
from travelsec.cli.messages import inform
from travelsec.cli.output import print_document
from travelsec.cli.prompts import can_ask, clean_stop, make_prompter
from travelsec.cli.trip_session import find_trip, open_store
from travelsec.document import Block, Heading, Pairs, Paragraph
from travelsec.interview.prompter import ChoicePrompt
from travelsec.problems import UserError
from travelsec.report.outline import dates, outline
from travelsec.trip.contacts import show_answer
from travelsec.trip.stored_trip import StoredTrip, is_over, restore

app = typer.Typer(no_args_is_help=True)


@app.command("list")
def list_trips(
    pack: options.PackOption = None,
    today: options.TodayOption = None,
    plain: options.PlainOption = False,
) -> int:
    """List all trips: name, dates, and how ready each is today."""
    day = options.read_today(today)
    packs = options.load_packs(pack)
    with open_store() as store:
        records = store.trips()
    if not records:
        none = Paragraph("No trip is kept on this computer. travelsec prepare begins one.")
        print_document([none], plain=plain)
        return READY
    rows = []
    for trip in (restore(record, packs, day) for record in records):
        report = make_stored(trip)
        over = " (over)" if is_over(trip.facts) else ""
        verdict = report.readiness.verdict.replace("-", " ")
        when = f"{dates(report)}; " if dates(report) else ""
        rows.append((trip.record.name, f"{when}{verdict}, {len(report.readiness.open)} open{over}"))
    print_document([Pairs(tuple(rows))], plain=plain)
    return READY


@app.command("show")
def show(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The trip.", autocompletion=complete_trip)
    ],
    pack: options.PackOption = None,
    today: options.TodayOption = None,
    plain: options.PlainOption = False,
) -> int:
    """Show a trip as it stands today, with the names and numbers that are in no report."""
    day = options.read_today(today)
    packs = options.load_packs(pack)
    with open_store() as store:
        record = find_trip(store, name)
    trip = restore(record, packs, day)
    blocks: list[Block] = list(outline(make_stored(trip)))
    private = tuple(
        (question.ask, show_answer(trip.facts, question, trip.answers.facts[fact]))
        for fact, question in packs.questions.items()
        if question.private and fact in trip.answers.facts
    )
    if private:
        blocks += [Heading(2, "Kept on this computer only"), Pairs(private)]
    if record.exports:
        blocks += [Heading(2, "Files that were written"), *map(Paragraph, record.exports)]
    print_document(blocks, plain=plain)
    return READY


@app.command("forget")
def forget(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]...", help="The trips.", autocompletion=complete_trip),
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
    if not names and not all_past:
        raise UserError("name a trip to forget, or give --all-past; travelsec trips list names all")
    packs = options.load_packs(pack)
    with open_store() as store:
        trips = {trip.id: trip for trip in (find_trip(store, name) for name in names or [])}
        if all_past:
            over = (trip for trip in store.trips() if is_over(restore(trip, packs, day).facts))
            trips |= {trip.id: trip for trip in over}
        if not trips:
            inform("No trip is over. Nothing was forgotten.")
        elif not _confirmed(trips.values(), private=private, yes=yes, accessible=accessible):
            inform("Nothing was forgotten.")
        else:
            forget_trips(store, trips.values(), packs, private=private)
    return READY


def _confirmed(trips: Iterable[StoredTrip], *, private: bool, yes: bool, accessible: bool) -> bool:
    if yes:
        return True
    if not can_ask():
        raise UserError("there is no terminal to ask in: --yes forgets without asking")
    what = "names and numbers of" if private else "all that is kept of"
    hint = "It cannot be brought back. Reports that were written stay where they are."
    if any(not event.reported for trip in trips for event in trip.events):
        hint = f"Something that happened is not reported; travelsec debrief shows it. {hint}"
    with clean_stop("Nothing was forgotten."):
        answer = make_prompter(accessible=options.wants_accessible(accessible)).choice(
            ChoicePrompt(
                message=f"Forget {what} {', '.join(trip.name for trip in trips)}?",
                options={"no": "No, keep it", "yes": "Yes, forget it"},
                hint=hint,
                initial="no",
                why="The record is removed, and its bytes in the file are overwritten. What a "
                "solid-state disk keeps underneath is protected by disk encryption only.",
            )
        )
    return answer == "yes"
