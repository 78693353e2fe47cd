"""A trip is begun, named and gone on with, and every answer to it is stored."""

from __future__ import annotations

import datetime
import signal
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.cli.trips import AS_OF, PACK, TODAY, begin
from tests.terminal import CTRL_C, ENTER, Terminal
from travelsec.cli.find_trip import find_trip
from travelsec.cli.trip_session import (
    begin_session,
    open_session,
    unsaved_session,
    unsaved_session_of_trip,
)
from travelsec.store import Store
from travelsec.trip.answers import Answers
from travelsec.trip.statuses import Status
from travelsec.trip.stored_trip import TripGone

TODO = {"overseas.clear-files": Status("todo", how="script")}


def test_a_trip_is_stored_from_its_first_answer_on(store: Store) -> None:
    """Whoever looks in and answers nothing leaves no trip behind."""
    with begin_session(store, PACK, TODAY, None) as session:
        session.fact("abroad", None, "terminal")
        session.keep_export(Path("report.json"))
        session.close()
        assert store.names() == []
        session.statuses(TODO)
        assert store.names() == ["New trip 2026-11-22"]
    found = find_trip(store, "New trip 2026-11-22")
    assert found.statuses == TODO
    assert found.exports == ()


def test_a_trip_without_a_name_is_named_after_where_it_goes(store: Store) -> None:
    """If another has that name, it gets a number; one that was given a name keeps it."""
    for expected in ("Rome", "Rome (2)"):
        with begin_session(store, PACK, TODAY, None) as session:
            session.answers.take(Answers(facts={"destination": "Rome"}))
            session.fact("destination", "Rome", "terminal")
            assert session.name == expected
    with begin_session(store, PACK, TODAY, "Mine") as session:
        session.answers.take(Answers(facts={"destination": "Rome"}))
        session.fact("destination", "Rome", "terminal")
        assert session.name == "Mine"
    assert sorted(store.names()) == ["Mine", "Rome", "Rome (2)"]


def test_what_is_not_saved_is_known_all_the_same() -> None:
    """Such as the answers of a report from another machine."""
    session = unsaved_session(PACK, TODAY, Answers(facts={"abroad": True}), "Rome")
    session.take(Answers(facts={"official": True}, how={"official": "script"}))
    session.statuses(TODO)
    session.close()
    assert session.facts().answers == {"abroad": True, "official": True}
    session.fact("destination", "Oslo", "terminal")
    assert session.name == "Rome"
    assert session.welcome() == []


def test_a_draft_knows_the_trip_and_stores_nothing(store: Store) -> None:
    begin(store, "Rome")
    draft = unsaved_session_of_trip(PACK, TODAY, find_trip(store, "rome"))
    draft.take(Answers(facts={"official": True}, how={"official": "script"}))
    assert draft.facts().answers == {"abroad": True, "official": True}
    assert list(find_trip(store, "Rome").facts) == ["abroad"]


def test_a_trip_that_was_forgotten_since_it_was_found_is_not_begun_again(store: Store) -> None:
    begin(store, "Oslo")
    found = find_trip(store, "Oslo")
    store.forget(found.id)
    with pytest.raises(TripGone, match="Oslo"), open_session(store, PACK, TODAY, found):
        pass
    assert store.names() == []


def test_a_trip_is_opened_as_it_is_now(store: Store) -> None:
    """Not as it was found, as another window may have changed it since."""
    begin(store, "Oslo")
    found = find_trip(store, "Oslo")
    store.keep_statuses(found.id, TODO)
    with open_session(store, PACK, TODAY, found) as session:
        assert session.answers.statuses == TODO


def test_the_last_trip_that_has_an_answer_offers_it(store: Store) -> None:
    """Only to lasting questions, and not after it was forgotten."""
    name, destination = PACK.questions["traveller"], PACK.questions["destination"]
    with begin_session(store, PACK, TODAY, "Lisbon") as session:
        assert session.last_answer(name) is None
        session.fact("traveller", "A. Smith", "terminal")
        session.fact("destination", "Lisbon", "terminal")
        assert session.last_answer(name) is None
    later = TODAY + datetime.timedelta(1)
    with begin_session(store, PACK, later, "Rome") as session:
        session.fact("abroad", True, "terminal")
        assert session.last_answer(name) == "A. Smith"
        assert session.last_answer(destination) is None
    with begin_session(store, PACK, later, "Oslo") as session:
        # The trip to Rome is newer, and has no name.
        assert session.last_answer(name) == "A. Smith"
        lisbon = store.find("Lisbon")
        assert lisbon is not None
        store.forget(lisbon.id)
        assert session.last_answer(name) is None
    assert unsaved_session(PACK, TODAY).last_answer(name) is None


def test_a_traveller_who_begins_is_told_what_to_expect(store: Store) -> None:
    """How long it takes, what is kept, what is left out, and whose checklists they are."""
    with begin_session(store, PACK, TODAY, "Lisbon") as session:
        told = session.introduction(24)
        assert told[0] == "About 24 questions. Stop at any time; what you answered is kept."
        assert any(text.startswith("Not covered here: ") for text in told)
        info = PACK.sources[0].info
        assert told[-1] == f"Checklists: {info.title} ({info.id} {info.version})."
        # What does not concern the trip is not named either.
        session.fact("abroad", False, "terminal")
        assert not any(text.startswith("Not covered here: ") for text in session.introduction(9))
    assert "nothing is kept" in unsaved_session(PACK, TODAY).introduction(9)[0]


def test_a_command_that_was_told_before_the_trip_had_its_name_begins_no_other(
    tmp_path: Path,
) -> None:
    """A trip is named after its facts as soon as they are known."""
    early = Terminal("prepare", *AS_OF, folder=tmp_path)
    early.answer("What is your name?", "A. Smith", ENTER)
    early.answer("Which part of the MoJ", CTRL_C)
    assert early.finish() == 130
    name = "New trip 2026-11-22"
    assert f"Go on with:    travelsec prepare --trip '{name}'" in early.text().replace("\n", "")
    going = ("--trip", name, "--no-input", *AS_OF)
    needed = [f"--set={fact}" for fact in ("destination=Lisbon", "abroad=yes", "devices=none")]
    named = run("prepare", *going, *needed, folder=tmp_path)
    assert named.code == 1, named.err
    again = run("prepare", *going, folder=tmp_path)
    assert again.code == 2
    assert f"there is no trip “{name}” any more" in again.err
    assert "(allowed: Lisbon)" in again.err
    assert "New trip" not in run("trips", "list", folder=tmp_path).out


def test_two_windows_that_begin_one_trip(tmp_path: Path) -> None:
    """The first answer counts; the other window says so, and its answer makes no second trip."""
    first, second = (
        Terminal("prepare", "--trip", "Oslo", *AS_OF, folder=tmp_path) for _ in range(2)
    )
    second.wait_for("What is your name?")
    first.answer("What is your name?", "A. Smith", ENTER)
    first.answer("Which part of the MoJ", "q")
    assert first.finish() == 130
    second.type("B. Jones" + ENTER)
    assert second.finish() == 2
    assert "“Oslo” has since been begun in another window" in " ".join(second.text().split())
    assert "A. Smith" in run("trips", "show", "Oslo", folder=tmp_path).out
    assert len(run("trips", "list", folder=tmp_path).out.splitlines()) == 1


def kept_files(folder: Path) -> list[str]:
    """Return the names of all files in the data folder."""
    return sorted(path.name for path in (folder / "data" / "travelsec").iterdir())


@pytest.mark.slow
def test_a_trip_without_an_answer_is_none(tmp_path: Path) -> None:
    """Stopped or killed at the first question: there is no trip, and nothing lies about."""
    for name in ((), ("--trip", "Oslo")):
        stopped = Terminal("prepare", *name, *AS_OF, folder=tmp_path)
        stopped.answer("What is your name?", "q", ENTER)
        assert stopped.finish() == 130
        assert kept_files(tmp_path) == ["trips.sqlite3"]
        killed = Terminal("prepare", *name, *AS_OF, folder=tmp_path)
        killed.wait_for("What is your name?")
        killed.child.kill(signal.SIGKILL)
        killed.finish()
        assert "No trip is kept" in run("trips", "list", folder=tmp_path).out
    after = Terminal("prepare", *AS_OF, folder=tmp_path)
    after.answer("What is your name?", "A. Smith", ENTER)
    after.answer("Which part of the MoJ", "q")
    assert after.finish() == 130
    assert kept_files(tmp_path) == ["trips.sqlite3"]
    assert run("trips", "list", *AS_OF, folder=tmp_path).out.startswith("New trip 2026-11-22: ")
