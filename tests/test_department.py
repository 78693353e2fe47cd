"""The page for departments does what it says: its commands run, and its SQL runs in DuckDB."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import shlex
import typing
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import msgspec
import pytest

from tests.cli.command import run
from tests.documents import lines
from tests.report import samples
from travelsec.pack.load import load
from travelsec.report import model
from travelsec.report.build import build
from travelsec.report.json import render
from travelsec.report.model import Report
from travelsec.review.csv import REPORT_COLUMNS
from travelsec.review.model import Decided, Difference, Holds, Reviewed, SetAside, Since
from travelsec.review.priority import BROKEN, CANNOT_READ, NOT_READY, REPLACED, Totals
from travelsec.safe_text import cell
from travelsec.trip.selection import select
from travelsec.trip.statuses import Status

GUIDE = (Path(__file__).parent.parent / "docs" / "department.md").read_text(encoding="utf-8")
HEADING_OR_BLOCK = re.compile(r"^## ([^\n]*)|^```(sh|sql)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TODAY = datetime.date(2026, 11, 24)
MADE = datetime.datetime(2026, 11, 24, 8, 30, tzinfo=datetime.UTC)

REASONS = (
    '=HYPERLINK("http://evil.example";"click")',
    "+1, with a comma; and a semicolon: -2",
    'Two\nlines, "quotes" and a \ttab',
    "Grüße aus Köln – it’s ﷽ 😀",
    "nothing\x00here",
    "'; DROP TABLE reviews; --",
    "\u202eevil\r\n",
)
NAMES = ("=1+1", "Zoë “Z” O’Neil", 'Ann "A" Lee, PhD', "@SUM(A1)", "Bo", "-2+3", "Çelik; Jr")
PLACES = ("Lisbon", "São Paulo", 'Köln, "Altstadt"', "=Oslo")

Rows = list[tuple[Any, ...]]


class Sent(NamedTuple):
    """An honest report in the folder."""

    path: str
    report: Report

    @property
    def traveller(self) -> str:
        """Who travels."""
        return str(self.report.trip.facts["traveller"])

    @property
    def destination(self) -> str:
        """Where to."""
        return str(self.report.trip.facts["destination"])

    def date(self, fact: str) -> datetime.date:
        """Return a date of the trip."""
        return datetime.date.fromisoformat(str(self.report.trip.facts[fact]))

    def open(self, *levels: str) -> list[str]:
        """Return the ids of open items of these levels."""
        return [
            item.id
            for item in self.report.items
            if item.phase != "back"
            and item.status in ("todo", "declined", "unanswered")
            and item.level in levels
        ]

    def waived(self) -> list[tuple[str, str]]:
        """Return the id and the reason of each `must` that is said not to apply."""
        return [
            (item.id, item.reason)
            for item in self.report.items
            if item.phase != "back" and item.level == "must" and item.status == "not-applicable"
        ]


class Page(NamedTuple):
    """What became of the page: the folder, the codes of its commands, the database, the results.

    `results` are those of the queries under each heading.
    """

    folder: Path
    sent: list[Sent]
    codes: list[int]
    db: duckdb.DuckDBPyConnection
    results: dict[str, list[Rows]]


def make(number: int) -> Report:
    """Make a report; each is of another trip, by somebody else, with other answers."""
    pack = load()
    departs = TODAY + datetime.timedelta(days=number * 2 - 6)
    given = {
        "traveller": NAMES[number % len(NAMES)],
        "destination": PLACES[number % len(PLACES)],
        "abroad": "yes",
        "organisation": "hq",
        "devices": "laptop, phone" if number % 2 else "tablet",
        "departs": departs.isoformat(),
        "returns": (departs + datetime.timedelta(days=3)).isoformat(),
    }
    facts = samples.facts(pack, given, TODAY)
    chosen = select(pack, facts)
    statuses = {one.id: Status("done", how="terminal") for one in chosen}
    musts = [one.id for one in chosen if one.item.level == "must"]
    others = [one.id for one in chosen if one.item.level != "must"]
    reason = REASONS[number % len(REASONS)]
    statuses[musts[number % 3]] = Status("not-applicable", reason, how="terminal")
    statuses[others[number % 2]] = Status("declined", reason, how="terminal")
    statuses[others[3]] = Status("todo", how="terminal")
    if number % 3:
        statuses[musts[5]] = Status("unanswered")
    return build(
        facts,
        statuses,
        how={},
        created=MADE,
        trip_id=f"{number:032x}",
        report_id=f"{number + 1000:032x}",
    )


def write(path: Path, report: Report) -> None:
    """Write the report as the traveller's travelsec does."""
    path.write_bytes(render(report))


def made_at(report: Report, moment: str) -> Report:
    """Return the same report as it would have been made at another moment."""
    report = msgspec.structs.replace(report, created=moment)
    return msgspec.structs.replace(report, digest=model.digest(report))


def fill(folder: Path) -> list[Sent]:
    """Fill the folder `reports` with some of everything; return the honest ones that count.

    Numbers 5 and 8 are approved, and 10 by the traveller; so was 9, before it was rebuilt.
    """
    reports = folder / "reports"
    (reports / "sub folder").mkdir(parents=True)
    sent = [
        Sent(f"reports/{'sub folder/' if n % 4 == 0 else ''}Grüße, {n:02}.json", make(n))
        for n in range(14)
    ]
    for path, report in sent:
        write(folder / path, report)
    for number in (5, 8, 9, 10):
        by = sent[number].traveller if number == 10 else '=Jo "J" Day'
        words = ("--approve", "--by", by, "--comment", "Fine; go, ü")
        done = run("review", sent[number].path, *words, f"--today={TODAY}", folder=folder)
        assert done.code == 0, done.err
    sent[9] = sent[9]._replace(report=made_at(sent[9].report, "2026-11-24T10:00:00Z"))
    write(folder / sent[9].path, sent[9].report)
    write(reports / "earlier.json", made_at(make(1), "2026-11-20T08:00:00Z"))
    edited = make(30)
    write(reports / "edited.json", msgspec.structs.replace(edited, items=edited.items[:-1]))
    tool = msgspec.structs.replace(edited.tool, words=model.WORDS + 1)
    write(
        reports / "other words.json",
        made_at(msgspec.structs.replace(make(31), tool=tool), "2026-11-24T09:00:00Z"),
    )
    (reports / "broken.json").write_text('{"schema": "\x00', encoding="utf-8")
    return sent


def blocks() -> Iterator[tuple[str, str, str]]:
    """Yield each block of the page: the heading above it, its kind and its text."""
    heading = ""
    for title, kind, text in HEADING_OR_BLOCK.findall(GUIDE):
        if title:
            heading = title
        else:
            yield heading, kind, text


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Go through the page once, from its first block to its last."""
    folder = tmp_path_factory.mktemp("department")
    # Nothing is fetched while the tests run.
    db = duckdb.connect(config={"autoinstall_known_extensions": "false"})
    found = Page(folder, fill(folder), [], db, {})
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for heading, kind, text in blocks():
            if kind == "sql":
                result = db.execute(text)
                found.results.setdefault(heading, []).append(result.fetchall())
                continue
            for line in text.splitlines():
                program, *arguments = shlex.split(line)
                assert program == "travelsec"
                done = run(*arguments, folder=folder)
                found.codes.append(done.code)
        yield found
    db.close()


def rows_of(page: Page) -> list[dict[str, Any]]:
    """Read the rows with Python's own reader of JSON."""
    text = (page.folder / "reviews.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def test_the_commands_tell_that_a_file_could_not_be_read(page: Page) -> None:
    """The folder has one that is no report, so all end with 2, as the page says."""
    assert page.codes == [2] * len(lines(GUIDE))


def test_duckdb_reads_the_rows_as_python_does(page: Page) -> None:
    """Each value of each row is the same: line breaks, quotes, umlauts and NULs as well."""
    result = page.db.execute("SELECT * FROM reviews")
    names = [column[0] for column in result.description or ()]
    read = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    # JSON has true, false and a text here; a column has one type.
    expected = [{**row, "holds": str(row["holds"]).lower()} for row in rows_of(page)]
    assert read == expected
    assert len(read) == len(page.sent) + 4
    reasons = {said["reason"] for row in read for said in row["waived"]}
    assert reasons == set(REASONS)


def test_duckdb_reads_the_csv_as_python_does(page: Page) -> None:
    """Each cell is the same; what is empty is NULL."""
    with (page.folder / "reviews.csv").open(encoding="utf-8", newline="") as file:
        header, *expected = csv.reader(file)
    result = page.db.execute("SELECT * FROM flat")
    assert [column[0] for column in result.description or ()] == header == list(REPORT_COLUMNS)
    assert [[value or "" for value in row] for row in result.fetchall()] == expected


def test_csv_and_jsonl_say_the_same(page: Page) -> None:
    """Row by row, with cells that would be formulas defused."""
    flat = page.db.execute(
        "SELECT path, traveller, destination, verdict, holds, open_must, waived, comment FROM flat"
    ).fetchall()
    expected = [
        (
            *(cell(row[name]) for name in ("path", "traveller", "destination", "verdict")),
            str(row["holds"]).lower(),
            " ".join(row["open_must"]),
            cell("; ".join(f"{said['id']}: {said['reason']}" for said in row["waived"])),
            cell(row["decision"]["comment"]) if row["decision"] else "",
        )
        for row in rows_of(page)
    ]
    assert [tuple(value or "" for value in row) for row in flat] == expected
    assert any(row[1] == "'=1+1" for row in flat)


def test_items_open_most_by_destination(page: Page) -> None:
    """Counted again from the items of the reports."""
    musts = {item for one in page.sent for item in one.open("must")}
    counts = Counter(
        (one.destination, item)
        for one in page.sent
        for item in one.open("must", "should", "consider")
    )
    expected = sorted(
        ((place, item, number, item in musts) for (place, item), number in counts.items()),
        key=lambda row: (-row[2], row[0].encode(), row[1]),
    )
    (result,) = page.results["Which items stay open most, by destination?"]
    assert len(expected) > 10
    assert result == expected[:20]


def test_musts_that_are_waived_and_why(page: Page) -> None:
    """Counted again from the items of the reports."""
    counts = Counter(said for one in page.sent for said in one.waived())
    expected = sorted(
        ((item, reason, number) for (item, reason), number in counts.items()),
        key=lambda row: (-row[2], row[0], row[1].encode()),
    )
    (result,) = page.results["Which musts are waived, how often, and why?"]
    assert result == expected
    assert sum(row[2] for row in result) == len(page.sent)


def test_who_departs_within_a_week_and_is_not_ready(page: Page) -> None:
    """From today to seven days ahead, both included; the command tells who is away as well."""
    week = TODAY + datetime.timedelta(days=7)
    expected = [
        (one.traveller, one.destination, one.date("departs"), len(one.open("must")), one.path)
        for one in page.sent
        if one.open("must") and TODAY <= one.date("departs") <= week
    ]
    (result,) = page.results["Who departs within a week and is not ready?"]
    assert result == sorted(expected, key=lambda row: (row[2], row[4]))
    assert 0 < len(result) < len(page.sent)
    options = ("--not-ready", "--departing-within", "7", "--format", "jsonl", f"--today={TODAY}")
    done = run("review", "reports", *options, folder=page.folder)
    rows = [json.loads(line) for line in done.out.splitlines()]
    away = {
        one.path
        for one in page.sent
        if one.open("must") and one.date("departs") < TODAY <= one.date("returns")
    }
    assert away
    shown = {row["path"] for row in rows if not row["unread"]}
    assert shown == {row[4] for row in result} | away | {"reports/edited.json"}


def test_reports_that_do_not_hold_and_why(page: Page) -> None:
    """The one an item was taken out of, the one with other words, and the one that is none."""
    broken, unchecked, unread = page.results["Which reports do not hold, and why?"]
    assert {row[0] for row in broken} == {"reports/edited.json"}
    codes = {row[2]: row[4] for row in broken}
    assert codes == {"digest": [], "removed": [make(30).items[-1].id]}
    assert [row[:2] for row in unchecked] == [("reports/other words.json", NAMES[31 % len(NAMES)])]
    assert [row[0] for row in unread] == ["reports/broken.json"]


def test_decisions_that_are_outstanding(page: Page) -> None:
    """All trips that are not over, but for the two with a decision that stands."""
    expected = [
        (
            one.path,
            one.traveller,
            one.date("departs"),
            "not-ready" if one.open("must") else "ready-with-actions",
            {9: "void", 10: "doubtful"}.get(number, "none"),
        )
        for number, one in enumerate(page.sent)
        if one.date("returns") >= TODAY and number not in (5, 8)
    ]
    (result,) = page.results["Which decisions are outstanding?"]
    assert result == sorted(expected, key=lambda row: (row[2], row[0]))
    assert 0 < len(result) < len(page.sent) - 2
    assert {"void", "none", "doubtful"} == {row[4] for row in result}


def test_parquet_has_the_same_rows(page: Page) -> None:
    """Lists and all, whatever reads it next."""
    everything = page.db.execute("SELECT * FROM reviews").fetchall()
    again = page.db.execute("SELECT * FROM 'reviews.parquet'").fetchall()
    assert again == everything


def test_the_csv_of_duckdb_has_a_line_for_each_trip(page: Page) -> None:
    """The header, then the honest reports."""
    text = (page.folder / "trips.csv").read_text(encoding="utf-8")
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    assert header[0] == "path"
    assert [row[0] for row in rows] == sorted(one.path for one in page.sent)


def test_the_table_has_the_fields_of_a_row() -> None:
    """All of them in their order, with the fields of those that have some."""
    table = GUIDE.partition("## The fields of a row")[2]
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \|", table, re.MULTILINE)
    assert [name for name, _ in rows] == list(Reviewed.__struct_fields__)
    within = {name: tuple(re.findall(r"`(\w+)`", type_)) for name, type_ in rows}
    assert {name: fields for name, fields in within.items() if fields} == {
        "waived": SetAside.__struct_fields__,
        "declined": SetAside.__struct_fields__,
        "differs": Difference.__struct_fields__,
        "decision": Decided.__struct_fields__,
        "since": Since.__struct_fields__,
    }
    assert f"{BROKEN} does not hold, {CANNOT_READ} could not be read, {NOT_READY} is not" in GUIDE
    assert f"{REPLACED} was replaced" in GUIDE


def test_the_totals_are_all_told() -> None:
    """In their order."""
    table = GUIDE.partition("## The totals")[2].partition("## ")[0]
    names = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    assert names == list(Totals.__struct_fields__)


def test_the_types_named_for_duckdb_are_those_of_a_row(page: Page) -> None:
    """Each field has a column of its type; a field more or less is a fault."""
    sql = {str: "VARCHAR", int: "INTEGER", bool: "BOOLEAN"}

    def type_of(hint: Any) -> str:
        arguments = [part for part in typing.get_args(hint) if part is not type(None)]
        if hint == Holds:
            return "VARCHAR"
        if hint in sql:
            return sql[hint]
        if typing.get_origin(hint) is tuple:
            return f"{type_of(arguments[0])}[]"
        if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
            hints = typing.get_type_hints(hint)
            fields = (f"{name} {type_of(hints[name])}" for name in hint.__struct_fields__)
            return f"STRUCT({', '.join(fields)})"
        return type_of(arguments[0]) if isinstance(arguments[0], type) else "VARCHAR"

    hints = typing.get_type_hints(Reviewed)
    described = page.db.execute("DESCRIBE reviews").fetchall()
    found = {row[0]: row[1].replace('"', "") for row in described}
    assert found == {name: type_of(hints[name]) for name in Reviewed.__struct_fields__}


def test_the_columns_of_the_csv_are_told() -> None:
    """Those that the JSON has not are named in the last paragraph."""
    last = GUIDE.rstrip().rsplit("\n\n", 1)[1]
    extra = set(REPORT_COLUMNS) - set(Reviewed.__struct_fields__)
    assert extra
    assert extra <= set(re.findall(r"`(\w+)`", last))
