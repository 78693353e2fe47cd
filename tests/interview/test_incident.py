"""Someone in trouble chooses what happened, and says what they like for the note."""

from __future__ import annotations

import datetime

import pytest

from tests.interview.scripted import ScriptedPrompter
from travelsec.interview.incident import ask_note, ask_what_happened
from travelsec.interview.prompter import ChoicePrompt, Move, Stopped, TextPrompt
from travelsec.pack.load import load
from travelsec.trip.facts import Facts
from travelsec.trip.note import NOTE_FIELDS

FACTS = Facts(load(), {}, datetime.date(2026, 12, 2))


def test_there_is_nothing_to_go_back_to_from_what_happened() -> None:
    """The list comes again, in the order given."""
    situations = list(FACTS.pack.situations.values())[:3]
    prompter = ScriptedPrompter(Move.BACK, situations[1].id)
    assert ask_what_happened(prompter, FACTS, situations, "The nearest.") is situations[1]
    first, again = prompter.prompts
    assert first == again
    assert isinstance(first, ChoicePrompt)
    assert list(first.options) == [situation.id for situation in situations]
    assert first.hint == "The nearest."


def test_back_in_a_note_offers_the_earlier_text() -> None:
    """From the first field there is no way back."""
    others = [""] * (len(NOTE_FIELDS) - 1)
    prompter = ScriptedPrompter(Move.BACK, "at nine", Move.BACK, "at ten", *others)
    texts: dict[str, str] = {}
    ask_note(prompter, texts)
    assert texts == {"when": "at ten", **dict.fromkeys(list(NOTE_FIELDS)[1:], "")}
    offered = [prompt.initial for prompt in prompter.prompts if isinstance(prompt, TextPrompt)]
    assert offered[:4] == ["", "", "", "at nine"]
    assert prompter.acknowledged[-1] == (NOTE_FIELDS["told"], "left open")


def test_whoever_stops_keeps_what_was_typed() -> None:
    """Each text is there before the next question."""
    texts: dict[str, str] = {}
    with pytest.raises(Stopped):
        ask_note(ScriptedPrompter("at nine", "in Oslo"), texts)
    assert texts == {"when": "at nine", "where": "in Oslo"}
