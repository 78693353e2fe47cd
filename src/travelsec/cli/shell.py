"""A command as it is typed, to be copied from what a person is told."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

# What no shell reads anything into.
_HARMLESS = re.compile(r"[A-Za-z0-9_./:\\-]+")


def command(*words: str, packs: Iterable[Path] | None = None, name: str = "") -> str:
    """Return the command `travelsec` as the shell at hand takes it.

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
    return " ".join(map(_quoting(), line))


def _quoting() -> Callable[[str], str]:
    """Return how the shell at hand quotes."""
    # On Windows, only the shells that came from Unix set SHELL.
    if sys.platform != "win32" or os.environ.get("SHELL"):
        return posix
    # The command prompt sets PROMPT, PowerShell puts a folder of the user's own on the path of
    # its modules, and each inherits what the other has set. In doubt it is PowerShell: what is
    # quoted for it does no harm in the command prompt.
    home = os.environ.get("USERPROFILE", "").casefold()
    in_powershell = home and home in os.environ.get("PSMODULEPATH", "").casefold()
    return cmd if "PROMPT" in os.environ and not in_powershell else powershell


def posix(word: str) -> str:
    """Quote a word for sh, bash, zsh and fish."""
    if not word.isprintable():
        # Such as a name whose bytes are no UTF-8. POSIX has this form since 2024; fish and dash do
        # not know it.
        return "$'" + "".join(map(_escaped, os.fsencode(word))) + "'"
    if _HARMLESS.fullmatch(word) and "\\" not in word:
        return word
    # `shlex.quote` leaves = and % as they are: zsh takes =ls for the path of a program, and fish
    # %self for its own number. Between single quotes, a backslash means something to fish alone.
    return "'" + re.sub(r"(['\\])", r"'\\\1'", word) + "'"


def cmd(word: str) -> str:
    """Quote a word for the command prompt of Windows."""
    if _HARMLESS.fullmatch(word):
        return word
    # Programs take two quotes for one, and backslashes count only before a quote. One comes before
    # each %, too.
    inside = re.sub(r"(\\+)(?=[\"%]|$)", r"\1\1", word).replace('"', '""')
    # Between quotes only % means something; outside of them ^ takes that away.
    return f'"{inside}"'.replace("%", '"^%"')


def powershell(word: str) -> str:
    """Quote a word for PowerShell."""
    if _HARMLESS.fullmatch(word):
        return word
    # It takes typographic quotes for quotes. A plain one is doubled and not escaped, so that the
    # command prompt counts as many as it needs to leave the rest alone.
    return '"' + re.sub("([$`“”„])", r"`\1", word).replace('"', '""') + '"'


def _escaped(byte: int) -> str:
    character = chr(byte)
    is_plain = character.isascii() and character.isprintable() and character not in "'\\"
    return character if is_plain else f"\\{byte:03o}"
