"""Write a review as a self-contained HTML file: a table of all reports, then each in words."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple, TextIO
from urllib.parse import quote

from markupsafe import Markup  # comes with jinja2

from travelsec.document import ListItem, Paragraph
from travelsec.html import page
from travelsec.review import outline
from travelsec.review.inbox import STDIN
from travelsec.review.output import DEFAULT_LIMIT, Output, labels
from travelsec.wording import show_date


class ReportEntry(NamedTuple):
    """A report: its cells in the table, what is said about it, and the address of its file."""

    cells: tuple[str, ...]
    details: ListItem
    address: Markup


def write(output: Output, sink: TextIO) -> None:
    """Write a page that runs and loads nothing, with every text escaped."""
    rows, day, totals = output.worst(DEFAULT_LIMIT), output.day, output.totals
    blocks = outline.details(rows, labels(output.pack))
    details = (block for block in blocks if isinstance(block, ListItem))
    cells = (
        tuple(cell.text if isinstance(cell, Paragraph) else cell for cell in row)
        for row in outline.rows(rows, with_files=True)
    )
    addresses = (address(row.path, output.folder) for row in rows)
    html = page(
        "travelsec.review",
        "review.html.j2",
        title=f"Review of travel security reports for {show_date(day)}",
        shown=outline.shown(totals, len(rows), output.asked),
        # The line above says how many are shown.
        summary=list(outline.review_summary(totals, totals.reports, day, output.not_covered))[1:],
        columns=(*outline.TABLE_COLUMNS, outline.FILE_COLUMN),
        entries=[*map(ReportEntry, cells, details, addresses)],
        bounds=outline.BOUNDS,
    )
    sink.buffer.write(html.encode())


def address(path: str, folder: Path) -> Markup:
    """Return the relative address of a file for a page in a folder; empty if it has none.

    Every character that means something in an address is encoded, so that a name can lead to no
    other place, nor out of the attribute.
    """
    try:
        relative = "" if path == STDIN else os.path.relpath(path, folder)
    except ValueError:
        # It is on another drive of Windows, or has no name.
        relative = ""
    parts = Path(relative).parts
    return Markup("/".join(quote(os.fsencode(name), safe="") for name in parts))
