"""A spreadsheet is read as text: typed cells, one sheet, nothing calculated."""

from __future__ import annotations

import contextlib
import datetime
import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from travelsec.batch import xlsx
from travelsec.batch.starters import StarterReader
from travelsec.pack.model import Pack
from travelsec.problems import InputError, UserError

TODAY = datetime.date(2026, 11, 1)
HEADER = ["abroad", "devices", "departs", "count", "country", "trip.charger"]
DAMAGED = "this is not a spreadsheet, or it is damaged: save it again as .xlsx"
Change = Callable[[openpyxl.Workbook], object]


def book(*rows: list[Any], change: Change | None = None) -> bytes:
    """Return a workbook with the header and these rows."""
    made = openpyxl.Workbook()
    assert made.active is not None
    for row in (HEADER, *rows):
        made.active.append(row)
    if change is not None:
        change(made)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def read(pack: Pack, data: bytes) -> list[Any]:
    """Return the facts of each row, or its faults."""
    reader = StarterReader(pack, "b.xlsx", [], defaults=False, today=TODAY)
    found: list[Any] = []
    for line in xlsx.lines(io.BytesIO(data), reader):
        try:
            found.append((line.place.line, line.read().answers.facts))
        except InputError as error:
            found += map(str, error.problems)
    return found


def told(pack: Pack, data: bytes) -> str:
    """Return why the file is refused."""
    with pytest.raises(UserError) as caught:
        read(pack, data)
    text = str(caught.value)
    assert text.startswith("b.xlsx: ")
    assert "\n" not in text
    return text


def test_typed_cells_are_what_they_look_like(pack: Pack) -> None:
    """Dates, booleans and numbers, as such or as text; empty rows and cells are left out."""
    day = datetime.date(2026, 12, 1)
    facts = {"abroad": True, "devices": ("laptop",), "departs": day, "count": 2, "country": "7"}
    rows: list[list[Any]] = [
        [True, "Laptop", day, 2, 7],
        [],
        ["yes", "laptop", "2026-12-01", "2", "7"],
        ["TRUE", "laptop ", datetime.datetime(2026, 12, 1), 2.0, 7.0, None, None],
        [None, " "],
    ]
    assert read(pack, book(*rows)) == [(2, facts), (4, facts), (5, facts)]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            {"country": "=1+1"},
            "column “country”: a formula is not supported: replace it with its value",
        ),
        ({"country": ArrayFormula("E2", "=A1:A2")}, "column “country”: a formula is not supported"),
        ({"country": "#N/A"}, "column “country”: the cell has the error #N/A"),
        ({"count": 2.5}, "column “count”: “2.5” is not a whole number"),
        ({"departs": datetime.datetime(2026, 12, 1, 9)}, "column “departs”: “2026-12-01 09:00:00”"),
        ({"departs": datetime.time(9)}, "column “departs”: “09:00:00” is not a date"),
    ],
)
def test_a_fault_names_its_row_and_column(pack: Pack, cells: dict[str, Any], expected: str) -> None:
    """A formula is never calculated, nor is the result that it had."""
    row = {"abroad": True, "devices": "laptop", **cells}
    (fault,) = read(pack, book([], [row.get(name) for name in HEADER]))
    assert fault.startswith(f"b.xlsx:3: {expected}")


@pytest.mark.parametrize(("shown_as", "expected"), [("0000", "0007"), ("0", "7"), ("0.00", "7")])
def test_a_number_with_leading_zeros_has_them(pack: Pack, shown_as: str, expected: str) -> None:
    """CSV has them, too, so that a staff number is the same key in both."""

    def show(made: openpyxl.Workbook) -> None:
        made.worksheets[0]["E2"].number_format = shown_as

    ((_, facts),) = read(pack, book([True, "laptop", None, None, 7], change=show))
    assert facts["country"] == expected


@pytest.mark.parametrize(("formula", "expected"), [("=TRUE()", True), ("=FALSE()", False)])
def test_true_and_false_as_libreoffice_writes_them(
    pack: Pack, formula: str, expected: bool
) -> None:
    """Anyone who opens a file there and saves it has these formulas in it."""
    ((_, facts),) = read(pack, book([formula, "laptop"]))
    assert facts["abroad"] is expected


def test_text_that_looks_like_a_formula_is_text(pack: Pack) -> None:
    """What a cell of text holds is never taken for more."""

    def text(made: openpyxl.Workbook) -> None:
        made.worksheets[0]["E2"].data_type = "s"

    row = [True, "laptop", None, None, "=1+1"]
    ((_, facts),) = read(pack, book(row, change=text))
    assert facts["country"] == "=1+1"


def hide(made: openpyxl.Workbook) -> None:
    """Add a hidden sheet."""
    made.create_sheet("Lists").sheet_state = "veryHidden"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda made: made.create_sheet("Old"), "it has 2 sheets (“Sheet” and “Old”): keep only"),
        (lambda made: made.create_chartsheet("Chart"), "it has a chart as a sheet"),
        (hide, "it has hidden sheets (“Lists”): show them, and keep only the starters"),
        (lambda made: made.worksheets[0].merge_cells("A2:A3"), "it has merged cells (A2:A3), so"),
    ],
)
def test_more_than_one_plain_sheet_is_refused(pack: Pack, change: Change, expected: str) -> None:
    """Nothing in the file is left out without a word."""
    assert expected in told(pack, book([True, "laptop"], change=change))


def part(data: bytes, name: str, content: bytes) -> bytes:
    """Replace or add a part of a workbook."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info))
        new.writestr(name, content)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
BEGIN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = b"</sheetData></worksheet>"
ROW = b'<row r="1"><c r="A1" t="inlineStr"><is><t>abroad</t></is></c></row>'


def many_parts(data: bytes) -> bytes:
    """Add more parts than any workbook of starters has."""
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        for number in range(1001):
            archive.writestr(f"xl/{number}.bin", b"")
    return stream.getvalue()


def other_zip(name: str = "starters.csv") -> bytes:
    """Return a ZIP file that is no workbook, with a file of this name in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "abroad\n")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda data: data + b"\0" * (17 << 20), "the file is larger than 16 MiB"),
        (lambda data: part(data, "xl/a.bin", b"\0" * (65 << 20)), "unpacked, it has more than 64"),
        (many_parts, "or 1000 parts"),
        (
            lambda data: part(data, SHEET, b'<!DOCTYPE x [<!ENTITY a "b">]>' + BEGIN + END),
            "xl/worksheets/sheet1.xml in it is not plain XML",
        ),
        (lambda data: part(data, SHEET, (BEGIN + END).decode().encode("utf-16")), "not plain XML"),
        (
            lambda data: part(data, SHEET, b"<?xml version='1.0' encoding='cp037'?>" + BEGIN + END),
            "not plain XML",
        ),
        (
            lambda data: part(data, SHEET, BEGIN + ROW + b'<row r="99999999999"/>' + END),
            "it has more than 100000 rows: delete those below the starters, even if they look",
        ),
        (
            lambda data: part(data, SHEET, BEGIN + ROW.replace(b"A1", b"ZZZ1") + END),
            "row 1 has more than 1000 columns",
        ),
        (
            lambda data: part(
                data,
                "xl/workbook.xml",
                b'<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>',
            ),
            "this is a “Strict Open XML Spreadsheet”, which is not read here: save it as an ord",
        ),
        (lambda data: part(data, SHEET, BEGIN), DAMAGED),
        (lambda data: part(data, "xl/workbook.xml", b"<x/>"), "b.xlsx: "),
        (lambda data: data[: len(data) // 2], DAMAGED),
        (lambda _: b"PK\x03\x04", DAMAGED),
        (lambda _: other_zip("Index/Document.iwa"), "this is a file of Numbers: export it to CSV"),
        (lambda _: other_zip(), "this is a ZIP file, not a spreadsheet: name the file inside"),
        (
            lambda _: b"PK\x03\x04".ljust(30) + b"mimetypeapplication/vnd.oasis.opendocument.x",
            "this is an OpenDocument file: save it as .xlsx or as “CSV UTF-8”",
        ),
    ],
)
def test_a_hostile_or_damaged_file(
    pack: Pack, make: Callable[[bytes], bytes], expected: str
) -> None:
    """One sentence, within bounds."""
    assert expected in told(pack, make(book([True, "laptop"])))


def test_a_file_may_be_wrong_about_its_size(pack: Pack) -> None:
    """All its rows are read."""
    data = book([True, "laptop"], [False, "phone"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read(SHEET)
    assert b'<dimension ref="A1:F3"' in sheet
    data = part(data, SHEET, sheet.replace(b'ref="A1:F3"', b'ref="A1:A2"'))
    assert [number for number, _ in read(pack, data)] == [2, 3]


@pytest.mark.parametrize("rows", [[], [[None, ""], [" "]]], ids=["none", "empty"])
def test_a_header_alone_is_told(pack: Pack, rows: list[list[Any]]) -> None:
    assert told(pack, book(*rows)) == (
        "b.xlsx: it has no rows below its header: write one for each trip"
    )


@pytest.mark.parametrize("at", range(0, 100, 5))
def test_a_damaged_byte_gives_rows_or_a_sentence(pack: Pack, at: int) -> None:
    """Never a traceback."""
    data = bytearray(book([True, "laptop"]))
    where = len(data) * at // 100
    data[where] ^= 0xFF
    with contextlib.suppress(UserError):
        read(pack, bytes(data))
