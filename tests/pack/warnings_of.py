"""Warnings about small packs, for tests of the rules."""

from __future__ import annotations

from pathlib import Path

from tests.pack.packs import OVER, write
from travelsec.pack.check import check_packs
from travelsec.pack.lint import lint

ITEM = """\
checklist:
  id: trip
  sections:
    - id: packing
      items:
        - {id: new, label: New, do: Do it., why: So., level: must, cites: [leaflet]EXTRA}
"""


CONTACT = "contacts: [{id: c, name: C, for: [help], FIELD, cites: [leaflet]}]\n"


def warnings(folder: Path, *overlays: Path) -> list[str]:
    """Return the warnings as `code file:line:column text`, files named within their folder."""
    found = lint(check_packs(overlays, bundled=folder))
    assert all(one.problem.severity == "warning" for one in found)
    return [f"{one.code} {one.problem}".replace(f"{folder.parent}/", "") for one in found]


def codes(folder: Path, *overlays: Path) -> set[str]:
    """Return the rules that found something, but for what the base pack has from the start."""
    return {text.partition(" ")[0] for text in warnings(folder, *overlays)}


def over(folder: Path, text: str) -> Path:
    """Write an overlay of one file."""
    return write(folder / "over", {"over": OVER + text})
