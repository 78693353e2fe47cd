"""A command that is shown can be copied into the shell as it stands, and runs nothing else."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from travelsec.cli import shell
from travelsec.cli.shell import command
from travelsec.pack.folder import pack_folder

HOSTILE = (
    *("Lisbon 2026-12-01", "it's", 'say "hi"', "$(touch x)", "`touch x`", "$HOME", "a & b", "a;b"),
    *("back\\slash", "two\\\\", "end\\", "*", "~", "!x", "#x", "", "50%", "(a)", "<b>", "{a,b}"),
    *("Zoë 李", "“quoted”", "-x", "a|b", "^", "@x", "?", "=ls", "%self", "a=~", "a,b"),
)
NO_TEXT = (os.fsdecode(b"caf\xe9"), "two\nlines", "\x1b[2J", "it's\\\t")


@pytest.mark.parametrize("name", ["Lisbon", "Lisbon 2026-12-01", 'Ann’s "trip"; rm -rf $HOME\''])
def test_a_posix_shell_reads_it_as_it_was_meant(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    told = command("prepare", "--trip", name, packs=[Path("my pack")])
    assert shlex.split(told) == ["travelsec", "prepare", "--trip", name, "--pack", "my pack"]


def test_an_optional_pack_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """And a folder of that name as one."""
    monkeypatch.setattr(sys, "platform", "linux")
    packs = [pack_folder("moj-approval"), pack_folder("./moj-approval")]
    told = command("export", packs=packs)
    assert told == f"travelsec export --pack moj-approval --pack .{os.sep}moj-approval"


def test_a_name_is_taken_for_no_option(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert command("export", packs=[Path("p")], name="-x") == "travelsec export --pack p -- -x"
    assert command("export", name="Lisbon") == "travelsec export Lisbon"


def read_by(program: str, words: list[str], folder: Path) -> list[bytes]:
    """Return the words as a shell reads them."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"there is no {program}")
    line = " ".join(["printf", r"'%s\0'", *map(shell.posix, words)])
    home = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"}
    done = subprocess.run(
        [found, "-c", line], cwd=folder, env=home, capture_output=True, check=False
    )
    assert done.stderr == b""
    assert not (folder / "x").exists()
    return done.stdout.split(b"\0")[:-1]


@pytest.mark.skipif(sys.platform == "win32", reason="shells of POSIX")
@pytest.mark.parametrize("program", ["sh", "bash", "zsh", "fish"])
def test_real_shells_read_every_name(program: str, tmp_path: Path) -> None:
    """Each in its own way with backslashes, and none runs what a name says."""
    assert read_by(program, list(HOSTILE), tmp_path) == [os.fsencode(name) for name in HOSTILE]


@pytest.mark.skipif(sys.platform == "win32", reason="shells of POSIX")
@pytest.mark.parametrize("program", ["bash", "zsh"])
def test_what_cannot_be_shown_can_be_copied(program: str, tmp_path: Path) -> None:
    """The bytes of a name that are no UTF-8, and control characters, are spelled out."""
    assert all(shell.posix(name).isascii() for name in NO_TEXT)
    assert all(shell.posix(name).isprintable() for name in NO_TEXT)
    assert read_by(program, list(NO_TEXT), tmp_path) == [os.fsencode(name) for name in NO_TEXT]


@pytest.mark.parametrize(
    ("word", "in_cmd", "in_powershell"),
    [
        ("Lisbon", "Lisbon", "Lisbon"),
        ("C:\\my\\pack", "C:\\my\\pack", "C:\\my\\pack"),
        ("Lisbon 2026-12-01", '"Lisbon 2026-12-01"', '"Lisbon 2026-12-01"'),
        ("Rome&calc", '"Rome&calc"', '"Rome&calc"'),
        ("$(calc)", '"$(calc)"', '"`$(calc)"'),
        ("`calc`", '"`calc`"', '"``calc``"'),
        ("%PATH%", '""^%"PATH"^%""', '"%PATH%"'),
        ("a\\%&calc", '"a\\\\"^%"&calc"', '"a\\%&calc"'),
        ("C:\\%TEMP%\\", '"C:\\\\"^%"TEMP"^%"\\\\"', '"C:\\%TEMP%\\"'),
        ('say "hi" & calc', '"say ""hi"" & calc"', '"say ""hi"" & calc"'),
        ("a”;calc;“", '"a”;calc;“"', '"a`”;calc;`“"'),
        ("it’s; it's", '"it’s; it\'s"', '"it’s; it\'s"'),
        ("my pack\\", '"my pack\\\\"', '"my pack\\"'),
        ("", '""', '""'),
    ],
)
def test_windows(word: str, in_cmd: str, in_powershell: str) -> None:
    """As the command prompt and PowerShell document their quotes; neither runs a part of it."""
    assert shell.cmd(word) == in_cmd
    assert shell.powershell(word) == in_powershell


MODULES = r"C:\Program Files\WindowsPowerShell\Modules"
OWN = r"C:\Users\ann\Documents\PowerShell\Modules"


@pytest.mark.parametrize(
    ("env", "told"),
    [
        ({"PROMPT": "$P$G", "PSMODULEPATH": MODULES}, '"$(calc)"'),
        ({"PSMODULEPATH": f"{OWN};{MODULES}"}, '"`$(calc)"'),
        # PowerShell that was started from the command prompt, or the other way round.
        ({"PROMPT": "$P$G", "PSMODULEPATH": f"{OWN};{MODULES}"}, '"`$(calc)"'),
        ({}, '"`$(calc)"'),
        ({"SHELL": "/usr/bin/bash", "PROMPT": "$P$G"}, "'$(calc)'"),
    ],
    ids=["cmd", "powershell", "one in the other", "unknown", "git bash"],
)
def test_windows_has_several_shells(
    env: dict[str, str], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In doubt it is PowerShell, whose quotes keep the command prompt from running anything."""
    monkeypatch.setattr(sys, "platform", "win32")
    for name in ("PROMPT", "PSMODULEPATH", "SHELL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("USERPROFILE", r"c:\users\ANN")
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert command("export", name="$(calc)") == f"travelsec export {told}"
