"""`prepare --decision`: show the traveller what the line manager decided."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from travelsec.cli import options
from travelsec.cli.messages import warn
from travelsec.console import print_blocks
from travelsec.folders import trips_file
from travelsec.problems import UserError
from travelsec.review.decision import Decision, read_decision
from travelsec.review.decision_message import decision_message, decision_of_unknown_trip

if TYPE_CHECKING:
    from travelsec.cli.prepare_options import PrepareOptions
    from travelsec.cli.trip_session import TripSession
    from travelsec.trip.stored_trip import StoredTrip


def find_decision(request: PrepareOptions, path: Path) -> tuple[Decision | None, StoredTrip | None]:
    """Return the decision and, unless a trip is named, the stored trip that it is about.

    If no trip is named and this one is not stored here, show the decision now, and return None
    instead of it.

    Raises:
        UserError: the decision cannot be read, or a report was asked for that nothing is known of.
    """
    from travelsec.cli.open_store import open_store

    decision = read_decision(path)
    if request.trip is not None:
        return decision, None
    if trips_file().exists():
        with open_store() as store:
            trip = store.find(decision.trip)
        if trip is not None and trip.id == decision.trip:
            return decision, trip
    warn("the trip of this decision is not stored on this computer.")
    has_answers = bool(request.answers or request.settings)
    has_target = request.output is not None or request.format is not None
    # With answers, the report is what was asked for.
    stream = sys.stderr if has_answers or has_target else sys.stdout
    latest = options.latest_moment(request.today)
    blocks = decision_of_unknown_trip(decision, options.load_packs(request.packs), latest)
    print_blocks(blocks, stream, plain=request.plain)
    if has_target and not has_answers:
        raise UserError(
            "no report was made, as the answers of this trip are not known: give them with "
            "--answers, or leave out --output and --format to see the decision alone"
        )
    return None, None


def show_decision(request: PrepareOptions, decision: Decision, session: TripSession) -> None:
    """Show what the line manager decided about the trip; the questions follow it.

    Raises:
        UserError: the decision is about another trip.
    """
    latest = options.latest_moment(session.today)
    try:
        blocks = list(decision_message(decision, session.trip, session.facts(), latest))
    except UserError as error:
        raise UserError(f"{request.decision}: {error}") from None
    print_blocks(blocks, sys.stderr, plain=request.plain)
    print(file=sys.stderr)
