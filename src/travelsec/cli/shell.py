"""A command as it is typed, to be copied from what a person is told."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path


def command(*words: str, packs: Iterable[Path] | None = None, name: str = "") -> str:
    """Return the command `travelsec` as the shells of this system take it.

    Args:
        words: its arguments.
        packs: the folders given with `--pack`; they are given again.
        name: an argument that comes last, if any, whatever characters it begins with.
    """
    line = ["travelsec", *words]
    for folder in packs or ():
        line += ["--pack", str(folder)]
    if name:
        line += ["--", name] if name.startswith("-") else [name]
    # Single quotes are none in the command prompt of Windows.
    return subprocess.list2cmdline(line) if sys.platform == "win32" else shlex.join(line)
