"""`travelsec card`: one page to carry apart from the devices."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from travelsec.cli.exits import READY
from travelsec.cli.options import (
    PackOption,
    TodayOption,
    TripUnderWayOption,
    read_today,
    wants_accessible,
)
from travelsec.cli.telling import tell, warn


def card(
    trip: TripUnderWayOption = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="html, md, txt or pdf."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", metavar="FILE", help="Write the card here; the ending names the format."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
    pack: PackOption = None,
    today: TodayOption = None,
) -> None:
    """Make one page to carry apart from your devices.

    It says what to do in every emergency, and who to call.
    Without a trip there are blanks for names and numbers, to fill in by hand.
    """
    from travelsec import files
    from travelsec.card.content import BOTH_SIDES
    from travelsec.card.content import card as choose_content
    from travelsec.card.formats import FORMATS
    from travelsec.cli.prompting import check_output
    from travelsec.cli.situation import packs_for_emergency, trip_under_way

    day = read_today(today)
    chosen = FORMATS.choose(format_, output, in_terminal=sys.stdout.isatty())
    if output is not None:
        force = check_output(
            output,
            force=force,
            asking=sys.stdin.isatty(),
            accessible=wants_accessible(False),
        )
    stored, facts = trip_under_way(packs_for_emergency(pack), day, trip)
    content = choose_content(facts)
    data = FORMATS.render(chosen, content)
    if content.is_shortened:
        warn("the card has no room for all names and numbers as given; look for … and “more”.")
    if output is None:
        # Bytes, so that every system gives the same UTF-8 and the same line ends.
        sys.stdout.buffer.write(data)
        raise typer.Exit(READY)
    if stored is not None:
        from travelsec.cli.kept_report import remember

        remember(stored, output, day)
    files.write(output, data, force=force)
    tell(f"The card is in {output}")
    if content.back:
        tell(BOTH_SIDES)
    print(
        "Print it at the office, or copy it by hand. Carry it apart from your devices.",
        file=sys.stderr,
    )
    raise typer.Exit(READY)
