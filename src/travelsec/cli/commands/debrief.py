"""`travelsec debrief`: close a trip after the return."""

from __future__ import annotations

import contextlib
import datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from travelsec.cli import options
from travelsec.cli.answers_input import read_answers
from travelsec.cli.choose_trip import find_or_choose_trip
from travelsec.cli.completers import complete_return_setting, complete_trip_or_report
from travelsec.cli.current_trip import as_of_today
from travelsec.cli.exit_codes import NO, READY
from travelsec.cli.forget import forget_trips
from travelsec.cli.messages import inform, warn
from travelsec.cli.open_store import open_store
from travelsec.cli.output import print_document, print_json
from travelsec.cli.prompts import clean_stop, prompter_if_any
from travelsec.cli.trip_session import TripSession, open_session, unsaved_session
from travelsec.formats import REPORT_FORMATS, names_a_report
from travelsec.interview.flow import Interview
from travelsec.interview.prompter import ChoicePrompt, Move, Prompter, TicksPrompt
from travelsec.pack.model import Pack
from travelsec.problems import UserError
from travelsec.report.read import read_report
from travelsec.report.restore import restore
from travelsec.results import debrief as results
from travelsec.store import Store
from travelsec.trip import advice
from travelsec.trip.answers import item_names
from travelsec.trip.debrief import Debrief, opening, outline
from travelsec.trip.selection import select, situation_titles
from travelsec.trip.stored_trip import Event
from travelsec.wording import join_words

NOTHING = "nothing"


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
    trip = _trip_id(store, packs, day, name, prompter)
    return stack.enter_context(open_session(store, packs, day, name=trip, begin=False))


def _trip_id(
    store: Store, packs: Pack, day: datetime.date, name: str | None, prompter: Prompter | None
) -> str:
    if name is None and not store.names():
        raise UserError(
            "no trip is kept on this computer; name a report of your trip "
            f"({REPORT_FORMATS.list_readable('or')})"
        )
    command = "travelsec debrief TRIP"
    return find_or_choose_trip(
        store, packs, day, name, "after", command, lambda: prompter
    ).record.id


def _open_report(packs: Pack, day: datetime.date, path: Path) -> TripSession:
    """Take the answers from a report; warn of those that do not fit today's packs."""
    received = read_report(path)
    if not received.fits:
        warn("The report was changed after it was made: its digest does not match.")
    answers, notices = restore(received.report, packs, item_names(packs))
    for notice in notices:
        warn(notice)
    return unsaved_session(packs, day, answers, received.report.trip.name)


def _ask_on_return(session: TripSession, prompter: Prompter) -> None:
    """Ask the questions and about the items on return, then about what happened."""
    prompter.tell(opening(session.name, session.facts()))
    with clean_stop("What you answered is kept."):
        facts = session.facts()
        if any(facts.questions(on_return=True)) or select(session.pack, facts, ("back",)):
            Interview(session, prompter, phases=("back",)).run()
        _ask_what_happened(session, prompter)


def _ask_what_happened(session: TripSession, prompter: Prompter) -> None:
    """Ask which situations happened, and whether each event was reported."""
    titles = {**situation_titles(session.facts()), NOTHING: "None of this happened"}
    message = "Did any of this happen on your trip?"
    ticked: tuple[str, ...] = ()
    while True:
        events = list(session.events.values())
        happened = [event.situation for event in events]
        noted = tuple(name for name in happened if name in titles)
        answer = prompter.ticks(
            TicksPrompt(
                message=message,
                options=titles,
                ticked=ticked or noted,
                check=partial(_check_happened, noted=noted, titles=titles),
                alone=NOTHING,
                why="Whatever was not reported must be reported now. You will see the steps.",
            )
        )
        if isinstance(answer, Move):
            continue
        prompter.acknowledge(message, join_words(titles[name] for name in answer))
        moment = datetime.datetime.now().astimezone().isoformat()
        unlisted = [name for name in answer if name not in (NOTHING, *happened)]
        events += [Event(moment, name, False, {}) for name in unlisted]
        if all(_ask_reported(session, event, prompter) for event in events):
            return
        # The user went back: ask for the list again, as it was ticked.
        ticked = answer


def _check_happened(
    answer: tuple[str, ...], noted: tuple[str, ...], titles: dict[str, str]
) -> str | None:
    left_out = [titles[name] for name in noted if name not in answer]
    if left_out:
        return f"“{left_out[0]}” was noted during your trip: leave it ticked"
    return None if answer else "tick what happened, or “None of this happened”"


def _ask_reported(session: TripSession, event: Event, prompter: Prompter) -> bool:
    """Ask whether an event was reported, keep that, and show the steps if not; False to go back."""
    facts = session.facts()
    situation = facts.pack.situations.get(event.situation)
    title = facts.fill_or_mark(situation.title) if situation else event.situation
    where = event.note.get("where") or event.note.get("when")
    message = f"{title}{f' ({where})' if where else ''}: has it been reported?"
    answer = prompter.choice(
        ChoicePrompt(
            message=message,
            options={"yes": "Yes, it has been reported", "no": "No, not yet"},
            initial="yes" if event.reported else "no",
            why="The service desk and the security team can only help if they know.",
        )
    )
    if isinstance(answer, Move):
        return False
    updated = Event(event.moment, event.situation, answer == "yes", event.note)
    session.keep_event(updated)
    prompter.acknowledge(message, "yes" if updated.reported else "not yet")
    if not updated.reported and situation is not None:
        # Back at home, the numbers to dial from abroad alone would not do.
        prompter.tell(advice.situation(situation, as_of_today(facts)))
    return True


def _offer_to_forget(trip_id: str, outcome: Debrief, prompter: Prompter) -> None:
    """Offer to forget the trip, or the names and numbers in it, now that it is over.

    What was not reported is not lost by one key: that is asked again.
    """
    with clean_stop("The trip is kept."):
        answer = prompter.choice(
            ChoicePrompt(
                message="What should happen to this trip on this computer?",
                options={
                    "keep": "Keep it",
                    "private": "Forget the names and numbers in it",
                    "all": "Forget all of it",
                },
                initial="keep",
                why="Reports that you have written stay where they are.",
            )
        )
        if answer not in ("private", "all"):
            inform("The trip is kept.")
            return
        if outcome.unreported and not _forgets_unreported(outcome.unreported, prompter):
            inform("The trip is kept.")
            return
    with open_store() as store:
        trip = store.find(trip_id)
        if trip is not None:
            forget_trips(store, [trip], outcome.facts.pack, private=answer == "private")


def _forgets_unreported(number: int, prompter: Prompter) -> bool:
    subject = "Something that happened is" if number == 1 else f"{number} things that happened are"
    answer = prompter.choice(
        ChoicePrompt(
            message=f"{subject} not reported. Forget all the same?",
            options={"no": "No, keep the trip", "yes": "Yes, forget it"},
            initial="no",
            why="Report it first. The trip knows what happened and who to call.",
        )
    )
    return answer == "yes"
