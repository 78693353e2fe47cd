"""What each format of a review is made from."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from travelsec.pack.model import Pack
    from travelsec.review.model import Reviewed
    from travelsec.review.priority import Filter, Totals

DEFAULT_LIMIT = 50
"""Reports shown to people, unless they ask for another number."""


class Output(Struct, frozen=True):
    """A running review and its output options."""

    rows: Iterable[Reviewed]
    """They are judged when the first is asked for."""
    totals: Totals
    """Of every report that was asked for; complete once all rows are read."""
    not_covered: Collection[str]
    """What their verdicts do not cover; complete at the same time."""
    day: datetime.date
    """The day the reports are judged for."""
    pack: Pack
    """The packs they are judged with."""
    limit: int | None
    """How many to write, if a number was given."""
    plain: bool
    """No colour."""
    in_lines: bool
    """No table either, for a screen reader."""
    asked: Filter
    """Which reports were asked for."""
    folder: Path
    """Where it is written, or the working folder: links to the reports start from there."""

    def worst(self, default: int | None = None) -> list[Reviewed]:
        """Return the rows that need attention most, in that order.

        Without a limit, return the usual number. No more rows than that are kept in memory.
        """
        from travelsec.review.priority import order

        limit = self.limit or default
        if limit is None:
            return sorted(self.rows, key=order)
        return heapq.nsmallest(limit, self.rows, key=order)

    def stream(self) -> Iterable[Reviewed]:
        """Return the rows as they come; if there is a limit, the worst of them."""
        return self.rows if self.limit is None else self.worst()


def labels(packs: Pack) -> dict[str, str]:
    """Return the labels of all items, by full id."""
    return {name: item.label for name, _, _, item in packs.items()}
