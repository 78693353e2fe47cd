"""What the documents tell people to type, and how each line of it is tested."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.terminal import SECONDS, environment

ROOT = Path(__file__).parent.parent
PAGES = sorted((*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob(".github/**/*.md")))

WITH_STEPS = {"own-pack.md": {"markdown"}, "department.md": {"python", "sql"}}
"""Pages whose blocks need those before them: a test of its own goes through each.

These kinds of blocks are tested there, and nowhere else.
"""

DATA = {"json", "mermaid", "text", "yaml"}
"""Kinds of blocks that nobody types. Commands are in blocks of `sh`, and in no others."""

PROGRAMS = {"cd", "cp", "git", "grep", "jq", "python", "python3", "sha256sum", "travelsec"}
"""What a test may run, in a folder of its own: there, these change nothing else."""

Way = Literal["alone", "shell", "make", "install"]
"""How a line is tested.

`alone`: it is one command of travelsec, which is run. `shell`: it is run in a shell.

These cannot run in a test. `make`: targets take minutes or write into the repository, so what they
would run must be there. `install`: packages come from an index, so what is named must be there, and
a line that sets everything up must be one that CI runs.
"""

_MARKDOWN = MarkdownIt("commonmark").enable("table")
_ASSIGNMENT = re.compile(r"[A-Z_]+=")


def _tokens(text: str) -> Iterator[Token]:
    for token in _MARKDOWN.parse(text):
        yield from (token, *(token.children or ()))


def lines(text: str) -> list[str]:
    """Return the lines of a document's blocks of commands, without comments."""
    blocks = (token for token in _tokens(text) if token.type == "fence" and token.info == "sh")
    found = (line for block in blocks for line in block.content.splitlines())
    shown = (line.partition(" #")[0].rstrip() for line in found if not line.startswith("#"))
    return [line for line in shown if line]


def inline(text: str) -> set[str]:
    """Return what stands between backticks in a document."""
    return {token.content for token in _tokens(text) if token.type == "code_inline"}


def commands(line: str) -> list[list[str]]:
    """Cut a line into its commands, each into words: an assignment in front stays one.

    Raises `ValueError` for what the shell would do besides running one after the other.
    """
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    found: list[list[str]] = [[]]
    for word in lexer:
        if word in ("|", "&&", ";"):
            found.append([])
        elif set(word) <= set("();<>|&"):
            raise ValueError(f"“{word}” is not known")
        else:
            found[-1].append(word)
    return found


def program(command: list[str]) -> str:
    """Return what a command runs, without its folder."""
    return next((Path(word).name for word in command if not _ASSIGNMENT.match(word)), "")


def way(line: str) -> Way:
    """Tell how a line is tested; raises `ValueError` if no rule fits it."""
    cut = commands(line)
    programs = {program(command) for command in cut}
    if any(
        command[1:2] == ["install"]
        or command[1:3] == ["tool", "install"]
        or command[1:4] == ["-m", "pip", "install"]
        for command in cut
        if program(command) in ("pip", "pipx", "uv", "python", "python3")
    ):
        return "install"
    if programs == {"make"}:
        return "make"
    if unknown := programs - PROGRAMS:
        raise ValueError(f"no test runs “{', '.join(sorted(unknown))}”")
    is_alone = len(cut) == 1 and programs == {"travelsec"} and not _ASSIGNMENT.match(cut[0][0])
    return "alone" if is_alone else "shell"


def faults(name: str, text: str) -> list[str]:
    """Return what no test covers in a document of this name: kinds of blocks, and lines."""
    kinds = {"sh"} | DATA | WITH_STEPS.get(name, set())
    found = [
        f"a block of “{token.info}”"
        for token in _tokens(text)
        if token.type in ("fence", "code_block") and token.info not in kinds
    ]
    for line in lines(text):
        try:
            way(line)
        except ValueError as error:
            found.append(f"{line}: {error}")
    return found


def execute(line: str, folder: Path) -> tuple[int, str]:
    """Run a line in a shell; return the exit code, and what it prints: the errors come last.

    travelsec and Python are those under test, wherever the line has them, and an absolute path is
    one in the folder.
    """
    here = re.sub(r"\S*/bin/(travelsec|python)\b", r"\1", line)
    here = re.sub(r"(?<![^\s=])/(?=\w)", '"$PWD"/', here)
    python = f'"{sys.executable}"'
    script = f"""set -o pipefail
travelsec() {{ {python} -m travelsec "$@"; }}
python() {{ {python} "$@"; }}
python3() {{ {python} "$@"; }}
{here}"""
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    return done.returncode, done.stdout.decode() + done.stderr.decode()
