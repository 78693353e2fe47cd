"""What a review finds is kept in a file that nobody sees and that is gone afterwards."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from travelsec.problems import UserError
from travelsec.review import temporary


def test_the_file_is_in_no_listing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in the working folder nor in that for temporary files, though it is on disk."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    database = temporary.connect()
    database.execute("CREATE TABLE numbers (number BLOB)")
    database.execute("BEGIN")
    # More than SQLite keeps in memory.
    database.executemany("INSERT INTO numbers VALUES (zeroblob(?))", [(1 << 20,)] * 8)
    assert list(tmp_path.iterdir()) == []
    database.close()


def test_other_faults_stay_what_they_are() -> None:
    """Only what SQLite says about its file is explained."""
    with pytest.raises(UserError, match="SQLITE_TMPDIR"), temporary.room_explained():
        raise sqlite3.OperationalError("database or disk is full")
    with pytest.raises(sqlite3.IntegrityError), temporary.room_explained():
        raise sqlite3.IntegrityError
