"""The note of an incident is written, and the trip remembers it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.trips import PACK, TODAY, begin
from travelsec.cli.incident_note import write_note
from travelsec.problems import UserError
from travelsec.store import Store
from travelsec.trip.facts import Facts

FACTS = Facts(PACK, {}, TODAY)
SITUATION = PACK.situations["out-of-sight"]
TEXTS = {"where": "Oslo"}


def test_the_trip_remembers_even_if_the_note_cannot_be_written(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The event happened all the same."""
    begin(store, "Oslo")
    trip = store.trips()[0]
    with pytest.raises(UserError):
        write_note(tmp_path / "no" / "note.txt", SITUATION, FACTS, TEXTS, trip, force=False)
    write_note(tmp_path / "note.txt", SITUATION, FACTS, TEXTS, trip, force=False)
    assert "The trip Oslo keeps it for the debrief." in capsys.readouterr().err
    kept = store.trips()[0]
    assert [(event.situation, event.note) for event in kept.events] == 2 * [("out-of-sight", TEXTS)]
    assert str(tmp_path / "note.txt") in map(str, kept.exports)


def test_without_a_trip_there_is_only_the_note(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was not said is a blank."""
    write_note(tmp_path / "note.txt", SITUATION, FACTS, TEXTS, None, force=False)
    note = (tmp_path / "note.txt").read_text(encoding="utf-8")
    assert "Where? Oslo" in note
    assert "When did it happen? ____" in note
    assert "keeps it" not in capsys.readouterr().err
