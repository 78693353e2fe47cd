"""`travelsec review`: for line managers, judge reports afresh and record a decision."""

from __future__ import annotations

import contextlib
import heapq
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from travelsec.cli.exits import NO, READY, USAGE
from travelsec.cli.options import (
    AccessibleOption,
    PackOption,
    PlainOption,
    TodayOption,
    load_packs,
    now,
    read_today,
    tell,
    wants_accessible,
    warn,
)

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable

    from travelsec.pack.model import Pack
    from travelsec.report.read import Received
    from travelsec.review.attention import Totals, Wanted
    from travelsec.review.decision import Word
    from travelsec.review.found import FoundReports
    from travelsec.review.judge import Judge
    from travelsec.review.model import Reviewed

FORMATS = {"table": "txt", "json": "json", "jsonl": "jsonl", "csv": "csv", "html": "html"}
"""Formats, and the endings of files that ask for them."""
STREAMED = ("jsonl", "csv")
TABLE_WIDTH = 80
"""Columns below which a table would be all folds."""
SHOWN = 50
"""Reports that people are shown, unless they ask for another number."""


def review(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...", help="Reports (.json, .html), folders of them, or - for stdin."
        ),
    ],
    show: Annotated[
        bool, typer.Option("--show", help="Show the one report whole, after what was found.")
    ] = False,
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="FORMAT", help="table, json, jsonl, csv or html."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", metavar="FILE", help="Write the review here; the ending names the format."
        ),
    ] = None,
    not_ready: Annotated[
        bool,
        typer.Option("--not-ready", help="Only reports that are not ready, or do not hold."),
    ] = False,
    departing_within: Annotated[
        int | None,
        typer.Option(
            "--departing-within",
            metavar="DAYS",
            min=0,
            help="Only trips that begin in so many days, have begun, or give no date.",
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            metavar="N",
            min=1,
            help=f"Only the N that need attention most. The table and HTML show {SHOWN}.",
        ),
    ] = None,
    approve: Annotated[
        bool, typer.Option("--approve", help="Record that you approve the one report.")
    ] = False,
    return_: Annotated[
        bool, typer.Option("--return", help="Record that you return it to the traveller.")
    ] = False,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who decides.")] = None,
    comment: Annotated[
        str, typer.Option("--comment", metavar="TEXT", help="What the traveller shall read.")
    ] = "",
    force: Annotated[
        bool,
        typer.Option("--force", help="Replace a decision that is on record, or the output."),
    ] = False,
    pack: PackOption = None,
    today: TodayOption = None,
    plain: PlainOption = False,
    accessible: AccessibleOption = False,
) -> None:
    """Judge reports afresh: who is ready, what is open or changed.

    They are judged from your own packs, not from what the files say of themselves.

    With --approve or --return a record of your decision is written beside the report, as
    FILE.decision.json. It is no signature.

    Exit code 0: all are ready and hold, or the decision is recorded. 1: one is not ready, or does
    not hold. 2: one could not be read.
    """
    from travelsec import __version__
    from travelsec.problems import UserError
    from travelsec.review.attention import Totals, Wanted
    from travelsec.review.judge import Judge

    day = read_today(today)
    chosen = _format(format_, output)
    if approve and return_:
        raise UserError("--approve and --return contradict each other: give one of them")
    if show and (approve or return_ or output or chosen != "table"):
        raise UserError("--show prints one report whole, for people: give it alone")
    if output is not None and (approve or return_):
        raise UserError("a decision stands beside its report: leave --output out")
    packs = load_packs(pack)
    judge = Judge(packs, day, __version__, _latest(day))
    word: Word | None = "approved" if approve else "returned" if return_ else None
    if word is not None:
        _decide(_only(paths, "a decision is"), judge, word, by, comment, force=force)
        raise typer.Exit(READY)
    if by is not None or comment:
        raise UserError("--by and --comment belong to a decision: add --approve or --return")
    if show:
        good = _show(_only(paths, "--show is"), judge, plain=plain or wants_accessible(accessible))
        raise typer.Exit(READY if good else NO)
    wanted, totals = Wanted(day, not_ready, departing_within), Totals()
    with _sink(output, force=force) as sink, _found(paths, output) as found:
        rows = _rows(found, judge, wanted, totals, quiet=chosen in STREAMED)
        if chosen in STREAMED:
            _stream(rows if limit is None else _worst(rows, limit), chosen, sink)
        else:
            usual = None if chosen == "json" else SHOWN
            shown = _worst(rows, limit or usual)
            lines = wants_accessible(accessible)
            _print(shown, totals, packs, day, chosen, sink, plain=plain or lines, in_lines=lines)
    if output is not None:
        tell(f"The review is in {output}")
    raise typer.Exit(USAGE if totals.unread else READY if totals.is_good else NO)


def _format(name: str | None, output: Path | None) -> str:
    """Return the format: the one named, else that of the file's ending, else the table."""
    from travelsec.problems import UserError, allowed

    if name is not None and name not in FORMATS:
        raise UserError(f"there is no format “{name}”{allowed(FORMATS, name)}")
    if output is None:
        return name or "table"
    ending = output.suffix.lower().removeprefix(".")
    of_ending = {ending: format_ for format_, ending in FORMATS.items()}.get(ending)
    if name is None and of_ending is None:
        known = allowed(FORMATS.values(), ending or None)
        raise UserError(f"{output}: the ending of the file names no format{known}")
    if name is not None and of_ending not in (None, name):
        raise UserError(
            f"--format says {name}, and the ending of {output} says another: "
            "leave --format out, or give the file another ending"
        )
    return name or of_ending or "table"


@contextlib.contextmanager
def _sink(output: Path | None, *, force: bool) -> Iterator[TextIO]:
    """Return where the review goes: standard output, or a file that is whole or not there."""
    if output is None:
        yield sys.stdout
        return
    from io import TextIOWrapper

    from travelsec import files
    from travelsec.cli.prompting import check_output

    force = check_output(
        output, force=force, asking=sys.stdin.isatty(), accessible=wants_accessible(False)
    )
    with files.writing(output, force=force) as file:
        text = TextIOWrapper(file, encoding="utf-8", errors="replace", newline="\n")
        try:
            yield text
        finally:
            text.detach()


def _only(paths: list[str], what: str) -> str:
    """Return the one file that was named."""
    from travelsec import files
    from travelsec.problems import UserError

    if len(paths) != 1 or files.is_folder(Path(paths[0])):
        raise UserError(f"{what} about one report: name its file")
    return paths[0]


def _found(paths: list[str], output: Path | None = None) -> FoundReports:
    from travelsec.problems import UserError
    from travelsec.report.read import MAX_BYTES
    from travelsec.review.found import STDIN, FoundReports

    if STDIN in paths and sys.stdin.isatty():
        raise UserError("stdin is this terminal: pipe a report into travelsec review -")
    stdin = sys.stdin.buffer.read(MAX_BYTES + 1) if STDIN in paths else b""
    with _progress("Looking for reports", None) as advance:
        found = FoundReports(paths, stdin, advance, output)
    if found.others:
        warn(f"files that were not looked at, as a report is .json or .html: {found.others}")
    if found.alone:
        warn(
            "decisions whose report is not beside them, as it was renamed or moved: "
            f"{found.alone}. Each belongs to the report whose name it begins with."
        )
    if not len(found):
        raise UserError(f"there is no report (.json, .html) in {', '.join(paths)}")
    return found


def _latest(day: date) -> str:
    """Return the moment after which no report can have been made; clocks differ by hours."""
    last = max(now().date(), day)
    return f"{min(last, date.max - timedelta(days=2)) + timedelta(days=2)}T00:00:00Z"


def _rows(
    found: FoundReports, judge: Judge, wanted: Wanted, totals: Totals, *, quiet: bool
) -> Iterator[Reviewed]:
    """Review what was found; what is asked for is counted."""
    from travelsec.review.run import review as review_all

    # A bar between rows that go to the same screen would tear them.
    bar = _progress("Judging", len(found), shown=not (quiet and sys.stdout.isatty()))
    with bar as advance:
        for row in review_all(found, judge):
            advance()
            if wanted.includes(row):
                totals.add(row)
                yield row
            else:
                totals.left_out += 1


@contextlib.contextmanager
def _progress(title: str, total: int | None, *, shown: bool = True) -> Iterator[Callable[[], None]]:
    """Show a bar on standard error while in the block, if a person can see it there."""
    if not shown or not sys.stderr.isatty() or wants_accessible(False):
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(file=sys.stderr), transient=True) as progress:
        task = progress.add_task(title, total=total)
        yield lambda: progress.advance(task)


def _worst(rows: Iterable[Reviewed], limit: int | None) -> list[Reviewed]:
    """Return the rows in the order of attention; no more than the limit are ever kept."""
    from travelsec.review.attention import order

    return sorted(rows, key=order) if limit is None else heapq.nsmallest(limit, rows, key=order)


def _stream(rows: Iterable[Reviewed], format_: str, sink: TextIO) -> None:
    """Write each row as soon as it is there."""
    write = sink.buffer.write
    if format_ == "jsonl":
        from travelsec.review.json import line

        for row in rows:
            write(line(row))
        return
    from travelsec.review import csv

    write(csv.header().encode())
    for row in rows:
        write(csv.render(row).encode())


def _print(
    rows: list[Reviewed],
    totals: Totals,
    packs: Pack,
    day: datetime.date,
    format_: str,
    sink: TextIO,
    *,
    plain: bool,
    in_lines: bool,
) -> None:
    from travelsec.console import print_blocks, print_table, width_of
    from travelsec.review import html, json, outline

    if format_ == "json":
        sink.buffer.write(json.render(day, totals, rows))
        return
    labels = _labels(packs)
    if format_ == "html":
        sink.buffer.write(html.render(day, totals, rows, labels).encode())
        return
    print_blocks(outline.summary(totals, len(rows), day), sink, plain=plain)
    print(file=sink)
    # A table is read aloud cell by cell, and a narrow one is all folds: then the lines tell it.
    if len(rows) > 1 and not in_lines and width_of(sink) >= TABLE_WIDTH:
        print_table(outline.COLUMNS, outline.rows(rows), sink, plain=plain)
        print(file=sink)
    print_blocks(outline.details(rows, labels), sink, plain=plain)


def _labels(packs: Pack) -> dict[str, str]:
    return {
        f"{checklist.id}.{item.id}": item.label
        for checklist in packs.checklists
        for section in checklist.sections
        for item in section.items
    }


def _read(path: str, judge: Judge) -> tuple[Received, Reviewed]:
    """Read and review one report.

    Raises:
        UserError: it cannot be read.
    """
    from travelsec.problems import UserError
    from travelsec.review.run import judged

    with _found([path]) as found:
        (one,) = found
        try:
            received = found.receive(one.path, one.glance)
        except UserError as error:
            raise UserError(f"{path}: {error}") from None
    return received, judged(one, received, judge)


def _show(path: str, judge: Judge, *, plain: bool) -> bool:
    """Show one report whole; tell whether it is ready and holds."""
    from travelsec.console import print_blocks
    from travelsec.report.outline import outline as report_outline
    from travelsec.review.outline import whole

    received, reviewed = _read(path, judge)
    print_blocks(whole(reviewed, _labels(judge.pack)), sys.stdout, plain=plain)
    print()
    print_blocks(report_outline(received.report), sys.stdout, plain=plain)
    return reviewed.is_good


def _decide(
    path: str, judge: Judge, word: Word, by: str | None, comment: str, *, force: bool
) -> None:
    """Record a decision beside the report, and show what it was about."""
    from travelsec import files
    from travelsec.cli.prompting import check_output
    from travelsec.console import print_blocks
    from travelsec.problems import UserError
    from travelsec.review import decision, outline
    from travelsec.review.found import STDIN
    from travelsec.safe_text import line

    if path == STDIN:
        raise UserError("a decision stands beside the file of its report: name the file")
    if by is None:
        raise UserError("say who decides: add --by NAME")
    decider, said = (_checked(name, text) for name, text in (("--by", by), ("--comment", comment)))
    if not decider:
        raise UserError("--by: the name is empty")
    target = decision.path_of(Path(path))
    received, reviewed = _read(path, judge)
    force = check_output(
        target, force=force, asking=sys.stdin.isatty(), accessible=wants_accessible(False)
    )
    made = decision.decide(
        word,
        reviewed,
        received,
        musts=judge.musts(received.report),
        packs=judge.packs,
        by=decider,
        comment=said,
        at=now(),
        as_of=judge.today,
    )
    files.write(target, decision.render(made), force=force)
    print_blocks(outline.details([reviewed], _labels(judge.pack)), sys.stdout)
    if word == "approved" and not reviewed.holds:
        warn("you approved a report that does not hold: it was changed by hand, or damaged.")
    elif word == "approved" and reviewed.verdict == "not-ready":
        warn(
            f"you approved a report that is not ready; must items open: {len(reviewed.open_must)}."
        )
    if word == "returned" and not said:
        warn("nothing says why: --comment TEXT tells the traveller what to do.")
    print(f"Recorded: {word}. The decision is in {line(str(target))}", file=sys.stderr)
    print("It is a record, not a signature. Send it to the traveller.", file=sys.stderr)


def _checked(option: str, text: str) -> str:
    from travelsec.problems import UserError
    from travelsec.trip.statuses import MAX_REASON
    from travelsec.values import is_text

    if len(text) > MAX_REASON:
        raise UserError(f"{option}: {len(text)} characters, at most {MAX_REASON} are kept")
    if not is_text(text):
        raise UserError(f"{option}: the text has bytes in it that are not UTF-8")
    return text.strip()
