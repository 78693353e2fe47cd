"""Write reviewed reports as a spreadsheet: a row for each, with the cells of the CSV."""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from datetime import datetime, time
from typing import IO, Any, TextIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from travelsec.review.csv import REPORT_COLUMNS, cells
from travelsec.review.output import Output
from travelsec.safe_text import cell, line

WIDTHS = {
    **dict.fromkeys(("path", "unread", "differs", "comment", "since", "since_path"), 40),
    **dict.fromkeys(("traveller", "destination", "trip", "waived", "declined"), 28),
    **dict.fromkeys(("created", "decided_at", "since_at", "open_must", "open"), 22),
}
"""Widths of columns, in characters; the others are as wide as their names."""
_NARROWEST = 12

# A spreadsheet program takes such a part of a text for a character that XML cannot hold.
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


class _Archive(zipfile.ZipFile):
    """A ZIP file that does not tell when it was written: the same review gives the same bytes."""

    def open(self, name: Any, mode: Any = "r", *args: Any, **options: Any) -> IO[bytes]:
        if isinstance(name, zipfile.ZipInfo):
            name.date_time = (1980, 1, 1, 0, 0, 0)
        return super().open(name, mode, *args, **options)


def write(output: Output, sink: TextIO) -> None:
    """Write the header, then each report as soon as it is judged."""
    book = Workbook(write_only=True)
    moment = datetime.combine(output.day, time())
    book.properties = DocumentProperties(creator="travelsec", created=moment, modified=moment)
    sheet = book.create_sheet("Review")
    sheet.freeze_panes = "A2"
    for number, name in enumerate(REPORT_COLUMNS, 1):
        width = WIDTHS.get(name, max(len(name) + 4, _NARROWEST))
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_cell_of_text(sheet, name, Font(bold=True)) for name in REPORT_COLUMNS])
    last = 1
    for row in output.stream():
        sheet.append([_cell_of_text(sheet, text) for text in cells(row)])
        last += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(REPORT_COLUMNS))}{last}"
    # On a pipe, `zipfile` cannot go back to write sizes where readers expect them.
    with tempfile.TemporaryFile() as file:
        with _Archive(file, "w", zipfile.ZIP_DEFLATED) as archive:
            ExcelWriter(book, archive).write_data()
        file.seek(0)
        shutil.copyfileobj(file, sink.buffer)


def _cell_of_text(sheet: Any, text: str, font: Font | None = None) -> Any:
    """Return a cell that holds a text, whatever it looks like."""
    safe = line(text)
    made = WriteOnlyCell(sheet, _LOOKS_ESCAPED.sub("_x005F_", safe) or None)
    if safe:
        made.data_type = "s"
    if font is not None:
        made.font = font
    # A program would read it as a formula once the cell is edited.
    if cell(safe) != safe:
        made.quotePrefix = True
    return made
