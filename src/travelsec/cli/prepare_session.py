"""Open the trip that `travelsec prepare` works on, and give it the answers of the options."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack
from typing import TYPE_CHECKING

from travelsec.cli import options
from travelsec.cli.answers_input import check_complete, collect_answers, finish_answers
from travelsec.cli.find_trip import check_new_name, no_such_trip
from travelsec.cli.messages import warn
from travelsec.cli.prompts import clean_stop
from travelsec.cli.trip_session import (
    TripSession,
    begin_session,
    open_session,
    unsaved_session,
    unsaved_session_of_trip,
)
from travelsec.folders import trips_file
from travelsec.problems import UserError
from travelsec.trip.facts import Facts

if TYPE_CHECKING:
    import datetime

    from travelsec.cli.prepare_options import PrepareOptions
    from travelsec.interview.prompter import Prompter
    from travelsec.pack.model import Pack
    from travelsec.review.decision import Decision
    from travelsec.store import Store
    from travelsec.trip.answers import Answers
    from travelsec.trip.stored_trip import StoredTrip

_NOT_BEGUN = "No trip was begun."


def open_trip(
    stack: ExitStack,
    request: PrepareOptions,
    decision: Decision | None,
    decided_trip: StoredTrip | None,
    prompter: Prompter | None,
) -> tuple[TripSession, Answers]:
    """Open the trip and give it the answers of the options; return both.

    Show the decision about the trip, if there is one; `decided_trip` is the stored trip that it
    says it is about, unless the options name one. Nothing is stored if an answer is at fault, or
    missing where nobody can be asked, or if nobody can be asked and the options name no trip. What
    is opened is closed with the stack.

    Raises:
        UserError: the answers or the name of the trip are at fault, or it cannot be opened.
        Terminated: the traveller stopped instead of saying which trip is meant.
    """
    packs = options.load_packs(request.packs)
    # Read before the trip is locked: a pipe can take long.
    collected = collect_answers(packs, request.settings, request.answers)
    name = request.trip
    if prompter is not None and decided_trip is not None:
        name = decided_trip.name
    if name is not None:
        # A decision is about a stored trip.
        begin = decision is None
        session = _open_named_trip(stack, request, packs, name, prompter, begin=begin)
    elif prompter is not None:
        # Report faults before asking which trip is meant.
        collected.finish(Facts(packs, collected.answers.facts, request.today))
        session = _open_chosen_trip(stack, request, packs, prompter)
    else:
        session = unsaved_session_of_trip(packs, request.today, decided_trip)
    if decision is not None:
        from travelsec.cli.show_decision import show_decision

        show_decision(request, decision, session)
    asking = prompter is not None
    answers = finish_answers(collected, session.facts(), defaults=request.defaults, asking=asking)
    session.answers.take(answers)
    if prompter is None:
        check_complete(session.facts(), session.answers, no_input=request.no_input)
    if session.store is None and request.trip is not None:
        # Every check has passed.
        session = _begin_first_trip(stack, request, packs, request.trip)
        session.take(answers)
    else:
        session.keep(answers)
    return session, answers


def _open_named_trip(
    stack: ExitStack,
    request: PrepareOptions,
    packs: Pack,
    name: str,
    prompter: Prompter | None,
    *,
    begin: bool,
) -> TripSession:
    """Open the trip of this name, or begin it unless `begin` is false.

    The first trip on a computer is not stored yet, because opening the store makes its file.
    """
    if not trips_file().exists():
        if not begin:
            raise no_such_trip(name, [])
        check_new_name(name, [])
        return unsaved_session(packs, request.today)
    from travelsec.cli.choose_trip import find_or_name_trip
    from travelsec.cli.open_store import open_store

    store = stack.enter_context(open_store())
    with clean_stop(_NOT_BEGUN):
        name, trip = find_or_name_trip(store, name, prompter, begin=begin)
    return stack.enter_context(_open_or_begin(store, packs, request.today, trip, name))


def _open_chosen_trip(
    stack: ExitStack, request: PrepareOptions, packs: Pack, prompter: Prompter
) -> TripSession:
    """Open the stored trip that the traveller chooses, or begin one."""
    from travelsec.cli.choose_trip import choose_or_begin
    from travelsec.cli.open_store import open_store

    try:
        store = stack.enter_context(open_store())
    except UserError as error:
        # The checklist is worth having even if it cannot be kept.
        warn(f"{error} You can go on, but your answers will not be kept.")
        return unsaved_session(packs, request.today)
    with clean_stop(_NOT_BEGUN):
        trip = choose_or_begin(store, packs, request.today, prompter)
    return stack.enter_context(_open_or_begin(store, packs, request.today, trip, None))


def _begin_first_trip(
    stack: ExitStack, request: PrepareOptions, packs: Pack, name: str
) -> TripSession:
    """Make the store, and begin the first trip in it."""
    from travelsec.cli.open_store import open_store

    store = stack.enter_context(open_store())
    return stack.enter_context(begin_session(store, packs, request.today, name))


def _open_or_begin(
    store: Store, packs: Pack, today: datetime.date, trip: StoredTrip | None, name: str | None
) -> AbstractContextManager[TripSession]:
    """Open this trip, or without one begin one of this name."""
    if trip is not None:
        return open_session(store, packs, today, trip)
    return begin_session(store, packs, today, name)
