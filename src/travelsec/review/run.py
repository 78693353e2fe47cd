"""Review the reports of an inbox: a few in this process, many in several."""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import sys
from collections import deque
from collections.abc import Generator, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from travelsec.pack.cache import read_cache, write_cache
from travelsec.problems import UserError
from travelsec.report.read import Received
from travelsec.review import decision
from travelsec.review.decision_findings import check_with_report, is_doubtful
from travelsec.review.inbox import STDIN, Inbox, ReportFile, receive
from travelsec.review.judge import Judge
from travelsec.review.model import Difference, Reviewed, Since
from travelsec.review.priority import claimed, ranked, replaced, twin
from travelsec.review.since import compare_reports, compare_with_decision

if TYPE_CHECKING:
    import subprocess

MANY = 2000
"""With fewer reports, starting processes takes longer than they save."""
MAX_PROCESSES = 8
"""More would only wait for this process, which hands out the files and collects the rows."""
BATCH = 32
"""Files handed to a process at a time; each may be as large as an untrusted report can be."""


class Reviewers(contextlib.ExitStack):
    """Reviews a few reports in this process, or many in several that it starts.

    A context manager. Processes take a while to start: call `expect` for each report as soon as
    it is found.
    """

    def __init__(self, judge: Judge) -> None:
        super().__init__()
        self._judge = judge
        self._expected = 0
        self._processes: list[subprocess.Popen[bytes]] = []

    def expect(self) -> None:
        """Count one more report; start the processes once there are many."""
        self._expected += 1
        if self._expected == MANY and _cores() > 1:
            for _ in range(min(_cores(), MAX_PROCESSES)):
                self._processes.append(self.enter_context(_process()))

    def review(self, found: Inbox) -> Generator[Reviewed]:
        """Yield the result for each report, in the order of their paths."""
        files = iter(found)
        if not self._processes:
            yield from (ranked(review_one(file, self._judge, found.stdin)) for file in files)
            return
        # A process gets more files once its rows are read: memory stays flat, and no pipe fills up.
        busy: deque[tuple[subprocess.Popen[bytes], list[ReportFile]]] = deque()
        # Send it only now: a process that is still starting would not read it.
        given = (write_cache(self._judge.pack, ()), self._judge.today, self._judge.latest)
        for process in self._processes:
            _send(process, (*given, found.stdin))
            busy.append((process, _hand_out(files, process)))
        while busy:
            process, batch = busy.popleft()
            assert process.stdout is not None
            try:
                rows = pickle.load(process.stdout)
            except (EOFError, OSError, pickle.UnpicklingError):
                # The process was killed or failed. If it failed, the error comes up here again.
                rows = _review_batch(batch, self._judge, found.stdin)
            if batch := _hand_out(files, process):
                busy.append((process, batch))
            yield from rows


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _hand_out(files: Iterator[ReportFile], process: subprocess.Popen[bytes]) -> list[ReportFile]:
    batch = list(islice(files, BATCH))
    _send(process, batch)
    return batch


def _send(process: subprocess.Popen[bytes], data: object) -> None:
    assert process.stdin is not None
    # If the process has ended, reading its rows will show that.
    with contextlib.suppress(OSError):
        pickle.dump(data, process.stdin)
        process.stdin.flush()


@contextlib.contextmanager
def _process() -> Iterator[subprocess.Popen[bytes]]:
    """Start a process that reviews the files sent to it, and kill it after the block."""
    # Imported here because a small review needs no process. `concurrent.futures` can hang: its
    # locks stay held if a signal handler raises at the wrong moment. `multiprocessing` would import
    # the command line in each process as well.
    import subprocess

    process = subprocess.Popen(
        _serving(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # A terminal sends Ctrl-C to the whole group of this process.
        process_group=0,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )
    try:
        yield process
    finally:
        process.kill()
        # Closing its pipe fails if it had already ended.
        with contextlib.suppress(OSError), process:
            pass


def _serving() -> list[str]:
    """Return a command that runs `serve`."""
    if getattr(sys, "frozen", False):
        # PyInstaller leaves no Python to start; `scripts/start_frozen.py` knows this word.
        return [sys.executable, "--serve-review"]
    # With `-c` alone, Python would look for modules in the current folder first.
    code = f"import sys; sys.path[:] = {sys.path}; from travelsec.review.run import serve; serve()"
    return [sys.executable, "-c", code]


def serve() -> None:
    """Review the files that arrive on standard input until it ends; the pack arrives first."""
    # As in the main process: what is judged leaves no garbage to search for.
    gc.set_threshold(100_000)
    # Anything that fails here fails again in the main process, which can report it.
    with contextlib.suppress(Exception):
        pack, today, latest, stdin = pickle.load(sys.stdin.buffer)
        packs = read_cache(pack, None)
        assert packs is not None
        judge = Judge(packs, today, latest)
        while True:
            rows = _review_batch(pickle.load(sys.stdin.buffer), judge, stdin)
            pickle.dump(rows, sys.stdout.buffer)
            sys.stdout.flush()
    # A normal exit would complain if nobody reads the last rows.
    os._exit(0)


def _review_batch(files: list[ReportFile], judge: Judge, stdin: bytes) -> list[Reviewed]:
    return [ranked(review_one(file, judge, stdin)) for file in files]


def review_one(file: ReportFile, judge: Judge, stdin: bytes) -> Reviewed:
    """Review a report file, and its decision."""
    if file.unread:
        return Reviewed(file.path, unread=file.unread)
    try:
        received = receive(file.path, file.identity, stdin)
    except UserError as error:
        return Reviewed(file.path, unread=str(error))
    reviewed = judge_file(file, received, judge)
    if file.claimed_by:
        reviewed = claimed(reviewed, file.claimed_by)
    if file.twin:
        reviewed = twin(reviewed, file.twin, file.twin_created)
    if file.replaced_by:
        return replaced(reviewed, file.replaced_by)
    return msgspec.structs.replace(reviewed, since=_since(file, received, reviewed, judge))


def _since(file: ReportFile, received: Received, reviewed: Reviewed, judge: Judge) -> Since | None:
    """Return what has changed since the decision on an earlier report of the trip."""
    on_this = reviewed.decision
    if on_this is not None and on_this.void and not is_doubtful(reviewed):
        # The report took the place of the one that was decided on.
        kept = decision.read_decision(decision.path_of(Path(file.path)))
        changes = compare_with_decision(kept, reviewed)
        return Since(kept.decision, kept.by, kept.at, "", changes)
    if not file.decided:
        return None
    try:
        base = receive(file.decided, None, b"")
    except UserError:
        # It was there a moment ago, and is being changed.
        return None
    old = judge_file(ReportFile(file.decided), base, judge)
    if old.decision is None:
        return None
    since = Since(old.decision.decision, old.decision.by, old.decision.at, file.decided)
    if old.holds is not True:
        unknown = "does not hold" if old.is_broken else "could not be checked"
    elif old.decision.void or is_doubtful(old):
        unknown = "has a decision that is void or doubtful"
    else:
        found = compare_reports(old, base.report, reviewed, received.report, judge.pack)
        return msgspec.structs.replace(since, changes=found)
    return msgspec.structs.replace(since, unknown=f"that report {unknown}")


def judge_file(file: ReportFile, received: Received, judge: Judge) -> Reviewed:
    """Review a report that has been read, and its decision."""
    reviewed = judge.judge(file.path, received)
    if file.path == STDIN or not decision.is_beside(file.path):
        return reviewed
    try:
        # Beside a stranger's report, a link could lead to any of the reviewer's files.
        if os.path.islink(decision.path_of(Path(file.path))):  # noqa: PTH114
            raise UserError("it is a symbolic link, which is not followed")
        kept = decision.read_decision(decision.path_of(Path(file.path)))
    except UserError as error:
        unread = Difference("decision-unread", f"Its decision cannot be read: {error}")
        return msgspec.structs.replace(reviewed, differs=(*reviewed.differs, unread))
    checked = decision.check_decision(kept, received, judge.musts(received.report))
    found = check_with_report(kept, received, reviewed, judge)
    return msgspec.structs.replace(reviewed, differs=(*reviewed.differs, *found), decision=checked)
