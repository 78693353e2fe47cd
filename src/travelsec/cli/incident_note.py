"""`incident --note`: ask for the note, write it, and let the trip remember what happened."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from travelsec.cli.current_trip import store_or_warn
from travelsec.cli.exit_codes import INTERRUPTED, Terminated
from travelsec.cli.messages import inform
from travelsec.cli.output import write_or_print
from travelsec.cli.prompts import make_prompter
from travelsec.interview.incident import ask_note
from travelsec.interview.prompter import Stopped
from travelsec.pack.model import Situation
from travelsec.trip.facts import Facts
from travelsec.trip.note import note_text
from travelsec.trip.stored_trip import Event, StoredTrip

if TYPE_CHECKING:
    from travelsec.store import Store


def ask_texts(*, accessible: bool) -> dict[str, str]:
    """Return the texts for the note; someone who stops leaves the rest blank."""
    prompter = make_prompter(accessible=accessible)
    texts: dict[str, str] = {}
    try:
        ask_note(prompter, texts)
    except (Stopped, Terminated) as stop:
        # What was said so far is worth keeping, unless it is not the user who stops.
        if isinstance(stop, Terminated) and stop.code != INTERRUPTED:
            raise
    return texts


def write_note(
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
    moment = datetime.datetime.now().astimezone().isoformat()
    event = Event(moment, situation.id, reported=False, note=texts)

    message = ""
    if stored is not None:

        def keep(store: Store) -> None:
            store.keep_event(stored.id, event)
            store.keep_export(stored.id, path, facts.today)

        if store_or_warn(keep, "it"):
            message = f"The trip {stored.name} keeps it for the debrief."
    write_or_print(note_text(situation, facts, texts).encode(), path, "note", force=force)
    if message:
        inform(message)
