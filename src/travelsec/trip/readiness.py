"""Judge how ready a traveller is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from msgspec import Struct

from travelsec.pack.model import LEVELS, Level
from travelsec.trip.statuses import OPEN, StatusWord

Verdict = Literal["ready", "ready-with-actions", "not-ready"]
_COUNTED = (*get_args(StatusWord), *(f"open-{level}" for level in LEVELS))


class Readiness(Struct, frozen=True, forbid_unknown_fields=True):
    """The verdict and its reasons: counts by status, and open items by level.

    `not-ready` while a `must` is open, `ready-with-actions` while anything else is, else `ready`.
    Waived are the `must` items that do not apply, as the traveller says.
    """

    verdict: Verdict
    counts: dict[str, int]
    open: tuple[str, ...]
    waived: tuple[str, ...]
    not_covered: tuple[str, ...]


def assess(
    items: Iterable[tuple[str, Level, StatusWord]], not_covered: Iterable[str] = ()
) -> Readiness:
    """Judge the statuses given for the items that apply.

    Args:
        items: id, level and status of each item that counts: for `prepare` those of the phases
            `before` and `away`, for `debrief` those of the phase `back`.
        not_covered: what the packs do not cover, one sentence a pack.
    """
    counts = dict.fromkeys(_COUNTED, 0)
    still_open = []
    waived = []
    for name, level, status in items:
        counts[status] += 1
        if status in OPEN:
            counts[f"open-{level}"] += 1
            still_open.append(name)
        elif status != "done" and level == "must":
            waived.append(name)
    verdict: Verdict = "ready"
    if still_open:
        verdict = "not-ready" if counts["open-must"] else "ready-with-actions"
    return Readiness(verdict, counts, tuple(still_open), tuple(waived), tuple(not_covered))
