"""`travelsec debrief`: close a trip after the return."""

from __future__ import annotations

import contextlib
import datetime
from pathlib import Path
from typing import Annotated

import typer

from travelsec.cli import options
from travelsec.cli.answers_input import read_answers
from travelsec.cli.choose_trip import find_or_choose_trip
from travelsec.cli.completers import complete_return_setting, complete_trip_or_report
from travelsec.cli.exit_codes import NO, READY
from travelsec.cli.find_trip import find_trip
from travelsec.cli.forget import forget_trips
from travelsec.cli.messages import inform, warn
from travelsec.cli.open_store import open_store
from travelsec.cli.output import print_document, print_json
from travelsec.cli.prompts import clean_stop, prompter_if_any
from travelsec.cli.trip_session import TripSession, open_session, unsaved_session
from travelsec.formats import REPORT_FORMATS, names_a_report
from travelsec.interview.debrief import ask_on_return, ask_what_to_forget
from travelsec.interview.prompter import Prompter
from travelsec.pack.model import Pack
from travelsec.problems import UserError
from travelsec.report.read import read_report
from travelsec.report.restore import restore_answers
from travelsec.results import debrief as results
from travelsec.store import Store
from travelsec.trip.answers import item_names
from travelsec.trip.debrief import Debrief, opening, outline
from travelsec.trip.stored_trip import StoredTrip


def debrief(
    trip_or_report: Annotated[
        str | None,
        typer.Argument(
            metavar="[TRIP_OR_REPORT]",
            help="A trip by its name, or a report "
            f"({REPORT_FORMATS.list_readable('or')}) from another machine.",
            autocompletion=complete_trip_or_report,
        ),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=VALUE",
            autocompletion=complete_return_setting,
            help="Answer one item on return, ITEM=STATUS[:REASON], or a question, FACT=VALUE. "
            "Can be given several times.",
        ),
    ] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask.")] = False,
    format_: options.TextOrJsonOption = "text",
    pack: options.PackOption = None,
    today: options.TodayOption = None,
    plain: options.PlainOption = False,
    accessible: options.AccessibleOption = False,
) -> int:
    """Exit code 0: the trip is closed. 1: a must is open, or something was not reported."""
    in_json = options.wants_json(format_)
    day = options.read_today(today)
    packs = options.load_packs(pack)
    prompter = None if no_input else prompter_if_any(accessible=accessible)
    with contextlib.ExitStack() as stack:
        session = _open_session(stack, packs, day, trip_or_report, prompter)
        session.take(read_answers(session.facts(), settings))
        if prompter is not None:
            _ask_on_return(session, prompter)
        outcome = Debrief(session.facts(), session.answers.statuses, [*session.events.values()])
        if in_json:
            print_json(results.debrief(session.name, outcome))
        else:
            print_document(outline(session.name, outcome), plain=plain or accessible)
    if session.store is not None and prompter is not None:
        _offer_to_forget(session.trip.id, outcome, prompter)
    return READY if outcome.is_closed else NO


def _open_session(
    stack: contextlib.ExitStack,
    packs: Pack,
    day: datetime.date,
    name: str | None,
    prompter: Prompter | None,
) -> TripSession:
    """Open a stored trip, locked until the stack is closed, or a report."""
    if name is not None and names_a_report(name):
        return _open_report(packs, day, Path(name))
    store = stack.enter_context(open_store())
    trip = _find_trip(store, packs, day, name, prompter)
    return stack.enter_context(open_session(store, packs, day, trip))


def _find_trip(
    store: Store, packs: Pack, day: datetime.date, name: str | None, prompter: Prompter | None
) -> StoredTrip:
    if name is not None:
        return find_trip(store, name)
    if not store.names():
        raise UserError(
            "no trip is kept on this computer; name a report of your trip "
            f"({REPORT_FORMATS.list_readable('or')})"
        )
    command = "travelsec debrief TRIP"
    return find_or_choose_trip(store, packs, day, None, "after", command, lambda: prompter).record


def _open_report(packs: Pack, day: datetime.date, path: Path) -> TripSession:
    """Take the answers from a report; warn of those that do not fit today's packs."""
    received = read_report(path)
    if not received.fits:
        warn("The report was changed after it was made: its digest does not match.")
    answers, notices = restore_answers(received.report, packs, item_names(packs))
    for notice in notices:
        warn(notice)
    return unsaved_session(packs, day, answers, received.report.trip.name)


def _ask_on_return(session: TripSession, prompter: Prompter) -> None:
    """Ask what is open on return, and what happened."""
    prompter.tell(opening(session.name, session.facts()))
    with clean_stop("What you answered is kept."):
        ask_on_return(session, prompter, lambda: datetime.datetime.now().astimezone())


def _offer_to_forget(trip_id: str, outcome: Debrief, prompter: Prompter) -> None:
    """Offer to forget the trip, or the names and numbers in it, now that it is over."""
    with clean_stop("The trip is kept."):
        forget = ask_what_to_forget(outcome.unreported, prompter)
        if forget is None:
            inform("The trip is kept.")
            return
    with open_store() as store:
        trip = store.find(trip_id)
        if trip is not None:
            forget_trips(store, [trip], outcome.facts.pack, private=forget == "private")
