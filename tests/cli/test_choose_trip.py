"""Which trip is meant: the only one that can be, or the one that the user chooses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import run
from tests.cli.trips import AS_OF, FACTS, begin
from tests.terminal import ENTER, Terminal
from travelsec.cli.choose_trip import find_or_name_trip
from travelsec.problems import UserError
from travelsec.store import Store


def keep(folder: Path, name: str, *more: str) -> None:
    """Keep a trip with these facts."""
    run("prepare", "--trip", name, "--no-input", *FACTS, *AS_OF, *more, folder=folder)


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
    found, trip = find_or_name_trip(store, name, None)
    assert found == meant
    assert (trip.name if trip else None) == (meant if meant == "Oslo" else None)
    err = capsys.readouterr().err
    assert told in " ".join(err.split()) if told else err == ""


def test_where_a_trip_must_be_stored_none_is_begun(store: Store) -> None:
    """Whether others are stored or not."""
    for other in ("Oslo", "Paris"):
        with pytest.raises(UserError, match="there is no trip “Rome”"):
            find_or_name_trip(store, "Rome", None, begin=False)
        begin(store, other)
    name, trip = find_or_name_trip(store, "osl", None, begin=False)
    assert name == "Oslo"
    assert trip == store.find("Oslo")


def test_a_trip_that_is_forgotten_before_it_is_opened(tmp_path: Path) -> None:
    """Between the list and the choice from it: no trip is begun by the name of its id."""
    keep(tmp_path, "Oslo")
    keep(tmp_path, "Rome")
    window = Terminal("prepare", *AS_OF, folder=tmp_path)
    window.wait_for("Which trip do you want to prepare?")
    for name in ("Oslo", "Rome"):
        run("trips", "forget", name, "--yes", folder=tmp_path)
    window.type(ENTER)
    assert window.finish() == 2
    assert "has since been forgotten by another travelsec" in " ".join(window.text().split())
    assert "No trip is kept" in run("trips", "list", folder=tmp_path).out


def test_a_trip_that_is_renamed_before_it_is_chosen_is_not_begun_again(tmp_path: Path) -> None:
    """Whoever chose to go on with it would find an empty trip in its place."""
    keep(tmp_path, "Oslo")
    window = Terminal("prepare", "--trip", "Os", *AS_OF, folder=tmp_path)
    window.wait_for("Which trip do you mean?")
    run("trips", "rename", "Oslo", "Bergen", folder=tmp_path)
    window.type(ENTER)
    window.wait_for("there is no trip “Oslo” (allowed: Bergen)")
    assert window.finish() == 2
    assert "Oslo" not in run("trips", "list", folder=tmp_path).out


def test_without_a_name_the_only_trip_that_can_be_meant_is_shown(tmp_path: Path) -> None:
    """One that is not over comes before those that are; of several, the error lists the names."""
    keep(tmp_path, "Past", "--set", "departs=2026-11-01", "--set", "returns=2026-11-05")
    for command in (("trips", "show"), ("export", "--format", "txt")):
        assert "Past" in run(*command, *AS_OF, folder=tmp_path).out
    keep(tmp_path, "Rome", "--set", "departs=2026-12-01", "--set", "returns=2026-12-05")
    for command in (("trips", "show"), ("export", "--format", "txt")):
        assert "Travel security: Rome" in run(*command, *AS_OF, folder=tmp_path).out
    keep(tmp_path, "Oslo", "--set", "departs=2026-12-11", "--set", "returns=2026-12-15")
    for command in (("trips", "show"), ("export", "--format", "txt")):
        several = run(*command, *AS_OF, folder=tmp_path)
        assert several.code == 2
        assert "say which trip: travelsec " in several.err
        assert "Past" not in several.err
    assert "Debrief: Past" in run("debrief", "--no-input", *AS_OF, folder=tmp_path).out


@pytest.mark.slow
@pytest.mark.parametrize(
    "side",
    [
        pytest.param({}, id="drawn"),
        pytest.param({"ACCESSIBLE": "1"}, id="accessible", marks=pytest.mark.slow),
    ],
)
def test_which_of_several_trips_is_meant_is_asked(tmp_path: Path, side: dict[str, str]) -> None:
    """In a terminal, by every command that takes a trip; stopping changes nothing."""
    keep(tmp_path, "Rome")
    keep(tmp_path, "Oslo")
    for command, told in (
        (("export", "--format", "csv"), "Oslo"),
        (("trips", "show"), "Travel security: Oslo"),
        (("trips", "rename", "Bergen"), "The trip Oslo is now called Bergen."),
    ):
        terminal = Terminal(
            *command, *AS_OF[: 0 if "rename" in command else 2], folder=tmp_path, env=side
        )
        terminal.answer("Which trip do you mean?", ENTER if not side else f"1{ENTER}")
        terminal.wait_for(told)
        assert terminal.finish() == 0
    terminal = Terminal("trips", "forget", *AS_OF, folder=tmp_path, env=side)
    terminal.answer("Which trip do you mean?", f"2{ENTER}")
    terminal.answer("Forget all that is kept of Rome?", f"2{ENTER}")
    assert terminal.finish() == 0
    keep(tmp_path, "Rome")
    terminal = Terminal("trips", "forget", *AS_OF, folder=tmp_path, env=side)
    terminal.answer("Which trip do you mean?", f"q{ENTER}" if side else "q")
    assert terminal.finish() == 130
    assert "Stopped. Nothing was changed." in terminal.text()
