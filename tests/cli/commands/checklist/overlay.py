"""A pack of one item to lay over the bundled one."""

from __future__ import annotations

from pathlib import Path

from tests.pack.packs import OVER, write

ITEM = """\
checklist:
  id: overseas
  sections:
    - id: what-you-carry
      items:
        - {id: visa, label: LABEL, do: Carry it., why: So., level: must, cites: [PATH]}
"""
GOOD = ITEM.replace("LABEL", "Visa").replace(
    "PATH", "taking-equipment-overseas/general-guidance/remove-files"
)


def pack(folder: Path, text: str, name: str = "mine") -> Path:
    """Write an overlay of one file into a folder of this name."""
    return write(folder / name, {"over": OVER.replace("id: over", f"id: {name}") + text})
