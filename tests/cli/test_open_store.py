"""The store of trips is opened where it can be, and a trip is locked while it is open."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import run
from tests.cli.trips import AS_OF, FACTS, PACK, TODAY, begin
from tests.terminal import CTRL_C, ENTER, Terminal
from travelsec.cli.find_trip import find_trip
from travelsec.cli.open_store import locked
from travelsec.cli.trip_session import open_session
from travelsec.problems import UserError
from travelsec.store import Store


def test_nobody_else_can_change_an_open_trip(store: Store) -> None:
    """Another one can be opened meanwhile, and this one afterwards."""
    begin(store, "Rome")
    rome = find_trip(store, "Rome")
    with locked(store, rome):
        with (
            pytest.raises(UserError, match="“Rome” is open in another window"),
            open_session(store, PACK, TODAY, rome),
        ):
            pass
        begin(store, "Oslo")
    with open_session(store, PACK, TODAY, rome) as session:
        session.fact("official", True, "script")
    assert [path.name for path in store.path.parent.iterdir()] == [store.path.name]


def test_the_second_window_on_a_trip_is_told(tmp_path: Path) -> None:
    """It changes nothing; a window on another trip works, and their answers never mix."""
    first = Terminal("prepare", "--trip", "Oslo", *AS_OF, folder=tmp_path)
    first.answer("What is your name?", "A. Smith", ENTER)
    first.wait_for("Which part of the MoJ")
    assert "Going on with" not in first.text()

    second = Terminal("prepare", "--trip", "oslo", *AS_OF, folder=tmp_path)
    assert second.finish() == 2
    assert "is open in another window" in second.text()
    script = run("prepare", "--trip", "Oslo", "--no-input", folder=tmp_path)
    assert script.code == 2
    forget = run("trips", "forget", "Oslo", "--yes", folder=tmp_path)
    assert forget.code == 2

    other = Terminal("prepare", "--trip", "Rome", *AS_OF, folder=tmp_path)
    other.answer("What is your name?", "B. Jones", ENTER)
    other.answer("Which part of the MoJ", "q")
    assert other.finish() == 130
    first.type("q")
    assert first.finish() == 130
    names = {trip: run("trips", "show", trip, folder=tmp_path).out for trip in ("Oslo", "Rome")}
    assert "A. Smith" in names["Oslo"]
    assert "B. Jones" not in names["Oslo"]
    assert "B. Jones" in names["Rome"]


def test_where_nothing_can_be_kept_it_says_so_and_goes_on(tmp_path: Path) -> None:
    """A data folder that cannot be made is a warning in a terminal, an error with `--trip`."""
    (tmp_path / "data").write_text("a file, not a folder", encoding="utf-8")
    terminal = Terminal("prepare", *AS_OF, folder=tmp_path)
    terminal.wait_for("your answers will not be kept")
    terminal.answer("What is your name?", CTRL_C)
    assert terminal.finish() == 130
    script = run("prepare", "--trip", "Oslo", "--no-input", *FACTS, folder=tmp_path)
    assert script.code == 2
    assert "trips cannot be stored here" in script.err
