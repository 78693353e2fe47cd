"""Where a review goes, and in which format."""

from __future__ import annotations

import contextlib
import heapq
import sys
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from travelsec import files
from travelsec.formats import contradiction
from travelsec.problems import UserError, allowed

if TYPE_CHECKING:
    import datetime

    from travelsec.pack.model import Pack
    from travelsec.review.model import Reviewed
    from travelsec.review.priority import Totals

FORMATS = {"table": "txt", "json": "json", "jsonl": "jsonl", "csv": "csv", "html": "html"}
"""Formats, and the endings of files that ask for them."""
STREAMED = ("jsonl", "csv")
TABLE_WIDTH = 80
"""Columns below which a table would be all folds."""
WIDE = 110
"""Columns from which on it has room for the paths of the files."""
SHOWN = 50
"""Reports that people are shown, unless they ask for another number."""
DETAILED = 10
"""Reports that are told of in words below the table, unless their number was asked for."""


def choose_format(name: str | None, output: Path | None) -> str:
    """Return the format: the one named, else that of the file's ending, else the table.

    Raises:
        UserError: there is no such format, or the two contradict each other.
    """
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
        raise contradiction(name, output)
    return name or of_ending or "table"


@contextlib.contextmanager
def sink_of(output: Path | None, *, force: bool) -> Iterator[TextIO]:
    """Return where the review goes: standard output, or a file that is whole or not there.

    Raises:
        UserError: the file cannot be written, exists and may not be replaced, or is a report.
    """
    if output is None:
        yield sys.stdout
        return
    from travelsec.cli.prompts import check_output
    from travelsec.review.decision import ENDING

    if output.name.lower().endswith(ENDING):
        raise UserError(f"{output}: this is what a decision is called; name another file")
    if _is_report(output):
        # Somebody sent it; --force is meant for the review of yesterday.
        raise UserError(f"{output}: this is a report; name another file for the review")
    force = check_output(output, force=force)
    with files.writing(output, force=force) as file:
        text = TextIOWrapper(file, encoding="utf-8", errors="replace", newline="\n")
        try:
            yield text
        finally:
            text.detach()


def _is_report(path: Path) -> bool:
    from travelsec.report.read import read_report

    try:
        read_report(path)
    except UserError:
        return False
    return True


def stream(rows: Iterable[Reviewed], format_: str, sink: TextIO) -> None:
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


def worst(rows: Iterable[Reviewed], limit: int | None) -> list[Reviewed]:
    """Return the rows in the order of attention; no more than the limit are ever kept."""
    from travelsec.review.priority import order

    return sorted(rows, key=order) if limit is None else heapq.nsmallest(limit, rows, key=order)


def print_rows(
    rows: list[Reviewed],
    totals: Totals,
    packs: Pack,
    day: datetime.date,
    format_: str,
    sink: TextIO,
    *,
    plain: bool,
    in_lines: bool,
    in_full: bool,
) -> None:
    """Write the rows as a document, with totals of all that was found.

    Args:
        rows: the reports to show, in order.
        totals: of every report that was asked for.
        packs: the packs they were judged with.
        day: the day they were judged for.
        format_: json, html or table.
        sink: where to.
        plain: no colour.
        in_lines: no table either, for a screen reader.
        in_full: each of them in words, too, however many there are.
    """
    from travelsec.console import print_blocks, print_table, width_of
    from travelsec.review import html, json, outline

    if format_ == "json":
        sink.buffer.write(json.render(day, totals, rows, packs.not_covered))
        return
    named = labels(packs)
    if format_ == "html":
        sink.buffer.write(html.render(day, totals, rows, named, packs.not_covered).encode())
        return
    plain = plain or in_lines
    print_blocks(outline.summary(totals, len(rows), day, packs.not_covered), sink, plain=plain)
    print(file=sink)
    # A table is read aloud cell by cell, and a narrow one is all folds: then the lines tell it.
    has_table = len(rows) > 1 and not in_lines and width_of(sink) >= TABLE_WIDTH
    if has_table:
        is_wide = width_of(sink) >= WIDE
        columns = (*outline.COLUMNS, outline.FILE) if is_wide else outline.COLUMNS
        print_table(columns, outline.rows(rows, with_files=is_wide), sink, plain=plain)
        print(file=sink)
    # Those of fifty reports would push the table far out of sight.
    most = DETAILED if has_table and not in_full else None
    print_blocks(outline.details(rows, named, most), sink, plain=plain)


def labels(packs: Pack) -> dict[str, str]:
    """Return the labels of all items, by full id."""
    return {name: item.label for name, _, _, item in packs.items()}
