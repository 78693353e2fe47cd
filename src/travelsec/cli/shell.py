"""Quote commands shown to be copied, for the shell at hand."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from travelsec.pack.folder import as_typed

# Words that no shell interprets.
_HARMLESS = re.compile(r"[A-Za-z0-9_./:\\-]+")


def command(*words: str, packs: Iterable[Path] | None = None, name: str = "") -> str:
    """Return a `travelsec` command as typed in the shell at hand.

    `packs` are given again with `--pack`; `name` is a last argument that may begin with a hyphen.
    """
    line = ["travelsec", *words]
    for folder in packs or ():
        line += ["--pack", as_typed(folder)]
    if name:
        line += ["--", name] if name.startswith("-") else [name]
    return " ".join(map(_quoting(), line))


def _quoting() -> Callable[[str], str]:
    """Return the quoting function of the shell at hand."""
    # On Windows, only the shells that came from Unix set SHELL.
    if sys.platform != "win32" or os.environ.get("SHELL"):
        return posix
    # The command prompt sets PROMPT, PowerShell adds a folder of the user's to its module path,
    # and each inherits what the other has set. If in doubt, quote for PowerShell: that does no
    # harm in the command prompt.
    home = os.environ.get("USERPROFILE", "").casefold()
    in_powershell = home and home in os.environ.get("PSMODULEPATH", "").casefold()
    return cmd if "PROMPT" in os.environ and not in_powershell else powershell


def posix(word: str) -> str:
    """Quote a word for sh, bash, zsh and fish."""
    if not word.isprintable():
        # Such as a name that is not UTF-8. POSIX has had this form since 2024; fish and dash
        # lack it.
        return "$'" + "".join(map(_escaped, os.fsencode(word))) + "'"
    if _HARMLESS.fullmatch(word) and "\\" not in word:
        return word
    # `shlex.quote` leaves = and % alone, but zsh expands =ls to the path of a program, and fish
    # %self to its process id. Within single quotes, only fish interprets a backslash.
    return "'" + re.sub(r"(['\\])", r"'\\\1'", word) + "'"


def cmd(word: str) -> str:
    """Quote a word for the command prompt of Windows."""
    if _HARMLESS.fullmatch(word):
        return word
    # Programs read two quotes as one, and backslashes count only before a quote. The next line puts
    # one before each %, too.
    inside = re.sub(r"(\\+)(?=[\"%]|$)", r"\1\1", word).replace('"', '""')
    # Within quotes only % is special; outside them ^ escapes it.
    return f'"{inside}"'.replace("%", '"^%"')


def powershell(word: str) -> str:
    """Quote a word for PowerShell."""
    if _HARMLESS.fullmatch(word):
        return word
    # PowerShell treats typographic quotes as quotes. A plain quote is doubled rather than escaped,
    # so that the command prompt also sees balanced quotes.
    return '"' + re.sub("([$`“”„])", r"`\1", word).replace('"', '""') + '"'


def _escaped(byte: int) -> str:
    character = chr(byte)
    is_plain = character.isascii() and character.isprintable() and character not in "'\\"
    return character if is_plain else f"\\{byte:03o}"
