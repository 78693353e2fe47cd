"""What the tests of reports share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.report import samples
from travelsec.pack.model import Pack
from travelsec.report.model import Report


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """Load the small pack once."""
    folder: Path = tmp_path_factory.mktemp("pack")
    return samples.read_pack(folder)


@pytest.fixture
def report(pack: Pack) -> Report:
    """Make the report of the sample trip."""
    return samples.make(pack)
