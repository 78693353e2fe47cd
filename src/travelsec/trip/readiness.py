"""Judge how ready a traveller is."""

# No `annotations` from `__future__`: msgspec would have to compile each of them at every start.

from collections.abc import Iterable
from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct

from travelsec.pack.model import FullIds, Level, Text
from travelsec.trip.statuses import OPEN, StatusWord

Verdict = Literal["ready", "ready-with-actions", "not-ready"]
VERDICT_WORDS: dict[str, str] = {
    "ready": "ready",
    "ready-with-actions": "ready, with actions",
    "not-ready": "not ready",
}
"""Verdicts as people read them."""

Counted = Literal[StatusWord, "open-must", "open-should", "open-consider"]
_COUNTED: tuple[Counted, ...] = get_args(Counted)
_OPEN: dict[Level, Counted] = {
    "must": "open-must",
    "should": "open-should",
    "consider": "open-consider",
}

Number = Annotated[int, Meta(ge=0, le=999_999)]
Counts = Annotated[
    dict[Counted, Number],
    Meta(
        min_length=len(_COUNTED),
        max_length=len(_COUNTED),
        # msgspec checks which keys there are, and leaves them out of the schema.
        extra_json_schema={"propertyNames": {"enum": list(_COUNTED)}},
    ),
]


class Readiness(Struct, frozen=True, forbid_unknown_fields=True):
    """The verdict and its reasons.

    `not-ready` if a `must` is open, `ready-with-actions` if only other items are, else `ready`.
    `counts` has items by status, and open items by level. `waived` are the `must` items that the
    traveller says do not apply.
    """

    verdict: Verdict
    counts: Counts
    open: FullIds
    waived: FullIds
    not_covered: tuple[Text, ...]


def assess(
    items: Iterable[tuple[str, Level, StatusWord]], not_covered: Iterable[str] = ()
) -> Readiness:
    """Judge the statuses given for the items that apply.

    Args:
        items: id, level and status of each item that counts: `before` and `away` items for
            `prepare`, `back` items for `debrief`.
        not_covered: what the packs do not cover, a sentence for each.
    """
    counts = dict.fromkeys(_COUNTED, 0)
    still_open = []
    waived = []
    done = 0
    for name, level, status in items:
        if status == "done":
            done += 1
            continue
        counts[status] += 1
        if status in OPEN:
            counts[_OPEN[level]] += 1
            still_open.append(name)
        elif level == "must":
            waived.append(name)
    counts["done"] = done
    verdict: Verdict = "ready"
    if still_open:
        verdict = "not-ready" if counts["open-must"] else "ready-with-actions"
    return Readiness(verdict, counts, tuple(still_open), tuple(waived), tuple(not_covered))
