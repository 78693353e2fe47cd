"""Every entry of the packs, with the same content for people and for machines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

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


def texts(value: Any) -> Iterator[str]:
    """Yield the texts in the value of a field."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (*value, *value.values())
    elif isinstance(value, list):
        yield from value


def test_people_read_every_text_that_machines_get(tmp_path: Path) -> None:
    """Field by field; dates and the parts of an entry are laid out in their own way."""
    entries = run("checklist", "show", "--format", "json", folder=tmp_path).json()["entries"]
    rest = " ".join(run("checklist", "show", folder=tmp_path).out.split())
    for entry in reversed(entries):
        rest, head, shown = rest.rpartition(f"{entry['id']} ({entry['kind']}) ")
        assert head
        for field in entry.keys() - {
            "id",
            "kind",
            "when",
            "cites",
            "expires",
            "sections",
            "steps",
            "hours_for",
        }:
            for text in texts(entry[field]):
                assert text in shown, (head, field)


def test_everything_is_shown_without_a_name(tmp_path: Path) -> None:
    """Each entry of the packs once."""
    entries = run("checklist", "show", "--format", "json", folder=tmp_path).json()["entries"]
    names = [(entry["kind"], entry["id"]) for entry in entries]
    assert len(set(names)) == len(names)
    assert {kind for kind, _ in names} == {
        *("checklist", "item", "question", "situation", "contact", "page")
    }
