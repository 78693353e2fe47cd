"""How many examples a property is tried on."""

from __future__ import annotations

from hypothesis import settings

FULL = 40
QUICK = 5


def examples(number: int) -> int:
    """Return the number for a full run, and as much less in a quick one as its profile says."""
    return max(number * settings().max_examples // FULL, 1)
