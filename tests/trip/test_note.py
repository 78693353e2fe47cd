"""The note of an incident: every field, filled in or left to be filled in by hand."""

from __future__ import annotations

import datetime

from tests.trip.test_selection import bundled
from travelsec.pack.model import Pack
from travelsec.trip.facts import Facts
from travelsec.trip.note import BLANK, NOTE_FIELDS, note_text

TODAY = datetime.date(2026, 11, 22)


def test_a_field_without_a_text_is_a_blank(pack: Pack) -> None:
    """The traveller and the trip are two of them, if nobody is known."""
    situation = pack.situations["loss"]
    empty = note_text(situation, Facts(pack, {}, TODAY), {})
    assert empty.startswith("Incident note: Something is lost\n")
    assert all(ask in empty for ask in NOTE_FIELDS.values())
    assert empty.count(BLANK) == len(NOTE_FIELDS) + 2
    filled = note_text(situation, Facts(pack, {}, TODAY), {"where": "On the train", "seen": ""})
    assert "On the train" in filled
    assert filled.count(BLANK) == len(NOTE_FIELDS) + 1


def test_the_traveller_is_named_if_known() -> None:
    """And so is the trip, by its destination."""
    facts = Facts(bundled(), {"traveller": "A. Smith", "destination": "Lisbon"}, TODAY)
    note = note_text(next(iter(bundled().situations.values())), facts, {})
    assert "A. Smith" in note
    assert "Lisbon" in note
    assert note.count(BLANK) == len(NOTE_FIELDS)
