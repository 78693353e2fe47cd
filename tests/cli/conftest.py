"""What several tests of the command line share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from travelsec.cli.open_store import open_store
from travelsec.store import Store


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Open the trips of a user who has none."""
    monkeypatch.setenv("TRAVELSEC_DATA_DIR", str(tmp_path / "data"))
    with open_store() as opened:
        yield opened
