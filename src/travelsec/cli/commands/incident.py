"""`travelsec incident`: show what to do right now."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from travelsec.cli import options
from travelsec.cli.completers import complete_situation
from travelsec.cli.exit_codes import READY
from travelsec.cli.messages import warn
from travelsec.problems import UserError, brief

if TYPE_CHECKING:
    from travelsec.pack.model import Situation
    from travelsec.trip.facts import Facts
    from travelsec.trip.stored_trip import StoredTrip


def incident(
    situation: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SITUATION]",
            help="What happened: one of the situations below, or your own words.",
            autocompletion=complete_situation,
        ),
    ] = None,
    settings: options.FactOption = None,
    note: Annotated[
        Path | None, options.file_option("--note", "Write a short note to read out to the desk.")
    ] = None,
    force: options.ForceOption = False,
    trip: options.TripUnderWayOption = None,
    format_: options.TextOrJsonOption = "text",
    pack: options.PackOption = None,
    today: options.TodayOption = None,
    accessible: options.AccessibleOption = False,
) -> int:
    from travelsec.cli.current_trip import packs_for_emergency, trip_under_way
    from travelsec.console import print_blocks
    from travelsec.trip import advice
    from travelsec.trip.whereabouts import as_of_today

    in_json = _wants_json(format_)
    try:
        day = options.read_today(today)
    except UserError as error:
        warn(f"{error}. Using the date of this computer.")
        day = options.read_today(None)
    line_by_line = options.wants_accessible(accessible)
    packs = packs_for_emergency(pack)
    stored, facts = trip_under_way(packs, day, trip)
    facts = _with_settings(as_of_today(facts), settings)
    description = " ".join(situation or []).strip()
    chosen, others = _choose_situation(facts, description, accessible=line_by_line)

    def show(stream: TextIO) -> None:
        if in_json:
            _print_json(facts, description, chosen, others, stored, stream)
            return
        if chosen is None:
            blocks = advice.what_happened(others, facts)
        else:
            blocks = advice.nearest_situation(chosen, others, facts, description)
        print_blocks(blocks, stream, plain=line_by_line)

    if chosen is None:
        show(sys.stdout)
        if note is not None:
            raise UserError("no note was written: say which of these happened")
        return READY
    if note is None:
        show(sys.stdout)
    else:
        from travelsec.cli.streams import print_confirmation

        print_confirmation(show)
        # The steps come first, whatever is wrong with the note.
        from travelsec.cli.incident_note import ask_texts, write_note
        from travelsec.cli.prompts import can_ask, check_output

        force = check_output(note, force=force, accessible=line_by_line)
        texts = ask_texts(accessible=line_by_line) if can_ask() else {}
        write_note(note, chosen, facts, texts, stored, force=force)
    return READY


def _wants_json(format_: str) -> bool:
    """Return whether the steps are for a program; a wrong format must not keep them back."""
    try:
        return options.wants_json(format_)
    except UserError as error:
        warn(f"{error}. Using text.")
        return False


def _with_settings(facts: Facts, settings: list[str] | None) -> Facts:
    """Add the facts that were given; what is wrong with them must not keep the steps back."""
    if not settings:
        return facts
    from travelsec.cli.answers_input import with_settings

    try:
        return with_settings(facts, settings)
    except UserError as error:
        for text in str(error).split("\n"):
            warn(f"{text}. It is left out.")
        return facts


def _choose_situation(
    facts: Facts, description: str, *, accessible: bool
) -> tuple[Situation | None, list[Situation]]:
    """Return the situation that is meant, and the others it may be, the nearest first.

    If none stands out, ask; without a terminal return none. Someone in trouble gets something to
    go by, whatever they type.
    """
    from travelsec.cli.prompts import can_ask
    from travelsec.trip.nearest import meant_situation

    meant, near, remaining = meant_situation(facts, description)
    others = [*near, *remaining]
    if meant is not None:
        return meant, others
    if others and can_ask():
        return _ask_which(facts, others, description, bool(near), accessible=accessible), []
    return None, near or remaining


def _ask_which(
    facts: Facts, situations: list[Situation], description: str, is_near: bool, *, accessible: bool
) -> Situation:
    from travelsec.cli.prompts import clean_stop, make_prompter
    from travelsec.interview.incident import ask_what_happened

    hint = f"The nearest to “{brief(description)}” come first." if is_near else ""
    with clean_stop("Nothing was written."):
        return ask_what_happened(make_prompter(accessible=accessible), facts, situations, hint)


def _print_json(
    facts: Facts,
    description: str,
    chosen: Situation | None,
    others: list[Situation],
    stored: StoredTrip | None,
    stream: TextIO,
) -> None:
    from travelsec.cli.output import print_json
    from travelsec.results.incident import incident

    trip = stored.name if stored else None
    print_json(incident(facts, description, chosen, others, trip=trip), stream)
