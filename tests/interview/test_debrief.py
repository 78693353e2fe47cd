"""Back from a trip: what happened, whether it was reported, and what to forget."""

from __future__ import annotations

import datetime

import pytest

from tests.interview.scripted import ScriptedPrompter
from travelsec.cli.trip_session import TripSession, unsaved_session
from travelsec.interview.debrief import NOTHING, ask_on_return, ask_what_to_forget
from travelsec.interview.prompter import Move, Stopped, TicksPrompt
from travelsec.pack.load import load
from travelsec.trip.answers import Answers
from travelsec.trip.stored_trip import Event

NOW = datetime.datetime(2026, 12, 6, 9, 30, tzinfo=datetime.UTC)
NOTED = Event("2026-12-02T10:00:00+00:00", "out-of-sight", reported=False, note={"where": "Oslo"})
NO_PRINTS = ("no", "finish")
"""Nothing was printed, and all is right."""


def session_with(*events: Event) -> TripSession:
    """Return a trip that is over, on which this happened."""
    session = unsaved_session(load(), NOW.date(), Answers(facts={"devices": ("phone",)}))
    for event in events:
        session.keep_event(event)
    return session


def ask(session: TripSession, *answers: str | tuple[str, ...] | Move) -> ScriptedPrompter:
    """Ask with these answers to what happened."""
    prompter = ScriptedPrompter(*NO_PRINTS, *answers)
    ask_on_return(session, prompter, lambda: NOW)
    return prompter


def test_nothing_happened() -> None:
    """No event is kept, and nothing more is asked."""
    session = session_with()
    prompter = ask(session, (NOTHING,))
    assert session.events == {}
    assert prompter.acknowledged[-1][1] == "None of this happened"


def test_what_happened_is_kept_with_its_time_and_the_steps_are_shown() -> None:
    """Unless it was reported: then there is nothing left to do."""
    session = session_with()
    prompter = ask(session, ("lost-or-stolen", "out-of-sight"), "no", "yes")
    kept = {event.situation: event.reported for event in session.events.values()}
    assert kept == {"lost-or-stolen": False, "out-of-sight": True}
    assert {event.moment for event in session.events.values()} == {NOW.isoformat()}
    shown = str(prompter.told)
    assert load().situations["lost-or-stolen"].title in shown
    assert load().situations["out-of-sight"].title not in shown


def test_what_was_noted_on_the_way_stays_ticked() -> None:
    """It keeps its time and its note, and the place tells it from others."""
    session = session_with(NOTED)
    prompter = ask(session, ("out-of-sight",), "yes")
    ticks, reported = prompter.prompts[-2:]
    assert isinstance(ticks, TicksPrompt)
    assert ticks.ticked == ("out-of-sight",)
    assert "leave it ticked" in (ticks.fault((NOTHING,)) or "")
    assert ticks.fault(("out-of-sight",)) is None
    assert "(Oslo): has it been reported?" in reported.message
    (event,) = session.events.values()
    assert (event.moment, event.note, event.reported) == (NOTED.moment, NOTED.note, True)


def test_back_leads_to_the_list_as_it_was_ticked() -> None:
    """An event that was not asked about to the end is not kept."""
    session = session_with()
    prompter = ask(session, Move.BACK, ("lost-or-stolen",), Move.BACK, (NOTHING,))
    lists = [prompt for prompt in prompter.prompts if type(prompt) is TicksPrompt]
    assert [prompt.ticked for prompt in lists] == [(), (), ("lost-or-stolen",)]
    assert session.events == {}
    empty = lists[0].fault(())
    assert empty is not None
    assert "None of this happened" in empty


@pytest.mark.parametrize(
    ("unreported", "answers", "forgets"),
    [
        (0, ("keep",), None),
        (0, (Move.BACK,), None),
        (0, ("private",), "private"),
        (0, ("all",), "all"),
        (1, ("all", "no"), None),
        (1, ("all", Move.BACK), None),
        (2, ("private", "yes"), "private"),
    ],
)
def test_what_was_not_reported_is_not_forgotten_by_one_key(
    unreported: int, answers: tuple[str | Move, ...], forgets: str | None
) -> None:
    """Whoever goes back keeps the trip."""
    prompter = ScriptedPrompter(*answers)
    assert ask_what_to_forget(unreported, prompter) == forgets
    assert prompter.answers == []
    if unreported == 2:
        assert prompter.prompts[-1].message.startswith("2 things that happened are not reported.")


def test_whoever_stops_decides_nothing() -> None:
    with pytest.raises(Stopped):
        ask_what_to_forget(0, ScriptedPrompter())
