"""Review the reports that were found: a few one after the other, many in several processes."""

from __future__ import annotations

import contextlib
import os
import signal
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
from travelsec.review.inbox import STDIN, Inbox, ReportFile, receive
from travelsec.review.judge import Judge
from travelsec.review.model import Difference, Reviewed
from travelsec.review.priority import claimed, ranked, replaced

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

MANY = 2000
"""From this many reports on, more processes save more time than they take to start."""
MAX_PROCESSES = 8
"""More would only wait for the one that hands out the files and collects the rows."""
BATCH = 32
"""Files that a process is handed at a time; each can be as large as an untrusted report may be."""


class Reviewers(contextlib.ExitStack):
    """Reviews reports: a few here, many in several processes that it starts. A context manager.

    Those processes take a while to start, so call `expect` for each report while you look for them.
    """

    def __init__(self, judge: Judge) -> None:
        super().__init__()
        self._judge = judge
        self._expected = 0
        self._connections: list[Connection] = []

    def expect(self) -> None:
        """Count one more report; start the processes once there are many."""
        self._expected += 1
        processes = min(_cores(), MAX_PROCESSES) if self._expected == MANY else 1
        if processes > 1:
            for _ in range(processes):
                self._connections.append(self.enter_context(_process()))

    def review(self, found: Inbox) -> Generator[Reviewed]:
        """Yield what there is to say of each report, in the order of their paths."""
        files = iter(found)
        if not self._connections:
            yield from (ranked(review_one(file, self._judge, found.stdin)) for file in files)
            return
        # None is handed more before its rows are taken: memory stays flat, and the pipes free.
        busy: deque[tuple[Connection, list[ReportFile]]] = deque()
        # Only now, as a process that is still starting would let this one wait.
        given = (write_cache(self._judge.pack, ()), self._judge.today, self._judge.latest)
        for connection in self._connections:
            _send(connection, (*given, found.stdin))
            busy.append((connection, _hand_out(files, connection)))
        while busy:
            connection, batch = busy.popleft()
            try:
                rows = connection.recv()
            except (EOFError, OSError):
                # It failed, which will show here again, or was ended from outside.
                rows = _review_batch(batch, self._judge, found.stdin)
            if batch := _hand_out(files, connection):
                busy.append((connection, batch))
            yield from rows


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _hand_out(files: Iterator[ReportFile], connection: Connection) -> list[ReportFile]:
    batch = list(islice(files, BATCH))
    _send(connection, batch)
    return batch


def _send(connection: Connection, data: object) -> None:
    # If the process is gone, that shows when its rows are wanted.
    with contextlib.suppress(OSError):
        connection.send(data)


@contextlib.contextmanager
def _process() -> Iterator[Connection]:
    """Start a process that reviews what is sent to it, and end it with the block."""
    # Here, as a small review would wait for the import. `concurrent.futures` is no choice: its
    # locks stay taken if a signal becomes an exception at the wrong moment, and all hangs.
    from multiprocessing import get_context

    # `spawn` works the same everywhere, and beside the thread of a progress bar.
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    # As a daemon it ends with this program even if a signal comes before `try`.
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    with _interrupts_held():
        process.start()
    try:
        # Once either side is gone, the other is told.
        theirs.close()
        yield ours
    finally:
        process.kill()
        process.join()
        ours.close()


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold back Ctrl-C: a terminal sends it to a process started in the block as well."""
    if sys.platform == "win32":
        yield
        return
    from multiprocessing import resource_tracker

    # Older versions of Python would let Ctrl-C through once this starts.
    resource_tracker.ensure_running()
    former = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, former)


def _serve(connection: Connection) -> None:
    """Review the files that come in, what to judge them by first, until the other side is gone."""
    # Windows has no way to hold it back.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Whatever fails here fails again where it can be told.
    with contextlib.suppress(Exception):
        pack, today, latest, stdin = connection.recv()
        packs = read_cache(pack, None)
        assert packs is not None
        judge = Judge(packs, today, latest)
        while True:
            connection.send(_review_batch(connection.recv(), judge, stdin))


def _review_batch(files: list[ReportFile], judge: Judge, stdin: bytes) -> list[Reviewed]:
    return [ranked(review_one(file, judge, stdin)) for file in files]


def review_one(file: ReportFile, judge: Judge, stdin: bytes) -> Reviewed:
    """Return what there is to say of one report, its decision included."""
    if file.unread:
        return Reviewed(file.path, unread=file.unread)
    try:
        received = receive(file.path, file.glance, stdin)
    except UserError as error:
        return Reviewed(file.path, unread=str(error))
    reviewed = judge_file(file, received, judge)
    if file.claimed_by:
        reviewed = claimed(reviewed, file.claimed_by)
    return replaced(reviewed, file.replaced_by) if file.replaced_by else reviewed


def judge_file(file: ReportFile, received: Received, judge: Judge) -> Reviewed:
    """Return what there is to say of a report that was found and read, and its decision."""
    reviewed = judge.judge(file.path, received)
    if file.path == STDIN or not decision.is_beside(file.path):
        return reviewed
    try:
        # Beside a stranger's report it can lead to any file of the reviewer's.
        if os.path.islink(decision.path_of(Path(file.path))):  # noqa: PTH114
            raise UserError("it is a symbolic link, which is not followed")
        kept = decision.read_decision(decision.path_of(Path(file.path)))
    except UserError as error:
        told = Difference("decision-unread", f"Its decision cannot be read: {error}")
        return msgspec.structs.replace(reviewed, differs=(*reviewed.differs, told))
    standing = decision.check_decision(kept, received, judge.musts(received.report))
    return msgspec.structs.replace(reviewed, decision=standing)
