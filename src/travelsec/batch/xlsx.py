"""Spreadsheets in the format of Excel: one sheet of values, read as text and never calculated."""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Container, Iterable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from travelsec import xlsx
from travelsec.batch import table
from travelsec.batch.starters import StarterLine, StarterReader
from travelsec.batch.table import Cell, Row
from travelsec.problems import UserError, brief
from travelsec.values import InvalidValue
from travelsec.wording import join_words

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

MAX_WORKBOOK_BYTES = 16 * 1024 * 1024
"""The largest file to read, in bytes. One that unpacks to `MAX_UNPACKED` is rarely larger."""
MAX_UNPACKED = 64 * 1024 * 1024
MAX_PARTS = 1000
MAX_ROWS = 100_000

_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell(?:\s[^<>]*?\bref=[\"']([A-Z0-9:]{1,30})[\"'])?[\s/>]")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"'](?!(?:utf-8|us-ascii)[\"'])", re.IGNORECASE)
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
"""The namespace of a format that Excel can write, but in which openpyxl finds no sheet."""
_LEADING_ZEROS = re.compile("0{2,32}")
"""The format of a number that is shown, and written to CSV, with leading zeros."""
_TRUTH = {"=TRUE()": "true", "=FALSE()": "false"}
"""What LibreOffice writes for a cell that is true or false."""


def recognises(start: bytes, _column_names: Container[str]) -> bool:
    """Return whether the file is a ZIP file, which every spreadsheet is."""
    return start.startswith(b"PK\x03\x04")


def refusal(_start: bytes) -> str:
    """Say why a file that is not recognised cannot be one."""
    return "this is not a spreadsheet"


def lines(stream: BinaryIO, reader: StarterReader) -> Iterator[StarterLine]:
    """Yield the rows below the header.

    Raises:
        UserError: it is not a spreadsheet that can be read, has more than one sheet, or the header
            has faults.
    """
    xlsx.check()
    data = stream.read(MAX_WORKBOOK_BYTES + 1)
    try:
        rows = _rows(data)
    except UserError as error:
        raise UserError(f"{reader.file}: {error}") from None
    except Exception:
        # openpyxl and zipfile raise nearly anything for a damaged file.
        text = "this is not a spreadsheet, or it is damaged: save it again as .xlsx"
        raise UserError(f"{reader.file}: {text}") from None
    return table.lines(iter(rows), reader)


def _rows(data: bytes) -> list[Row]:
    """Return the rows that are not empty.

    Raises:
        UserError: the file is more, or something else, than one sheet of values.
    """
    from openpyxl import load_workbook

    if len(data) > MAX_WORKBOOK_BYTES:
        raise UserError(f"the file is larger than {MAX_WORKBOOK_BYTES // 1024 // 1024} MiB")
    if data[30:].startswith(_OPEN_DOCUMENT):
        raise UserError("this is an OpenDocument file: save it as .xlsx or as “CSV UTF-8”")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        _check_parts(archive)
    with warnings.catch_warnings():
        # About what it leaves out, such as lists to choose from: only values matter here.
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        try:
            return list(_rows_of_sheet(_only_sheet(book)))
        finally:
            book.close()


def _check_parts(archive: zipfile.ZipFile) -> None:
    """Make sure that the parts are small enough, plain, and without merged cells or charts."""
    parts = archive.infolist()
    # Python reads no more of a part than its size says here.
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise UserError(
            f"unpacked, it has more than {MAX_UNPACKED // 1024 // 1024} MiB or {MAX_PARTS} parts"
        )
    if any(part.filename.endswith(".iwa") for part in parts):
        raise UserError("this is a file of Numbers: export it to CSV (UTF-8) or to Excel")
    if "[Content_Types].xml" not in archive.namelist():
        raise UserError("this is a ZIP file, not a spreadsheet: name the file inside")
    if any(part.filename.startswith("xl/chartsheets/") for part in parts):
        raise UserError("it has a chart as a sheet: keep only the sheet of the starters")
    for part in parts:
        if not part.filename.endswith((".xml", ".rels")):
            continue
        content = archive.read(part)
        begin = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
        if b"<!DOCTYPE" in content or not begin.startswith(b"<") or _ENCODING.search(begin):
            raise UserError(f"{brief(part.filename)} in it is not plain XML")
        if part.filename == "xl/workbook.xml" and _STRICT in content:
            raise UserError(
                "this is a “Strict Open XML Spreadsheet”, which is not read here: save it as an "
                "ordinary “Excel Workbook”"
            )
        if part.filename.startswith("xl/worksheets/") and (merged := _MERGED.search(content)):
            where = f" ({merged[1].decode()})" if merged[1] else ""
            raise UserError(
                f"it has merged cells{where}, so its rows cannot be told apart: split them, or "
                "remove them if they are a title"
            )


def _only_sheet(book: Workbook) -> Any:
    sheets = book.worksheets
    hidden = [sheet.title for sheet in sheets if sheet.sheet_state != "visible"]
    if hidden:
        names = join_words(f"“{brief(name)}”" for name in hidden)
        raise UserError(f"it has hidden sheets ({names}): show them, and keep only the starters")
    if len(sheets) != 1:
        names = join_words(f"“{brief(sheet.title)}”" for sheet in sheets) or "none"
        raise UserError(f"it has {len(sheets)} sheets ({names}): keep only that of the starters")
    return sheets[0]


def _rows_of_sheet(sheet: Any) -> Iterator[Row]:
    # What the file says about its own size may be wrong.
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if number > MAX_ROWS:
            raise UserError(
                f"it has more than {MAX_ROWS} rows: delete those below the starters, even if they "
                "look empty"
            )
        if len(cells) > table.MAX_COLUMNS and not _is_empty(cells[table.MAX_COLUMNS :]):
            raise UserError(f"row {number} has more than {table.MAX_COLUMNS} columns")
        texts = [_text_of_cell(cell) for cell in cells[: table.MAX_COLUMNS]]
        if not table.is_blank(texts):
            yield Row(number, texts)


def _is_empty(cells: Iterable[Any]) -> bool:
    return all(cell.value is None for cell in cells)


def _text_of_cell(cell: Any) -> Cell:
    """Return the value of a cell as CSV would have it."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f" and value in _TRUTH:
        return _TRUTH[value]
    if cell.data_type == "f":
        return InvalidValue("a formula is not supported: replace it with its value")
    if cell.data_type == "e":
        return InvalidValue(f"the cell has the error {brief(str(value))}")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and _LEADING_ZEROS.fullmatch(cell.number_format):
        return str(value).zfill(len(cell.number_format))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)
