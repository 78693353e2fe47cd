"""`travelsec incident`: what to do right now."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from travelsec.cli.exits import READY
from travelsec.cli.options import (
    AccessibleOption,
    PackOption,
    TodayOption,
    TripUnderWayOption,
    complete_situation,
    read_today,
    wants_accessible,
)
from travelsec.cli.telling import tell, warn

if TYPE_CHECKING:
    from travelsec.pack.model import Pack, Situation
    from travelsec.trip.facts import Facts
    from travelsec.trip.record import StoredTrip


def incident(
    situation: Annotated[
        str | None,
        typer.Argument(
            metavar="[SITUATION]",
            help="What happened, such as out-of-sight.",
            autocompletion=complete_situation,
        ),
    ] = None,
    note: Annotated[
        Path | None,
        typer.Option("--note", metavar="FILE", help="Write a short note to read out to the desk."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the note if it exists.")] = False,
    trip: TripUnderWayOption = None,
    pack: PackOption = None,
    today: TodayOption = None,
    accessible: AccessibleOption = False,
) -> None:
    """What to do right now: the steps, and who to call. Needs no trip and no network."""
    from travelsec import advice
    from travelsec.cli.situation import (
        for_everybody,
        here_and_now,
        packs_for_emergency,
        trip_under_way,
    )
    from travelsec.console import print_blocks
    from travelsec.problems import UserError
    from travelsec.trip.facts import Facts

    try:
        day = read_today(today)
    except UserError as error:
        warn(f"{error}. The date of this computer is taken.")
        day = read_today(None)
    line_by_line = wants_accessible(accessible)
    packs = packs_for_emergency(pack)
    try:
        stored, facts = trip_under_way(packs, day, trip)
    except UserError as error:
        # Nobody shall go without the steps for a word that was mistyped in haste.
        warn(for_everybody(error))
        stored, facts = None, Facts(packs, {}, day)
    facts = here_and_now(facts)
    chosen = _chosen(packs, facts, situation, accessible=line_by_line)
    # Plain: colour would wait for a library to be imported.
    print_blocks(advice.situation(chosen, facts), sys.stdout, plain=True)
    if note is not None:
        # Only now: the steps come first, whatever stands in the way of the note.
        from travelsec.cli.prompting import check_output

        force = check_output(note, force=force, asking=sys.stdin.isatty(), accessible=line_by_line)
        said = _ask_note(accessible=line_by_line) if sys.stdin.isatty() else {}
        _write_note(note, chosen, facts, said, stored, force=force)
    raise typer.Exit(READY)


def _chosen(packs: Pack, facts: Facts, name: str | None, *, accessible: bool) -> Situation:
    from travelsec.problems import UserError, allowed

    for_travellers = [one.id for one in packs.situations.values() if one.audience == "traveller"]
    if name is not None:
        meant = "-".join(name.casefold().replace("_", " ").split())
        if meant not in for_travellers:
            raise UserError(f"there is no situation “{name}”{allowed(for_travellers, name)}")
        return packs.situations[meant]
    fitting = {
        one.id: facts.fill_or_mark(one.title)
        for one in packs.situations.values()
        if one.audience == "traveller" and one.when.truth(facts.state) is not False
    }
    if not sys.stdin.isatty():
        raise UserError(f"say what happened: travelsec incident SITUATION{allowed(fitting)}")
    from travelsec.cli.prompting import make_prompter, stopping
    from travelsec.interview.prompter import ChoicePrompt, Move

    prompter = make_prompter(accessible=accessible)
    with stopping("Nothing was written."):
        while True:
            answer = prompter.choice(
                ChoicePrompt(
                    message="What happened?",
                    options=fitting,
                    why="Choose what comes nearest. The steps are shown at once.",
                    at_once=True,
                )
            )
            if not isinstance(answer, Move):
                return packs.situations[answer]


def _ask_note(*, accessible: bool) -> dict[str, str]:
    from travelsec.cli.prompting import make_prompter
    from travelsec.interview.prompter import Move, Stopped, TextPrompt
    from travelsec.trip.note import FIELDS

    prompter = make_prompter(accessible=accessible)
    said: dict[str, str] = {}
    names = list(FIELDS)
    place = 0
    while place < len(names):
        name = names[place]
        try:
            answer = prompter.text(
                TextPrompt(
                    message=FIELDS[name],
                    initial=said.get(name, ""),
                    why="Facts only, as you would say them to the desk. Leave it empty if unsure.",
                )
            )
        except (Stopped, KeyboardInterrupt, EOFError):
            # What was said so far is worth having: the rest is left blank.
            return said
        if isinstance(answer, Move):
            place = max(place - 1, 0)
            continue
        said[name] = answer
        prompter.acknowledge(FIELDS[name], answer or "left open")
        place += 1
    return said


def _write_note(
    path: Path,
    situation: Situation,
    facts: Facts,
    said: dict[str, str],
    stored: StoredTrip | None,
    *,
    force: bool,
) -> None:
    from travelsec import files
    from travelsec.trip.note import render

    if stored is not None:
        from travelsec.cli.kept_report import remember

        remember(stored, path, facts.today)
    files.write(path, render(situation, facts, said).encode(), force=force)
    tell(f"The note is in {path}")
    if stored is not None:
        _remember(situation, said, stored)


def _remember(situation: Situation, said: dict[str, str], stored: StoredTrip) -> None:
    """Keep the event with the trip, for the debrief; a note that was written stays in any case."""
    import datetime

    from travelsec.cli.keeping import open_store
    from travelsec.problems import UserError
    from travelsec.trip.record import Event

    moment = datetime.datetime.now().astimezone().isoformat()
    try:
        with open_store() as store:
            store.keep_event(stored.id, Event(moment, situation.id, reported=False, note=said))
    except UserError as error:
        warn(f"{error} The trip does not remember it.")
        return
    tell(f"The trip {stored.name} remembers it for the debrief.")
