"""A command that is told can be copied into the shell as it stands."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from travelsec.cli.shell import command


@pytest.mark.parametrize("name", ["Lisbon", "Lisbon 2026-12-01", 'Ann’s "trip"; rm -rf $HOME\''])
def test_a_posix_shell_reads_it_as_it_was_meant(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    told = command("prepare", "--trip", name, packs=[Path("my pack")])
    assert shlex.split(told) == ["travelsec", "prepare", "--trip", name, "--pack", "my pack"]


def test_a_name_is_taken_for_no_option(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert command("export", packs=[Path("p")], name="-x") == "travelsec export --pack p -- -x"
    assert command("export", name="Lisbon") == "travelsec export Lisbon"


def test_windows_gets_double_quotes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its command prompt takes single ones for part of the name."""
    monkeypatch.setattr(sys, "platform", "win32")
    assert command("export", "Lisbon 2026-12-01") == 'travelsec export "Lisbon 2026-12-01"'
