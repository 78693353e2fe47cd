"""The database of trips: versions, damage, other programs' files, failing writes."""

from __future__ import annotations

import datetime
import os
import sqlite3
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from travelsec import store, values
from travelsec.people import Person
from travelsec.problems import UserError
from travelsec.question_types import FactType, Value, read_value
from travelsec.store import MIGRATIONS, Store
from travelsec.trip.statuses import Status
from travelsec.trip.stored_trip import Event, LastSeen, MadeReport, TripGone

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes and odd names are POSIX's")

NAME = "trips.sqlite3"
DAY = datetime.date(2026, 11, 22)
SEEN = LastSeen(DAY, {"moj": "abc"}, {"overseas.clear-files": "Clear unneeded files"})
SEEN_TEXT = (
    '{"day":"2026-11-22","packs":{"moj":"abc"},'
    '"items":{"overseas.clear-files":"Clear unneeded files"},"offered":[]}'
)
"""As version 0.2.0 stored it."""
MADE = MadeReport(
    digest="d" * 64,
    id="9" * 32,
    created="2026-11-22T10:00:00Z",
    as_of=DAY,
    packs=(("moj", "2026.11", "c" * 64),),
    verdict="not-ready",
    open_must=("overseas.clear-files",),
    waived=("overseas.hotel-safe",),
    musts=("overseas.clear-files", "overseas.hotel-safe"),
)


def begun(folder: Path, name: str = "Lisbon") -> Path:
    """Keep one trip with a fact and a status; return the database's path."""
    with Store(folder / NAME) as trips:
        trips.begin("a" * 32, name, SEEN, named=True)
        trips.keep_fact("a" * 32, "traveller", "A. Smith", "terminal")
        trips.keep_statuses("a" * 32, {"overseas.clear-files": Status("done", how="terminal")})
    return folder / "trips.sqlite3"


def test_what_is_stored_is_read_back(tmp_path: Path) -> None:
    """A trip is found by its name in any case, and by its id."""
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
    """It is read back as the same value."""
    fact, value = case
    folder = tmp_path_factory.mktemp("store")
    begun(folder)
    with Store(folder / NAME) as trips:
        trips.keep_fact("a" * 32, "it", value, "script")
        trip = trips.find("Lisbon")
    assert trip is not None
    assert read_value(fact, trip.facts["it"]) == value


def test_trips_with_the_same_name_get_numbers(tmp_path: Path) -> None:
    """No trip replaces another."""
    begun(tmp_path)
    with Store(tmp_path / NAME) as trips:
        trips.begin("b" * 32, "LISBON", SEEN, named=False)
        trips.keep_fact("b" * 32, "traveller", "B. Jones", "terminal")
        trips.begin("c" * 32, "Rome", SEEN, named=False)
        trips.rename("c" * 32, "Lisbon")
        assert sorted(trips.names()) == ["LISBON (2)", "Lisbon", "Lisbon (3)"]


def test_a_newer_database_is_refused_and_left_untouched(tmp_path: Path) -> None:
    """The message says what to do, and not a byte changes."""
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


def test_damaged_pages_are_reported(tmp_path: Path) -> None:
    """When they are read, with a clear message."""
    path = begun(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
    with pytest.raises(UserError, match="damaged"), Store(tmp_path / NAME) as trips:
        trips.find("Lisbon")


@pytest.mark.parametrize("bit", [b'{"day"', b'"packs"', b'"items"'])
def test_a_damaged_text_is_reported(tmp_path: Path, bit: bytes) -> None:
    """SQLite does not notice a flipped bit in a text."""
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
    """Its trips are kept, and the new version's additions are made."""
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
    """The message says that the disk is full, and the trip is whole."""
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


def test_two_writers_in_turn_lose_nothing(tmp_path: Path) -> None:
    """Each keeps what the other wrote."""
    path = begun(tmp_path)
    with Store(path) as one, Store(path) as two:
        for number in range(20):
            one.keep_fact("a" * 32, f"one_{number}", number, "terminal")
            two.keep_fact("a" * 32, f"two_{number}", number, "terminal")
        trip = one.find("Lisbon")
    assert trip is not None
    assert len(trip.facts) == 41


def test_a_write_waits_for_another_to_end(tmp_path: Path) -> None:
    """It is not refused only because another process is writing."""
    path = begun(tmp_path)
    with Store(path) as trips, closing(sqlite3.connect(path, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        end = threading.Timer(0.2, other.commit)
        end.start()
        trips.keep_fact("a" * 32, "destination", "Lisbon", "terminal")
        end.join()
        trip = trips.find("Lisbon")
    assert trip is not None
    assert trip.facts["destination"] == "Lisbon"


def test_reading_makes_no_file(tmp_path: Path) -> None:
    """Nor a folder. A pipe is refused before anybody waits for it."""
    with pytest.raises(UserError, match="cannot be read"):
        Store(tmp_path / "none" / NAME, read_only=True)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(UserError, match="this is not an ordinary file"):
        Store(tmp_path, read_only=True)


def test_a_read_only_store_cannot_be_changed(tmp_path: Path) -> None:
    path = begun(tmp_path)
    with Store(path, read_only=True) as trips:
        assert trips.names() == ["Lisbon"]
        with pytest.raises(UserError):
            trips.forget("a" * 32)
        assert trips.find("Lisbon") is not None


def test_an_old_database_is_read_and_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is migrated only in memory."""
    path = begun(tmp_path)
    before = path.read_bytes()
    more = ("UPDATE trips SET name = 'Rome'",)
    monkeypatch.setattr(store, "MIGRATIONS", (*MIGRATIONS, more))
    with Store(path, read_only=True) as trips:
        trip = trips.find("Rome")
    assert trip is not None
    assert trip.facts == {"traveller": "A. Smith"}
    assert path.read_bytes() == before


def test_an_error_message_that_is_no_text_is_reported(tmp_path: Path) -> None:
    """SQLite names the damaged table, and Python cannot read the name."""
    path = begun(tmp_path)
    data = bytearray(path.read_bytes())
    data[data.index(b"tablefactsfacts") + 6] ^= 0x80
    path.write_bytes(data)
    with pytest.raises(UserError, match="damaged"):
        Store(path)


def test_a_database_of_version_0_2_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It kept nothing of reports; what it kept stays, and a report is kept from now on."""
    with monkeypatch.context() as old:
        old.setattr(store, "MIGRATIONS", MIGRATIONS[:1])
        with Store(tmp_path / NAME) as trips:
            trips._database.executescript(
                f"""INSERT INTO trips VALUES
                    ('{"a" * 32}', 'Lisbon', 1, '2026-11-22', '{SEEN_TEXT}');
                INSERT INTO facts VALUES
                    ('{"a" * 32}', 'traveller', '"A. Smith"', 'terminal');
                INSERT INTO exports VALUES ('{"a" * 32}', '/report.html', '2026-11-22')"""
            )
    for read_only in (True, False):
        with Store(tmp_path / NAME, read_only=read_only) as trips:
            trip = trips.find("Lisbon")
        assert trip is not None
        assert (trip.facts, trip.exports, trip.seen, trip.reports) == (
            *({"traveller": "A. Smith"}, ("/report.html",), SEEN),
            (),
        )
    with Store(tmp_path / NAME) as trips:
        trips.keep_report("a" * 32, MADE)
        trip = trips.find("Lisbon")
    assert trip is not None
    assert (trip.reports, trip.exports) == ((MADE,), ("/report.html",))


def test_what_is_kept_of_reports_is_forgotten_with_the_trip(tmp_path: Path) -> None:
    """Each report is kept once, however often it is written."""
    path = begun(tmp_path)
    other = msgspec.structs.replace(MADE, digest="e" * 64)
    with Store(path) as trips:
        for made in (MADE, other, MADE):
            trips.keep_report("a" * 32, made)
        trip = trips.find("Lisbon")
        assert trip is not None
        assert sorted(made.digest for made in trip.reports) == ["d" * 64, "e" * 64]
        assert b"d" * 64 in path.read_bytes()
        trips.forget("a" * 32)
        trips.wipe()
    assert b"d" * 64 not in path.read_bytes()


EVENT = Event("2026-12-02T10:00:00+01:00", "broken-seal", reported=False, note={})
CHANGES: dict[str, Callable[[Store, str], object]] = {
    "rename": lambda trips, trip: trips.rename(trip, "Rome"),
    "give_name": lambda trips, trip: trips.give_name(trip, "Rome"),
    "keep_fact": lambda trips, trip: trips.keep_fact(trip, "traveller", "B. Jones", "script"),
    "forget a fact": lambda trips, trip: trips.keep_fact(trip, "traveller", None, "script"),
    "keep_statuses": lambda trips, trip: trips.keep_statuses(trip, {"a.b": Status("done")}),
    "keep_seen": lambda trips, trip: trips.keep_seen(trip, SEEN),
    "keep_export": lambda trips, trip: trips.keep_export(trip, Path("report.html"), DAY),
    "keep_report": lambda trips, trip: trips.keep_report(trip, MADE),
    "keep_event": lambda trips, trip: trips.keep_event(trip, EVENT),
    "forget_facts": lambda trips, trip: trips.forget_facts(trip, ["traveller"]),
    "forget": lambda trips, trip: trips.forget(trip),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_changing_a_deleted_trip_says_that_it_is_gone(
    tmp_path: Path, change: Callable[[Store, str], object]
) -> None:
    """It is not reported as damage, and nothing is stored."""
    path = begun(tmp_path)
    with Store(path) as slow, Store(path) as quick:
        assert slow.find("Lisbon") is not None
        quick.forget("a" * 32)
        with pytest.raises(TripGone, match="has since been forgotten by another travelsec") as told:
            change(slow, "a" * 32)
        assert "damaged" not in str(told.value)
        assert slow.names() == []


def test_a_trip_is_read_in_one_transaction(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it were deleted between two tables, it would lose its answers."""
    path = begun(tmp_path)
    real = values.from_data
    refused = []

    def forget_meanwhile(data: object) -> object:
        with closing(sqlite3.connect(path, timeout=0)) as other:
            try:
                other.execute("DELETE FROM trips")
                other.commit()
            except sqlite3.OperationalError as error:
                refused.append(error)
        return real(data)

    monkeypatch.setattr(values, "from_data", forget_meanwhile)
    with Store(path) as trips:
        assert trips.find("Lisbon") is not None
    assert refused


def test_a_trip_is_stored_with_its_first_answer(tmp_path: Path) -> None:
    """Not before, and in the same transaction."""
    path = begun(tmp_path)
    with Store(path) as trips, Store(path) as others:
        trips.begin("b" * 32, "Rome", SEEN, named=True)
        assert trips.find("Rome") is None
        trips._database.execute("PRAGMA max_page_count = 1")
        with pytest.raises(UserError, match="the disk is full"):
            trips.keep_fact("b" * 32, "traveller", "x" * 9000, "terminal")
        assert others.names() == ["Lisbon"]
        trips._database.execute("PRAGMA max_page_count = 1000")
        trips.keep_fact("b" * 32, "traveller", "A. Smith", "terminal")
        assert [trip.name for trip in others.trips()] == ["Lisbon", "Rome"]
        others.forget("b" * 32)
        with pytest.raises(TripGone):
            trips.keep_fact("b" * 32, "destination", "Rome", "terminal")


def test_a_trip_with_a_chosen_name_is_begun_once(tmp_path: Path) -> None:
    """Two windows cannot both begin it."""
    path = begun(tmp_path)
    with Store(path) as first, Store(path) as second:
        first.begin("b" * 32, "Rome", SEEN, named=True)
        second.begin("c" * 32, "ROME", SEEN, named=True)
        first.keep_fact("b" * 32, "traveller", "A. Smith", "terminal")
        with pytest.raises(UserError, match="“ROME” has since been begun in another window"):
            second.keep_fact("c" * 32, "traveller", "B. Jones", "terminal")
        assert first.names() == ["Lisbon", "Rome"]


@pytest.mark.parametrize(
    ("spoil", "name"),
    [
        ("DROP TABLE exports", "SQLITE_ERROR"),
        (
            "CREATE TRIGGER no BEFORE INSERT ON exports BEGIN SELECT RAISE(ABORT, 'no'); END",
            "SQLITE_CONSTRAINT",
        ),
    ],
)
def test_only_damage_is_called_damage(tmp_path: Path, spoil: str, name: str) -> None:
    """Other errors do not tell people to set all trips aside, and give SQLite's own name."""
    path = begun(tmp_path)
    with closing(sqlite3.connect(path)) as database:
        database.execute(spoil)
    with Store(path) as trips, pytest.raises(UserError, match=name) as told:
        trips.keep_export("a" * 32, Path("report.html"), DAY)
    assert "damaged" not in str(told.value).removeprefix(str(path))


def test_a_locked_database_is_reported_as_locked(tmp_path: Path) -> None:
    """Not as damaged, nor as a bug."""
    path = begun(tmp_path)
    with Store(path) as trips, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        trips._database.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(UserError, match="another travelsec has been writing"):
            trips.names()


def test_bytes_that_are_no_text_are_damage(tmp_path: Path) -> None:
    """SQLite does not check what it stores as text."""
    path = begun(tmp_path)
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE trips SET name = CAST(x'4cff' AS TEXT)")
        database.commit()
    with Store(path) as trips:
        for read in (trips.names, lambda: trips.find("a" * 32)):
            with pytest.raises(UserError, match="damaged"):
                read()


@posix
def test_a_database_that_was_moved_is_reported_as_moved(tmp_path: Path) -> None:
    """What is written then would go to a file that nobody finds."""
    path = begun(tmp_path)
    with Store(path) as trips:
        path.rename(tmp_path / "moved")
        with pytest.raises(UserError, match="moved or deleted"):
            trips.keep_fact("a" * 32, "traveller", "B. Jones", "terminal")


@posix
def test_a_path_that_is_no_text_is_stored(tmp_path: Path) -> None:
    """On Linux a file name is bytes, mostly in UTF-8."""
    path = begun(tmp_path)
    written = tmp_path / os.fsdecode(b"caf\xe9") / "report.html"
    with Store(path) as trips:
        trips.keep_export("a" * 32, written, DAY)
        trip = trips.find("Lisbon")
        assert trip is not None
        assert trip.exports == (str(written),)
        assert trips.forget("a" * 32) == (str(written),)


@posix
def test_permissions_of_others_are_removed(tmp_path: Path) -> None:
    """A copied home folder or a restored backup may have them."""
    folder = tmp_path / "travelsec"
    folder.mkdir()
    path = begun(folder)
    folder.chmod(0o755)
    path.chmod(0o644)
    with Store(path):
        pass
    assert folder.stat().st_mode & 0o777 == 0o700
    assert path.stat().st_mode & 0o777 == 0o600


@posix
def test_the_permissions_of_other_folders_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that the user named may hold other things, and another user's is theirs."""
    tmp_path.chmod(0o755)
    path = begun(tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == 0o755
    path.chmod(0o644)
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    with Store(path):
        pass
    assert path.stat().st_mode & 0o777 == 0o644


def test_macos_flushes_the_cache_of_the_disk(tmp_path: Path) -> None:
    """On other systems the setting has no effect."""
    with Store(begun(tmp_path)) as trips:
        assert trips._database.execute("PRAGMA fullfsync").fetchone() == (1,)
