"""What stands at the end of each command's help."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import run
from tests.cli.test_app import CALLBACKS
from travelsec.cli.command_list import of_command
from travelsec.pack.titles import situation_titles


@pytest.mark.parametrize("path", [*CALLBACKS, "trips", "checklist", "guidance"])
def test_the_help_of_a_command_ends_with_its_examples(tmp_path: Path, path: str) -> None:
    """Each with what it does, after all options."""
    done = run(*path.split(), "--help", folder=tmp_path)
    assert done.code == 0
    end = done.out.partition("\nExamples:\n")[2]
    for one in of_command(path):
        assert f"  travelsec {one.line}\n" in end or f"  travelsec {one.line} " in end
        assert one.does in " ".join(end.split())
    assert "--help" not in end


def test_the_help_of_incident_lists_the_situations(tmp_path: Path) -> None:
    done = run("incident", "--help", folder=tmp_path)
    shown = " ".join(done.out.partition("\nSituations:\n")[2].split())
    assert situation_titles()
    for name, title in situation_titles().items():
        assert f"{name} {title}" in shown


def test_the_help_needs_no_pack_of_ones_own(tmp_path: Path) -> None:
    """What is broken there hides nothing and is not read."""
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "a.yaml").write_text("situations: 7\n", encoding="utf-8")
    done = run("incident", "--help", folder=tmp_path, TRAVELSEC_PACKS="bad")
    assert done == run("incident", "--help", folder=tmp_path)
