"""A trip is named, opened and locked, and every answer to it is stored."""

from __future__ import annotations

import datetime
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.terminal import CTRL_C, ENTER, Terminal
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
from travelsec.store import Store
from travelsec.trip.answers import Answers
from travelsec.trip.statuses import Status
from travelsec.trip.stored_trip import TripGone

TODAY = datetime.date(2026, 11, 22)
AS_OF = ("--today", TODAY.isoformat())
FACTS = ("--set", "abroad=true", "--set", "devices=none")
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
        find_trip(store, "x\udcff", noun="trip or file")
    with pytest.raises(UserError, match="no trip “Oslo”"):
        name_to_prepare("Oslo", None, begin=False)
    with pytest.raises(TripGone), open_session(store, PACK, TODAY, name="Oslo", begin=False):
        pass


def test_a_name_of_the_past_begins_no_trip(store: Store) -> None:
    """Trips are called so only until it is known where they go."""
    with pytest.raises(UserError, match="there is no trip “New trip 2026-11-01” any more"):
        draft_session(PACK, TODAY, "New trip 2026-11-01")
    assert store.names() == []


def test_the_last_trip_that_has_an_answer_offers_it(store: Store) -> None:
    """Only to lasting questions, and not after it was forgotten."""
    name, destination = PACK.questions["traveller"], PACK.questions["destination"]
    with open_session(store, PACK, TODAY, name="Lisbon") as session:
        assert session.last_answer(name) is None
        session.fact("traveller", "A. Smith", "terminal")
        session.fact("destination", "Lisbon", "terminal")
        assert session.last_answer(name) is None
    later = TODAY + datetime.timedelta(1)
    with open_session(store, PACK, later, name="Rome") as session:
        session.fact("abroad", True, "terminal")
        assert session.last_answer(name) == "A. Smith"
        assert session.last_answer(destination) is None
    with open_session(store, PACK, later, name="Oslo") as session:
        # The trip to Rome is newer, and has no name.
        assert session.last_answer(name) == "A. Smith"
        lisbon = store.find("Lisbon")
        assert lisbon is not None
        store.forget(lisbon.id)
        assert session.last_answer(name) is None
    assert unsaved_session(PACK, TODAY).last_answer(name) is None


def test_a_traveller_who_begins_is_told_what_to_expect(store: Store) -> None:
    """How long it takes, what is kept, what is left out, and whose checklists they are."""
    with open_session(store, PACK, TODAY, name="Lisbon") as session:
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
    assert "“Oslo” was begun meanwhile in another window" in " ".join(second.text().split())
    assert "A. Smith" in run("trips", "show", "Oslo", folder=tmp_path).out
    assert len(run("trips", "list", folder=tmp_path).out.splitlines()) == 1


def test_a_trip_that_is_forgotten_before_it_is_opened(tmp_path: Path) -> None:
    """Between the list and the choice from it: no trip is begun by the name of its id."""
    run("prepare", "--trip", "Oslo", "--no-input", *FACTS, folder=tmp_path)
    run("prepare", "--trip", "Rome", "--no-input", *FACTS, folder=tmp_path)
    window = Terminal("prepare", *AS_OF, folder=tmp_path)
    window.wait_for("Which trip do you want to prepare?")
    for name in ("Oslo", "Rome"):
        run("trips", "forget", name, "--yes", folder=tmp_path)
    window.type(ENTER)
    assert window.finish() == 2
    assert "forgotten meanwhile by another travelsec" in " ".join(window.text().split())
    assert "No trip is kept" in run("trips", "list", folder=tmp_path).out


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
