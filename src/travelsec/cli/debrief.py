"""`travelsec debrief`: close a trip after the return."""

from __future__ import annotations

import contextlib
import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from travelsec.cli.exits import NO, READY
from travelsec.cli.options import (
    AccessibleOption,
    PackOption,
    PlainOption,
    TodayOption,
    complete_trip,
    load_packs,
    read_today,
    wants_accessible,
    warn,
)

if TYPE_CHECKING:
    from travelsec.cli.keeping import Keeper
    from travelsec.interview.prompter import Prompter
    from travelsec.pack.model import Pack
    from travelsec.store import Store
    from travelsec.trip.answers import Answers
    from travelsec.trip.facts import Facts
    from travelsec.trip.record import Event

NOTHING = "nothing"


def debrief(
    trip_or_report: Annotated[
        str | None,
        typer.Argument(
            metavar="[TRIP_OR_REPORT]",
            help="A trip by its name, or a report (.json) from another machine.",
            autocompletion=complete_trip,
        ),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="ITEM=STATUS",
            help="Answer one item on return: ITEM=STATUS[:REASON]. Can be given several times.",
        ),
    ] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask.")] = False,
    pack: PackOption = None,
    today: TodayOption = None,
    plain: PlainOption = False,
    accessible: AccessibleOption = False,
) -> None:
    """Back again: what to do on return, and whether anything happened that must be reported.

    Exit code 0: closed. 1: a must is open, or something that happened is not reported.
    """
    from travelsec.cli.prompting import make_prompter
    from travelsec.console import print_blocks
    from travelsec.trip.debrief import is_closed, outline
    from travelsec.trip.facts import Facts

    day = read_today(today)
    packs = load_packs(pack)
    asking = not no_input and sys.stdin.isatty()
    line_by_line = wants_accessible(accessible)
    prompter = make_prompter(accessible=line_by_line) if asking else None
    with contextlib.ExitStack() as stack:
        keeper, name, answers = _subject(stack, packs, day, trip_or_report, prompter)
        _take(packs, day, settings or [], answers, keeper)
        events = list(keeper.trip.events) if keeper else []
        if prompter is not None:
            events = _ask(packs, day, answers, events, prompter, keeper)
        facts = Facts(packs, answers.facts, day)
        print_blocks(
            outline(name, facts, answers.statuses, events), sys.stdout, plain=plain or line_by_line
        )
        closed = is_closed(facts, answers.statuses, events)
    if keeper is not None and prompter is not None:
        _offer_to_forget(keeper.trip.id, packs, prompter)
    raise typer.Exit(READY if closed else NO)


def _subject(
    stack: contextlib.ExitStack,
    packs: Pack,
    day: datetime.date,
    wanted: str | None,
    prompter: Prompter | None,
) -> tuple[Keeper | None, str, Answers]:
    """Return what is debriefed: a kept trip that is locked meanwhile, or a report; its answers."""
    if wanted is not None and Path(wanted).suffix.lower() == ".json":
        name, answers = _from_report(packs, Path(wanted))
        return None, name, answers
    from travelsec.cli import keeping

    store = stack.enter_context(keeping.open_store())
    trip = _find(store, wanted, prompter)
    keeper = stack.enter_context(keeping.opened(store, packs, day, name=trip))
    return keeper, keeper.name, keeper.answers


def _find(store: Store, wanted: str | None, prompter: Prompter | None) -> str:
    from travelsec.cli.prompting import stopping
    from travelsec.interview.prompter import ChoicePrompt
    from travelsec.problems import UserError, allowed

    names = store.names()
    if wanted is not None:
        trip = store.find(wanted)
        if trip is None:
            raise UserError(f"there is no trip “{wanted}”{allowed(names, wanted)}")
        return trip.id
    if not names:
        raise UserError("no trip is kept on this computer; name a report of the trip (.json)")
    if len(names) == 1:
        return names[0]
    if prompter is None:
        raise UserError(f"say which trip: travelsec debrief TRIP{allowed(names)}")
    with stopping("Nothing was changed."):
        answer = prompter.choice(
            ChoicePrompt(
                message="Which trip are you back from?",
                options={name: name for name in names},
                why="Each trip is closed on its own.",
            )
        )
    return answer if isinstance(answer, str) else names[0]


def _from_report(packs: Pack, path: Path) -> tuple[str, Answers]:
    """Read a report as answers; what does not fit the packs of today is told and left out."""
    from travelsec import values
    from travelsec.report.read import read
    from travelsec.trip.answers import Answers, item_names
    from travelsec.trip.statuses import Status

    report, oddities = read(path)
    for oddity in oddities:
        warn(oddity)
    answers = Answers()
    for name, data in report.trip.facts.items():
        question = packs.questions.get(name)
        try:
            if question is not None:
                answers.facts[name] = values.read(question.fact, values.from_data(data))
        except values.WrongValue as wrong:
            warn(f"{name} is left out: {wrong}")
    now = item_names(packs)
    for item in report.items:
        if item.id in now and item.status != "unanswered":
            status = Status(item.status, item.reason, item.note, item.how)
            answers.statuses[now[item.id]] = status
    return report.trip.name, answers


def _take(
    packs: Pack,
    day: datetime.date,
    settings: list[str],
    answers: Answers,
    keeper: Keeper | None,
) -> None:
    from travelsec.cli import given

    said = given.read(packs, None, settings, day, answers)
    if keeper is not None:
        keeper.take(said)
    answers.take(said)


def _ask(
    packs: Pack,
    day: datetime.date,
    answers: Answers,
    events: list[Event],
    prompter: Prompter,
    keeper: Keeper | None,
) -> list[Event]:
    """Ask for the items on return and for what happened; return what happened, as it is now."""
    from travelsec.cli.prompting import stopping
    from travelsec.interview.conduct import Interview
    from travelsec.trip.debrief import back_items
    from travelsec.trip.facts import Facts

    facts = Facts(packs, answers.facts, day)
    with stopping("What you answered is kept."):
        if back_items(facts):
            Interview(packs, prompter, answers, day, keeper, phases=("back",)).run()
        return _ask_what_happened(facts, events, prompter, keeper)


def _ask_what_happened(
    facts: Facts, events: list[Event], prompter: Prompter, keeper: Keeper | None
) -> list[Event]:
    from travelsec.interview.prompter import Move, TicksPrompt
    from travelsec.values import join_words

    known = {event.situation: event for event in events}
    options = {
        one.id: facts.fill_or_mark(one.title)
        for one in facts.pack.situations.values()
        if one.audience == "traveller" and one.when.truth(facts.state) is not False
    }
    options[NOTHING] = "Nothing of this happened"
    message = "Did any of this happen on the way?"
    while True:
        answer = prompter.ticks(
            TicksPrompt(
                message=message,
                options=options,
                ticked=tuple(known),
                check=_check_happened,
                alone=NOTHING,
                why="What was not reported yet must be reported now. The steps are shown.",
            )
        )
        if not isinstance(answer, Move):
            break
    prompter.acknowledge(message, join_words(options[name] for name in answer))
    happened = [
        _ask_reported(facts, name, known.get(name), prompter, keeper)
        for name in answer
        if name != NOTHING
    ]
    # Something that was noted on the way is not undone by leaving it out here.
    return [*happened, *(event for event in events if event.situation not in answer)]


def _check_happened(answer: tuple[str, ...]) -> str | None:
    if not answer:
        return "tick what happened, or “Nothing of this happened”"
    if NOTHING in answer and len(answer) > 1:
        return "“Nothing of this happened” cannot be ticked together with others"
    return None


def _ask_reported(
    facts: Facts, name: str, event: Event | None, prompter: Prompter, keeper: Keeper | None
) -> Event:
    """Ask whether it was reported, keep that, and show the steps if it was not."""
    from travelsec import advice
    from travelsec.interview.prompter import ChoicePrompt
    from travelsec.trip.record import Event

    situation = facts.pack.situations[name]
    message = f"{facts.fill_or_mark(situation.title)}: has it been reported?"
    answer = prompter.choice(
        ChoicePrompt(
            message=message,
            options={"yes": "Yes, it has been reported", "no": "No, not yet"},
            initial="yes" if event is not None and event.reported else "no",
            why="The service desk and the security team can only help with what they know of.",
        )
    )
    reported = answer == "yes"
    now = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    kept = Event(event.moment if event else now, name, reported, event.note if event else {})
    if keeper is not None:
        keeper.store.keep_event(keeper.trip.id, kept)
    prompter.acknowledge(message, "yes" if reported else "not yet")
    if not reported:
        prompter.tell(advice.situation(situation, facts))
    return kept


def _offer_to_forget(trip_id: str, packs: Pack, prompter: Prompter) -> None:
    """Offer to forget the trip, or the names and numbers in it, now that it is over."""
    from travelsec.cli.keeping import open_store
    from travelsec.cli.prompting import stopping
    from travelsec.cli.trips import forget_trip
    from travelsec.interview.prompter import ChoicePrompt

    with stopping("The trip is kept."):
        answer = prompter.choice(
            ChoicePrompt(
                message="What shall become of this trip on this computer?",
                options={
                    "keep": "Keep it",
                    "private": "Forget the names and numbers in it",
                    "all": "Forget all of it",
                },
                initial="keep",
                why="Reports that were written stay where they are.",
            )
        )
    if answer in ("private", "all"):
        with open_store() as store:
            trip = store.find(trip_id)
            if trip is not None:
                forget_trip(store, trip, packs, private=answer == "private")
