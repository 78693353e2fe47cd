"""A review as a table in a terminal."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.review.reports import FULL, output_of, put, written
from travelsec.console import TABLE_WIDTH
from travelsec.pack.model import Pack
from travelsec.review import table
from travelsec.review.table import DETAILED, WIDE_TABLE


@pytest.mark.parametrize(
    ("width", "has_table", "has_files"),
    [(TABLE_WIDTH - 1, False, False), (TABLE_WIDTH, True, False), (WIDE_TABLE, True, True)],
)
def test_the_table_has_what_there_is_room_for(
    pack: Pack, monkeypatch: pytest.MonkeyPatch, width: int, has_table: bool, has_files: bool
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    text = written(table.write, output_of(pack, [FULL, FULL]))
    above = text.partition("1. A. Smith")[0]
    assert ("Where to" in above, "in/r.json" in above) == (has_table, has_files)


def test_one_report_needs_no_table(pack: Pack) -> None:
    assert "Where to" not in written(table.write, output_of(pack, [FULL]))


def test_a_screen_reader_gets_no_table(pack: Pack) -> None:
    output = replace(output_of(pack, [FULL, FULL]), in_lines=True)
    assert "Where to" not in written(table.write, output)


def test_the_details_are_of_the_first_reports_unless_a_number_is_given(pack: Pack) -> None:
    rows = [put(FULL, path=f"in/{number}.json") for number in range(DETAILED + 2)]
    assert written(table.write, output_of(pack, rows)).count("File: in/") == DETAILED
    assert written(table.write, output_of(pack, rows, limit=50)).count("File: in/") == len(rows)
