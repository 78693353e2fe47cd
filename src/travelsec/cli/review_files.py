"""The files of a review."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from travelsec import files
from travelsec.cli.messages import warn
from travelsec.cli.options import wants_accessible
from travelsec.cli.prompts import check_output
from travelsec.formats import REPORT_FORMATS
from travelsec.problems import UserError
from travelsec.report.read import MAX_REPORT_BYTES, Received, read_report
from travelsec.review.decision import ENDING
from travelsec.review.inbox import STDIN, Inbox, receive
from travelsec.review.judge import Judge
from travelsec.review.model import Reviewed
from travelsec.review.run import judge_file

PATIENCE = 0.5
"""Seconds before people begin to wonder whether anything is happening."""


def is_one_file(paths: list[str]) -> bool:
    """Return whether a single file is named, next to which a decision can be."""
    return len(paths) == 1 and paths[0] != STDIN and not files.is_folder(Path(paths[0]))


def one_file(paths: list[str], what: str) -> str:
    """Return the only file named.

    Raises:
        UserError: there are several, or a folder; the message starts with `what`.
    """
    if len(paths) != 1 or files.is_folder(Path(paths[0])):
        raise UserError(f"{what} about one report: name its file")
    return paths[0]


def find_reports(paths: list[str], output: Path | None = None) -> Inbox:
    """Find the reports under these paths, and warn of what was skipped.

    Raises:
        UserError: there is none, or standard input is a terminal.
    """
    if STDIN in paths and sys.stdin.isatty():
        raise UserError("stdin is this terminal: pipe a report into travelsec review -")
    stdin = sys.stdin.buffer.read(MAX_REPORT_BYTES + 1) if STDIN in paths else b""
    inbox = Inbox(paths, stdin, output)
    if inbox.others:
        warn(f"files skipped, as reports are {REPORT_FORMATS.list_readable('or')}: {inbox.others}")
    if inbox.links:
        warn(
            f"links to folders, not followed: {inbox.links}. Name the folders that "
            "should be searched too."
        )
    if inbox.alone:
        warn(
            "decisions whose report is not beside them, as it was renamed or moved: "
            f"{inbox.alone}. Each belongs to the report whose name it begins with."
        )
    if not len(inbox):
        endings = REPORT_FORMATS.list_readable("or")
        raise UserError(f"there is no report ({endings}) in {', '.join(paths)}")
    return inbox


def read_reports(path: str, judge: Judge) -> tuple[Received, Reviewed]:
    """Read and review a single report.

    Raises:
        UserError: it cannot be read.
    """
    with find_reports([path]) as inbox:
        (file,) = inbox
        try:
            received = receive(file.path, inbox.stdin)
        except UserError as error:
            raise UserError(f"{path}: {error}") from None
    return received, judge_file(file.path, received, judge)


@contextlib.contextmanager
def progress(
    number: int,
    clock: Callable[[], float] = time.monotonic,
    *,
    plain: bool = False,
    in_lines: bool = False,
) -> Iterator[Callable[[int], None]]:
    """Show on standard error how many reports of this number are judged, if a person can see it.

    A bar that vanishes at once would only flicker, so it appears after `PATIENCE`.

    Args:
        number: how many reports are to be judged.
        clock: returns seconds.
        plain: show no colour.
        in_lines: show nothing, as a screen reader would read a bar again and again.
    """
    if not sys.stderr.isatty() or wants_accessible(in_lines):
        yield lambda _: None
        return
    began, judged = clock(), 0
    show: Callable[[int], None] | None = None

    def advance(more: int) -> None:
        nonlocal judged, show
        judged += more
        if show is None and clock() - began >= PATIENCE:
            show = stack.enter_context(_bar(number, plain=plain))
        if show is not None:
            show(judged)

    with contextlib.ExitStack() as stack:
        yield advance


@contextlib.contextmanager
def _bar(number: int, *, plain: bool) -> Iterator[Callable[[int], None]]:
    """Show a bar; the function takes how many of the number are done."""
    from rich.console import Console
    from rich.progress import Progress
    from rich.theme import Theme

    # As in `drawing`, text has the terminal's own colour.
    theme = Theme({"progress.percentage": "none", "progress.remaining": "none"})
    console = Console(file=sys.stderr, theme=theme, no_color=plain or None)
    try:
        with Progress(console=console, transient=True, auto_refresh=False) as bar:
            task = bar.add_task("Judging", total=number)
            yield lambda done: bar.update(task, completed=done, refresh=True)
    finally:
        # A signal may arrive while the bar starts and has already hidden the cursor.
        console.show_cursor()


@contextlib.contextmanager
def sink_of(output: Path | None, *, force: bool) -> Iterator[TextIO]:
    """Open what the review is written to: standard output, or a file written whole or not at all.

    Raises:
        UserError: the file cannot be written, exists and may not be replaced, or is a report.
    """
    if output is None:
        yield sys.stdout
        return
    if output.name.lower().endswith(ENDING):
        raise UserError(f"{output}: this name is for a decision; name another file")
    check_no_report(output, "the review")
    force = check_output(output, force=force)
    with files.writing(output, force=force) as file:
        text = TextIOWrapper(file, encoding="utf-8", errors="replace", newline="\n")
        try:
            yield text
        finally:
            text.detach()


def check_no_report(path: Path, what: str) -> None:
    """Make sure that what is written here replaces no report.

    Someone sent it; --force is meant for an earlier file of the same kind.

    Raises:
        UserError: there is a report; `what` says what another file is needed for.
    """
    try:
        read_report(path)
    except UserError:
        return
    raise UserError(f"{path}: this is a report; name another file for {what}")
