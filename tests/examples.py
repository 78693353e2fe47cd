"""How many examples a property is tried on."""

from __future__ import annotations

from hypothesis import settings


def examples(number: int) -> int:
    """Return the number for a full run, and as much less in a quick one as its profile says."""
    full = settings.get_profile("travelsec").max_examples
    return max(number * settings().max_examples // full, 1)
