"""`prepare --decision`: show a traveller what the line manager decided."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

from travelsec.cli.trip_session import find_trip, open_store
from travelsec.console import print_blocks
from travelsec.pack.model import Pack
from travelsec.problems import UserError
from travelsec.review import decision
from travelsec.review.decision_message import decision_message
from travelsec.trip.facts import Facts
from travelsec.trip.stored_trip import restore


def show_decision(
    path: Path, packs: Pack, day: datetime.date, trip: str | None, *, plain: bool
) -> None:
    """Print a decision on standard error, where the questions follow it.

    Args:
        path: the file of the decision.
        packs: the packs of today.
        day: the day the trip is judged for.
        trip: the name of the trip it is about.
        plain: no colour.

    Raises:
        UserError: it cannot be read, or is not about this trip.
    """
    if trip is None:
        raise UserError("--decision is about a trip: name it with --trip NAME")
    made = decision.read_decision(path)
    with open_store() as store:
        kept = find_trip(store, trip)
    facts = Facts(packs, restore(kept, packs)[0].facts, day)
    try:
        blocks = list(decision_message(made, kept.id, facts))
    except UserError as error:
        raise UserError(f"{path}: {error}") from None
    print_blocks(blocks, sys.stderr, plain=plain)
    print(file=sys.stderr)
