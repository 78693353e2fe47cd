"""A revised page is compared with its index, and a file that seems wrong is warned of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands.test_guidance import make_pack, revise
from travelsec.cli.compare_page import compare_page
from travelsec.pack.load import load


def test_what_is_changed_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page is found by its title; nothing is warned of."""
    packs = load([make_pack(tmp_path)])
    revise(tmp_path, ("Ride without", "Ride with"))
    stored, revision = compare_page(packs, tmp_path / "new.md", None, None)
    assert stored.id == "bicycles-at-work"
    assert [change.change for change in revision.statements] == ["changed"]
    assert capsys.readouterr().err == ""


def test_a_file_that_is_another_page_is_warned_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whether it is the page as it is or the page as it was."""
    packs = load([make_pack(tmp_path)])
    other = tmp_path / "other.md"
    other.write_text("# Other\n\nNothing here is as it stood there.\n", encoding="utf-8")
    compare_page(packs, other, "bicycles-at-work", None)
    assert "nothing of the page “bicycles-at-work” is in this file" in flat(capsys)
    compare_page(packs, tmp_path / "bicycles-at-work.md", None, other)
    assert "5 of the statements in the index are not in this text" in flat(capsys)


def flat(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().err.split())
