"""Judge how ready a traveller is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal, get_args

from msgspec import Struct

from travelsec.pack.model import LEVELS, Level
from travelsec.trip.statuses import Status, StatusWord

Verdict = Literal["ready", "ready-with-actions", "not-ready"]


class Readiness(Struct, frozen=True, forbid_unknown_fields=True):
    """The verdict, and what it rests on: counts by status, and of open items by level."""

    verdict: Verdict
    counts: dict[str, int]
    open: tuple[str, ...]
    waived: tuple[str, ...]
    not_covered: tuple[str, ...]


def assess(
    items: Iterable[tuple[str, Level, Status]], not_covered: Iterable[str] = ()
) -> Readiness:
    """Judge the statuses given for the items that apply.

    Args:
        items: id, level and status of each item that counts (for `prepare` the phases
            `before` and `away`, for `debrief` the phase `back`).
        not_covered: what the packs do not cover, one sentence a pack.

    Returns:
        `not-ready` while a `must` is open, `ready-with-actions` while anything else is,
        else `ready`. Waived are the `must` items that are said not to apply.
    """
    judged = list(items)
    open_items = [(name, level) for name, level, status in judged if status.is_open]
    open_levels = Counter(level for _, level in open_items)
    said = Counter(status.status for _, _, status in judged)
    verdict: Verdict = "ready"
    if open_items:
        verdict = "not-ready" if "must" in open_levels else "ready-with-actions"
    counts = {word: said[word] for word in get_args(StatusWord)}
    counts |= {f"open-{level}": open_levels[level] for level in LEVELS}
    return Readiness(
        verdict=verdict,
        counts=counts,
        open=tuple(name for name, _ in open_items),
        waived=tuple(
            name
            for name, level, status in judged
            if level == "must" and status.status == "not-applicable"
        ),
        not_covered=tuple(not_covered),
    )
