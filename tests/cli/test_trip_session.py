"""A trip is opened, locked, and every answer to it stored."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from travelsec.cli.trip_session import (
    draft_session,
    find_trip,
    name_to_prepare,
    open_session,
    open_store,
    unsaved_session,
)
from travelsec.pack.load import load
from travelsec.problems import UserError
from travelsec.store import Store, TripGone
from travelsec.trip.answers import Answers
from travelsec.trip.statuses import Status

TODAY = datetime.date(2026, 11, 22)
PACK = load()
TODO = {"overseas.clear-files": Status("todo", how="script")}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Open the trips of a user who has none."""
    monkeypatch.setenv("TRAVELSEC_DATA_DIR", str(tmp_path / "data"))
    with open_store() as opened:
        yield opened


def begin(store: Store, name: str) -> None:
    """Store a trip with one answer."""
    with open_session(store, PACK, TODAY, name=name) as session:
        session.fact("abroad", True, "script")


def test_a_trip_is_stored_from_its_first_answer_on(store: Store) -> None:
    """Whoever looks in and answers nothing leaves no trip behind."""
    with open_session(store, PACK, TODAY, name=None) as session:
        session.fact("abroad", None, "terminal")
        session.remember(Path("report.json"))
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
        with open_session(store, PACK, TODAY, name=None) as session:
            session.answers.take(Answers(facts={"destination": "Rome"}))
            session.fact("destination", "Rome", "terminal")
            assert session.name == expected
    with open_session(store, PACK, TODAY, name="Mine") as session:
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
    assert session.welcome() == []


def test_a_draft_knows_the_trip_and_stores_nothing(store: Store) -> None:
    begin(store, "Rome")
    draft = draft_session(PACK, TODAY, "rome")
    draft.take(Answers(facts={"official": True}, how={"official": "script"}))
    assert draft.facts().answers == {"abroad": True, "official": True}
    assert list(find_trip(store, "Rome").facts) == ["abroad"]


def test_nobody_else_can_change_an_open_trip(store: Store) -> None:
    """Another one can be opened meanwhile, and this one afterwards."""
    begin(store, "Rome")
    with open_session(store, PACK, TODAY, name="Rome"):
        with (
            pytest.raises(UserError, match="“Rome” is open in another window"),
            open_session(store, PACK, TODAY, name="Rome"),
        ):
            pass
        begin(store, "Oslo")
    begin(store, "Rome")
    assert [path.name for path in store.path.parent.iterdir()] == [store.path.name]


@pytest.mark.parametrize("name", ["Lisbon", "lisbon 2026", "LIS"])
def test_the_beginning_of_a_name_is_enough_in_any_case(store: Store, name: str) -> None:
    """Where only one trip begins so; a whole name is never the beginning of another."""
    begin(store, "Lisbon 2026-12-01")
    begin(store, "Oslo")
    assert find_trip(store, name).name == "Lisbon 2026-12-01"
    begin(store, name)
    assert find_trip(store, name.swapcase()).name == name


def test_a_beginning_of_several_names_is_refused(store: Store) -> None:
    """The error lists them; nothing at all is the beginning of none."""
    for name in ("Lisbon 2026-12-01", "Lisbon 2027-01-08", "Oslo"):
        begin(store, name)
    with pytest.raises(UserError, match=r"several .*“lis”.*Lisbon 2026-12-01, Lisbon 2027-01-08\)"):
        find_trip(store, "lis")
    for nothing in ("", " "):
        with pytest.raises(UserError, match="there is no trip"):
            find_trip(store, nothing)


@pytest.mark.parametrize(
    ("name", "meant", "told"),
    [
        ("oslo", "Oslo", ""),
        ("Os", "Oslo", "Going on with the trip Oslo, the only one that begins with “Os”."),
        ("Lis", "Lis", "If you meant “Lisbon 2026” or “Lisbon 2027”, give that name."),
        ("Olso", "Olso", "there is no trip “Olso” yet: this begins it. If you meant “Oslo”"),
        ("Rome", "Rome", ""),
    ],
)
def test_a_script_is_told_which_trip_is_meant(
    store: Store, capsys: pytest.CaptureFixture[str], name: str, meant: str, told: str
) -> None:
    """The one of this name, the only one that begins so, or else a new one."""
    for kept in ("Lisbon 2026", "Lisbon 2027", "Oslo"):
        begin(store, kept)
    assert name_to_prepare(name, None) == meant
    err = capsys.readouterr().err
    assert told in " ".join(err.split()) if told else err == ""


def test_a_trip_that_there_must_be(store: Store) -> None:
    """The error helps to find it."""
    with pytest.raises(UserError, match="travelsec prepare begins one"):
        find_trip(store, "Rome")
    begin(store, "Rome")
    with pytest.raises(UserError, match=r"no trip “Rme” \(allowed: Rome; did you mean Rome\?\)"):
        find_trip(store, "Rme")
    with pytest.raises(UserError, match="no trip or file “x\udcff”"):
        find_trip(store, "x\udcff", what="trip or file")
    with pytest.raises(UserError, match="no trip “Oslo”"):
        draft_session(PACK, TODAY, "Oslo", begin=False)
    with pytest.raises(TripGone), open_session(store, PACK, TODAY, name="Oslo", begin=False):
        pass


def test_a_name_of_the_past_begins_no_trip(store: Store) -> None:
    """Trips are called so only until it is known where they go."""
    with pytest.raises(UserError, match="there is no trip “New trip 2026-11-01” any more"):
        draft_session(PACK, TODAY, "New trip 2026-11-01")
    assert store.names() == []
