"""The last screen of `prepare`: the verdict, what is open, and what to do next."""

from __future__ import annotations

import os
import sys

from travelsec.cli.prepare_options import PrepareOptions
from travelsec.cli.shell import command
from travelsec.cli.trip_session import TripSession
from travelsec.console import print_banner, print_blocks, print_table
from travelsec.document import Block, Heading, ListItem, Paragraph
from travelsec.report.end_screen import end_screen
from travelsec.report.model import Report
from travelsec.wording import count

_HEIGHT = 24
_FEWEST = 4
"""So many open items are named, however small the window is."""


def show_end(report: Report, session: TripSession, wanted: PrepareOptions) -> None:
    """Show on standard error where the trip stands and what to do next, on one screen."""
    steps = list(_steps(report, session, wanted))
    blocks: list[Block] = [Heading(2, "What to do next")]
    blocks += [
        ListItem(None, f"{number}. {text}", "plain", (line,) if line else ())
        for number, (text, line) in enumerate(steps, 1)
    ]
    # Two lines for the verdict, four for headings and what is around them, one for the prompt.
    taken = 2 + 4 + 1 + sum(2 if line else 1 for _, line in steps)
    end = end_screen(report, max(_height() - taken, _FEWEST))
    print(file=sys.stderr)
    print_banner(end.verdict, end.tone, sys.stderr, plain=wanted.plain)
    if end.rows:
        print(file=sys.stderr)
        if wanted.line_by_line:
            for level, label, when in end.rows:
                print_blocks([Paragraph(f"{label} ({level}) {when}".rstrip())], sys.stderr)
        else:
            print_table(("", "", ""), end.rows, sys.stderr, plain=wanted.plain)
    if end.more:
        print_blocks(
            [Paragraph(f"and {count(end.more, 'more item')}", "quiet")],
            sys.stderr,
            plain=wanted.plain,
        )
    print(file=sys.stderr)
    print_blocks(blocks, sys.stderr, plain=wanted.plain)


def _steps(report: Report, session: TripSession, wanted: PrepareOptions) -> list[tuple[str, str]]:
    """Return what to do next, each with its command or an empty text, in order."""
    packs = wanted.packs
    steps: list[tuple[str, str]] = []
    if session.store is None:
        steps.append(("Make the card to carry:", command("card", "--output", "card.html")))
    else:
        card = command("card", "--output", "card.html", "--trip", session.name, packs=packs)
        steps.append(("Make the card to carry, and print it:", card))
    if wanted.output is not None:
        steps.append((f"Send {wanted.output} to your line manager.", ""))
    elif session.store is not None:
        export = command("export", "--output", "report.html", packs=packs, name=session.name)
        steps.append(("Make the report, and send it to your line manager:", export))
    if session.store is not None and report.readiness.open:
        again = command("prepare", "--trip", session.name, packs=packs)
        steps.append(("When more is done, go on with:", again))
    steps.append(("If anything happens:", command("incident")))
    if session.store is not None:
        back = command("debrief", packs=packs, name=session.name)
        steps.append(("When you are back:", back))
    return steps


def _height() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).lines or _HEIGHT
    except (OSError, ValueError):
        return _HEIGHT
