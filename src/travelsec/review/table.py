"""Write reviewed reports for people at a terminal: a table, then each report in words."""

from __future__ import annotations

from typing import TextIO

from travelsec.console import TABLE_WIDTH, print_blocks, print_table, width_of
from travelsec.review import outline
from travelsec.review.output import DEFAULT_LIMIT, Output, labels

WIDE_TABLE = 110
"""With as many columns, the table has room for the paths of the files."""
DETAILED = 10
"""Reports described below the table, unless a limit is given."""


def write(output: Output, sink: TextIO) -> None:
    """Write the reports that need attention most, as wide as the window."""
    rows = output.worst(DEFAULT_LIMIT)
    plain = output.plain or output.in_lines
    summary = outline.review_summary(output.totals, len(rows), output.day, output.not_covered)
    print_blocks(summary, sink, plain=plain)
    print(file=sink)
    # A screen reader reads a table cell by cell, and a narrow table wraps: then use lines alone.
    has_table = len(rows) > 1 and not output.in_lines and width_of(sink) >= TABLE_WIDTH
    if has_table:
        is_wide = width_of(sink) >= WIDE_TABLE
        columns = (
            (*outline.TABLE_COLUMNS, outline.FILE_COLUMN) if is_wide else outline.TABLE_COLUMNS
        )
        print_table(columns, outline.rows(rows, with_files=is_wide), sink, plain=plain)
        print(file=sink)
    # The details of fifty reports would push the table far out of sight.
    detailed = DETAILED if has_table and output.limit is None else None
    print_blocks(outline.details(rows, labels(output.pack), detailed), sink, plain=plain)
