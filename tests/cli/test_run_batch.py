"""`prepare --batch`: a report for each line, a row for each line, and the worst exit code."""

from __future__ import annotations

import csv
import datetime
import errno
import io
import json
import os
import signal
import stat
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.cli.command import Outcome, run
from tests.cli.test_manners import fill, small_disk
from tests.examples import examples
from tests.hostile import texts
from tests.terminal import SECONDS, Terminal, environment
from travelsec.cli.prepare_options import BatchOptions, PrepareOptions
from travelsec.cli.run_batch import run as run_batch
from travelsec.problems import UserError

__all__ = ["small_disk"]

STARTERS = Path(__file__).parents[2] / "examples" / "starters.jsonl"
TODAY = ("--today", "2026-11-22")
BARE = {"abroad": False, "devices": ["laptop"]}
OFFER = "travelsec: not covered here: "
EPOCH = {"SOURCE_DATE_EPOCH": "1795000000"}


def batch(folder: Path, source: str, *arguments: str, **more: str) -> Outcome:
    """Make reports in the folder `out`."""
    command = ("prepare", "--batch", source, "--output-dir", "out", *TODAY, *arguments)
    return run(*command, folder=folder, **more)


def of(*trips: dict[str, Any] | str) -> str:
    """Return the lines of a file: trips with what is required, and others as they are."""
    return "".join(
        f"{one if isinstance(one, str) else json.dumps({'trip': {**BARE, **one}})}\n"
        for one in trips
    )


def names(folder: Path) -> list[str]:
    """Return the names of the files that were written."""
    return sorted(path.name for path in (folder / "out").iterdir())


def rows(done: Outcome) -> list[list[str]]:
    """Return the cells of the rows of lines, parted where two spaces are."""
    head, *lines = done.out.splitlines()
    assert head.split() == ["Line", "Verdict", "Musts", "open", "Waived", "Traveller", "File"]
    assert lines[-2] == ""
    return [[cell.strip() for cell in line.split("  ") if cell] for line in lines[:-2]]


def warnings(done: Outcome) -> list[str]:
    """Return what was written to standard error, but for what an optional pack covers."""
    return [text for text in done.err.splitlines() if not text.startswith(OFFER)]


def test_the_example_gives_a_report_for_each_line(tmp_path: Path) -> None:
    """Each is the report that --answers gives; the rows say how they stand."""
    done = batch(tmp_path, str(STARTERS), **EPOCH)
    assert done.code == 1
    assert warnings(done) == []
    assert names(tmp_path) == [
        "0001-a-smith-lisbon.json",
        "0002-zoe-muller-home.json",
        "0003-lukasz-o-neill-leeds.json",
    ]
    for row, line, name in zip(
        rows(done), STARTERS.read_text(encoding="utf-8").splitlines(), names(tmp_path), strict=True
    ):
        report = json.loads((tmp_path / "out" / name).read_text(encoding="utf-8"))
        musts = report["readiness"]["counts"]["open-must"]
        waived = [str(len(report["readiness"]["waived"]))]
        traveller = report["trip"]["facts"]["traveller"]
        verdict = report["readiness"]["verdict"].replace("-", " ")
        assert [cell for cell in row if cell] == [
            *(str(int(name[:4])), verdict, str(musts), *waived, traveller, name)
        ]
        (tmp_path / "one.json").write_text(line, encoding="utf-8")
        arguments = ("prepare", "--answers", "one.json", "--no-input", "--format", "json", *TODAY)
        assert run(*arguments, folder=tmp_path, **EPOCH).json() == report
    assert done.out.splitlines()[-1] == (
        "3 lines: 1 ready, 0 ready with actions, 2 not ready, 0 not made"
    )


def test_the_files_are_for_their_owner_only(tmp_path: Path) -> None:
    """The folder too; and the warnings of a line are in its report, not on the screen."""
    line = of({"hosts": "Ann Lee", "abroad": False})
    assert batch(tmp_path, "-", stdin=line).err == ""
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700
    (path,) = (tmp_path / "out").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    warnings = json.loads(path.read_text(encoding="utf-8"))["warnings"]
    assert {"answer-ignored", "facts-missing"} <= {warning["code"] for warning in warnings}


def test_empty_lines_line_ends_and_marks_do_no_harm(tmp_path: Path) -> None:
    """Lines keep their numbers; the last needs no end."""
    source = tmp_path / "b.jsonl"
    first, second = of({"traveller": "A"}), of({"traveller": "B"})
    text = f"{first.strip()}\r\n\r\n  \n{second.strip()}"
    source.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert batch(tmp_path, "b.jsonl").code == 1
    assert names(tmp_path) == ["0001-a.json", "0004-b.json"]


def test_a_faulty_line_does_not_stop_the_rest(tmp_path: Path) -> None:
    """Every fault at its line and column, a row for each line, and exit code 2."""
    lines = of(
        "{",
        '{"trip": NaN}',
        '{"trip": {"device_count": 1e400}}',
        "[" * 100_000,
        '{"a": 1, "a": 2}',
        '{"trip": "\\ud800"}',
        '{"trip": {"abroad": true, "devces": []}, "items": {"overseas.clear-file": "done"}}',
        '{"trip": {"abroad": true}}',
        "[]",
        {"traveller": "Ann"},
    )
    source = tmp_path / "b.jsonl"
    source.write_bytes(lines.encode() + b'"\xff"\n' + b"x" * (5 << 20))
    done = batch(tmp_path, "b.jsonl")
    assert done.code == 2
    expected = [
        "b.jsonl:1:2: this is not JSON: ",
        "b.jsonl:2:1: this is not JSON: NaN is not a number",
        "b.jsonl:3:11: device_count: “1e400” is not a whole number",
        "b.jsonl:4:21: nested deeper than 20",
        "b.jsonl:5:10: “a” appears twice here",
        "b.jsonl:6:1: this is not JSON: a text has half a character in it",
        "b.jsonl:7:27: there is no fact “devces” (did you mean devices?)",
        "b.jsonl:7:52: there is no item “overseas.clear-file” (did you mean overseas.clear-files?)",
        "b.jsonl:8:1: there is no answer to “devices”: ",
        "b.jsonl:9:1: a line must be an object: ",
        "b.jsonl:11:2: this is not UTF-8 text",
        "b.jsonl:12:1: the line is longer than 4 MiB",
    ]
    told = done.err.splitlines()
    assert len(told) == len(expected)
    for text, begin in zip(told, expected, strict=True):
        assert text.startswith(begin)
    assert told[4] == "b.jsonl:5:10: “a” appears twice here"
    assert [row[:2] for row in ([c for c in r if c] for r in rows(done))] == [
        [str(number), "not ready" if number == 10 else "not made"] for number in range(1, 13)
    ]
    assert done.out.endswith("12 lines: 0 ready, 0 ready with actions, 1 not ready, 11 not made\n")
    assert names(tmp_path) == ["0010-ann.json"]


def test_many_faults_of_a_line_are_cut(tmp_path: Path) -> None:
    """The first twenty are shown, and how many more there are."""
    line = json.dumps({"trip": {f"fact{number}": 1 for number in range(500)}})
    done = batch(tmp_path, "-", stdin=line)
    assert len(done.err.splitlines()) == 21
    assert done.err.endswith("… and 480 more faults in line 1\n")


def test_a_number_that_cannot_be_dialled_from_abroad_is_told(tmp_path: Path) -> None:
    """With its line; the report is made."""
    wrong = {"line_manager": "Jo, 7946 0018"}
    (tmp_path / "in.jsonl").write_text(
        of(wrong, {**wrong, "abroad": True}, {"abroad": True, "line_manager": "Al, 020 7946 0018"}),
        encoding="utf-8",
    )
    done = batch(tmp_path, "in.jsonl")
    (told,) = warnings(done)
    assert told.startswith("travelsec: in.jsonl:2:1: line_manager: “7946 0018” cannot be dial")
    assert len(names(tmp_path)) == 3


def test_the_exit_code_is_that_of_the_worst_line(tmp_path: Path) -> None:
    """0 where all are ready."""
    arguments = ("prepare", "--set", "abroad=no", "--set", "devices=none", "--answers-template")
    template = run(*arguments, *TODAY, folder=tmp_path).out
    items = [line.split(":")[0].strip() for line in template.split("\nitems:")[1].splitlines()]
    done_items = {item: "done" for item in items if item and not item.startswith("#")}
    ready = json.dumps({"trip": {"abroad": False, "devices": []}, "items": done_items})
    assert batch(tmp_path, "-", stdin=f"{ready}\n").code == 0
    assert batch(tmp_path, "-", "--force", stdin=f"{ready}\n{of({})}").code == 1
    assert batch(tmp_path, "-", "--force", stdin=f"{ready}\n{of({})}x\n").code == 2


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """With SOURCE_DATE_EPOCH; without it each report has ids of its own."""
    found = []
    for name in ("first", "second", "third", "fourth"):
        folder = tmp_path / name
        folder.mkdir()
        env = EPOCH if name in ("first", "second") else {}
        done = batch(folder, str(STARTERS), **env)
        reports = [(folder / "out" / one).read_bytes() for one in names(folder)]
        found.append((done.out, reports))
    assert found[0] == found[1]
    assert len({json.loads(report)["id"] for _, many in found[1:] for report in many}) == 9
    assert len({json.loads(report)["trip"]["id"] for _, many in found[1:] for report in many}) == 9


def test_settings_and_defaults_hold_for_every_line(tmp_path: Path) -> None:
    """A setting wins over the line; one that is wrong is reported once, before anything is made."""
    lines = of({"destination": "Leeds"}, {"destination": "York"})
    done = batch(tmp_path, "-", "--set", "destination=Bath", stdin=lines)
    assert done.code == 1
    assert names(tmp_path) == ["0001-bath.json", "0002-bath.json"]
    wrong = batch(tmp_path, "-", "--set", "destinations=Bath", stdin=lines)
    assert wrong.code == 2
    assert len(wrong.err.splitlines()) == 1
    assert wrong.err.startswith("Error: --set destinations=Bath: there is no fact")
    hotel = of({"abroad": True, "places": ["hotel"]})
    done = batch(tmp_path, "-", "--defaults", "--force", stdin=hotel)
    report = json.loads((tmp_path / "out" / "0001.json").read_text(encoding="utf-8"))
    assert report["trip"]["facts"]["device_count"] == 1
    (told,) = warnings(done)
    assert told.startswith("travelsec: other reports in out, not made by this run: 2.")


def test_what_an_optional_pack_covers_is_told_once(tmp_path: Path) -> None:
    """For all lines together, and only if one of them is about a trip that it is for."""
    lines = of({"abroad": True}, {"abroad": True})
    told = batch(tmp_path, "-", stdin=lines).err
    assert told.count("--pack moj-approval") == 1
    with_it = batch(tmp_path, "-", "--force", "--pack", "moj-approval", stdin=lines)
    assert OFFER not in with_it.err
    assert OFFER not in batch(tmp_path, "-", "--force", stdin=of({}, {})).err


def test_an_existing_file_is_kept_without_force(tmp_path: Path) -> None:
    """That line is not made, the others are; a symbolic link is replaced, not followed."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "0001.json").write_text("the old one", encoding="utf-8")
    (tmp_path / "target").write_text("untouched", encoding="utf-8")
    (out / "0002.json").symlink_to(tmp_path / "target")
    (out / "0003.json").mkdir()
    done = batch(tmp_path, "-", stdin=of({}, {}, {}, {}))
    assert done.code == 2
    assert done.err.splitlines() == [
        "stdin:1:1: out/0001.json: the file exists; --force replaces it",
        "stdin:2:1: out/0002.json: the file exists; --force replaces it",
        "stdin:3:1: out/0003.json: this is a folder; name a file in it",
    ]
    assert (out / "0001.json").read_text(encoding="utf-8") == "the old one"
    assert (out / "0004.json").is_file()
    forced = batch(tmp_path, "-", "--force", stdin=of({}, {}, {}, {}))
    assert forced.err.splitlines() == done.err.splitlines()[2:]
    assert json.loads((out / "0001.json").read_text(encoding="utf-8"))["items"]
    assert not (out / "0002.json").is_symlink()
    assert (tmp_path / "target").read_text(encoding="utf-8") == "untouched"


def test_reports_of_an_earlier_run_are_told(tmp_path: Path) -> None:
    """A traveller has another name now: the file under the old one would be reviewed, too."""
    old = batch(tmp_path, "-", stdin=of({"traveller": "Ann"}, {"traveller": "Bo"}))
    assert old.err == ""
    (tmp_path / "out" / "0001-ann.json.decision.json").write_text("{}", encoding="utf-8")
    new = batch(tmp_path, "-", "--force", stdin=of({"traveller": "Anne"}, {"traveller": "Bo"}))
    assert new.err == (
        "travelsec: other reports in out, not made by this run: 1. "
        "Remove those that no longer count.\n"
    )
    again = batch(tmp_path, "-", "--force", "--format", "csv", stdin=of({"traveller": "Anne"}))
    assert again.err == ""


@pytest.mark.parametrize("format_", ["md", "txt", "csv"])
def test_the_format_can_be_chosen(tmp_path: Path, format_: str) -> None:
    """The ending says which it is."""
    done = batch(tmp_path, "-", "--format", format_, stdin=of({"traveller": "Ann"}))
    assert done.code == 1
    assert names(tmp_path) == [f"0001-ann.{format_}"]
    text = (tmp_path / "out" / f"0001-ann.{format_}").read_text(encoding="utf-8")
    assert "Ann" in text
    assert not text.startswith("{")


def test_what_cannot_be_made_is_told_before_anything_is(tmp_path: Path) -> None:
    """No head of a table, and no folder."""
    if find_spec("weasyprint"):
        pytest.skip("the extra pdf is installed")
    done = batch(tmp_path, "-", "--format", "pdf", stdin=of({}))
    assert (done.code, done.out) == (2, "")
    assert "[pdf]" in done.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["nul", "reports "])
def test_a_folder_by_which_windows_means_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """It is refused before it is made, not with each line."""
    monkeypatch.setattr(sys, "platform", "win32")
    moment = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
    wanted = BatchOptions("-", tmp_path / name, None)
    with pytest.raises(UserError, match=f"Windows .* “{name}”"):
        run_batch(wanted, PrepareOptions(moment.date(), moment))
    assert list(tmp_path.iterdir()) == []


class Window(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("columns", "rows"), [("109", 2), ("110", 1)])
def test_the_rows_fit_the_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: str, rows: int
) -> None:
    """In a narrow one the file stands below its row."""
    (tmp_path / "b.jsonl").write_text(of({}), encoding="utf-8")
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr(sys, "stdout", window := Window())
    moment = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
    wanted = BatchOptions(str(tmp_path / "b.jsonl"), tmp_path / "out", None)
    run_batch(wanted, PrepareOptions(moment.date(), moment))
    assert len(window.getvalue().splitlines()) == 2 * rows + 2


def test_numbers_are_as_wide_as_the_last_needs(tmp_path: Path) -> None:
    """So that the files sort as the lines do; empty lines count."""
    source = tmp_path / "b.jsonl"
    source.write_text(of({}) + "\n" * 9998 + of({}), encoding="utf-8")
    batch(tmp_path, "b.jsonl")
    assert names(tmp_path) == ["00001.json", "10000.json"]


KEYED = {
    name: [
        {"key": "A-1", "traveller": "Ann", "devices": "laptop,phone", "departs": departs},
        {"key": "B-2", "traveller": "Bo", "devices": "none", "departs": ""},
    ]
    for name, departs in (("first", "2026-12-01"), ("second", "2026-12-02"))
}


def keyed(name: str) -> str:
    """Return the lines of starters with keys."""
    return "".join(
        json.dumps(
            {
                "key": row["key"],
                "trip": {**BARE, **{k: v for k, v in row.items() if v and k != "key"}},
                "items": {"remote-working.lock-screen": "agreed"},
            }
        )
        + "\n"
        for row in KEYED[name]
    )


def test_a_key_makes_a_line_the_same_trip_on_every_run(tmp_path: Path) -> None:
    """Only what changed is written, without --force; `review` counts the newer report only."""
    done = batch(tmp_path, "-", stdin=keyed("first"), SOURCE_DATE_EPOCH="1795000000")
    assert (done.code, done.err) == (1, "")
    assert len(names(tmp_path)) == 2
    kept = {name: (tmp_path / "out" / name).read_bytes() for name in names(tmp_path)}
    (tmp_path / "old.json").write_bytes(kept[names(tmp_path)[0]])
    later = {"SOURCE_DATE_EPOCH": "1795000600"}
    again = batch(tmp_path, "-", stdin=keyed("first"), **later)
    assert again.out.endswith("2 not ready, 0 not made; 2 unchanged\n")
    assert kept == {name: (tmp_path / "out" / name).read_bytes() for name in names(tmp_path)}
    new = batch(tmp_path, "-", "--summary", "jsonl", stdin=keyed("second"), **later)
    assert (new.code, new.err) == (1, "")
    assert [json.loads(text)["unchanged"] for text in new.out.splitlines()] == [False, True]
    now = {name: (tmp_path / "out" / name).read_bytes() for name in names(tmp_path)}
    assert now.keys() == kept.keys()
    first, second = sorted(now)
    assert now[first] != kept[first]
    assert now[second] == kept[second]
    assert json.loads(now[first])["trip"]["id"] == json.loads(kept[first])["trip"]["id"]
    review = ("review", "out", "old.json", "--format", "json", *TODAY)
    reports = run(*review, folder=tmp_path).json()["reports"]
    assert {row["path"]: row["newest"] for row in reports} == {
        f"out/{first}": True,
        f"out/{second}": True,
        "old.json": False,
    }


def test_the_events_of_a_keyed_trip_are_the_same_in_every_calendar(tmp_path: Path) -> None:
    """So that importing the calendar of a corrected line moves them."""
    found = []
    for name in ("first", "second"):
        batch(tmp_path, "-", "--format", "ics", "--force", stdin=keyed(name))
        text = (tmp_path / "out" / names(tmp_path)[0]).read_text(encoding="utf-8")
        folded = text.replace("\r\n ", "").replace("\n ", "")
        found.append({line for line in folded.splitlines() if line.startswith("UID:")})
    assert found[0]
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("format_", "old", "new"),
    [("json", b"Ann", b"Eve"), ("html", b"Ann", b"Eve"), ("html", b"Not ready", b"Ready")],
)
def test_a_report_that_was_edited_is_kept(
    tmp_path: Path, format_: str, old: bytes, new: bytes
) -> None:
    """Unless --force is given, and the message says why; the other lines are made."""
    batch(tmp_path, "-", "--format", format_, stdin=keyed("first"))
    path = tmp_path / "out" / names(tmp_path)[0]
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new))
    edited = path.read_bytes()
    for lines in ("first", "second"):
        done = batch(tmp_path, "-", "--format", format_, stdin=keyed(lines))
        assert done.code == 2
        (told,) = done.err.splitlines()
        assert told.startswith(f"stdin:1:1: out/{path.name}: ")
        assert "edited after it was made, so it is kept. Move it out of this folder" in told
        assert "1 not made; 1 unchanged" in done.out
        assert path.read_bytes() == edited
    assert batch(tmp_path, "-", "--format", format_, "--force", stdin=keyed("second")).code == 1
    assert path.read_bytes() != edited


def test_a_report_of_another_trip_is_kept(tmp_path: Path) -> None:
    """It lies where the report of the line should be."""
    batch(tmp_path, "-", stdin=keyed("first"))
    first, second = (tmp_path / "out" / name for name in names(tmp_path))
    first.write_bytes(second.read_bytes())
    done = batch(tmp_path, "-", stdin=keyed("first"))
    assert done.code == 2
    assert f"out/{first.name}: this report is of another trip, so it is kept." in done.err
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("format_", ["md", "txt", "csv", "ics", "eml"])
def test_files_that_are_not_compared_are_kept(tmp_path: Path, format_: str) -> None:
    """Whether they were edited or not; --force replaces them."""
    batch(tmp_path, "-", "--format", format_, stdin=keyed("first"))
    path = tmp_path / "out" / names(tmp_path)[0]
    path.write_bytes(path.read_bytes() + b"My notes.")
    edited = path.read_bytes()
    done = batch(tmp_path, "-", "--format", format_, stdin=keyed("first"))
    assert done.code == 2
    assert done.err.count(": the file exists; --force replaces it\n") == 2
    assert path.read_bytes() == edited


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (["A", "b", "a"], "stdin:3:1: the key “a” is already in line 1"),
        (["A", None], "stdin:2:1: this line has no key, and those before have one: give a key to"),
        ([None, "A"], "stdin:2:1: this line has a key, and those before have none: give a key to"),
        ([""], "stdin:1:9: key: the text is empty"),
        ([["a"]], "stdin:1:9: key: a text or a number is needed here"),
    ],
)
def test_keys_are_unique_and_complete(tmp_path: Path, keys: list[Any], told: str) -> None:
    """A line that is at fault is not made."""
    lines = [{**({} if key is None else {"key": key}), "trip": BARE} for key in keys]
    done = batch(tmp_path, "-", stdin="".join(f"{json.dumps(one)}\n" for one in lines))
    assert done.code == 2
    assert len(done.err.splitlines()) == 1
    assert done.err.startswith(told)


def as_table(lines: list[dict[str, Any]]) -> list[list[str]]:
    """Return lines of JSON as a table, with statuses as --set takes them."""
    rows = []
    for one in lines:
        row = {"key": one["key"]}
        for name, value in one["trip"].items():
            row[name] = ",".join(value) if isinstance(value, list) else str(value)
        for name, value in one.get("items", {}).items():
            plain = isinstance(value, str)
            row[name] = value if plain else f"{value['status']}: {value['reason']}"
        rows.append(row)
    header = list(dict.fromkeys(name for row in rows for name in row))
    return [header, *([row.get(name, "") for name in header] for row in rows)]


def test_the_same_starters_in_every_format_make_the_same_reports(tmp_path: Path) -> None:
    """Byte for byte, under the same names."""
    lines = [json.loads(text) for text in STARTERS.read_text(encoding="utf-8").splitlines()]
    lines = [{"key": f"E{number}", **one} for number, one in enumerate(lines)]
    table = as_table(lines)
    (tmp_path / "b.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    for name, encoding, mark in (("a.csv", "utf-8", ","), ("b.csv", "utf-8-sig", ";")):
        with (tmp_path / name).open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=mark).writerows(table)
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in table:
        book.active.append(row)
    book.save(tmp_path / "b.xlsx")
    assert make_the_same(tmp_path, "b.jsonl", "a.csv", "b.csv", "b.xlsx") == [
        "e0.json",
        "e1.json",
        "e2.json",
    ]


def make_the_same(folder: Path, *sources: str) -> list[str]:
    """Make sure that these files give the same reports, byte for byte; return their names."""
    found = []
    for source in sources:
        done = batch(folder, source, "--force", **EPOCH)
        assert (done.code, warnings(done)) == (1, [])
        found.append({one: (folder / "out" / one).read_bytes() for one in names(folder)})
    assert all(one == found[0] for one in found)
    return list(found[0])


WRITTEN = """\
{"key": "a", "trip": {"abroad": true, "devices": ["laptop", "phone"], "departs": "2026-12-25",
 "returns": "2027-01-02", "destination": "Lisbon"}, "items": {"overseas.clear-files": "done"}}
{"key": "b", "trip": {"abroad": false, "devices": ["laptop"], "departs": "none"}}
"""
AS_PEOPLE_WRITE = [
    [" KEY", "Abroad", "devices", "Departs", "returns", "destination", "clear unneeded FILES"],
    ["a", "Yes", "Laptop; phone", "25/12/2026", "Sat 2 Jan 2027", "Lisbon", "Done"],
    ["b", "NO", "LAPTOP", "None", "", "", ""],
]


def test_what_people_write_in_a_spreadsheet_makes_the_same_reports(tmp_path: Path) -> None:
    """As what programs write in JSON Lines, byte for byte."""
    (tmp_path / "b.jsonl").write_text(WRITTEN.replace(",\n", ","), encoding="utf-8")
    for name, mark in (("a.csv", ","), ("b.csv", ";")):
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=mark).writerows(AS_PEOPLE_WRITE)
    assert '"Laptop; phone"' in (tmp_path / "b.csv").read_text(encoding="utf-8")
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in AS_PEOPLE_WRITE:
        book.active.append(row)
    book.active["E2"] = datetime.date(2027, 1, 2)
    book.save(tmp_path / "b.xlsx")
    assert make_the_same(tmp_path, "b.jsonl", "a.csv", "b.csv", "b.xlsx") == ["a.json", "b.json"]


def test_a_table_can_come_through_a_pipe(tmp_path: Path) -> None:
    """What it is follows from its first row."""
    done = batch(tmp_path, "-", stdin="traveller;abroad;devices\nAnn;no;none\n;;\nBo;x;none\n")
    assert done.code == 2
    assert names(tmp_path) == ["0002-ann.json"]
    assert done.err.startswith("stdin:4: column “abroad”: “x” is neither yes nor no")


WRONG = [
    (("--summary", "json"), "--summary belongs to --batch: add --batch FILE, or use --format json"),
    (
        ("--batch", "b.jsonl", "--output-dir", "out", "--summary", "yaml"),
        "there is no format “yaml” (allowed: text, json, jsonl)",
    ),
    (("--output-dir", "out"), "--output-dir belongs to --batch: add --batch FILE"),
    (("--batch", "b.jsonl"), "--batch needs a folder for the reports: add --output-dir DIR"),
    (
        ("--batch", "b.jsonl", "--output-dir", "out", "--answers", "a", "--trip", "x"),
        "--batch does not go with --answers, --trip: each line has its own answers",
    ),
    (
        ("--batch", "b.jsonl", "--output-dir", "out", "--output", "x.json", "--answers-template"),
        "--batch does not go with --answers-template, --output",
    ),
    (("--batch", "none", "--output-dir", "out"), "none: there is no such file"),
    (("--batch", ".", "--output-dir", "out"), ".: this is a folder; name a file"),
    (("--batch", "empty", "--output-dir", "out"), "empty: it has no lines; write one JSON object"),
    (("--batch", "blank", "--output-dir", "out"), "blank: it has no lines"),
    (("--batch", "b.jsonl", "--output-dir", "empty"), "empty: this is not a folder; name one"),
    (("--batch", "b.jsonl", "--output-dir", "-"), "--output-dir - is no folder: name one to"),
    (("--batch", "header.csv", "--output-dir", "out"), "header.csv: it has no rows below its head"),
    (("--batch", "rows.csv", "--output-dir", "out"), "rows.csv: it has no rows below its header"),
    (("--batch", "b.jsonl", "--output-dir", "no/out"), "no/out: there is no folder no; make it"),
    (("--batch", "b.jsonl", "--output-dir", "out", "--format", "doc"), "there is no format “doc”"),
    (("--batch", "b.jsonl", "--output-dir", "out", "--today", "x"), "--today: “x” is not a date"),
]


@pytest.mark.parametrize(("arguments", "told"), WRONG)
def test_wrong_usage_is_told(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    """Exit code 2, what to do, and nothing is written."""
    (tmp_path / "b.jsonl").write_text(of({}), encoding="utf-8")
    (tmp_path / "empty").touch()
    (tmp_path / "blank").write_text("\n \r\n", encoding="utf-8")
    (tmp_path / "header.csv").write_text("traveller,abroad\n", encoding="utf-8")
    (tmp_path / "rows.csv").write_text("traveller,abroad\n,\n \n", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    done = run("prepare", *arguments, folder=tmp_path)
    assert done.code == 2
    assert told in done.err
    assert done.out == ""
    assert sorted(tmp_path.iterdir()) == before


def test_a_full_disk_stops_it(small_disk: Path, tmp_path: Path) -> None:
    """What is written is whole, and the message says how much there is."""
    fill(small_disk, leave=120_000)
    source = tmp_path / "b.jsonl"
    source.write_text(of(*[{}] * 50), encoding="utf-8")
    arguments = ("prepare", "--batch", str(source), "--output-dir", str(small_disk / "out"))
    done = run(*arguments, folder=tmp_path)
    assert done.code == 2
    written = sorted((small_disk / "out").iterdir())
    assert 0 < len(written) < 50
    assert all(json.loads(path.read_text(encoding="utf-8"))["digest"] for path in written)
    told = done.err.splitlines()
    assert len(told) == 2
    assert os.strerror(errno.ENOSPC) in told[0]
    assert told[1].startswith(f"{len(written)} whole report")
    assert "Give the same command again with --force" in told[1]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_rows_that_cannot_be_printed_stop_it(tmp_path: Path) -> None:
    """A full standard output is an error, exit code 2."""
    (tmp_path / "b.jsonl").write_text(of({}, {}), encoding="utf-8")
    arguments = ["prepare", "--batch", "b.jsonl", "--output-dir", "out"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "travelsec", *arguments],
            cwd=tmp_path,
            env=environment(tmp_path),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert os.strerror(errno.ENOSPC) in done.stderr
    assert "Traceback" not in done.stderr


def start(folder: Path) -> subprocess.Popen[bytes]:
    """Begin a batch of lines that come one by one."""
    arguments = ["prepare", "--batch", "-", "--output-dir", "out", *TODAY]
    return subprocess.Popen(
        [sys.executable, "-m", "travelsec", *arguments],
        cwd=folder,
        env=environment(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_rows_come_as_lines_are_done_and_it_can_be_stopped(tmp_path: Path) -> None:
    """Ctrl-C ends it with 130 and says what is there."""
    process = start(tmp_path)
    assert process.stdin
    assert process.stdout
    process.stdin.write(of({"traveller": "Ann"}).encode())
    process.stdin.flush()
    assert b"Verdict" in process.stdout.readline()
    assert b"0001-ann.json" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=SECONDS)
    assert process.returncode == 130
    assert told.decode().startswith("Stopped. 1 whole report was made in out.")
    assert names(tmp_path) == ["0001-ann.json"]


def test_whoever_reads_no_further_loses_no_report(tmp_path: Path) -> None:
    """As with `| head -1`: the reports are made, and the exit code is theirs."""
    process = start(tmp_path)
    assert process.stdout
    assert process.stdin
    process.stdin.write(of({}).encode())
    process.stdin.flush()
    process.stdout.readline()
    process.stdout.close()
    process.stdin.write(of({}, {}).encode())
    process.stdin.close()
    assert process.wait(timeout=SECONDS) == 1
    assert names(tmp_path) == ["0001.json", "0002.json", "0003.json"]
    assert process.stderr
    assert process.stderr.read() == b""
    process.stderr.close()


HOSTILE = [
    "\x1b[2J\x1b]0;owned\x07",
    "\x1b]8;;http://evil.example\x07click",
    "\u202egnp.exe",
    "../../x",
    "..\\..\\x",
    "/etc/passwd",
    "CON",
    "nul.txt",
    "a\u200bb\u00a0c",
    "x" * 200,
    "中" * 200,
    "e" + "\u0301" * 190,
]


def test_hostile_texts_do_nothing(tmp_path: Path) -> None:
    """No escape reaches the terminal, rows stay in line, and no file lands outside the folder."""
    lines = of(*({"traveller": text, "destination": text} for text in HOSTILE))
    broken = of(
        json.dumps({"trip": {"\x1b[31m\nError: all is lost": 1}}),
        json.dumps({"trip": {**BARE, "traveller": "a\nb"}}),
        json.dumps({"trip": {**BARE, "traveller": "y" * 1_000_000}}),
        json.dumps({"\u202e": "z" * 1_000_000}),
    )
    (tmp_path / "b.jsonl").write_text(lines + broken, encoding="utf-8")
    before = {path for path in tmp_path.parent.rglob("*") if "out" not in path.parts}
    done = batch(tmp_path, "b.jsonl")
    assert {path for path in tmp_path.parent.rglob("*") if "out" not in path.parts} == before
    assert len(names(tmp_path)) == len(HOSTILE)
    assert all(len(name) < 100 for name in names(tmp_path))
    output = done.out + done.err
    assert not set(output) & set("\x1b\x07\u202e\u200b\r")
    assert len(rows(done)) == len(HOSTILE) + 4
    told = done.err.splitlines()
    assert [text.split(":")[1] for text in told] == ["13", "14", "15", "16"]
    assert max(map(len, done.out.splitlines())) < 350
    assert max(map(len, told)) < 400


def test_the_rows_are_aligned_in_a_terminal(tmp_path: Path) -> None:
    """Wide characters and marks too: the names of the files are in one column."""
    (tmp_path / "b.jsonl").write_text(
        of(
            *({"traveller": text} for text in ["Ann", "中" * 40, "Zoe\u0308", "\x1b[2Jx", "é" * 80])
        ),
        encoding="utf-8",
    )
    arguments = ("prepare", "--batch", "b.jsonl", "--output-dir", "out", *TODAY)
    terminal = Terminal(*arguments, folder=tmp_path, columns=140)
    assert terminal.finish() == 1
    columns = set()
    for row in terminal.rows():
        # In a cell of the emulator that a wide character fills in part there is nothing.
        text = "".join(cell.data or "\0" for cell in row)
        if ".json" in text:
            columns.add(text.index(" 000") if " 000" in text else -1)
    assert len(columns) == 1


@settings(
    max_examples=examples(12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example([b"\xef\xbb\xbf", b""])
@example([b"\xef\xbb\xbf{}", b"\xef\xbb\xbf"])
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=40),
            texts().map(lambda text: json.dumps({"trip": {**BARE, "traveller": text}}).encode()),
        ).map(lambda data: data.replace(b"\n", b" ")),
        max_size=60,
    )
)
def test_any_bytes_give_reports_or_faults(tmp_path: Path, lines: list[bytes]) -> None:
    """Each line a report or faults with its number; never a traceback."""
    (tmp_path / "b.jsonl").write_bytes(b"\n".join(lines))
    done = batch(tmp_path, "b.jsonl", "--force")
    # A byte order mark before the first line is no part of it.
    told = [
        data.removeprefix(b"\xef\xbb\xbf" if n == 1 else b"") for n, data in enumerate(lines, 1)
    ]
    numbers = [number for number, data in enumerate(told, 1) if data.strip()]
    if not numbers:
        assert "it has no lines" in done.err
        return
    assert done.code in (1, 2)
    if not done.out:
        # Another kind of file is refused once.
        assert done.err.startswith("Error: b.jsonl: ")
        return
    made = [int(row[0]) for row in rows(done) if row[1] != "not made"]
    told_faults = [t for t in done.err.splitlines() if not t.startswith("travelsec: other")]
    faulty = {int(text.split(":")[1]) for text in told_faults}
    assert sorted([*made, *faulty]) == numbers
