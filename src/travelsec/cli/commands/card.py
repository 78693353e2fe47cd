"""`travelsec card`: one page to carry apart from the devices."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from travelsec.cli.completers import complete_file
from travelsec.cli.exit_codes import READY
from travelsec.cli.messages import inform, warn
from travelsec.cli.options import (
    PackOption,
    TodayOption,
    TripUnderWayOption,
    format_option,
    read_today,
)
from travelsec.formats import CARD_FORMATS, Format

if TYPE_CHECKING:
    import datetime

    from travelsec.card.content import Card
    from travelsec.trip.stored_trip import StoredTrip


def card(
    trip: TripUnderWayOption = None,
    format_: Annotated[str | None, format_option(CARD_FORMATS)] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="FILE",
            help="Write the card here; the ending names the format.",
            autocompletion=complete_file,
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
    pack: PackOption = None,
    today: TodayOption = None,
) -> int:
    """Make one page to carry apart from your devices.

    It says what to do in every emergency, and who to call.
    Without a trip there are blanks for names and numbers, to fill in by hand.
    """
    from travelsec.card.content import BOTH_SIDES
    from travelsec.card.content import card as choose_content
    from travelsec.cli.current_trip import packs_for_emergency, trip_under_way

    day = read_today(today)
    chosen = CARD_FORMATS.choose(format_, output, in_terminal=sys.stdout.isatty())
    stored, facts = trip_under_way(packs_for_emergency(pack), day, trip)
    content = choose_content(facts)
    if content.is_shortened:
        warn("the card has no room for all names and numbers as given; look for … and “more”.")
    if output is None:
        # Bytes, so that every system gives the same UTF-8 and the same line ends.
        sys.stdout.buffer.write(chosen.render(content))
        return READY
    try:
        _write(output, chosen, content, stored, day, force=force)
    except Exception:
        # Whoever wants the card may need it now: it can be copied from here.
        sys.stdout.buffer.write(CARD_FORMATS.find(CARD_FORMATS.default).render(content))
        sys.stdout.flush()
        raise
    inform(f"The card is in {output}")
    if content.back:
        inform(BOTH_SIDES)
    inform("Print it at the office, or copy it by hand. Carry it apart from your devices.")
    return READY


def _write(
    output: Path,
    format_: Format,
    content: Card,
    stored: StoredTrip | None,
    day: datetime.date,
    *,
    force: bool,
) -> None:
    from travelsec import files
    from travelsec.cli.current_trip import remember
    from travelsec.cli.prompts import check_output

    format_.check_installed()
    force = check_output(output, force=force)
    if stored is not None:
        # Before it is written, so that forgetting the trip can name what a kill leaves behind.
        remember(lambda store: store.keep_export(stored.id, output, day), "the card")
    files.write(output, format_.render(content), force=force)
