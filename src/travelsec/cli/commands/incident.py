"""`travelsec incident`: what to do right now."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from travelsec.cli.completers import complete_file, complete_situation
from travelsec.cli.exit_codes import INTERRUPTED, READY, Terminated
from travelsec.cli.messages import inform, warn
from travelsec.cli.options import (
    AccessibleOption,
    PackOption,
    TodayOption,
    TripUnderWayOption,
    read_today,
    wants_accessible,
)

if TYPE_CHECKING:
    from travelsec.pack.model import Pack, Situation
    from travelsec.store import Store
    from travelsec.trip.facts import Facts
    from travelsec.trip.stored_trip import StoredTrip


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
        typer.Option(
            "--note",
            metavar="FILE",
            help="Write a short note to read out to the desk.",
            autocompletion=complete_file,
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the note if it exists.")] = False,
    trip: TripUnderWayOption = None,
    pack: PackOption = None,
    today: TodayOption = None,
    accessible: AccessibleOption = False,
) -> int:
    """What to do right now: the steps, and who to call. Needs no trip and no network."""
    from travelsec.cli.current_trip import as_of_today, packs_for_emergency, trip_under_way
    from travelsec.console import print_blocks
    from travelsec.problems import UserError
    from travelsec.trip import advice

    try:
        day = read_today(today)
    except UserError as error:
        warn(f"{error}. The date of this computer is taken.")
        day = read_today(None)
    line_by_line = wants_accessible(accessible)
    packs = packs_for_emergency(pack)
    stored, facts = trip_under_way(packs, day, trip)
    facts = as_of_today(facts)
    chosen = _chosen(packs, facts, situation, accessible=line_by_line)
    steps = tuple(advice.situation(chosen, facts))
    # Plain: colour would wait for a library to be imported.
    if note is None:
        print_blocks(steps, sys.stdout, plain=True)
    else:
        from travelsec.cli.streams import confirm

        confirm(lambda stream: print_blocks(steps, stream, plain=True))
        # Only now: the steps come first, whatever stands in the way of the note.
        from travelsec.cli.prompts import can_ask, check_output

        force = check_output(note, force=force, accessible=line_by_line)
        texts = _ask_note(accessible=line_by_line) if can_ask() else {}
        _write_note(note, chosen, facts, texts, stored, force=force)
    return READY


def _chosen(packs: Pack, facts: Facts, name: str | None, *, accessible: bool) -> Situation:
    from travelsec.problems import UserError, allowed

    for_travellers = [one.id for one in packs.situations.values() if one.audience == "traveller"]
    if name is not None:
        meant = "-".join(name.casefold().replace("_", " ").split())
        if meant not in for_travellers:
            raise UserError(f"there is no situation “{name}”{allowed(for_travellers, name)}")
        return packs.situations[meant]
    fitting = {
        situation.id: facts.fill_or_mark(situation.title)
        for situation in packs.situations.values()
        if situation.audience == "traveller" and situation.when.truth(facts.state) is not False
    }
    from travelsec.cli.prompts import can_ask, clean_stop, make_prompter
    from travelsec.interview.prompter import ChoicePrompt, Move

    if not can_ask():
        raise UserError(f"say what happened: travelsec incident SITUATION{allowed(fitting)}")
    prompter = make_prompter(accessible=accessible)
    with clean_stop("Nothing was written."):
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
    from travelsec.cli.prompts import make_prompter
    from travelsec.interview.prompter import Move, Stopped, TextPrompt
    from travelsec.trip.note import FIELDS

    prompter = make_prompter(accessible=accessible)
    texts: dict[str, str] = {}
    names = list(FIELDS)
    place = 0
    while place < len(names):
        name = names[place]
        try:
            answer = prompter.text(
                TextPrompt(
                    message=FIELDS[name],
                    initial=texts.get(name, ""),
                    why="Facts only, as you would say them to the desk. Leave it empty if unsure.",
                )
            )
        except (Stopped, Terminated) as stop:
            if isinstance(stop, Terminated) and stop.code != INTERRUPTED:
                raise
            # What was said so far is worth having: the rest is left blank.
            return texts
        if isinstance(answer, Move):
            place = max(place - 1, 0)
            continue
        texts[name] = answer
        prompter.acknowledge(FIELDS[name], answer or "left open")
        place += 1
    return texts


def _write_note(
    path: Path,
    situation: Situation,
    facts: Facts,
    texts: dict[str, str],
    stored: StoredTrip | None,
    *,
    force: bool,
) -> None:
    from travelsec import files
    from travelsec.trip.note import render

    is_kept = stored is not None and _remember(path, situation, facts, texts, stored)
    files.write(path, render(situation, facts, texts).encode(), force=force)
    inform(f"The note is in {path}")
    if is_kept and stored is not None:
        inform(f"The trip {stored.name} remembers it for the debrief.")


def _remember(
    path: Path, situation: Situation, facts: Facts, texts: dict[str, str], stored: StoredTrip
) -> bool:
    """Keep with the trip what happened, for the debrief, and where the note of it will be.

    Before the note is written: it happened, whatever becomes of the note.
    """
    import datetime

    from travelsec.cli.current_trip import remember
    from travelsec.trip.stored_trip import Event

    moment = datetime.datetime.now().astimezone().isoformat()
    event = Event(moment, situation.id, reported=False, note=texts)

    def keep(store: Store) -> None:
        store.keep_event(stored.id, event)
        store.keep_export(stored.id, path, facts.today)

    return remember(keep, "it")
