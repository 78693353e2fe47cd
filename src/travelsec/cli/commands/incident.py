"""`travelsec incident`: show what to do right now."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from travelsec.cli import options
from travelsec.cli.completers import complete_situation
from travelsec.cli.exit_codes import INTERRUPTED, READY, Terminated
from travelsec.cli.messages import inform, warn
from travelsec.problems import UserError, allowed

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
        Path | None, options.file_option("--note", "Write a short note to read out to the desk.")
    ] = None,
    force: options.ForceOption = False,
    trip: options.TripUnderWayOption = None,
    pack: options.PackOption = None,
    today: options.TodayOption = None,
    accessible: options.AccessibleOption = False,
) -> int:
    """What to do right now: the steps, and who to call. Needs no trip and no network."""
    from travelsec.cli.current_trip import as_of_today, packs_for_emergency, trip_under_way
    from travelsec.console import print_blocks
    from travelsec.trip import advice

    try:
        day = options.read_today(today)
    except UserError as error:
        warn(f"{error}. Using the date of this computer.")
        day = options.read_today(None)
    line_by_line = options.wants_accessible(accessible)
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
        # The steps come first, whatever is wrong with the note.
        from travelsec.cli.prompts import can_ask, check_output

        force = check_output(note, force=force, accessible=line_by_line)
        texts = _ask_note(accessible=line_by_line) if can_ask() else {}
        _write_note(note, chosen, facts, texts, stored, force=force)
    return READY


def _chosen(packs: Pack, facts: Facts, name: str | None, *, accessible: bool) -> Situation:
    for_travellers = [one.id for one in packs.situations.values() if one.audience == "traveller"]
    if name is not None:
        meant = "-".join(name.casefold().replace("_", " ").split())
        if meant not in for_travellers:
            raise UserError(f"there is no situation “{name}”{allowed(for_travellers, name)}")
        return packs.situations[meant]
    from travelsec.cli.prompts import can_ask, choose, clean_stop, make_prompter
    from travelsec.interview.prompter import ChoicePrompt
    from travelsec.trip.selection import situation_titles

    fitting = situation_titles(facts)
    if not can_ask():
        raise UserError(f"say what happened: travelsec incident SITUATION{allowed(fitting)}")
    with clean_stop("Nothing was written."):
        answer = choose(
            make_prompter(accessible=accessible),
            ChoicePrompt(
                message="What happened?",
                options=fitting,
                why="Choose the nearest. You will see the steps at once.",
                at_once=True,
            ),
        )
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
            # What was said so far is worth keeping: leave the rest blank.
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
    """Write the note; the trip keeps what happened, and where the note is, for the debrief.

    The trip comes first: the event happened even if the note cannot be written.
    """
    import datetime

    from travelsec.cli.current_trip import remember
    from travelsec.cli.output import write_or_print
    from travelsec.trip.note import render
    from travelsec.trip.stored_trip import Event

    moment = datetime.datetime.now().astimezone().isoformat()
    event = Event(moment, situation.id, reported=False, note=texts)

    kept = ""
    if stored is not None:

        def keep(store: Store) -> None:
            store.keep_event(stored.id, event)
            store.keep_export(stored.id, path, facts.today)

        if remember(keep, "it"):
            kept = f"The trip {stored.name} keeps it for the debrief."
    write_or_print(render(situation, facts, texts).encode(), path, "note", force=force)
    if kept:
        inform(kept)
