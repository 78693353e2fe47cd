"""Reviewed reports as people read them in a terminal: a table, then each in words."""

from __future__ import annotations

from typing import TextIO

from travelsec.console import TABLE_WIDTH, print_blocks, print_table, width_of
from travelsec.review import outline
from travelsec.review.output import SHOWN, Output, labels

WIDE = 110
"""Columns from which on it has room for the paths of the files."""
DETAILED = 10
"""Reports that are told of in words below the table, unless their number was asked for."""


def write(output: Output, sink: TextIO) -> None:
    """Write the reports that need attention most as wide as the window."""
    rows = output.worst(SHOWN)
    plain = output.plain or output.in_lines
    summary = outline.summary(output.totals, len(rows), output.day, output.not_covered)
    print_blocks(summary, sink, plain=plain)
    print(file=sink)
    # A table is read aloud cell by cell, and a narrow one is all folds: then the lines tell it.
    has_table = len(rows) > 1 and not output.in_lines and width_of(sink) >= TABLE_WIDTH
    if has_table:
        is_wide = width_of(sink) >= WIDE
        columns = (*outline.COLUMNS, outline.FILE) if is_wide else outline.COLUMNS
        print_table(columns, outline.rows(rows, with_files=is_wide), sink, plain=plain)
        print(file=sink)
    # Those of fifty reports would push the table far out of sight.
    most = DETAILED if has_table and output.limit is None else None
    print_blocks(outline.details(rows, labels(output.pack), most), sink, plain=plain)
