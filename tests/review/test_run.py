"""Many reports are judged in several processes: the same rows, and whatever happens, none stays."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import Outcome, run
from tests.report import samples
from tests.review.reports import as_json, as_page, judge, put, sealed
from tests.terminal import SECONDS, TRAVELSEC, environment
from travelsec import files
from travelsec.pack.load import load
from travelsec.pack.model import Pack
from travelsec.report.model import Report
from travelsec.review.inbox import Inbox
from travelsec.review.model import Reviewed
from travelsec.review.run import MANY, review_all

ROOT = Path(__file__).parent.parent.parent

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
several = pytest.mark.skipif(os.cpu_count() == 1, reason="one core is used by one process")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder of as many files as are judged in several processes, one of them a report."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(MANY):
        (folder / f"{number:05}.json").write_bytes(b"{}")
    (folder / f"{MANY // 2:05}.json").write_bytes(as_json(samples.make(load(), {}, {})))
    return folder


def use_cores(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Let the machine seem to have so many cores."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(number), raising=False)


def test_rows_are_the_same_in_several_processes(
    report: Report, pack: Pack, many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the same order: of reports that hold or not, copies, pages, decisions, and stdin."""
    other = samples.make(pack, trip_id=samples.hex_id("other"))
    reports = {
        "0000.json": as_json(report),
        "0001.html": as_page(report),
        "0002.json": as_json(put(other, digest="0" * 64)),
        "0003.json": as_json(sealed(put(other, created="2026-11-20T08:30:05Z"))),
        "0004.json": as_json(other),
        "0004.json.decision.json": b"no decision",
        "0005.json": b"\xff",
    }
    for name, data in reports.items():
        (tmp_path / name).write_bytes(data)
    rows: list[list[Reviewed]] = []
    for number in (1, 3):
        use_cores(monkeypatch, number)
        with Inbox(["-", str(tmp_path), str(many)], as_json(report)) as found:
            rows.append(list(review_all(found, judge(pack))))
    alone, together = rows
    assert together == alone
    assert {row.newest for row in alone} == {row.holds for row in alone} == {True, False}
    assert [row.path for row in alone] == sorted(row.path for row in alone)


def test_each_file_is_read_once(
    report: Report, pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many reports its trip has; once more only to tell what changed since a decision."""
    for number in range(5):
        made = sealed(put(report, created=f"2026-11-2{number}T08:30:05Z"))
        (tmp_path / f"{number}.json").write_bytes(as_json(made))
    read: list[str] = []

    def counted(path: str, limit: int, read_file: Any = files.read_file) -> bytes:
        read.append(Path(path).name)
        data: bytes = read_file(path, limit)
        return data

    monkeypatch.setattr(files, "read_file", counted)
    with Inbox([str(tmp_path)], b"") as found:
        assert [row.newest for row in review_all(found, judge(pack))] == [False] * 4 + [True]
    assert read == [f"{number}.json" for number in range(5)]


def test_few_reports_start_no_process(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They would wait longer for it than for their review."""
    (tmp_path / "r.json").write_bytes(b"{}")
    use_cores(monkeypatch, 2)
    monkeypatch.setattr(os, "fork", pytest.fail, raising=False)
    with Inbox([str(tmp_path)], b"") as found:
        assert len(list(review_all(found, judge(pack)))) == 1


def test_how_far_it_is_is_told(pack: Pack, many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until every file is judged, and before the first row is shown: both may go to one screen."""
    use_cores(monkeypatch, 2)
    told: list[int] = []

    @contextlib.contextmanager
    def progress(number: int) -> Iterator[Callable[[int], None]]:
        told.append(-number)
        yield told.append
        told.append(0)

    with Inbox([str(many)], b"") as found:
        next(review_all(found, judge(pack), progress))
    assert (told[0], told[-1], sum(told)) == (-MANY, 0, 0)


def test_no_module_is_taken_from_the_current_folder(many: Path, tmp_path: Path) -> None:
    """A stranger can have put one there."""
    for name in ("contextlib", "msgspec", "travelsec"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('stranger')", encoding="utf-8")
    command = ("-P", "-m", "travelsec", "review", str(many), "--format", "jsonl")
    done = subprocess.run(
        [sys.executable, *command], cwd=tmp_path, env=environment(tmp_path), capture_output=True
    )
    assert (done.returncode, done.stderr) == (2, b"")


def begin(folder: Path, **env: str) -> subprocess.Popen[bytes]:
    """Start the review of a folder, in a group of its own, as a shell does; wait for a row."""
    process = subprocess.Popen(
        [*TRAVELSEC, "review", str(folder), "--format", "jsonl"],
        env=environment(folder, **env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    # All the rows are more than a pipe takes: it waits until they are read.
    process.stdout.readline()
    return process


def end(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    """Return exit code and errors once the review, and all that it started, is gone."""
    # Each process holds standard error: as long as there is one, there is no end of it.
    try:
        _, errors = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise
    return process.returncode, errors.decode()


@posix
@several
@pytest.mark.crash
@pytest.mark.parametrize(
    ("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129), ("SIGKILL", -9)]
)
@pytest.mark.parametrize("whole_group", [True, False])
def test_a_signal_ends_all_processes(many: Path, name: str, code: int, whole_group: bool) -> None:
    """Without a word: Ctrl-C in a terminal reaches all of them, `kill` only the first."""
    process = begin(many)
    (os.killpg if whole_group else os.kill)(process.pid, getattr(signal, name))
    found, errors = end(process)
    assert found == code
    # Python's own processes have something to say where nothing could be tidied up.
    assert name == "SIGKILL" or not errors


@several
def test_a_pipe_that_is_closed_ends_all_processes(many: Path) -> None:
    """As by `| head`: enough was read."""
    process = begin(many)
    assert process.stdout is not None
    process.stdout.close()
    process.stdout = None
    assert end(process) == (141, "")


def review_with(code: str, many: Path, folder: Path) -> Outcome:
    """Review with a judge that does something else: in every process, or in all but the first."""
    (folder / "sitecustomize.py").write_text(
        "import os\n"
        "from travelsec.review.judge import Judge\n"
        "first = os.getpid()\n"
        "def judge(*given, judge=Judge.judge):\n"
        f"    {code}\n"
        "    return judge(*given)\n"
        "Judge.judge = judge\n",
        encoding="utf-8",
    )
    path = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))
    return run("review", str(many), "--format", "jsonl", folder=folder, PYTHONPATH=path)


def test_a_fault_in_a_process_is_told_as_any_other(many: Path, tmp_path: Path) -> None:
    """Once, with a log that says where it was."""
    done = review_with("raise RuntimeError('sec' + 'ret')", many, tmp_path)
    assert done.code == 70
    assert done.err.startswith("travelsec failed (RuntimeError)")
    assert done.err.count("\n") == 1
    log = next(tmp_path.rglob("fault.log")).read_text(encoding="utf-8")
    assert "sitecustomize" in log
    assert "secret" not in log


def test_a_process_that_is_ended_from_outside_is_not_missed(many: Path, tmp_path: Path) -> None:
    """As by a system without memory: its reports are judged anyway."""
    done = review_with("os.getpid() == first or os._exit(1)", many, tmp_path)
    assert (done.code, done.err) == (2, "")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert len(rows) == MANY
    assert [Path(row["path"]).name for row in rows if row["verdict"]] == [f"{MANY // 2:05}.json"]
