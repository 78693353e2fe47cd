"""Choose the stored trip that a command is about; ask if several can be meant."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING

from travelsec.cli.find_trip import find_exact_trip, find_trip, names_beginning, no_such_trip
from travelsec.cli.messages import inform, warn
from travelsec.pack.model import Pack
from travelsec.problems import UserError, allowed, closest_word
from travelsec.trip import stored_trip
from travelsec.trip.stored_trip import Occasion, RestoredTrip, StoredTrip
from travelsec.wording import join_words

if TYPE_CHECKING:
    from travelsec.interview.prompter import Prompter
    from travelsec.store import Store

NEW = ""
"""The option to begin a trip, beside names and ids."""


def find_or_name_trip(
    store: Store, name: str, prompter: Prompter | None, *, begin: bool = True
) -> tuple[str, StoredTrip | None]:
    """Return the whole name of the trip that is meant, and the trip if it is stored.

    In a terminal, ask if a new name is like that of a stored trip. A script goes on with the only
    trip whose name begins with this one, and a message says so.

    Raises:
        UserError: there is no such trip, and `begin` is false; or another window forgot or renamed
            the trip before it was chosen.
        Stopped: the traveller wants neither.
    """
    trip = find_exact_trip(store, name) if begin else find_trip(store, name)
    if trip is None:
        meant = _meant_name(name, store.names(), prompter)
        trip = store.find(meant)
        if trip is None and meant != name:
            raise no_such_trip(meant, store.names())
    return (name, None) if trip is None else (trip.name, trip)


def _meant_name(name: str, names: list[str], prompter: Prompter | None) -> str:
    """Return which of these names is meant, or else this name of a new trip."""
    beginning = names_beginning(names, name)
    if prompter is not None:
        shorter = [stored for stored in names if names_beginning([name], stored)]
        closest = closest_word(name, names)
        similar = [*beginning, *shorter] or ([closest] if closest is not None else [])
        return _ask_which(name, similar, prompter) if similar else name
    if len(beginning) == 1:
        inform(f"Going on with the trip {beginning[0]}, the only one that begins with “{name}”.")
        return beginning[0]
    if candidates := beginning or list(filter(None, [closest_word(name, names)])):
        warn(
            f"there is no trip “{name}” yet: this begins it. If you meant "
            f"{join_words((f'“{stored}”' for stored in candidates), 'or')}, give that name."
        )
    return name


def find_or_choose_trip(
    store: Store,
    pack: Pack,
    today: datetime.date,
    name: str | None,
    when: Occasion,
    command: str,
    ask: Callable[[], Prompter | None] | None = None,
) -> RestoredTrip:
    """Return the trip of this name, or without one the only trip that can be meant.

    If several can be meant, ask which, with the prompter that `ask` returns: by default one for
    the terminal, if there is one.

    Raises:
        UserError: there is no such trip, or nobody can be asked which; `command` shows how to name
            it.
        Terminated: the user stopped instead of choosing.
    """
    from travelsec.cli.prompts import clean_stop, prompter_if_any

    if name is not None:
        return stored_trip.restore_trip(find_trip(store, name), pack, today)
    restored = [stored_trip.restore_trip(trip, pack, today) for trip in store.trips()]
    trips = {trip.record.id: trip for trip in stored_trip.meant_trips(restored, when)}
    if not trips:
        raise UserError("no trip is kept on this computer; travelsec prepare begins one")
    if len(trips) == 1:
        return next(iter(trips.values()))
    names = {trip_id: trip.record.name for trip_id, trip in trips.items()}
    prompter = (ask or prompter_if_any)()
    if prompter is None:
        raise UserError(f"say which trip: {command}{allowed(list(names.values()))}")
    question = "Which trip are you back from?" if when == "after" else "Which trip do you mean?"
    with clean_stop("Nothing was changed."):
        return trips[_ask_for_trip(question, names, prompter)]


def choose_or_begin(
    store: Store, pack: Pack, today: datetime.date, prompter: Prompter
) -> StoredTrip | None:
    """Offer the trips that are not over; return the one chosen, or None for a new trip.

    Raises:
        Stopped: the traveller wants neither.
    """
    trips = {
        trip.id: trip
        for trip in store.trips()
        if not stored_trip.is_over(stored_trip.restore_trip(trip, pack, today).facts)
    }
    if not trips:
        return None
    options = {trip.id: f"Go on with {trip.name}" for trip in trips.values()}
    # Enter alone goes on with the only trip there is.
    initial = next(iter(options)) if len(options) == 1 else None
    options[NEW] = "A new trip"
    answer = _ask_for_trip("Which trip do you want to prepare?", options, prompter, initial)
    return trips.get(answer)


def _ask_which(name: str, similar: list[str], prompter: Prompter) -> str:
    """Ask whether one of the trips with a name like this is meant, or a new one."""
    options = {stored: f"Go on with {stored}" for stored in similar}
    options[NEW] = f"Begin a new trip {name}"
    return _ask_for_trip("Which trip do you mean?", options, prompter) or name


def _ask_for_trip(
    message: str, options: dict[str, str], prompter: Prompter, initial: str | None = None
) -> str:
    """Return the trip chosen among the options, or `NEW`; Enter alone takes `initial`."""
    from travelsec.interview.prompter import ChoicePrompt, ask_choice

    prompt = ChoicePrompt(
        message=message,
        options=options,
        initial=initial,
        why="Each of them keeps its own answers. travelsec trips list shows all.",
    )
    answer = ask_choice(prompter, prompt)
    prompter.acknowledge(prompt.message, options[answer])
    return answer
