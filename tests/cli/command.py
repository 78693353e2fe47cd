"""Run the real command in a process of its own, with nothing of the developer's environment."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from tests.terminal import environment


class Outcome(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Read standard output as JSON."""
        return json.loads(self.out)


def run(*arguments: str, folder: Path, stdin: str = "", **env: str) -> Outcome:
    """Run travelsec in a folder, without a terminal."""
    done = subprocess.run(
        [sys.executable, "-m", "travelsec", *arguments],
        cwd=folder,
        env=environment(folder, **env),
        input=stdin.encode("utf-8", "surrogateescape"),
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())
