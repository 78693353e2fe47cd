"""Nothing leaves the computer: no command opens a network connection."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.cli.test_show_decision import ANSWERS
from tests.terminal import SECONDS, environment

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
CONNECTED = 99
GUARDED = f"""
import os, sys
NETWORK = ("socket.connect", "socket.getaddrinfo", "socket.gethostby", "socket.send", "socket.bind")
sys.addaudithook(lambda event, _: event.startswith(NETWORK) and os._exit({CONNECTED}))
"""
"""Whatever uses the network ends the process at once; no `except` can hide it."""


def run_guarded(code: str, *arguments: str, folder: Path) -> int:
    """Run Python code that ends with `CONNECTED` if it uses the network; return its exit code."""
    done = subprocess.run(
        [sys.executable, "-c", GUARDED + code, *arguments],
        cwd=folder,
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        timeout=SECONDS,
        check=False,
    )
    return done.returncode


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a report."""
    made = tmp_path_factory.mktemp("reports")
    run("prepare", *ANSWERS, "--output", "report.json", folder=made)
    return made


@pytest.mark.parametrize(
    "arguments",
    [
        ("prepare", *ANSWERS, "--output", "again.html"),
        ("export", "report.json", "--output", "report.ics"),
        ("review", "report.json", "--output", "review.html"),
        ("card", "--output", "card.html"),
        ("incident", "out-of-sight"),
        ("checklist", "validate", str(EXAMPLES / "agency")),
        ("guidance", "list"),
        ("--version",),
    ],
    ids=lambda arguments: arguments[0],
)
def test_no_command_uses_the_network(arguments: tuple[str, ...], folder: Path) -> None:
    """Each does its work, and nothing is looked up, connected to or sent."""
    code = "from travelsec.cli.main import main; main()"
    assert run_guarded(code, *arguments, folder=folder) == 0


def test_the_guard_sees_a_connection(tmp_path: Path) -> None:
    """Even one that fails, and whose failure is passed over."""
    code = """
import contextlib, socket
with contextlib.suppress(OSError):
    socket.create_connection(("127.0.0.1", 9))
"""
    assert run_guarded(code, folder=tmp_path) == CONNECTED
