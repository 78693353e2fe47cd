"""What the tests of the core share."""

from __future__ import annotations

import pytest

from tests.pack.packs import load_over
from travelsec.pack.model import Pack


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """Load the small pack once."""
    return load_over(tmp_path_factory.mktemp("pack"))
