"""Ask a traveller who is back: the items on return, what happened, and what may be forgotten."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from typing import Literal, Protocol, TypeAlias

from travelsec.interview.flow import Interview, Session
from travelsec.interview.prompter import ChoicePrompt, Move, Prompter, TicksPrompt
from travelsec.trip import advice
from travelsec.trip.selection import possible_titles, select
from travelsec.trip.stored_trip import Event
from travelsec.trip.whereabouts import as_of_today
from travelsec.wording import join_words

NOTHING = "nothing"

Forget: TypeAlias = Literal["private", "all"]


class ReturnSession(Session, Protocol):
    """The trip that the traveller is back from; `events` holds what happened on it."""

    events: dict[tuple[str, str], Event]

    def keep_event(self, event: Event) -> None:
        """Keep what happened on the trip; `events` has it from now on."""


def ask_on_return(
    session: ReturnSession, prompter: Prompter, clock: Callable[[], datetime.datetime]
) -> None:
    """Ask the questions and about the items on return, then about what happened.

    `clock` returns the time at which an event is noted.

    Raises:
        Stopped: the traveller wants to stop; all that was answered is kept.
    """
    facts = session.facts()
    if any(facts.questions(on_return=True)) or select(session.pack, facts, ("back",)):
        Interview(session, prompter, phases=("back",)).run()
    _ask_what_happened(session, prompter, clock)


def ask_what_to_forget(unreported: int, prompter: Prompter) -> Forget | None:
    """Ask whether to forget the trip, or the names and numbers in it; None to keep it.

    What was not reported is not lost by one key: that is asked again.

    Raises:
        Stopped: the traveller decides nothing.
    """
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
        return None
    if unreported and not _forgets_unreported(unreported, prompter):
        return None
    return "private" if answer == "private" else "all"


def _ask_what_happened(
    session: ReturnSession, prompter: Prompter, clock: Callable[[], datetime.datetime]
) -> None:
    """Ask which situations happened, and whether each event was reported."""
    titles = {**possible_titles(session.facts()), NOTHING: "None of this happened"}
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
        moment = clock().isoformat()
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


def _ask_reported(session: ReturnSession, event: Event, prompter: Prompter) -> bool:
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
