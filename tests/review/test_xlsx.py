"""Reviewed reports as a spreadsheet, read back by other libraries."""

from __future__ import annotations

import csv as csv_reader
import io
import re
import shutil
import subprocess
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace
from python_calamine import CalamineWorkbook

from tests.hostile import ATTACKS
from tests.review.reports import FULL, hostile, output_of, written_bytes
from travelsec.pack.model import Pack
from travelsec.review import csv, xlsx
from travelsec.review.csv import REPORT_COLUMNS, cells
from travelsec.review.model import Reviewed
from travelsec.safe_text import cell as defused
from travelsec.safe_text import line

TEXTS = (
    *ATTACKS,
    *("=1+1", "+1", "-1", "@x", "'=1", "#N/A", "TRUE", "1e5", "2026-12-01", "00123", " x "),
    *("_x0041_", "_x202E__x005F_", "a_xFFFE_", "\ufffe\uffff\ud800", "x" * 50_000, "<&>\"']]>"),
)


def rows_of(data: bytes) -> list[list[object]]:
    """Read the cells of the only sheet with a library that shares no code with openpyxl."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.sheet_names == ["Review"]
    return [list(row) for row in book.get_sheet_by_index(0).to_python(skip_empty_area=False)]


def test_a_sheet_has_a_row_for_each_report(pack: Pack) -> None:
    """With the cells of the CSV, all of them texts."""
    rows = [FULL, Reviewed("x", unread="No.")]
    found = rows_of(written_bytes(xlsx.write, output_of(pack, rows)))
    assert found == [list(REPORT_COLUMNS), *(list(cells(row)) for row in rows)]


def test_the_head_stays_in_view_and_can_be_filtered(pack: Pack) -> None:
    """Long columns are wider than short ones."""
    data = written_bytes(xlsx.write, output_of(pack, [FULL, FULL]))
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Review"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet["A1"].font.bold
    widths = [column.width for column in sheet.column_dimensions.values()]
    assert len(widths) == len(REPORT_COLUMNS)
    assert min(widths) >= 10
    assert widths[REPORT_COLUMNS.index("path")] > widths[REPORT_COLUMNS.index("holds")]


def test_every_text_stays_a_text(pack: Pack) -> None:
    """No formula, error, number or date; nothing hidden, and nothing that Excel would decode."""
    rows = [hostile(text) for text in TEXTS]
    data = written_bytes(xlsx.write, output_of(pack, rows))
    found = rows_of(data)
    assert found[1:] == [[line(text) for text in cells(row)] for row in rows]
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Review"]
    for row in sheet.iter_rows():
        assert {cell.data_type for cell in row if cell.value is not None} == {"s"}


def test_a_text_like_a_formula_stays_one_once_it_is_edited(pack: Pack) -> None:
    """A program takes what is typed for a formula, but for a cell that says it is a text."""
    sheet = openpyxl.load_workbook(
        io.BytesIO(written_bytes(xlsx.write, output_of(pack, [hostile("=1+1")])))
    )["Review"]
    quoted = {cell.value for cell in sheet[2] if cell.quotePrefix}
    assert quoted == {"=1+1", "=1+1 a.b", "=1+1: =1+1"}


def test_the_same_review_gives_the_same_bytes(pack: Pack) -> None:
    """The only moment in the file is the day of the review."""
    data = written_bytes(xlsx.write, output_of(pack, [FULL]))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert re.findall(r"\d{4}-[^<]*", core) == ["2026-11-24T00:00:00Z"] * 2


def test_memory_does_not_grow_with_the_reports(pack: Pack) -> None:
    """Each row is on disk before the next is judged."""

    def peak(number: int) -> int:
        output = replace(output_of(pack, []), rows=(FULL for _ in range(number)))
        tracemalloc.start()
        written_bytes(xlsx.write, output)
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    # The compressed file itself, which this test keeps in memory, grows a little.
    assert peak(300) < peak(30) + 500_000


# LibreOffice


@pytest.fixture(scope="module")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str, str], Path]:
    """Return what converts a file with LibreOffice: to an ending, by a filter for its kind."""
    if (program := shutil.which("soffice")) is None:
        pytest.skip("LibreOffice is not there: apt-get install libreoffice-calc-nogui")
    profile = tmp_path_factory.mktemp("profile")

    def convert(path: Path, *options: str) -> Path:
        folder = path.parent / "converted"
        home = f"-env:UserInstallation={profile.as_uri()}"
        arguments: list[str | Path] = [
            program,
            home,
            "--headless",
            *options,
            "--outdir",
            folder,
            path,
        ]
        subprocess.run(arguments, check=True, capture_output=True, timeout=300)
        (converted,) = folder.iterdir()
        return converted

    return convert


@pytest.mark.slow
def test_libreoffice_shows_the_same_texts(
    pack: Pack, tmp_path: Path, libreoffice: Callable[..., Path]
) -> None:
    """Cell by cell, whatever they look like."""
    rows = [hostile(text) for text in TEXTS]
    path = tmp_path / "review.xlsx"
    path.write_bytes(written_bytes(xlsx.write, output_of(pack, rows)))
    to_csv = "csv:Text - txt - csv (StarCalc):44,34,76"
    made = libreoffice(path, "--convert-to", to_csv).read_text("utf-8")
    found = list(csv_reader.reader(io.StringIO(made, newline="")))
    assert found[1:] == [[line(text) for text in cells(row)] for row in rows]


@pytest.mark.slow
def test_libreoffice_finds_no_formula_in_the_csv(
    pack: Pack, tmp_path: Path, libreoffice: Callable[..., Path]
) -> None:
    """It may read numbers and dates; every other cell is the text that was written."""
    rows = [hostile(text) for text in (*ATTACKS, "=1+1", "+1+1", "-1+1", "@x", "\t=1+1")]
    path = tmp_path / "review.csv"
    path.write_bytes(written_bytes(csv.write, output_of(pack, rows)))
    made = libreoffice(path, "--infilter=CSV:44,34,76", "--convert-to", "xlsx")
    sheet = openpyxl.load_workbook(made).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d", "b"}
    found = list(sheet.iter_rows(min_row=2, values_only=True))
    assert len(found) == len(rows)
    for row, shown in zip(rows, found, strict=True):
        pairs = zip(shown, map(defused, cells(row)), strict=True)
        texts = [pair for pair in pairs if isinstance(pair[0], str)]
        assert len(texts) > 5
        assert [text for text, written in texts if text != written] == []
