"""States that a computer can be in, for the tests of `doctor`."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import Outcome, run
from tests.terminal import SECONDS, environment

SECRETS = ("Xanthippe Quill", "900123", "Zebra-reason", "Wolfsburg", "Yonder", "ZEBRA-DAY")
NO_RIGHTS = "--bounding-set=-dac_override,-dac_read_search"


def keep(folder: Path, **env: str) -> Path:
    """Keep a trip with names and answers in it; return the database."""
    done = run(
        *("prepare", "--trip", "Yonder", "--no-input", "--today", "2026-11-22"),
        *("--set", "abroad=true", "--set", "devices=laptop", "--set", "destination=Wolfsburg"),
        *("--set", "line_manager=Xanthippe Quill, +44 7700 900123"),
        *("--set", "overseas.clear-files=declined:Zebra-reason"),
        folder=folder,
        **env,
    )
    assert done.code == 1, done.err
    return folder / "data" / "travelsec" / "trips.sqlite3"


def change(database: Path, sql: str) -> None:
    """Change what is in a database."""
    connection = sqlite3.connect(database)
    connection.execute(sql)
    connection.commit()
    connection.close()


def run_with_few_rights(*arguments: str, folder: Path, **env: str) -> Outcome:
    """Run travelsec as someone whom permissions bind, also if the tests are root's."""
    command = [sys.executable, "-m", "travelsec", *arguments]
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root may do everything, and setpriv is not there")
        command = ["setpriv", NO_RIGHTS, *command]
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment(folder, **env),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


def everything_in(folder: Path) -> dict[str, bytes]:
    """Return all files and folders below a folder, with what is in them."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
    }
