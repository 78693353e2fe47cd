"""What `travelsec` shows without a command."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.cli.command import run
from tests.terminal import SECONDS
from travelsec.cli.command_list import COMMANDS, EXAMPLES
from travelsec.pack.titles import situation_titles


def test_help_in_an_emergency_comes_first(tmp_path: Path) -> None:
    """The command, what can have happened, who to call; then a line for each role."""
    done = run(folder=tmp_path)
    assert (done.code, done.err) == (0, "")
    first, *rest = done.out.splitlines()
    assert first.startswith("Something happened? travelsec incident")
    shown = " ".join(" ".join(rest).split())
    words = [*situation_titles(), "Who to call?", *(one.line for one in EXAMPLES if one.role)]
    places = [shown.index(word) for word in words]
    assert places == sorted(places)
    for name, title in situation_titles().items():
        assert f"{name} {title}" in shown
    for role in {one.role for one in EXAMPLES if one.role}:
        assert shown.count(role) == 1


def test_it_fits_a_window_with_room_for_the_prompt(tmp_path: Path) -> None:
    lines = run(folder=tmp_path, COLUMNS="80").out.splitlines()
    assert len(lines) < 24
    assert max(map(len, lines)) <= 80


def test_a_narrow_window_has_one_column(tmp_path: Path) -> None:
    """No line is longer than the window, and no example is cut."""
    lines = run(folder=tmp_path, COLUMNS="45").out.splitlines()
    assert max(map(len, lines)) <= 45
    assert "    travelsec card --output card.html" in lines


def test_a_command_that_it_leaves_out_is_in_the_help_that_it_names(tmp_path: Path) -> None:
    """It has room for those of the roles, and for help in an emergency."""
    screen = run(folder=tmp_path, COLUMNS="80").out
    shown = set(re.findall(r"travelsec ([a-z]+)", screen))
    assert shown == {"incident", "contacts", *(one.line.split()[0] for one in EXAMPLES if one.role)}
    assert "What each does: travelsec --help." in screen
    listed = run("--help", folder=tmp_path).out
    missing = [name for name in COMMANDS if not re.search(rf"(?m)^\W+{name} ", listed)]
    assert missing == []


def test_nothing_is_imported_that_it_can_do_without() -> None:
    """Where the packs are cached; no parser of the command line in any case."""
    code = (
        "import sys; sys.argv = ['travelsec']\n"
        "from travelsec.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'typer', 'rich', 'questionary', 'sqlite3', 'logging', 'asyncio'}\n"
        "print(*sorted(heavy & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=SECONDS, check=True
    )
    assert done.stderr == "\n"
