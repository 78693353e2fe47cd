"""Every module can be the first that is imported: the copies of `server.py` cannot show that."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.cli.server import modules
from tests.terminal import SECONDS


def import_first(name: str) -> str:
    """Import one module in a process of its own; return what Python has against it."""
    command = [sys.executable, "-c", f"import {name}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    return done.stderr


@pytest.mark.slow
def test_every_module_can_be_imported_first() -> None:
    """In whatever order a command needs them, there is no circle to fall into."""
    with ThreadPoolExecutor(2) as pool:
        told = dict(zip(modules(), pool.map(import_first, modules()), strict=True))
    assert {name: text for name, text in told.items() if text} == {}
