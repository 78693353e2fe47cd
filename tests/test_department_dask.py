"""The script in the page for departments counts as one run of `review` does, in two workers."""

from __future__ import annotations

import datetime
import importlib.util
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from tests.cli.command import run
from tests.report import samples
from tests.terminal import SECONDS, TRAVELSEC, environment
from travelsec.pack.load import load
from travelsec.report import html, model
from travelsec.report import json as report_json
from travelsec.report.build import build
from travelsec.report.model import PackRef, Report
from travelsec.trip.readiness import Verdict
from travelsec.trip.selection import select
from travelsec.trip.statuses import Status

GUIDE = (Path(__file__).parent.parent / "docs" / "department.md").read_text(encoding="utf-8")
TODAY = datetime.date(2026, 11, 24)
FORMATS: dict[str, Callable[[Report], str | bytes]] = {
    ".json": report_json.render,
    ".html": html.render,
}
put = msgspec.structs.replace


def make(
    trip: int,
    verdict: Verdict = "ready",
    *,
    hour: int = 8,
    traveller: str = "",
    days: int = 7,
    waived: bool = False,
) -> Report:
    """Make a report of this trip at this hour; unless told, each trip has its own traveller."""
    pack = load()
    departs = TODAY + datetime.timedelta(days=days)
    given = {
        "traveller": traveller or f"Traveller {trip}",
        "destination": "Lisbon",
        "abroad": "yes",
        "organisation": "hq",
        "departs": departs.isoformat(),
        "returns": (departs + datetime.timedelta(days=3)).isoformat(),
    }
    if traveller == "nobody":
        del given["traveller"]
    facts = samples.facts(pack, given, TODAY)
    chosen = select(pack, facts)
    statuses = {item.id: Status("done", how="terminal") for item in chosen}
    musts = [item.id for item in chosen if item.item.level == "must"]
    others = [item.id for item in chosen if item.item.level != "must"]
    if waived:
        statuses[musts[0]] = Status("not-applicable", "I have none.", how="terminal")
    if verdict != "ready":
        left = musts[1] if verdict == "not-ready" else others[0]
        statuses[left] = Status("todo", how="terminal")
    created = datetime.datetime(2026, 11, 24, hour, tzinfo=datetime.UTC)
    name = f"{trip:032x}"
    return build(facts, statuses, how={}, created=created, trip_id=name, report_id=name)


def with_other_pack(report: Report) -> Report:
    """Return the report as made with one more pack, which the reviewer does not have."""
    report = put(report, packs=(*report.packs, PackRef("other", "1", "0" * 64)))
    return put(report, digest=model.digest(report))


def edited(report: Report) -> Report:
    """Return the report without its last item, so that it does not hold."""
    return put(report, items=report.items[:-1])


def reports() -> dict[str, Report]:
    """Return some reports of every kind, by their paths."""
    return {
        # Newer reports in other sub-folders, whichever is reviewed first.
        "a/1 older.json": make(1, "not-ready"),
        "b/1 newest.html": make(1, hour=10),
        "c/1 newer.json": make(1, "ready-with-actions", hour=9),
        "a/2 newer.json": make(2, "ready-with-actions", hour=9),
        "b/2 older.json": make(2),
        "a/sub/2 oldest.json": make(2, hour=7),
        # Equally new: the less ready, the one with a decision, the first by path.
        "a/3.json": make(3),
        "b/3 less ready.json": make(3, "not-ready"),
        "a/4.json": make(4, waived=True),
        "b/4 decided.json": make(4),
        "a/5.json": make(5, waived=True),
        "b/5 decision unread.json": make(5),
        "a/6 first.json": make(6, waived=True),
        "b/6.json": make(6),
        # Copies, one of them in the same sub-folder.
        "a/7.json": make(7),
        "a/7 copy.json": make(7),
        "c/7 copy.json": make(7),
        # What does not hold replaces nothing; what could not be checked does.
        "a/8.json": make(8),
        "b/8 broken.json": edited(make(8, hour=9)),
        "a/9.json": make(9),
        "b/9 unchecked older.json": with_other_pack(make(9, hour=7)),
        "c/9 unchecked.json": with_other_pack(make(9, hour=9)),
        # Trips that are over.
        "a/10 over.json": make(10, "not-ready", days=-9),
        "c/10 over.json": make(10, "not-ready", days=-9, hour=9, waived=True),
        # One traveller, typed in two ways; then two travellers.
        "a/11.json": make(11, traveller="Zoë Lee"),
        "c/11.json": make(11, "not-ready", traveller="ZOE\u0308  LEE", hour=9),
        "a/12.json": make(12, traveller="Ann Lee"),
        "b/12.json": make(12, "not-ready", traveller="Bo Day", hour=9),
        # Without a traveller: replaced by any newer report, and replacing none that has one.
        "a/13 nameless.json": make(13, traveller="nobody"),
        "b/13.json": make(13, hour=9),
        "b/14 nameless.json": make(14, "not-ready", traveller="nobody", hour=9),
        "c/14.json": make(14),
        # One journey with two trip ids.
        "a/15.json": make(15, traveller="Cy Fox"),
        "c/16.json": make(16, traveller="Cy Fox"),
        # A decision on the only report of its trip.
        "c/17 decided.json": make(17, "ready-with-actions", waived=True),
    }


def fill(folder: Path) -> None:
    """Write the reports, the decisions on some, and files that cannot be read."""
    for name, report in reports().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        content = FORMATS[path.suffix](report)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    for name in ("b/4 decided.json", "c/17 decided.json"):
        words = ("--approve", "--by", "Jo Day", f"--today={TODAY}")
        assert run("review", name, *words, folder=folder).code == 0
    (folder / "b" / "5 decision unread.json.decision.json").write_text("{", encoding="utf-8")
    (folder / "c" / "broken.json").write_text('{"schema": "\x00', encoding="utf-8")
    (folder / "c" / "notes.txt").write_text("not a report", encoding="utf-8")


def totals_of(*paths: str, folder: Path) -> dict[str, int]:
    """Return the totals of one run."""
    done = run("review", *paths, "--format", "json", f"--today={TODAY}", folder=folder)
    totals: dict[str, int] = done.json()["totals"]
    # Nothing was filtered.
    assert totals.pop("left_out") == 0
    return totals


def run_script(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the script of the page on the folder `reports`."""
    (script,) = re.findall(r"^```python\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    (folder / "totals.py").write_text(script, encoding="utf-8")
    command = folder / "bin" / "travelsec"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {shlex.join(TRAVELSEC)} "$@"\n', encoding="utf-8")
    command.chmod(0o700)
    around = environment(folder, TMPDIR=str(folder))
    around["PATH"] = f"{command.parent}:{around['PATH']}"
    around["DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT"] = f"{SECONDS}s"
    # In a process of its own, where warnings of another version of Dask are no errors.
    return subprocess.run(
        [sys.executable, "totals.py", "reports", str(TODAY)],
        cwd=folder,
        env=around,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


needs_dask = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None, reason="dask[distributed] is not installed"
)


@pytest.mark.slow
@needs_dask
@pytest.mark.skipif(sys.platform == "win32", reason="its `travelsec` is a script of sh")
def test_two_workers_count_as_one_run_does(tmp_path: Path) -> None:
    """The folder has a report of every kind, and those of most trips are in two partitions."""
    fill(tmp_path / "reports")
    expected = totals_of("reports", folder=tmp_path)
    assert all(expected.values()), expected
    parts = [totals_of(f"reports/{part}", folder=tmp_path) for part in "abc"]
    summed = {name: sum(part[name] for part in parts) for name in expected}
    assert summed["replaced"] < expected["replaced"]
    done = run_script(tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == expected


@pytest.mark.slow
@needs_dask
def test_a_report_in_no_partition_is_not_left_out(tmp_path: Path) -> None:
    """It lies beside the sub-folders: the script names it, and counts nothing."""
    fill(tmp_path / "reports")
    (tmp_path / "reports" / "loose.json").write_bytes(report_json.render(make(99)))
    done = run_script(tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "loose.json" in done.stderr


@pytest.mark.slow
@needs_dask
def test_a_review_that_fails_stops_the_script(tmp_path: Path) -> None:
    """Totals without the reports of one worker would look complete."""
    fill(tmp_path / "reports")
    (tmp_path / "reports" / "d").mkdir()
    done = run_script(tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "reports/d" in done.stderr
