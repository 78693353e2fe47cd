"""Completion in real shells: whatever a trip is called, nothing runs, and one word arrives."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal import ENTER, Terminal, environment
from travelsec.store import Store
from travelsec.trip.stored_trip import LastSeen

# The shells are real and interactive, though not all of them get a pseudo-terminal.
pytestmark = pytest.mark.terminal

TAB, CTRL_U = "\t", "\x15"
SHELLS = {
    "bash": ("bash", "--rcfile", "{home}/.bashrc", "-i"),
    "zsh": ("zsh", "--no-globalrcs", "-i"),
    "fish": ("fish", "-i"),
}
PROMPTS = {
    "bash": (".bashrc", "PS1='ready> '\n"),
    "zsh": (".zshrc", "PS1='ready> '\n"),
    "fish": (".config/fish/config.fish", "function fish_prompt; echo 'ready> '; end\n"),
}
NAMES = (
    *("Lisbon", "Lisbon 2026-12-01", "Ann’s trip – Zürich", "中文 旅行 😀", "e\u0301te", "l" * 200),
    *("  two  spaces ", "a\u00a0b", "it's", "''", 'say "hi"', "back\\slash\\", "$HOME", "${x}"),
    *('\\"<(touch PWNED)\\"', "Rome$(touch PWNED)", "`touch PWNED`", "<(touch PWNED)"),
    *("(touch PWNED)", "'$(touch PWNED)'", '"$(touch PWNED)"', "'; touch PWNED; '", "$'\\n'"),
    *(";touch PWNED", "a|touch PWNED", "a&touch PWNED&", "a>PWNED", "1>PWNED", "|touch PWNED"),
    *("!ls", "wow!", "!!", "*", "?", "[a-z]", "{a,b}", "#x", "^x^y", "%1", "100%F{red}", "=ls"),
    *("a=b", "a:b:c", "a,b@c+d", "--x", "-", "~", "~root", "a\nb", "\x1b[31mred", "a\u202eb"),
)
BY_ID = ("`touch PWNED`", "--x", "-", "~", "~root", "a\nb", "\x1b[31mred", "a\u202eb")
"""Names that could be taken for something else, or have hidden characters."""
QUOTED = (
    *("Lisbon 2026-12-01", "it's", "''", '"', 'say "hi"', "back\\slash\\", "Rome$(touch PWNED)"),
    *("'$(touch PWNED)'", '"$(touch PWNED)"', "!ls", "wow!", "a!b"),
)

TRAVELSEC = f"""#!/bin/sh
# Completes as travelsec does; when it is run, it tells what has arrived.
[ -n "$_TRAVELSEC_COMPLETE" ] && exec '{sys.executable}' -m travelsec "$@"
case "$1" in
  --*-completion) exec '{sys.executable}' -m travelsec "$@" ;;
esac
printf '%s\\0' "$@" >"$HOME/arrived"
echo "It has arrived."
"""


class Shell:
    """An interactive shell in a pseudo-terminal, with the completion that travelsec installs."""

    def __init__(self, name: str, home: Path) -> None:
        self.home = home
        self.folder = home / "folder"
        self.folder.mkdir()
        programs = home / "bin"
        programs.mkdir()
        (programs / "travelsec").write_text(TRAVELSEC, encoding="utf-8")
        (programs / "travelsec").chmod(0o755)
        path = f"{programs}{os.pathsep}{os.environ['PATH']}"
        file, prompt = PROMPTS[name]
        (home / file).parent.mkdir(parents=True, exist_ok=True)
        (home / file).write_text(prompt, encoding="utf-8")
        self.env = {"PATH": path}
        self.install(name)
        self.terminal = Terminal(
            program=[word.format(home=home) for word in SHELLS[name]],
            folder=home,
            # Else bash shows a list of this length by pages.
            rows=100,
            columns=200,
            env=self.env,
        )
        self.terminal.answer("ready>", "cd folder", ENTER)
        self.terminal.wait_for("ready>")
        self.store = Store(home / "data" / "travelsec" / "trips.sqlite3")
        self.kept: list[str] = []

    def install(self, name: str) -> None:
        """Install the completion, from within the shell."""
        # The shell is to stay the parent: without the second command it would become travelsec.
        subprocess.run(
            [name, "-c", "travelsec --install-completion; true"],
            env=environment(self.home, **self.env),
            check=True,
            capture_output=True,
        )

    def keep(self, *names: str) -> None:
        """Keep trips of these names, and no other."""
        for trip_id in self.kept:
            self.store.forget(trip_id)
        self.kept = [f"{number:032}" for number, _ in enumerate(names)]
        for trip_id, name in zip(self.kept, names, strict=True):
            seen = LastSeen(datetime.date(2026, 1, 1), {}, {})
            self.store.begin(trip_id, name, seen, named=True)
            self.store.keep_seen(trip_id, seen)

    def arrived(self, keys: str) -> list[str]:
        """Type a line and Enter; return the arguments that travelsec was run with."""
        self.terminal.answer("", keys, ENTER)
        self.terminal.wait_for("It has arrived.")
        self.terminal.wait_for("ready>")
        return (self.home / "arrived").read_text(encoding="utf-8").split("\0")[:-1]

    def list_candidates(self, keys: str, *candidates: str) -> None:
        """Type a line and Tab twice; wait for candidates, then take the line away."""
        self.terminal.forget()
        self.terminal.type(f"travelsec {keys}{TAB}{TAB}")
        for candidate in candidates:
            self.terminal.wait_for(candidate)
        self.terminal.type(CTRL_U)
        assert self.arrived("travelsec still there") == ["still", "there"]

    def close(self) -> None:
        """End the shell."""
        self.terminal.child.close(force=True)
        self.store.__exit__()

    def assert_nothing_ran(self) -> None:
        """Check that no command in a name did."""
        assert sorted(path.name for path in self.folder.iterdir()) == ["a folder", "report.json"]
        assert not (self.home / "PWNED").exists()


@pytest.fixture(scope="module", params=SHELLS)
def shell(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shell]:
    """Start a shell of each kind."""
    if not shutil.which(request.param):
        pytest.skip(f"{request.param} is not installed")
    started = Shell(request.param, tmp_path_factory.mktemp(request.param))
    (started.folder / "a folder").mkdir()
    (started.folder / "report.json").touch()
    yield started
    started.close()


@pytest.mark.slow
def test_whatever_a_trip_is_called(shell: Shell) -> None:
    """Tab and Enter give exactly its name to travelsec, or its id, and run nothing else."""
    for name in NAMES:
        shell.keep(name)
        expected = shell.kept[0] if name in BY_ID else name
        assert shell.arrived(f"travelsec trips show {TAB}") == ["trips", "show", expected]
        shell.assert_nothing_ran()


@pytest.mark.slow
@pytest.mark.parametrize("quote", ["'", '"'])
def test_within_quotes_that_are_open(shell: Shell, quote: str) -> None:
    """The same."""
    for name in QUOTED:
        shell.keep(name)
        assert shell.arrived(f"travelsec trips show {quote}{TAB}") == ["trips", "show", name]
        shell.assert_nothing_ran()


def test_all_names_listed_at_once(shell: Shell) -> None:
    """Nothing runs, and nothing hidden reaches the terminal."""
    shell.keep(*NAMES)
    before = len(shell.terminal.raw)
    shell.list_candidates("trips show ", "a:b:c")
    assert b"\x1b[31mred" not in shell.terminal.raw[before:]
    assert "\u202e".encode() not in shell.terminal.raw[before:]
    shell.assert_nothing_ran()


TRIPS = ("Lisbon 2026-12-01", "Lisbon 2026-12-02", "Rome 1", "Oslo", "oman", "Zürich:Ann")


COMPLETED: tuple[tuple[str, list[str]], ...] = (
    ("trips show L\t2\t", ["trips", "show", TRIPS[1]]),
    ('trips show "L\t2\t', ["trips", "show", TRIPS[1]]),
    ("trips show Lisbon\\ 2\t2\t", ["trips", "show", TRIPS[1]]),
    ("trips show oS\t", ["trips", "show", "oSlo"]),
    ("trips show zÜRICH:a\t", ["trips", "show", "zÜRICH:ann"]),
    ("prepare --trip Ro\t", ["prepare", "--trip", "Rome 1"]),
    ("prepare --trip=Ro\t", ["prepare", "--trip=Rome 1"]),
    ("prepare --set abroad=t\t", ["prepare", "--set", "abroad=true"]),
    ("prepare --set=abroad=t\t", ["prepare", "--set=abroad=true"]),
    ("prepare --set devices=laptop,ph\t", ["prepare", "--set", "devices=laptop,phone"]),
    ("export --out\trep\t", ["export", "--output", "report.json"]),
    ("prepare --pack rep\t", ["prepare", "--pack", "rep"]),
    ("incident out\t>/dev/null; travelsec x\t", ["x"]),
)
MORE: tuple[tuple[str, list[str]], ...] = (
    ("trips show 'L\t2\t", ["trips", "show", TRIPS[1]]),
    ('trips show Rome" "\t', ["trips", "show", "Rome 1"]),
    ("trips show O\tm\t", ["trips", "show", "Oman"]),
    ("trips show lISBON\t2\t", ["trips", "show", "lISBON 2026-12-02"]),
    ('trips show "lis\t2\t', ["trips", "show", "lisbon 2026-12-02"]),
    ("trips forget Oslo Ro\t", ["trips", "forget", "Oslo", "Rome 1"]),
    ("prepare --trip=rO\t", ["prepare", "--trip=rOme 1"]),
    ("prepare --set abr\tf\t", ["prepare", "--set", "abroad=false"]),
    ('prepare --set "abroad=t\t', ["prepare", "--set", "abroad=true"]),
    ("contacts --set organisation=hmp\t", ["contacts", "--set", "organisation=hmpps"]),
    (
        "prepare --set overseas.clear-files=to\t--plain",
        ["prepare", "--set", "overseas.clear-files=todo", "--plain"],
    ),
    ("checklist show overseas.clear-f\t", ["checklist", "show", "overseas.clear-files"]),
    ("export --output=rep\t", ["export", "--output=report.json"]),
    ("export rep\t--form\tht\t", ["export", "report.json", "--format", "html"]),
    ("prepare --answers rep\t", ["prepare", "--answers", "report.json"]),
    ("review --by rep\t", ["review", "--by", "rep"]),
    (
        "guidance diff --page re\trep\t",
        ["guidance", "diff", "--page", "remote-working", "report.json"],
    ),
)
"""More of the same."""


@pytest.mark.parametrize(
    ("keys", "arrived"),
    [*COMPLETED, *(pytest.param(*more, marks=pytest.mark.slow) for more in MORE)],
)
def test_what_is_completed(shell: Shell, keys: str, arrived: list[str]) -> None:
    """A part of a name, within quotes or after `=`; fixed values; files where they are wanted."""
    shell.keep(*TRIPS)
    assert shell.arrived(f"travelsec {keys}") == arrived
    shell.assert_nothing_ran()


def test_folders_where_only_folders_are_wanted(shell: Shell) -> None:
    """zsh takes the slash away again."""
    for keys in ("prepare --pack a\t", "prepare --pack=a\t"):
        arrived = shell.arrived(f"travelsec {keys}")
        assert arrived[-1].removeprefix("--pack=").rstrip("/") == "a folder"


def test_both_values_of_yes_and_no_are_offered(shell: Shell) -> None:
    """And no file: bash, which parts words at `=`, used to put one there."""
    before = len(shell.terminal.raw)
    shell.list_candidates("prepare --set abroad=", "true", "false")
    assert b"report" not in shell.terminal.raw[before:]


OF_0_2_0 = """#compdef travelsec
_travelsec_completion() {
  eval $(env _TYPER_COMPLETE_ARGS="${words[1,$CURRENT]}" _TRAVELSEC_COMPLETE=complete_zsh travelsec)
}
compdef _travelsec_completion travelsec
"""


class ShellOf020(Shell):
    """A zsh with the script that was installed by travelsec 0.2.0."""

    def install(self, name: str) -> None:
        """Install it where the newer one replaces it."""
        super().install(name)
        (self.home / ".zfunc" / "_travelsec").write_text(OF_0_2_0, encoding="utf-8")


@pytest.mark.skipif(not shutil.which("zsh"), reason="zsh is not installed")
def test_the_script_of_0_2_0_runs_nothing_any_more(tmp_path: Path) -> None:
    """It says what to do."""
    shell = ShellOf020("zsh", tmp_path)
    shell.keep('\\"<(touch PWNED)\\"')
    shell.list_candidates("trips show ", "completes it again")
    assert list(shell.folder.iterdir()) == []
    shell.close()
