"""The differences between two packs as JSON, for machines."""

from __future__ import annotations

from travelsec.changes.model import Diff
from travelsec.safe_text import ascii_json


def render(changes: Diff) -> str:
    """Return all that differs, as indented JSON."""
    return ascii_json(changes)
