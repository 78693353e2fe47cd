"""`prepare --decision`: show a traveller what the line manager decided."""

from __future__ import annotations

import sys
from pathlib import Path

from travelsec.cli.trip_session import TripSession
from travelsec.console import print_blocks
from travelsec.problems import UserError
from travelsec.review import decision
from travelsec.review.decision_message import decision_message


def show_decision(path: Path, trip: TripSession, *, plain: bool) -> None:
    """Print a decision on standard error, where the questions follow it.

    Args:
        path: the file of the decision.
        trip: the stored trip that it is about.
        plain: no colour.

    Raises:
        UserError: it cannot be read, or is not about this trip.
    """
    if not trip.trip.id:
        raise UserError("--decision is about a trip: name it with --trip NAME")
    made = decision.read_decision(path)
    try:
        blocks = list(decision_message(made, trip.trip.id, trip.facts()))
    except UserError as error:
        raise UserError(f"{path}: {error}") from None
    print_blocks(blocks, sys.stderr, plain=plain)
    print(file=sys.stderr)
