"""CSV as spreadsheets write it, with their habits."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.command import run
from tests.examples import examples
from tests.pack.packs import base, load_over
from travelsec.batch import csv
from travelsec.batch.starters import StarterReader
from travelsec.pack.load import load
from travelsec.pack.model import Pack
from travelsec.problems import InputError, UserError

TODAY = datetime.date(2026, 11, 1)


def read(pack: Pack, data: bytes) -> list[tuple[int, dict[str, object] | list[str]]]:
    """Return the number of each row, with its facts or its faults."""
    reader = StarterReader(
        pack, "b.csv", ["abroad=no", "devices=laptop"], defaults=False, today=TODAY
    )
    found: list[tuple[int, dict[str, object] | list[str]]] = []
    for line in csv.lines(io.BytesIO(data), reader):
        try:
            facts = dict(line.read().answers.facts)
            found.append((line.place.line, {"country": facts.get("country")}))
        except InputError as error:
            found.append((line.place.line, list(map(str, error.problems))))
    return found


ONE = [(2, {"country": "Zoë"})]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("country\nZoë\n", ONE),
        ("country\nZoë", ONE),
        ("\ufeffcountry\r\nZoë\r\n", ONE),
        ("country\rZoë\r", ONE),
        ("country;count\nZoë;\n", ONE),
        ("count;country\r\n;Zoë\r\n;\r\n\r\n", ONE),
        ('"country","count"\n"Zoë",""\n', ONE),
        ("Country , COUNT\n Zoë\u00a0,\u00a0\n", ONE),
        ("country,,\nZoë,,,,\n", ONE),
        ("country,count\nZoë\n", ONE),
        ("sep=;\r\ncountry;count\r\nZoë;1\r\n", [(3, {"country": "Zoë"})]),
        ('\ufeff"sep=,"\ncountry,count\nZoë,\n', [(3, {"country": "Zoë"})]),
        ("\n\ncountry\n\nZoë\n,\n", [(5, {"country": "Zoë"})]),
        ('country\n"a ""b"", c; d"\n', [(2, {"country": 'a "b", c; d'})]),
        ('Country *;"Count:"\nZoë;\n', ONE),
        ('country\n"=""Zoë"""\n', ONE),
        ('country\n="Zoë"\n', ONE),
        ('country\n="Zoë"&A1\n', [(2, {"country": '="Zoë"&A1'})]),
        # A comma is part of the one cell of a row.
        ("country;count\na, b;\n", [(2, {"country": "a, b"})]),
    ],
)
def test_what_spreadsheets_write(
    pack: Pack, text: str, expected: list[tuple[int, dict[str, object]]]
) -> None:
    """Marks, line ends, separators, quotes and empty cells make no difference."""
    assert read(pack, text.encode()) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('country,count\n"a\nb",1\nZoë,x\n', ["b.csv:2: ", "b.csv:4: column “count”: “x” is not"]),
        ('country\n"Zoë\nA\n', ["b.csv:2: a quotation mark is not closed (read as one row up to"]),
        ('country\n"a" b\nZoë\n', ["b.csv:2: there is a quotation mark inside a cell: "]),
        ('country\n"' + "x\n" * 70_000, ["b.csv:2: a cell is longer than 131072 characters: "]),
        ("country\nZoë,1\n", ["b.csv:2: column 2: “1” is in a column that has no name"]),
        ("country,\nZoë,1\n", ["b.csv:2: column 2: “1” is in a column that has no name"]),
        ("country\na\x07\n", ["b.csv:2: column “country”: the character U+0007 is not allowed"]),
        ("key,country\n,Zoë\n", ["b.csv:2: column “key”: the text is empty: give every line a"]),
        ("departs\n1/12/2026\n", ["b.csv:2: column “departs”: “1/12/2026” is not read: it cou"]),
    ],
)
def test_a_fault_names_its_row_and_column(pack: Pack, text: str, expected: list[str]) -> None:
    """The row by the number of its first line."""
    faults = [fault for _, found in read(pack, text.encode()) for fault in found]
    faults = [fault for fault in faults if fault != "country"]
    assert len(faults) == len(expected)
    for fault, begin in zip(faults, expected, strict=True):
        assert fault.startswith(begin)


@pytest.mark.parametrize("mark", [",", ";"])
@pytest.mark.parametrize("head", ["Charger", '"CLEAR, then; files"'])
def test_labels_tell_what_separates_the_columns(tmp_path: Path, mark: str, head: str) -> None:
    """Even those with commas and semicolons in them."""
    base(tmp_path, "checklist", "label: Clear files", "label: Clear, then; files")
    text = f"{head}{mark}Other{mark}\nDone{mark}{mark}\n"
    reader = StarterReader(load_over(tmp_path), "b.csv", [], defaults=False, today=TODAY)
    with pytest.raises(InputError, match=r"^b.csv:1: column “Other”: there is no fact “Other”"):
        next(csv.lines(io.BytesIO(text.encode()), reader))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("country\nZoë\n".encode("latin-1"), "b.csv:2: this is not UTF-8 text: save the file as"),
        (b"country\tcount\nx\t1\n", "b.csv: tabs separate the cells: save the file with commas"),
        (b"sep=|\ncountry|count\n", "b.csv: “|” separates the cells: save the file with commas"),
        (
            b"country\n" + b"x" * (5 << 20),
            "b.csv:2: the row is longer than 4 MiB: is a",
        ),
        (b"country," + b"x" * 200_000 + b"\n", "b.csv:1: a cell is longer than 131072 char"),
        (b'"country\n', "b.csv:1: a quotation mark is not closed"),
    ],
)
def test_what_is_wrong_with_the_whole_file_is_told_once(pack: Pack, data: bytes, told: str) -> None:
    """And how to save it instead."""
    with pytest.raises(UserError) as caught:
        read(pack, data)
    assert told in str(caught.value)


def test_the_template_is_a_header_for_starters_with_these_facts(tmp_path: Path) -> None:
    """It is read back; a row below it needs no cell but what is required."""
    facts = ("--set", "abroad=true", "--set", "devices=laptop", "--set", "places=hotel")
    made = ("prepare", *facts, "--answers-template", "--format", "csv")
    names = run(*made, folder=tmp_path).out.strip().split(",")
    assert names[0] in load().questions
    assert {"destination", "devices", "overseas.clear-files"} <= set(names)
    yaml = run(*made[:-1], "yaml", folder=tmp_path).out
    assert [name for name in names if f"  {name}: " not in yaml] == []
    assert run(*made, "--output", "starters.csv", folder=tmp_path).code == 0
    cells = ["yes" if name == "abroad" else "" for name in names]
    cells[names.index("devices")] = "Laptop"
    with (tmp_path / "starters.csv").open("a", encoding="utf-8") as file:
        file.write(",".join(cells))
    batch = ("prepare", "--batch", "starters.csv", "--output-dir", "out")
    done = run(*batch, folder=tmp_path)
    assert done.code == 1
    assert all("not covered here" in text for text in done.err.splitlines())


def test_a_template_has_its_own_formats(tmp_path: Path) -> None:
    """It is no report."""
    done = run("prepare", "--answers-template", "--format", "html", folder=tmp_path)
    assert done.code == 2
    assert "there is no format “html” (allowed: yaml, csv)" in done.err


PIECES = st.sampled_from(
    [
        *("country", "count", "key", "devices", "1", "Zoë", "x" * 300, "\u00a0", "\ufeff", "sep=;"),
        *(",", ";", '"', "\n", "\r", "\r\n", "\t", "\x00", "\x85", "\u2028", "'", "laptop"),
    ]
)


@settings(max_examples=examples(300))
@given(
    st.one_of(
        st.binary(max_size=80), st.lists(PIECES, max_size=30).map("".join).map(str.encode)
    ).map(b"country,count\n".__add__)
)
def test_any_bytes_give_rows_or_faults(pack: Pack, data: bytes) -> None:
    """Each row has a number of its own, in order, and each fault names its row."""
    try:
        found = read(pack, data)
    except UserError:
        # The whole file is refused.
        return
    numbers = [number for number, _ in found]
    assert numbers == sorted(set(numbers))
    for number, faults in found:
        if isinstance(faults, list):
            assert faults
            assert all(fault.startswith(f"b.csv:{number}: ") for fault in faults)
