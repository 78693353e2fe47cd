"""Remove the user's name from text."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator

USER = "USER"
"""What stands for the user's name where a path has it outside the home folder."""


def mask(text: str) -> str:
    """Return a text with `~` for the home folder, and without the user's name in paths."""
    for home in sorted(set(_homes()), key=len, reverse=True):
        text = re.sub(rf"{re.escape(home)}(?![^\s/\\:;,()“”'\"])", "~", text)
    for name in set(_names()):
        text = re.sub(rf"(?<=[/\\]){re.escape(name)}(?![^\s/\\:;,()“”'\"])", USER, text)
    return text


def _homes() -> Iterator[str]:
    homes = [os.path.expanduser("~")]  # noqa: PTH111  # Path.home raises where there is none
    if (account := _account()) is not None:
        homes.append(account[1])
    for home in homes:
        for path in (home, os.path.realpath(home)):
            # Every path begins with the root folder, so leave it alone.
            if os.path.isabs(path) and os.path.dirname(path) != path:  # noqa: PTH117, PTH120
                yield path.rstrip("/\\")


def _names() -> Iterator[str]:
    names = [os.environ.get(name, "") for name in ("LOGNAME", "USER", "LNAME", "USERNAME")]
    if (account := _account()) is not None:
        names.append(account[0])
    yield from filter(None, names)


def _account() -> tuple[str, str] | None:
    """Return the name and the home folder that the system has for the user."""
    with contextlib.suppress(ImportError, KeyError):
        import pwd

        entry = pwd.getpwuid(os.getuid())
        return entry.pw_name, entry.pw_dir
    return None
