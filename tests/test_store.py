"""The database of trips: versions, damage, other programs' files, failing writes."""

from __future__ import annotations

import datetime
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travelsec import store
from travelsec.problems import UserError
from travelsec.store import MIGRATIONS, Store
from travelsec.trip.record import Seen
from travelsec.trip.statuses import Status
from travelsec.values import FactType, Person, Value, read

NAME = "trips.sqlite3"
DAY = datetime.date(2026, 11, 22)
SEEN = Seen(DAY, {"moj": "abc"}, {"overseas.clear-files": "Clear unneeded files"})


def begun(folder: Path, name: str = "Lisbon") -> Path:
    """Keep one trip with a fact and a status; return the database's path."""
    with Store(folder / NAME) as trips:
        trips.begin("a" * 32, name, SEEN, named=True)
        trips.keep_fact("a" * 32, "traveller", "A. Smith", "terminal")
        trips.keep_statuses("a" * 32, {"overseas.clear-files": Status("done", how="terminal")})
    return folder / "trips.sqlite3"


def test_what_is_kept_is_read_back(tmp_path: Path) -> None:
    """A trip is found by its name in any letter case, and by its id."""
    begun(tmp_path)
    with Store(tmp_path / NAME) as trips:
        trip = trips.find("lisbon")
        assert trip is not None
        assert trip == trips.find("a" * 32)
        assert trips.find("Rome") is None
    assert trip.seen == SEEN
    assert trip.facts == {"traveller": "A. Smith"}
    assert trip.statuses == {"overseas.clear-files": Status("done", how="terminal")}


@given(
    st.sampled_from(
        [
            (FactType("text"), "NO"),
            (FactType("text"), "null"),
            (FactType("yes-no"), False),
            (FactType("number"), 0),
            (FactType("date"), DAY),
            (FactType("choices", {"a": "A", "b": "B"}), ()),
            (FactType("choices", {"a": "A", "b": "B"}), ("a", "b")),
            (FactType("people"), (Person("Ann; Lee", "+44 (0)20 7946"), Person("Jo"))),
        ]
    )
)
def test_every_kind_of_value_survives(
    tmp_path_factory: pytest.TempPathFactory, case: tuple[FactType, Value]
) -> None:
    """What was kept reads as the same value."""
    fact, value = case
    folder = tmp_path_factory.mktemp("store")
    begun(folder)
    with Store(folder / NAME) as trips:
        trips.keep_fact("a" * 32, "it", value, "script")
        trip = trips.find("Lisbon")
    assert trip is not None
    assert read(fact, trip.facts["it"]) == value


def test_two_trips_of_one_name_get_numbers(tmp_path: Path) -> None:
    """No trip takes the place of another."""
    begun(tmp_path)
    with Store(tmp_path / NAME) as trips:
        assert trips.begin("b" * 32, "LISBON", SEEN, named=False).name == "LISBON (2)"
        trips.begin("c" * 32, "Rome", SEEN, named=False)
        trips.rename("c" * 32, "Lisbon")
        assert sorted(trips.names()) == ["LISBON (2)", "Lisbon", "Lisbon (3)"]


def test_a_newer_database_is_refused_and_left_untouched(tmp_path: Path) -> None:
    """The message says what to do; not a byte changes."""
    path = begun(tmp_path)
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    before = path.read_bytes()
    with pytest.raises(UserError, match="a newer travelsec wrote this"):
        Store(tmp_path / NAME)
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", [b"not a database at all", b"SQLite format 3\0" + b"\xff" * 600])
def test_a_damaged_database_is_never_overwritten(tmp_path: Path, damage: bytes) -> None:
    """The message says where it is and how to set it aside."""
    path = tmp_path / "trips.sqlite3"
    path.write_bytes(damage)
    with pytest.raises(UserError, match=r"damaged.*rename it to trips\.sqlite3\.damaged") as error:
        Store(tmp_path / NAME)
    assert str(path) in str(error.value)
    assert path.read_bytes() == damage


def test_damage_within_is_told_too(tmp_path: Path) -> None:
    """Pages that were overwritten come to light when they are read, as a clear message."""
    path = begun(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
    with pytest.raises(UserError, match="damaged"), Store(tmp_path / NAME) as trips:
        trips.find("Lisbon")


@pytest.mark.parametrize("bit", [b'{"day"', b'"packs"', b'"items"'])
def test_damage_within_a_text_is_told_too(tmp_path: Path, bit: bytes) -> None:
    """SQLite does not notice a bit that fell over in what it keeps for others."""
    path = begun(tmp_path)
    whole = path.read_bytes()
    assert bit in whole
    path.write_bytes(whole.replace(bit, bytes([bit[0] ^ 0x10]) + bit[1:]))
    with pytest.raises(UserError, match="damaged"), Store(tmp_path / NAME) as trips:
        trips.find("Lisbon")


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    """It is not taken for an old one of ours."""
    path = tmp_path / "trips.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE recipes (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(UserError, match="another program"):
        Store(tmp_path / NAME)
    assert path.read_bytes() == before


def test_an_old_database_is_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The trips of the version before are there, with what the new one adds."""
    begun(tmp_path)
    more = ("ALTER TABLE trips ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'",)
    monkeypatch.setattr(store, "MIGRATIONS", (*MIGRATIONS, more))
    with Store(tmp_path / NAME) as trips:
        trip = trips.find("Lisbon")
    assert trip is not None
    assert trip.facts == {"traveller": "A. Smith"}
    with closing(sqlite3.connect(tmp_path / "trips.sqlite3")) as database:
        assert database.execute("SELECT colour FROM trips").fetchall() == [("blue",)]
        assert database.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) + 1,)


def test_a_migration_that_fails_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All statements of all versions are one transaction."""
    begun(tmp_path)
    broken = ("CREATE TABLE half (a TEXT)", "ALTER TABLE nowhere ADD COLUMN b TEXT")
    with monkeypatch.context() as patch:
        patch.setattr(store, "MIGRATIONS", (*MIGRATIONS, broken))
        with pytest.raises(UserError):
            Store(tmp_path / NAME)
    with Store(tmp_path / NAME) as trips:
        assert trips.find("Lisbon") is not None
    with closing(sqlite3.connect(tmp_path / "trips.sqlite3")) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master")]
    assert "half" not in names


def test_a_failing_write_keeps_what_was_there(tmp_path: Path) -> None:
    """A trip that is too large for the disk: told as such, and the trip is whole."""
    begun(tmp_path)
    with Store(tmp_path / NAME) as trips:
        trips._database.execute("PRAGMA max_page_count = 12")
        long_facts = {f"fact_{number}": "x" * 200 for number in range(100)}

        def keep_all() -> None:
            for name, value in long_facts.items():
                trips.keep_fact("a" * 32, name, value, "terminal")

        with pytest.raises(UserError, match="the disk is full"):
            keep_all()
        trip = trips.find("Lisbon")
    assert trip is not None
    assert trip.facts["traveller"] == "A. Smith"
    assert 0 < len(trip.facts) < 100


def test_it_waits_for_its_turn(tmp_path: Path) -> None:
    """Two processes that write at once both get what they wrote."""
    begun(tmp_path)
    with Store(tmp_path / NAME) as one, Store(tmp_path / NAME) as two:
        for number in range(20):
            one.keep_fact("a" * 32, f"one_{number}", number, "terminal")
            two.keep_fact("a" * 32, f"two_{number}", number, "terminal")
        trip = one.find("Lisbon")
    assert trip is not None
    assert len(trip.facts) == 41


def test_reading_makes_no_file(tmp_path: Path) -> None:
    """Nor a folder; what is no file is refused before anybody waits for it."""
    with pytest.raises(UserError, match="cannot be read"):
        Store(tmp_path / "none" / NAME, read_only=True)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(UserError, match="this is no ordinary file"):
        Store(tmp_path, read_only=True)


def test_what_is_open_to_read_cannot_be_changed(tmp_path: Path) -> None:
    path = begun(tmp_path)
    with Store(path, read_only=True) as trips:
        assert trips.names() == ["Lisbon"]
        with pytest.raises(UserError):
            trips.forget("a" * 32)
        assert trips.find("Lisbon") is not None


def test_an_old_database_is_read_and_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is brought up to date in memory alone."""
    path = begun(tmp_path)
    before = path.read_bytes()
    more = ("UPDATE trips SET name = 'Rome'",)
    monkeypatch.setattr(store, "MIGRATIONS", (*MIGRATIONS, more))
    with Store(path, read_only=True) as trips:
        trip = trips.find("Rome")
    assert trip is not None
    assert trip.facts == {"traveller": "A. Smith"}
    assert path.read_bytes() == before


def test_a_complaint_that_is_no_text_is_told(tmp_path: Path) -> None:
    """SQLite names the table in which a bit fell over, and Python cannot read the name."""
    path = begun(tmp_path)
    data = bytearray(path.read_bytes())
    data[data.index(b"tablefactsfacts") + 6] ^= 0x80
    path.write_bytes(data)
    with pytest.raises(UserError, match="damaged"):
        Store(path)
