"""A row of names, then a row for each trip: words or ids, and every fault in its column."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pack.packs import base, load_over
from travelsec.batch import table
from travelsec.batch.starters import Starter, StarterReader
from travelsec.batch.table import Cell, Row
from travelsec.pack.load import load
from travelsec.pack.model import Pack
from travelsec.problems import InputError
from travelsec.values import InvalidValue
from travelsec.wording import short_date, show_date

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


SPACES = st.text(" \u00a0", max_size=2)


@given(st.data())
def test_choices_are_written_in_any_way(bundled: Pack, data: st.DataObject) -> None:
    """As ids or labels in any case, in any order, separated by commas or semicolons."""
    choices = bundled.questions["places"].choices
    chosen = data.draw(st.lists(st.sampled_from(sorted(choices)), min_size=1, unique=True))
    cell = ""
    for name in chosen:
        written = data.draw(st.sampled_from([name, choices[name]]))
        cased = data.draw(st.sampled_from([written, written.upper(), written.lower()]))
        mark = data.draw(st.sampled_from(",;")) if cell else ""
        cell += f"{mark}{data.draw(SPACES)}{cased}{data.draw(SPACES)}"
    (starter,) = read(bundled, {"abroad": "no", "devices": "none", "places": cell})
    assert starter.answers.facts["places"] == tuple(name for name in choices if name in chosen)


@given(st.dates(datetime.date(1000, 1, 1)), st.data())
def test_a_date_is_read_as_it_was_meant_or_refused(
    bundled: Pack, day: datetime.date, data: st.DataObject
) -> None:
    """Day first; only a day that could be a month is refused, with both days it could be."""
    year = f"{day:%Y}"
    clear = [day.isoformat(), show_date(day), f"{day:%d}-{short_date(day)[-8:-5]}-{year}"]
    clear = [*clear, f"{show_date(day)[:3]} {day.day}/{day.month}/{year}"]
    in_figures = [f"{day:%d/%m}/{year}", f"{day.day}.{day.month}.{year}"]
    cell = data.draw(SPACES) + data.draw(st.sampled_from([*clear, *in_figures]))
    row: dict[str, Cell] = {"abroad": "no", "devices": "none", "departs": cell}
    if cell.strip() in clear or day.day > 12 or day.day == day.month:
        assert read(bundled, row)[0].answers.facts["departs"] == day
    else:
        (fault,) = faults(bundled, **row)
        other = datetime.date(day.year, day.day, day.month)
        could_be = f"it could be {show_date(day)} or {show_date(other)} (write it like 5 December"
        assert fault.startswith(f"b.csv:2: column “departs”: “{cell.strip()}” is not read: ")
        assert could_be in fault


@pytest.mark.parametrize("time", ["T00:00:00", " 00:00", " 0:00:00", " 00:00:00.000"])
def test_a_date_may_have_midnight(bundled: Pack, time: str) -> None:
    """As spreadsheets and databases write a day."""
    for day in ("2026-12-13", "13/12/2026", "13 December 2026"):
        row: dict[str, Cell] = {"abroad": "no", "devices": "none", "departs": f"{day}{time}"}
        (starter,) = read(bundled, row)
        assert starter.answers.facts["departs"] == datetime.date(2026, 12, 13)


@pytest.mark.parametrize("cell", ["2", "2.0", "2.00"])
def test_a_whole_number_may_have_decimals(bundled: Pack, cell: str) -> None:
    """As a spreadsheet shows it."""
    (starter,) = read(bundled, {"abroad": "yes", "devices": "laptop", "device_count": cell})
    assert starter.answers.facts["device_count"] == 2


def test_a_date_can_be_none(bundled: Pack) -> None:
    """Where the question has a meaning for it."""
    (starter,) = read(bundled, {"abroad": "no", "devices": "none", "departs": "None"})
    assert starter.answers.facts["departs"] == "none"


@pytest.mark.parametrize("name", ["Use a password manager", " use a PASSWORD  manager "])
def test_a_column_can_have_the_label_of_an_item(bundled: Pack, name: str) -> None:
    """In any case, with any spaces."""
    (full,) = (full for full, *_, item in bundled.items() if item.label == "Use a password manager")
    (starter,) = read(bundled, {"abroad": "no", "devices": "laptop", name: "Done"})
    assert {name: one.status for name, one in starter.answers.statuses.items()} == {full: "done"}


def test_every_label_of_one_item_names_its_column(bundled: Pack) -> None:
    """No two items of the bundled pack share one."""
    labels = [item.label for *_, item in bundled.items()]
    row: dict[str, Cell] = dict.fromkeys(labels, "todo")
    (starter,) = read(bundled, {"abroad": "no", "devices": "none", **row})
    assert list(starter.answers.statuses) == [full for full, *_ in bundled.items()]


def test_a_column_can_have_the_words_of_a_question(bundled: Pack) -> None:
    """Of any question, as people make tables of what they read."""
    asks = {question.id: question.ask for question in bundled.questions.values()}
    row: dict[str, Cell] = {"abroad": "no", "devices": "laptop", "destination": "Leeds"}
    (by_id,) = read(bundled, row)
    (by_words,) = read(bundled, {asks[name].upper(): cell for name, cell in row.items()})
    assert by_words.answers.facts == by_id.answers.facts
    known = table.known_names(StarterReader(bundled, "b.csv", [], defaults=False, today=TODAY))
    named = {name: known[table.name_of_head(ask)] for name, ask in asks.items()}
    assert named == {name: name for name in asks}


@pytest.mark.parametrize("mark", ["*", " *", ":", "\u00a0:", " ?"])
def test_marks_around_the_name_of_a_column_are_left_out(bundled: Pack, mark: str) -> None:
    """A star for what is required, a colon, or the mark of a question, which may be missing."""
    row: dict[str, Cell] = {"abroad": "no", "devices": "laptop", "Where are you going": "Leeds"}
    row["Use a password manager"] = "done"
    (plain,) = read(bundled, row)
    (after,) = read(bundled, {f"{name}{mark}": cell for name, cell in row.items()})
    (before,) = read(bundled, {f"* {name}": cell for name, cell in row.items()})
    assert plain.answers == after.answers == before.answers
    assert plain.answers.facts["destination"] == "Leeds"


def test_a_label_that_two_items_share_names_neither(tmp_path: Path) -> None:
    """Their ids are named instead, and can be used."""
    base(tmp_path, "checklist", "label: Charger", "label: clear  files")
    shared = load_over(tmp_path)
    row: dict[str, Cell] = {"abroad": "no", "devices": "none"}
    assert faults(shared, **row, **{"Clear Files": "done"}) == [
        "b.csv:1: column “Clear Files”: “Clear Files” stands for trip.clear-files and "
        "trip.charger: write an id instead"
    ]
    (starter,) = read(shared, {**row, "trip.charger": "done"})
    assert list(starter.answers.statuses) == ["trip.charger"]


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
        (
            {"devices": "Laptop; Fone"},
            "b.csv:2: column “devices”: “Fone” is not a choice (allowed: laptop, ",
        ),
        ({"organisation": "hq; hmcts"}, "b.csv:2: column “organisation”: “hq; hmcts” is not a ch"),
        ({"departs": "soon"}, "b.csv:2: column “departs”: “soon” is not a date (write it like 5 "),
        ({"departs": "5 Dec"}, "b.csv:2: column “departs”: “5 Dec” is not read: it has no year ("),
        ({"departs": "Friday"}, "b.csv:2: column “departs”: “Friday” is not a date (write it "),
        ({"departs": "12/25/2026"}, "b.csv:2: column “departs”: “12/25/2026” is not read: write "),
        ({"departs": "31/11/2026"}, "b.csv:2: column “departs”: “31/11/2026” is not read: there "),
        ({"abroad": "perhaps"}, "b.csv:2: column “abroad”: “perhaps” is neither yes nor no (all"),
        (
            {"overseas__clear-files": "dun"},
            "b.csv:2: column “overseas.clear-files”: “dun” is not a status (allowed: done, ",
        ),
        (
            {"overseas__clear-files": "declined"},
            "b.csv:2: column “overseas.clear-files”: declined needs a reason: write it as "
            "“declined: reason”",
        ),
        (
            {"overseas__clear-files": "Not applicable: "},
            "b.csv:2: column “overseas.clear-files”: not-applicable needs a reason: write it as "
            "“not-applicable: reason”",
        ),
        (
            {"departs": "46369"},
            "b.csv:2: column “departs”: “46369” is a number, not a date: in most "
            "spreadsheets it stands for Sun 13 December 2026 (write it like",
        ),
        ({"departs": "46369.5"}, "b.csv:2: column “departs”: “46369.5” is a number, not a date: "),
        (
            {"departs": "13/12/2026 09:30"},
            "b.csv:2: column “departs”: “13/12/2026 09:30” has a time",
        ),
        ({"device_count": "2.01"}, "b.csv:2: column “device_count”: “2.01” is not a whole number"),
        ({"destination": "#N/A"}, "b.csv:2: column “destination”: the cell has the error #N/A: wr"),
        (
            {"destination": "#DIV/0!"},
            "b.csv:2: column “destination”: the cell has the error #DIV/0!",
        ),
        ({"destination": "#NAME?"}, "b.csv:2: column “destination”: the cell has the error #NAME?"),
        (
            {"destination": "Err:502"},
            "b.csv:2: column “destination”: the cell has the error Err:502",
        ),
        (
            {"departs": "########"},
            "b.csv:2: column “departs”: the column was too narrow for its val",
        ),
        ({"key": "####"}, "b.csv:2: column “key”: the column was too narrow for its value: widen"),
        (
            {"key": "1.23457E+11"},
            "b.csv:2: column “key”: “1.23457E+11” is a long number that a spr",
        ),
        (
            {"key": "1E+12"},
            "b.csv:2: column “key”: “1E+12” is a long number that a spreadsheet has",
        ),
        (
            {"overseas__clear-files": "Not applicable – with family"},
            "b.csv:2: column “overseas.clear-files”: “Not applicable – with family” is not read: "
            "write the reason after a colon, as in “not-applicable: reason”",
        ),
        (
            {"overseas__clear-files": "Not done yet"},
            "b.csv:2: column “overseas.clear-files”: “Not done yet” is not a status (allowed: ",
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
        (
            ["abroad", "overseas.clear-files", "Clear unneeded files"],
            ["column “Clear unneeded files”: there is another column for “overseas.clear-files”"],
        ),
        (["key", "KEY"], ["column “KEY”: there is another column for “key”"]),
        (
            ["Name", "First name"],
            [
                "no column is named after a fact or an item, as the first row must "
                "do: remove a title above it; travelsec prepare --answers-template"
            ],
        ),
        (["Starters, December"], ["no column is named after a fact or an item, as the first row"]),
        (["abroad,devices"], ["all names are in one cell: split the column, as “Text to Columns”"]),
        (["key;abroad;devices", ""], ["all names are in one cell: split the column, as “Text"]),
        (["abroad", "Abroad *"], ["column “Abroad *”: there is another column for “abroad”"]),
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
