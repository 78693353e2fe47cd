"""Review the reports that were found: one after the other, or many in several processes."""

from __future__ import annotations

import contextlib
import datetime
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
"""Reports from which on more processes save more time than they take to start."""
MAX_PROCESSES = 8
"""More would only wait for the one that hands out the files and collects the rows."""
BATCH = 32
"""Files that a process is handed at a time; each can be as large as an untrusted report may be."""


def review(found: Inbox, judge: Judge) -> Generator[Reviewed]:
    """Yield what there is to say of each report, in the order of their paths.

    Close it if you stop early: it may have started processes.
    """
    processes = min(_cores(), MAX_PROCESSES)
    if processes > 1 and len(found) >= MANY:
        yield from _review_together(found, judge, processes)
    else:
        for file in found:
            yield ranked(review_one(file, judge, found.stdin))


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _review_together(found: Inbox, judge: Judge, processes: int) -> Generator[Reviewed]:
    given = (write_cache(judge.pack, ()), judge.today, judge.latest, found.stdin)
    files = iter(found)
    with contextlib.ExitStack() as stack:
        # None is handed more before its rows are taken: memory stays flat, and the pipes free.
        busy: deque[tuple[Connection, list[ReportFile]]] = deque()
        for _ in range(processes):
            connection = stack.enter_context(_process(given))
            busy.append((connection, _hand_out(files, connection)))
        while busy:
            connection, batch = busy.popleft()
            try:
                rows = connection.recv()
            except (EOFError, OSError):
                # It failed, which will show here again, or was ended from outside.
                rows = _review_batch(batch, judge, found.stdin)
            if batch := _hand_out(files, connection):
                busy.append((connection, batch))
            yield from rows


def _hand_out(files: Iterator[ReportFile], connection: Connection) -> list[ReportFile]:
    batch = list(islice(files, BATCH))
    # If the process is gone, that shows when its rows are wanted.
    with contextlib.suppress(OSError):
        connection.send(batch)
    return batch


@contextlib.contextmanager
def _process(given: tuple[bytes, datetime.date, str, bytes]) -> Iterator[Connection]:
    """Start a process that reviews what is sent to it, and end it with the block."""
    # Here, as a small review would wait for the import. `concurrent.futures` is no choice: its
    # locks stay taken if a signal becomes an exception at the wrong moment, and all hangs.
    from multiprocessing import get_context

    # `spawn` works the same everywhere, and beside the thread of a progress bar.
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    # As a daemon it ends with this program even if a signal comes before `try`.
    process = context.Process(target=_serve, args=(theirs, *given), daemon=True)
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


def _serve(
    connection: Connection, pack: bytes, today: datetime.date, latest: str, stdin: bytes
) -> None:
    """Review what comes in until the other side is gone."""
    # Windows has no way to hold it back.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    packs = read_cache(pack, None)
    assert packs is not None
    judge = Judge(packs, today, latest)
    # Whatever fails here fails again where it can be told.
    with contextlib.suppress(Exception):
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
