"""A row of names, then a row for each trip: labels or ids, and every fault in its column."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import pytest

from travelsec.batch import table
from travelsec.batch.starters import Starter, StarterReader
from travelsec.batch.table import Cell, Row
from travelsec.pack.load import load
from travelsec.pack.model import Pack
from travelsec.problems import InputError
from travelsec.values import InvalidValue

TODAY = datetime.date(2026, 11, 1)


@pytest.fixture(scope="module")
def bundled() -> Pack:
    """Return the bundled pack."""
    return load()


def read(pack: Pack, *rows: Mapping[str, Cell]) -> list[Starter]:
    """Read rows, with the names of the first as the header."""
    reader = StarterReader(pack, "b.csv", [], defaults=False, today=TODAY)
    cells: list[list[Cell]] = [list(rows[0]), *(list(row.values()) for row in rows)]
    numbered = (Row(number, row) for number, row in enumerate(cells, 1))
    return [line.read() for line in table.lines(numbered, reader)]


def faults(pack: Pack, **row: Cell) -> list[str]:
    """Return the faults of one row, or of its header."""
    with pytest.raises(InputError) as caught:
        read(pack, {name.replace("__", "."): cell for name, cell in row.items()})
    return list(map(str, caught.value.problems))


def test_labels_and_ids_mean_the_same(bundled: Pack) -> None:
    """In any case, with any spaces; labels may have commas in them."""
    by_id = {"abroad": "true", "devices": "laptop,phone", "places": "home,event,public"}
    labels = {name: bundled.questions["places"].choices[name] for name in ("event", "public")}
    assert "," in "".join(labels.values())
    by_label = {
        "abroad": "YES",
        "devices": " Phone ,LAPTOP\u00a0",
        "places": f"{labels['public']}, home , {labels['event'].upper()}",
    }
    first, second = read(bundled, by_id, by_label)
    assert first.answers == second.answers


def test_statuses_are_written_as_for_set(bundled: Pack) -> None:
    """With their reasons; also as people write them."""
    required: dict[str, Cell] = {"abroad": "yes", "devices": "laptop"}
    items = ["overseas.hotel-safe", "overseas.clear-files", "overseas.public-wifi"]
    written = ["not-applicable: With family: mine", "todo", "agreed"]
    said = ["Not applicable:With family: mine", "To do", "Agreed"]
    rows = [required | dict(zip(items, cells, strict=True)) for cells in (written, said)]
    first, second = read(bundled, *rows)
    assert first.answers == second.answers
    statuses = first.answers.statuses
    assert [statuses[item].status for item in items] == ["not-applicable", "todo", "done"]
    assert statuses[items[0]].reason == "With family: mine"


def test_an_empty_cell_is_no_answer(bundled: Pack) -> None:
    """Nor is one with spaces only; nothing is `none`."""
    row: dict[str, Cell] = {"abroad": "no", "devices": "none", "places": " ", "papers": ""}
    (starter,) = read(bundled, row)
    assert starter.answers.facts == {"abroad": False, "devices": ()}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            {"devices": "Laptopp"},
            "b.csv:2: column “devices”: “Laptopp” is not a choice (allowed: laptop, ",
        ),
        ({"abroad": "perhaps"}, "b.csv:2: column “abroad”: “perhaps” is neither yes nor no (all"),
        (
            {"overseas__clear-files": "dun"},
            "b.csv:2: column “overseas.clear-files”: “dun” is not a status (allowed: done, ",
        ),
        (
            {"overseas__clear-files": "declined"},
            "b.csv:2: column “overseas.clear-files”: declined needs a reason",
        ),
        ({"abroad": InvalidValue("a formula")}, "b.csv:2: column “abroad”: a formula"),
        (
            {"departs": "2026-12-05", "returns": "2026-12-01"},
            "b.csv:2: column “returns”: the return (Tue 1 December 2026) is before",
        ),
    ],
)
def test_a_fault_of_a_cell(bundled: Pack, row: dict[str, Cell], expected: str) -> None:
    """With what is allowed, and the nearest of it."""
    (fault,) = faults(bundled, **{"abroad": "yes", "devices": "laptop", **row})
    assert fault.startswith(expected)


def test_what_is_required_can_be_a_column(bundled: Pack) -> None:
    """Or an option for every line."""
    (fault,) = faults(bundled, abroad="yes")
    assert fault.startswith("b.csv:2: there is no answer to “devices”: ")
    assert "in a column of that name, or for every line with --set devices=" in fault


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["abroad", "devces"], ["column “devces”: there is no fact “devces” (did you mean dev"]),
        (["abroad", "trip.traveller"], ["column “trip.traveller”: there is no item “trip.tra"]),
        (["abroad", "overseas.clear-fils"], ["column “overseas.clear-fils”: there is no item"]),
        (["abroad", "nights"], ["column “nights”: “nights” follows from other answers: give"]),
        (["abroad", "Abroad "], ["column “Abroad”: there is another column for “abroad”"]),
        (["key", "KEY"], ["column “KEY”: there is another column for “key”"]),
        (["Name", "First name"], ["no column is named after a fact or an item, as the first"]),
        (["abroad", *["x"] * 1000], ["there are 1001 columns; at most 1000 are read"]),
    ],
)
def test_a_fault_of_the_header_is_told_once(
    bundled: Pack, names: list[str], expected: list[str]
) -> None:
    """All of them, and before any row."""
    reader = StarterReader(bundled, "b.csv", [], defaults=False, today=TODAY)
    rows = iter([Row(1, [*names]), Row(2, ["x"])])
    with pytest.raises(InputError) as caught:
        next(table.lines(rows, reader))
    assert len(caught.value.problems) == len(expected)
    for problem, begin in zip(caught.value.problems, expected, strict=True):
        assert str(problem).startswith(f"b.csv:1: {begin}")


def test_a_fact_that_is_no_longer_asked_is_read(bundled: Pack) -> None:
    """As in answers files: the report warns of it."""
    row: dict[str, Cell] = {"abroad": "no", "devices": "none", "service_desk": "x"}
    assert read(bundled, row)[0].answers.retired == ["service_desk"]
