"""Every entry of the packs can be shown, by each of its names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import run


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("home_shared", ["question"]),
        ("unlock-request", ["situation"]),
        ("privacy-team", ["contact"]),
        ("overseas", ["checklist"]),
        ("taking-equipment-overseas", ["page"]),
        ("remote-working", ["checklist", "page"]),
    ],
)
def test_every_kind_of_entry_can_be_shown(tmp_path: Path, name: str, kinds: list[str]) -> None:
    """For people and for machines; a name of two things shows both."""
    entries = run("checklist", "show", name, "--format", "json", folder=tmp_path).json()["entries"]
    assert [(entry["kind"], entry["id"]) for entry in entries] == [(kind, name) for kind in kinds]
    text = run("checklist", "show", name, folder=tmp_path).out
    assert all(f"{name} ({kind})" in text for kind in kinds)


def test_everything_is_shown_without_a_name(tmp_path: Path) -> None:
    """Each entry of the packs once."""
    entries = run("checklist", "show", "--format", "json", folder=tmp_path).json()["entries"]
    names = [(entry["kind"], entry["id"]) for entry in entries]
    assert len(set(names)) == len(names)
    assert {kind for kind, _ in names} == {
        *("checklist", "item", "question", "situation", "contact", "page")
    }
