"""What the tests of reviews share."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from tests.report import samples
from tests.review.reports import done, read_pack
from travelsec.pack.model import Pack
from travelsec.report.model import Report


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """Load the manager's pack once."""
    return read_pack(tmp_path_factory.mktemp("pack"))


@pytest.fixture
def report(pack: Pack) -> Report:
    """Make an honest report of a trip with nothing left to do."""
    return samples.make(pack, statuses=done())


@pytest.fixture
def small_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave room for 20 pages only in each database."""
    real = sqlite3.connect

    def connect(name: str, **options: Any) -> sqlite3.Connection:
        database: sqlite3.Connection = real(name, **options)
        database.execute("PRAGMA max_page_count = 20")
        return database

    monkeypatch.setattr(sqlite3, "connect", connect)
