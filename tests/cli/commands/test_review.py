"""`review`: what needs attention first, in every format, and decisions on record."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.cli.command import Outcome, run, run_for_bytes
from tests.junit import outcomes, read
from tests.report import samples
from tests.review.reports import as_json, as_page, put, sealed
from tests.terminal import DOWN, ENTER, Terminal
from travelsec.pack.load import load
from travelsec.pack.model import Pack
from travelsec.report.model import Report
from travelsec.trip.answers import item_names
from travelsec.trip.statuses import Status

TODAY = ("--today", "2026-11-24")
EPOCH = {"SOURCE_DATE_EPOCH": "1795683600"}  # 2026-11-26T09:00:00Z
MUST = "overseas.clear-files"


@pytest.fixture(scope="module")
def bundled() -> Pack:
    """Load the bundled pack once."""
    return load()


def make(
    pack: Pack,
    traveller: str = "A. Smith",
    statuses: Mapping[str, Status] = {},
    *,
    departs: str = "2026-12-01",
    trip: str = "",
) -> Report:
    """Make the report of a trip with all done in a terminal but what is said."""
    facts = {
        **{"traveller": traveller, "destination": "Lisbon", "abroad": "yes"},
        **{"devices": "laptop", "departs": departs, "returns": "2026-12-20"},
    }
    settled = {name: Status("done", how="terminal") for name in item_names(pack).values()}
    return samples.make(
        pack,
        facts,
        {**settled, **statuses},
        trip_id=samples.hex_id(trip) if trip else samples.TRIP_ID,
    )


OPEN = {MUST: Status("todo", how="terminal")}
WAIVED = {MUST: Status("not-applicable", "None on it.", how="terminal")}


@pytest.fixture(scope="module")
def inbox(bundled: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with a report of every kind."""
    folder = tmp_path_factory.mktemp("inbox")
    (folder / "later").mkdir()
    late = make(bundled, "Late", OPEN, departs="2026-12-10", trip="late")
    ready = make(bundled, "Ready", trip="ready")
    edited = put(make(bundled, "Edited", OPEN, trip="edited"), digest="0" * 64)
    older = make(bundled, "Ready", OPEN, trip="ready")
    reports = {
        "ready.html": as_page(sealed(put(ready, created="2026-11-24T09:00:00Z"))),
        "older.json": as_json(older),
        "waived.json": as_json(make(bundled, "Waived", WAIVED, trip="waived")),
        "soon.json": as_json(make(bundled, "Soon", OPEN, departs="2026-11-25", trip="s")),
        "edited.json": as_json(edited),
        "unread.json": b"{}",
        "later/late.json": as_json(late),
    }
    for name, data in reports.items():
        (folder / name).write_bytes(data)
    return folder


ORDER = ("edited", "unread", "soon", "late", "waived", "ready", "older")


def stems(done: Outcome) -> list[str]:
    """Return the names of the files in a report as JSON, CSV or lines of JSON."""
    if done.out.startswith("path,"):
        paths = [row["path"] for row in csv.DictReader(io.StringIO(done.out))]
    elif done.out.startswith("{\n"):
        paths = [one["path"] for one in done.json()["reports"]]
    else:
        paths = [json.loads(line)["path"] for line in done.out.splitlines()]
    return [Path(path).stem for path in paths]


def test_what_needs_attention_comes_first(inbox: Path) -> None:
    """In the table and below it; totals first; exit code 2, for one could not be read."""
    done = run("review", ".", *TODAY, folder=inbox)
    assert (done.code, done.err) == (2, "")
    text = " ".join(done.out.split())
    assert text.startswith(
        "Review for Tue 24 November 2026 5 reports: 2 not ready, 2 ready. 1 changed by "
        "hand or damaged. 1 with must items waived. 5 undecided. 1 replaced by another report of "
        "the same trip. 1 could not be read. Not covered by any verdict: Approval from a "
        "senior line manager"
    )
    files = [line.split()[1] for line in done.out.splitlines() if line.startswith("    File: ")]
    assert [Path(name).stem for name in files] == [name for name in ORDER if name != "unread"]
    assert "  2. unread.json – could not be read\n" in done.out
    assert "Sun 20 December 2026 – DOES NOT HOLD File: edited.json Do not rely on it." in text
    assert "By your own packs, what is left of it is not ready." in text
    assert "Must items open (1): Clear unneeded files" in text
    assert "Waived: Clear unneeded files – None on it." in text
    assert "newer, or as new and no more ready: ready.html." in text
    for cells in ("1 does not hold Edited Lisbon 1 Dec 2026 1 0 none", "3 not ready Soon Lisbon"):
        assert cells in text
    assert max(map(len, done.out.splitlines())) <= 80


@pytest.mark.parametrize("format_", ["json", "jsonl", "csv"])
def test_machines_get_every_report(inbox: Path, format_: str) -> None:
    """A document in the order of attention; streams in that of the files."""
    done = run("review", ".", *TODAY, "--format", format_, folder=inbox)
    assert (done.code, done.err) == (2, "")
    assert sorted(stems(done)) == sorted(ORDER)
    if format_ == "json":
        assert stems(done) == list(ORDER)
    if format_ == "json":
        assert done.json()["totals"] == {
            **{"reports": 7, "ready": 2, "ready_with_actions": 0, "not_ready": 2, "unchecked": 0},
            **{
                "broken": 1,
                "with_waived": 1,
                "undecided": 5,
                "over": 0,
                "replaced": 1,
                "unread": 1,
                "left_out": 0,
            },
        }


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--not-ready",), ["edited", "unread", "soon", "late"]),
        (("--departing-within", "1"), ["edited", "unread", "soon"]),
        (("--departing-within", "7", "--not-ready"), ["edited", "unread", "soon"]),
        (("--limit", "2"), ["edited", "unread"]),
        (("--limit", "99"), list(ORDER)),
    ],
)
def test_less_can_be_asked_for(inbox: Path, options: tuple[str, ...], expected: list[str]) -> None:
    """The same in every format, in the order of attention."""
    done = run("review", ".", *TODAY, *options, "--format", "json", folder=inbox)
    assert stems(done) == expected
    totals = done.json()["totals"]
    shown = len(ORDER) if "--limit" in options else len(expected)
    assert (totals["reports"], totals["left_out"]) == (shown, len(ORDER) - shown)
    if "--limit" in options:
        format_ = "jsonl" if "2" in options else "csv"
        streamed = run("review", ".", *TODAY, *options, "--format", format_, folder=inbox)
        assert stems(streamed) == expected


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (
            ("--departing-within", "1"),
            "2 reports: 1 not ready. 1 changed by hand or damaged. "
            "2 undecided. 1 could not be read. "
            "4 left out, as you asked for only some.",
        ),
        (("--limit", "2"), "Shown: the 2 of 7 that need attention most. --limit shows more."),
    ],
)
def test_people_are_told_that_it_is_not_all(
    inbox: Path, options: tuple[str, ...], words: str
) -> None:
    """How many there are besides, and how to see them."""
    done = run("review", ".", *TODAY, *options, folder=inbox)
    assert words in " ".join(done.out.split())


def test_nothing_that_was_asked_for_is_told(inbox: Path) -> None:
    """That, and that there was something to look at."""
    done = run("review", "ready.html", "waived.json", "--not-ready", *TODAY, folder=inbox)
    assert (done.code, done.err) == (0, "")
    assert "No report matches what you asked for.\n2 left out, as you asked for" in done.out


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-24", ["undated"]),
        ("2026-12-01", ["leaves", "undated"]),
        ("2026-12-20", ["leaves", "undated"]),
        ("2026-12-21", ["undated"]),
    ],
)
def test_who_is_away_or_gives_no_date_is_shown(
    bundled: Pack, tmp_path: Path, day: str, expected: list[str]
) -> None:
    """Until the day of return: to ask for one day is to ask who is, or may be, away on it."""
    dated, facts = make(bundled, statuses=OPEN), {"destination": "Lisbon", "abroad": "yes"}
    (tmp_path / "leaves.json").write_bytes(as_json(dated))
    undated = samples.make(bundled, facts, {}, trip_id=samples.hex_id("other"))
    (tmp_path / "undated.json").write_bytes(as_json(undated))
    options = ("--departing-within", "0", "--today", day, "--format", "json")
    assert sorted(stems(run("review", ".", *options, folder=tmp_path))) == expected


def test_an_edited_report_does_not_vanish_behind_a_later_one(
    inbox: Path, bundled: Pack, tmp_path: Path
) -> None:
    """It comes first and spoils the exit code; with less asked for it is still shown."""
    (tmp_path / "edited.json").write_bytes((inbox / "edited.json").read_bytes())
    later = put(make(bundled, "Edited", trip="edited"), created="2026-11-24T09:00:00Z")
    (tmp_path / "later.json").write_bytes(as_json(sealed(later)))
    alone = run("review", "later.json", *TODAY, folder=tmp_path)
    assert alone.code == 0
    for options, expected in (
        ((), ["edited", "later"]),
        (("--not-ready",), ["edited"]),
        (("--departing-within", "7"), ["edited", "later"]),
        (("--departing-within", "6"), ["edited"]),
    ):
        done = run("review", ".", *TODAY, *options, "--format", "json", folder=tmp_path)
        assert stems(done) == expected
        totals = done.json()["totals"]
        assert (totals["broken"], totals["replaced"]) == (int("edited" in expected), 0)
        assert done.code == int("edited" in expected)


@pytest.mark.parametrize(
    ("paths", "options", "code"),
    [
        (("ready.html",), (), 0),
        (("ready.html", "older.json"), (), 0),
        (("older.json",), (), 1),
        (("ready.html", "soon.json"), (), 1),
        (("ready.html", "later/late.json"), ("--departing-within", "7"), 0),
        (("ready.html", "later"), (), 1),
        (("ready.html", "unread.json"), (), 2),
        (("ready.html", "unread.json"), ("--not-ready",), 2),
    ],
)
def test_exit_codes(
    inbox: Path, paths: tuple[str, ...], options: tuple[str, ...], code: int
) -> None:
    """0 all good, 1 one is not, 2 one could not be read; what is not asked for does not count."""
    done = run("review", *paths, *options, *TODAY, "--format", "csv", folder=inbox)
    assert done.code == code


def test_junit_has_a_case_for_each_report(inbox: Path, tmp_path: Path) -> None:
    """The ending of the file is enough; the exit code is as ever."""
    path = tmp_path / "review.xml"
    done = run("review", ".", *TODAY, "--output", str(path), folder=inbox)
    assert done.code == 2
    cases = outcomes(read(path.read_text(encoding="utf-8"))["review"])
    assert {Path(name).stem: outcome for name, outcome in cases} == {
        "edited": "failure does-not-hold",
        "unread": "error unread",
        "soon": "failure not-ready",
        "late": "failure not-ready",
        "waived": "passed",
        "ready": "passed",
        "older": "skipped replaced",
    }


@pytest.mark.parametrize(
    ("options", "head"),
    [
        ((), "All 7 reports."),
        (("--limit", "2"), "2 of 7 reports: the 2 most in need of attention."),
        (("--not-ready",), "4 of 7 reports: only those that are not ready or may not hold."),
        (
            ("--undecided", "--departing-within", "1", "--limit", "1"),
            "1 of 7 reports: of those that nobody has decided on yet and whose trip begins within "
            "1 day, has begun or has no date, the 1 most in need of attention.",
        ),
    ],
)
def test_a_page_is_headed_by_what_it_shows(
    inbox: Path, options: tuple[str, ...], head: str
) -> None:
    done = run("review", ".", *TODAY, *options, "--format", "html", folder=inbox)
    assert f"<p><strong>{head}</strong></p>" in done.out


def test_a_page_links_to_the_files_from_where_it_is(inbox: Path, tmp_path: Path) -> None:
    """On standard output, from the working folder; to standard input there is no link."""
    done = run("review", "soon.json", "later", *TODAY, "--format", "html", folder=inbox)
    assert files_linked(done.out) == ["soon.json", "later/late.json"]
    for folder in (tmp_path, inbox / "later"):
        path = folder / "review.html"
        run("review", "soon.json", *TODAY, "--output", str(path), folder=inbox)
        (link,) = files_linked(path.read_text(encoding="utf-8"))
        path.unlink()
        assert (folder / link).samefile(inbox / "soon.json")
        assert not link.startswith("/")
    text = (inbox / "soon.json").read_text(encoding="utf-8")
    piped = run("review", "-", *TODAY, "--format", "html", folder=inbox, stdin=text)
    assert files_linked(piped.out) == []


def files_linked(page: str) -> list[str]:
    """Return the addresses of a page that lead out of it."""
    return re.findall(r'href="([^#"][^"]*)"', page)


def test_a_spreadsheet_is_the_same_in_a_file_and_in_a_pipe(inbox: Path, tmp_path: Path) -> None:
    """Byte by byte, whenever it is made, with either XML library that openpyxl can use."""
    path = tmp_path / "review.xlsx"
    done = run("review", ".", *TODAY, "--output", str(path), folder=inbox)
    assert done.code == 2, done.err
    options = ("--format", "xlsx", *TODAY)
    assert run_for_bytes("review", ".", *options, folder=inbox).out == path.read_bytes()
    other = run_for_bytes("review", ".", *options, folder=inbox, OPENPYXL_LXML="False").out
    tables = [
        CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
        for data in (path.read_bytes(), other)
    ]
    assert tables[0] == tables[1]
    assert len(tables[0]) == len(ORDER) + 1


def test_without_the_extra_no_spreadsheet_is_begun(inbox: Path, tmp_path: Path) -> None:
    """What to install is shown first."""
    hidden = "import sys\nsys.modules['openpyxl'] = None\n"
    (tmp_path / "sitecustomize.py").write_text(hidden, encoding="utf-8")
    path = tmp_path / "review.xlsx"
    arguments = ("review", ".", *TODAY, "--output", str(path))
    done = run(*arguments, folder=inbox, PYTHONPATH=str(tmp_path))
    assert (done.code, done.out) == (2, "")
    assert "[xlsx]" in done.err
    assert not path.exists()


def test_one_report_is_told_without_a_table(inbox: Path) -> None:
    """Sentences say all of it."""
    done = run("review", "later/late.json", *TODAY, folder=inbox)
    assert done.code == 1
    assert "No.  Verdict" not in done.out
    assert "- Late, Lisbon, Thu 10 December 2026" in done.out


def test_a_report_can_be_shown_whole(inbox: Path) -> None:
    """What was found comes first, then what came in, marked as that."""
    done = run("review", "soon.json", "--show", *TODAY, folder=inbox)
    assert done.code == 1
    parts = (
        "Review: checked against your packs",
        "Soon, Lisbon",
        "The report, as it came in",
        "NOT READY. 1",
    )
    places = [done.out.index(part) for part in parts]
    assert places == sorted(places)
    assert "Do not trust what it says below" not in done.out
    assert run("review", "ready.html", "--show", *TODAY, folder=inbox).code == 0
    unread = run("review", "unread.json", "--show", *TODAY, folder=inbox)
    assert (unread.code, unread.out) == (2, "")
    assert unread.err.startswith("Error: unread.json: this is not a travelsec report: ")


def test_a_report_that_does_not_hold_is_shown_with_a_warning(inbox: Path) -> None:
    """Between what was found and what came in, so that nobody reads on without it."""
    done = run("review", "edited.json", "--show", *TODAY, folder=inbox)
    assert done.code == 1
    text = " ".join(done.out.split())
    parts = (
        *("DOES NOT HOLD", "Do not rely on it.", "The report, as it came in", "Do not trust"),
        "NOT READY. 1",
    )
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_a_report_comes_from_stdin(inbox: Path) -> None:
    """Also to be shown whole."""
    text = (inbox / "soon.json").read_text(encoding="utf-8")
    done = run("review", "-", *TODAY, "--format", "jsonl", folder=inbox, stdin=text)
    assert (done.code, stems(done)) == (1, ["-"])
    shown = run("review", "-", "--show", *TODAY, folder=inbox, stdin=text)
    assert "Soon, Lisbon" in shown.out
    empty = run("review", "-", *TODAY, folder=inbox)
    assert empty.code == 2
    assert "not a travelsec report" in empty.out


def test_what_concerns_no_trip_is_not_told(inbox: Path, tmp_path: Path) -> None:
    """What the bundled pack does not cover matters abroad: not to those who stay at home."""
    home, facts = tmp_path / "home.json", ("abroad=false", "devices=laptop", "places=home")
    options = [option for setting in facts for option in ("--set", setting)]
    run("prepare", *options, *TODAY, "--no-input", "--output", str(home), folder=inbox)
    for names, is_told in (([str(home)], False), ([str(home), "soon.json"], True)):
        done = run("review", *names, *TODAY, "--format", "json", folder=inbox)
        data = json.loads(done.out)
        assert bool(data["not_covered"]) is is_told
        assert [bool(row["not_covered"]) for row in data["reports"]].count(True) == is_told
        for kind in ("table", "html"):
            text = run("review", *names, *TODAY, "--format", kind, folder=inbox).out
            assert ("Not covered by any verdict" in text) is is_told


def test_the_managers_own_pack_judges(inbox: Path, tmp_path: Path) -> None:
    """An overlay of the manager's asks for more; the rest cannot be checked."""
    (tmp_path / "pack.yaml").write_text(
        "pack: {id: ours, version: '1', title: Ours, covers: C., not_covered: N.}\n"
        "checklist:\n  id: ours\n  title: Ours\n  sections:\n"
        "    - id: all\n      title: All\n      phase: before\n      items:\n"
        "        - {id: badge, label: Hand in your badge, do: Hand it in., level: must,\n"
        "           cites: [taking-equipment-overseas/general-guidance/remove-files]}\n",
        encoding="utf-8",
    )
    plain = run("review", "ready.html", *TODAY, "--format", "jsonl", folder=inbox)
    done = run(
        *("review", "ready.html", *TODAY, "--format", "jsonl", "--pack", str(tmp_path)),
        folder=inbox,
    )
    assert (plain.code, done.code) == (0, 1), done.err
    row = json.loads(done.out)
    assert (row["verdict"], row["holds"], row["open_must"]) == (
        "not-ready",
        "unknown",
        ["ours.badge"],
    )
    assert {"other-pack", "not-in-report"} < {one["code"] for one in row["differs"]}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "PATH"),
        (("soon.json", "--format", "jsom"), "“jsom” (allowed: table, json, jsonl, csv, "),
        (("soon.json", "--today", "soon"), "--today"),
        (("soon.json", "ready.html", "--show"), "--show is about one report: name its file"),
        ((".", "--show"), "--show is about one report: name its file"),
        (("soon.json", "--by", "Jo"), "add --approve or --return"),
        (("soon.json", "--comment", "Go"), "add --approve or --return"),
        (("soon.json", "--approve", "--return", "--by", "Jo"), "not both"),
        (("soon.json", "--approve"), "say who decides: add --by NAME"),
        (("soon.json", "--approve", "--by", " "), "--by: the name is empty"),
        (
            ("soon.json", "--approve", "--by", "B\nBcc: a@b"),
            "--by: the text has more than one line",
        ),
        (
            ("soon.json", "--approve", "--by", "B\rBcc: a@b"),
            "--by: the text has more than one line",
        ),
        ((".", "--approve", "--by", "Jo"), "a decision is about one report"),
        (("soon.json", "ready.html", "--return", "--by", "Jo"), "a decision is about one report"),
        (("-", "--approve", "--by", "Jo"), "stands beside the file"),
        (("missing.json", "--approve", "--by", "Jo"), "missing.json: there is no such file"),
        (("unread.json", "--return", "--by", "Jo"), "unread.json: this is not a travelsec report"),
        (("soon.json", "--return", "--by", "Jo", "--comment", "x" * 1001), "at most 1000"),
        (("soon.json", "--return", "--by", "J\udcff"), "--by: the text has bytes in it"),
    ],
)
def test_what_cannot_be_done_is_told(inbox: Path, options: tuple[str, ...], words: str) -> None:
    """Exit code 2, nothing on standard output, no file written."""
    before = sorted(inbox.rglob("*"))
    done = run("review", *options, folder=inbox)
    assert (done.code, done.out) == (2, "")
    assert words in " ".join(done.err.split())
    assert "Traceback" not in done.err
    assert sorted(inbox.rglob("*")) == before


# Decisions


def decide(folder: Path, *options: str) -> Outcome:
    """Decide on the report in the folder."""
    return run("review", "r.json", *TODAY, "--by", "Jo Day", *options, folder=folder, **EPOCH)


def row(folder: Path, *options: str) -> Any:
    """Review the report in the folder."""
    done = run("review", "r.json", *TODAY, "--format", "jsonl", *options, folder=folder)
    return json.loads(done.out)


@pytest.fixture
def soon(inbox: Path, tmp_path: Path) -> Path:
    """Copy a report that is not ready to a folder of its own."""
    shutil.copy(inbox / "soon.json", tmp_path / "r.json")
    return tmp_path


def test_a_decision_is_recorded(soon: Path, bundled: Pack) -> None:
    """Beside the report, for its owner only; what it is worth is said; then it is shown."""
    done = decide(soon, "--return", "--comment", "Clear the files first.")
    assert "nothing says why" not in done.err
    assert done.code == 0, done.err
    assert "Must items open (1): Clear unneeded files" in done.out
    assert "Recorded: returned. The decision is in r.json.decision.json" in done.err
    assert "It is a record, not a signature. Send it to the traveller." in done.err
    made = soon / "r.json.decision.json"
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    data = json.loads(made.read_text(encoding="utf-8"))
    assert (data["decision"], data["by"], data["at"]) == (
        *("returned", "Jo Day"),
        "2026-11-26T09:00:00Z",
    )
    found = row(soon)["decision"]
    assert (found["comment"], found["void"], found["new_musts"]) == (
        *("Clear the files first.", False),
        [],
    )
    # The traveller mends it and sends it again under the same name: nobody decided on that.
    (soon / "r.json").write_bytes(as_json(make(bundled, "Soon", departs="2026-11-25")))
    assert row(soon)["decision"]["void"]
    assert "void" in run("review", ".", *TODAY, folder=soon).out


def test_another_decision_needs_force(soon: Path) -> None:
    """The first is on record."""
    silent = decide(soon, "--return")
    assert silent.code == 0
    assert "nothing says why: --comment TEXT tells the traveller what to do." in silent.err
    first = (soon / "r.json.decision.json").read_bytes()
    again = decide(soon, "--approve")
    assert again.code == 2
    assert "the file exists; --force replaces it" in again.err
    assert (soon / "r.json.decision.json").read_bytes() == first
    assert decide(soon, "--approve", "--force").code == 0
    assert row(soon)["decision"]["decision"] == "approved"


def test_to_approve_what_is_not_ready_or_does_not_hold_is_warned_of(
    soon: Path, inbox: Path
) -> None:
    """It is the manager's to decide."""
    done = decide(soon, "--approve")
    assert done.code == 0
    assert "you approved a report that is not ready; must items open: 1." in done.err
    shutil.copy(inbox / "edited.json", soon / "r.json")
    done = decide(soon, "--approve", "--force")
    assert "you approved a report that does not hold" in done.err
    assert "you approved" not in decide(soon, "--return", "--force").err


@pytest.mark.parametrize("copy", ["a.json", "z.json"])
def test_of_copies_that_with_the_decision_counts(soon: Path, copy: str) -> None:
    """A second download does not undo what was decided on the first."""
    assert decide(soon, "--return").code == 0
    shutil.copy(soon / "r.json", soon / copy)
    done = run("review", ".", "--format", "jsonl", *TODAY, folder=soon)
    rows = {one["path"]: one for one in map(json.loads, done.out.splitlines())}
    assert rows["r.json"]["newest"]
    assert rows["r.json"]["decision"]["decision"] == "returned"
    assert not rows[copy]["newest"]


def test_a_decision_that_cannot_be_read_is_told(soon: Path) -> None:
    """It stops nothing; only force replaces it; in the table it is not “none”."""
    (soon / "r.json.decision.json").write_text("{", encoding="utf-8")
    found = row(soon)
    assert found["decision"] is None
    assert [one["code"] for one in found["differs"]] == ["decision-unread"]
    shutil.copy(soon / "r.json", soon / "again.json")
    text = " ".join(run("review", ".", *TODAY, folder=soon).out.split())
    assert "not ready Soon Lisbon 25 Nov 2026 1 0 unreadable" in text
    assert "replaced Soon Lisbon 25 Nov 2026 1 0 none" in text
    (soon / "again.json").unlink()
    assert decide(soon, "--approve").code == 2


def test_a_shell_names_decisions_with_their_reports(soon: Path) -> None:
    """`review *.json` after a decision is about the report alone."""
    assert decide(soon, "--approve").code == 0
    done = run("review", "r.json", "r.json.decision.json", *TODAY, folder=soon)
    assert done.code == 1
    assert "1 report: 1 not ready." in done.out


# In a terminal


def test_there_is_colour_on_a_screen(inbox: Path) -> None:
    """And words that say the same."""
    terminal = Terminal("review", ".", *TODAY, folder=inbox, columns=100)
    assert terminal.finish() == 2
    text = terminal.text()
    assert "3. Soon, Lisbon" in text
    assert len({cell.bg for line in terminal.rows() for cell in line}) > 1


@pytest.mark.parametrize(
    ("env", "options", "columns"),
    [
        ({"NO_COLOR": "1"}, (), 100),
        ({"TERM": "dumb"}, (), 100),
        ({}, ("--plain",), 60),
        ({"ACCESSIBLE": "1"}, (), 100),
    ],
)
def test_no_colour_if_none_is_wanted(
    inbox: Path, env: dict[str, str], options: tuple[str, ...], columns: int
) -> None:
    """And no table where it would be read cell by cell, or is all folds."""
    terminal = Terminal("review", ".", *TODAY, *options, folder=inbox, columns=columns, env=env)
    assert terminal.finish() == 2
    assert {cell.fg for line in terminal.rows() for cell in line} == {"default"}
    text = terminal.text()
    assert "3. Soon, Lisbon" in text
    assert ("Musts" in text) == (columns >= 80 and "ACCESSIBLE" not in env and "TERM" not in env)


def test_rows_on_a_screen_are_not_torn_by_a_bar(inbox: Path) -> None:
    """Lines of JSON come as they are."""
    terminal = Terminal("review", ".", *TODAY, "--format", "jsonl", folder=inbox, columns=100)
    assert terminal.finish() == 2
    rows = re.findall(r'\{"path".*(?=\r\n)', terminal.raw.decode())
    assert [Path(json.loads(row)["path"]).stem for row in rows] == sorted(ORDER)


@pytest.mark.slow
def test_in_a_terminal_a_decision_is_replaced_after_asking(soon: Path) -> None:
    """No is what comes first."""
    assert decide(soon, "--return").code == 0
    arguments = ("review", "r.json", *TODAY, "--by", "Jo", "--approve")
    terminal = Terminal(*arguments, folder=soon)
    terminal.answer("exists. Replace it?", ENTER)
    assert terminal.finish() == 2
    assert row(soon)["decision"]["decision"] == "returned"
    terminal = Terminal(*arguments, folder=soon)
    terminal.answer("exists. Replace it?", DOWN, ENTER)
    assert terminal.finish() == 0
    assert row(soon)["decision"]["decision"] == "approved"


@pytest.mark.parametrize(
    "others",
    [
        ("--approve", "--by", "Jo"),
        ("--return", "--by", "Jo"),
        ("--format", "html"),
        ("--limit", "3"),
        ("--not-ready",),
        ("--departing-within", "7"),
    ],
)
def test_show_goes_with_nothing_it_would_leave_out(inbox: Path, others: tuple[str, ...]) -> None:
    """Neither a decision nor another format is passed over without a word."""
    done = run("review", "ready.html", "--show", *others, *TODAY, folder=inbox)
    assert (done.code, done.out) == (2, "")
    assert "--show prints one whole report for people to read: use it alone" in done.err
    assert not list(inbox.glob("*.decision.json"))


@pytest.mark.parametrize(
    ("name", "format_"),
    [("r.html", "html"), ("r.csv", "csv"), ("r.json", "json"), ("r.jsonl", "jsonl")],
)
def test_a_review_goes_to_a_file(inbox: Path, tmp_path: Path, name: str, format_: str) -> None:
    """The ending names the format; the bytes are those that would be printed."""
    shutil.copytree(inbox, tmp_path / "in")
    done = run("review", "in", *TODAY, "--output", name, folder=tmp_path)
    assert (done.code, done.out, done.err) == (2, "", f"The review is in {name}\n")
    printed = run("review", "in", *TODAY, "--format", format_, folder=tmp_path)
    assert (tmp_path / name).read_bytes().decode() == printed.out
    if os.name == "posix":
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600


def test_the_table_goes_to_a_text_file(inbox: Path, tmp_path: Path) -> None:
    """Plain, and 80 columns wide."""
    shutil.copytree(inbox, tmp_path / "in")
    assert run("review", "in", *TODAY, "--output", "r.txt", folder=tmp_path).code == 2
    printed = run("review", "in", *TODAY, folder=tmp_path)
    assert (tmp_path / "r.txt").read_text(encoding="utf-8") == printed.out


def test_an_earlier_review_is_no_report(inbox: Path, tmp_path: Path) -> None:
    """It is kept without --force, replaced with it, and never reviewed itself."""
    shutil.copy(inbox / "ready.html", tmp_path / "ready.html")
    arguments = ("review", ".", *TODAY, "--output", "review.html")
    first = run(*arguments, folder=tmp_path)
    assert (first.code, first.err) == (0, "The review is in review.html\n")
    written = (tmp_path / "review.html").read_bytes()
    again = run(*arguments, folder=tmp_path)
    assert (again.code, again.out) == (2, "")
    assert again.err == "Error: review.html: the file exists; --force replaces it\n"
    (tmp_path / "review.html").write_bytes(b"old")
    forced = run(*arguments, "--force", folder=tmp_path)
    assert (forced.code, forced.err) == (0, "The review is in review.html\n")
    assert (tmp_path / "review.html").read_bytes() == written
    assert sorted(path.name for path in tmp_path.glob("*.html")) == ["ready.html", "review.html"]
    # One of another name is named for what it is.
    for name in ("second.html", "second.json"):
        run(*arguments[:-1], name, folder=tmp_path)
    rows = run("review", "second.html", "second.json", "--format", "csv", folder=tmp_path)
    assert rows.code == 2
    assert "this page is a review of reports, not a report: keep it elsewhere" in rows.out
    assert "it is a review of reports: name one of the reports" in rows.out


def test_the_details_of_many_do_not_hide_the_table(inbox: Path, tmp_path: Path) -> None:
    """Ten are described in words, unless another number is asked for; in a narrow window, all."""
    data = json.loads((inbox / "soon.json").read_text(encoding="utf-8"))
    for number in range(12):
        data["trip"]["id"] = f"{number:032x}"
        (tmp_path / f"{number}.json").write_text(json.dumps(data), encoding="utf-8")
    usual = run("review", ".", *TODAY, folder=tmp_path).out
    assert usual.count("DOES NOT HOLD") == 10
    assert "2 more are in the table only" in " ".join(usual.split())
    assert usual.count("does not hold  ") == 12
    asked = run("review", ".", *TODAY, "--limit", "11", folder=tmp_path).out
    assert asked.count("DOES NOT HOLD") == 11
    wide = run("review", ".", *TODAY, folder=tmp_path, COLUMNS="120").out
    assert "Decision  File" in wide
    assert "File" not in run("review", ".", *TODAY, folder=tmp_path).out.split("\n\n")[1]
    narrow = run("review", ".", *TODAY, folder=tmp_path, COLUMNS="60").out
    assert narrow.count("DOES NOT HOLD") == 12
