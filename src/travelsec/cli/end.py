"""The last screen of `prepare`: the verdict, what is open, and what to do next."""

from __future__ import annotations

import sys

from travelsec.cli.prepare_options import PrepareOptions
from travelsec.cli.shell import command
from travelsec.cli.trip_session import TripSession
from travelsec.console import height_of, print_blocks, print_table, terminal
from travelsec.document import Block, Heading, ListItem, Paragraph
from travelsec.pack.folder import pack_folder
from travelsec.pack.model import PackInfo
from travelsec.question_types import NONE
from travelsec.report.end_screen import end_screen
from travelsec.report.model import Report
from travelsec.wording import count

_FEWEST = 4
"""At least this many open items are named, however small the window is."""
_LINE = 72
"""Roughly how much of a step fits on one line at 80 columns."""


def show_end(
    report: Report, session: TripSession, request: PrepareOptions, offers: list[PackInfo]
) -> None:
    """Show where the trip stands and what to do next, on one screen, where questions were asked.

    `offers` are packs with a `not_covered` that an optional pack covers.
    """
    stream = terminal() or sys.stderr
    steps = _steps(report, session, request, offers)
    # The verdict, headings and empty lines take six lines at most, the shell's prompt one.
    lines_used = 7 + sum(1 + len(text) // _LINE + bool(line) for text, line in steps)
    end = end_screen(report, max(height_of(stream) - lines_used, _FEWEST))
    blocks: list[Block] = []
    if end.more:
        more = f"and {count(end.more, 'more item')}"
        if session.store is not None:
            more += f"; to read all: {command('export', packs=request.packs, name=session.name)}"
        blocks.append(Paragraph(more))
    blocks.append(Heading(2, "What to do next"))
    blocks += [
        ListItem(None, f"{number}. {text}", "plain", (line,) if line else ())
        for number, (text, line) in enumerate(steps, 1)
    ]
    print(file=stream)
    print_blocks([Paragraph(end.verdict, end.tone)], stream, plain=request.plain)
    print(file=stream)
    print_blocks([Paragraph(text, "bad") for text in end.missed], stream, plain=request.plain)
    if request.line_by_line:
        rows = [Paragraph(f"{label} ({level}) {when}".rstrip()) for level, label, when in end.rows]
        print_blocks(rows, stream, plain=True)
    elif end.rows:
        cells = [
            (Paragraph(level, "strong" if level == "must" else "plain"), label, when)
            for level, label, when in end.rows
        ]
        print_table(("", "", ""), cells, stream, plain=request.plain)
    if (end.missed or end.rows) and not end.more:
        print(file=stream)
    print_blocks(blocks, stream, plain=request.plain)


def _steps(
    report: Report, session: TripSession, request: PrepareOptions, offers: list[PackInfo]
) -> list[tuple[str, str]]:
    """Return what to do next, each with its command or an empty text, in order."""
    packs = request.packs
    steps: list[tuple[str, str]] = []
    if session.store is None:
        steps.append(("Make the card to carry:", command("card", "--output", "card.html")))
    else:
        card = command("card", "--output", "card.html", "--trip", session.name, packs=packs)
        steps.append(("Make the card to carry, and print it:", card))
    for info in offers:
        packs_then = [*(packs or []), pack_folder(info.covered_by)]
        trip = ("--trip", session.name) if session.store is not None else ()
        text = f"Not covered here: {info.not_covered} To prepare that, too:"
        steps.append((text, command("prepare", *trip, packs=packs_then)))
    if request.output is not None:
        steps.append((f"Send {request.output} to your line manager.", ""))
    elif session.store is not None:
        export = command("export", "--output", "report.html", packs=packs, name=session.name)
        steps.append(("Make the report, and send it to your line manager:", export))
    if session.store is not None and report.readiness.open:
        again = command("prepare", "--trip", session.name, packs=packs)
        steps.append(("When more is done, go on with:", again))
    steps.append(("If anything happens:", command("incident")))
    # A lasting arrangement has no return.
    days = {session.answers.facts.get(name) for name in ("departs", "returns")}
    if session.store is not None and NONE not in days:
        back = command("debrief", packs=packs, name=session.name)
        steps.append(("When you are back:", back))
    return steps
