"""The differences between two packs as JSON, for machines."""

from __future__ import annotations

import json

import msgspec

from travelsec.changes.model import Diff


def render(changes: Diff) -> str:
    """Return all that differs, as indented JSON."""
    # In pure ASCII, nothing can act on a terminal.
    return json.dumps(msgspec.to_builtins(changes), indent=2) + "\n"
