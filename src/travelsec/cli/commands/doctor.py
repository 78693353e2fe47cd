"""`travelsec doctor`: show where everything is, what is in force, and what would fail."""

from __future__ import annotations

from travelsec.cli import options
from travelsec.cli.exit_codes import NO, READY
from travelsec.cli.health import examine
from travelsec.cli.output import print_document, print_json
from travelsec.results.doctor import outline


def doctor(
    format_: options.TextOrJsonOption = "text",
    pack: options.PackOption = None,
    plain: options.PlainOption = False,
) -> int:
    """It changes nothing and needs no trip.

    You can send the output with a report of a problem: it has no trip, no answer and not your
    name, and ~ stands for your home folder. Exit code 1 if something would fail.
    """
    in_json = options.wants_json(format_)
    examined = examine.examine(pack or [])
    if in_json:
        print_json(examined)
    else:
        print_document(outline(examined), plain=plain)
    return READY if examined.well else NO
