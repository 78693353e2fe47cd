"""Review the reports of an inbox: a few in this process, many in several."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from itertools import islice
from pathlib import Path

import msgspec

from travelsec.problems import UserError
from travelsec.report.read import Received
from travelsec.review import decision, siblings
from travelsec.review.decision_findings import check_with_report, is_doubtful
from travelsec.review.inbox import STDIN, Inbox, ReportFile, receive
from travelsec.review.judge import Judge
from travelsec.review.model import Difference, Holds, Reviewed, Since
from travelsec.review.priority import claimed, contradicted, ranked, replaced, twin
from travelsec.review.siblings import Judged, Related, Siblings
from travelsec.review.since import compare_reports, compare_with_decision
from travelsec.review.workers import Workers, cores

MANY = 200
"""With fewer reports, other processes take longer than they save."""
BATCHES = range(16, 129)
"""Files handed to a process at a time: many at first, few at the end, so that all end together."""

Progress = Callable[[int], AbstractContextManager[Callable[[int], None]]]
"""Shows how the work goes on: takes the number of files, and is called as they are done."""


def review_all(
    inbox: Inbox, judge: Judge, progress: Progress = lambda _: nullcontext(lambda _: None)
) -> Generator[Reviewed]:
    """Judge all reports; then yield the result for each, in the order of their paths.

    Each file is read and judged once, by itself. Which reports replace others is known only when
    all have been read.

    Raises:
        UserError: there is no room for the temporary file.
    """
    work = partial(_judge_batch, judge=judge, stdin=inbox.stdin)
    number = cores() if len(inbox) >= MANY else 1
    # Leaving this block waits for the workers to end, so it lasts until all rows are read.
    with Siblings() as rows, Workers(work, number) as workers:
        judged = workers.map(_batches(inbox, number))
        # Only now, as loading what a terminal needs takes a while.
        with progress(len(inbox)) as advance:
            for batch in judged:
                rows.add(batch)
                advance(len(batch))
        for row, related in rows:
            yield _with_siblings(row, related, inbox.stdin, judge)


def _batches(inbox: Inbox, workers: int) -> Iterator[list[ReportFile]]:
    files, left = iter(inbox), len(inbox)
    while left > 0:
        size = min(max(left // (4 * workers), BATCHES[0]), BATCHES[-1])
        yield list(islice(files, size))
        left -= size


def _judge_batch(files: list[ReportFile], judge: Judge, stdin: bytes) -> list[Judged]:
    return [_judge_alone(file, judge, stdin) for file in files]


def _judge_alone(file: ReportFile, judge: Judge, stdin: bytes) -> Judged:
    if file.unread:
        return siblings.unread(file.number, ranked(Reviewed(file.path, unread=file.unread)))
    try:
        received = receive(file.path, stdin)
    except UserError as error:
        return siblings.unread(file.number, ranked(Reviewed(file.path, unread=str(error))))
    row = judge.judge(file.path, received)
    decided = _has_decision(file.path)
    if decided:
        row = _with_decision(row, received, judge)
    return siblings.judged(file.number, ranked(row), received.report, decided=decided)


def _has_decision(path: str) -> bool:
    return path != STDIN and decision.is_beside(path)


def _with_siblings(row: Reviewed, related: Related, stdin: bytes, judge: Judge) -> Reviewed:
    """Return the row with what the other files of the review say about its report."""
    if row.unread or not (any(related) or row.decision):
        return row
    reviewed = row
    if related.claimed_by:
        reviewed = claimed(reviewed, related.claimed_by)
    if related.contradicted_by:
        reviewed = contradicted(reviewed, related.contradicted_by)
    if related.twin:
        reviewed = twin(reviewed, related.twin, related.twin_created)
    if related.replaced_by:
        reviewed = replaced(reviewed, related.replaced_by)
    elif since := _since_decision(reviewed, related.decided, stdin, judge):
        reviewed = msgspec.structs.replace(reviewed, since=since)
    return reviewed if reviewed is row else ranked(reviewed)


def _since_decision(reviewed: Reviewed, decided: str, stdin: bytes, judge: Judge) -> Since | None:
    """Return what has changed since a decision; `decided` is the earlier report decided on."""
    try:
        on_this = reviewed.decision
        if on_this is not None and on_this.void and not is_doubtful(reviewed):
            # The report took the place of the one that was decided on.
            kept = decision.read_decision(decision.path_of(Path(reviewed.path)))
            since = Since(kept.decision, kept.by, kept.at, "")
            if kept.holds is not True:
                return msgspec.structs.replace(since, unknown=_no_base(kept.holds))
            return msgspec.structs.replace(since, changes=compare_with_decision(kept, reviewed))
        if not decided:
            return None
        base, received = receive(decided, b""), receive(reviewed.path, stdin)
    except UserError:
        # It was there when the reports were judged, and has been moved or changed since.
        return None
    if received.report.id != reviewed.report:
        return None
    old = judge_file(decided, base, judge)
    if old.decision is None:
        return None
    since = Since(old.decision.decision, old.decision.by, old.decision.at, decided)
    if old.holds is not True:
        return msgspec.structs.replace(since, unknown=_no_base(old.holds))
    if old.decision.void or is_doubtful(old):
        unknown = "that report has a decision that is void or doubtful"
        return msgspec.structs.replace(since, unknown=unknown)
    changes = compare_reports(old, base.report, reviewed, received.report, judge.pack)
    return msgspec.structs.replace(since, changes=changes)


def _no_base(holds: Holds) -> str:
    """Say why nothing can be compared with a report."""
    return f"that report {'could not be checked' if holds == 'unknown' else 'does not hold'}"


def judge_file(path: str, received: Received, judge: Judge) -> Reviewed:
    """Review the report read from this path, and its decision."""
    reviewed = judge.judge(path, received)
    return _with_decision(reviewed, received, judge) if _has_decision(path) else reviewed


def _with_decision(reviewed: Reviewed, received: Received, judge: Judge) -> Reviewed:
    """Return the row with the decision beside its report."""
    path = decision.path_of(Path(reviewed.path))
    try:
        # Beside a stranger's report, a link could lead to any of the reviewer's files.
        if os.path.islink(path):  # noqa: PTH114
            raise UserError("it is a symbolic link, which is not followed")
        kept = decision.read_decision(path)
    except UserError as error:
        unread = Difference("decision-unread", f"Its decision cannot be read: {error}")
        return msgspec.structs.replace(reviewed, differs=(*reviewed.differs, unread))
    checked = decision.check_decision(kept, received, judge.musts(received.report))
    findings = check_with_report(kept, received, reviewed, judge)
    return msgspec.structs.replace(
        reviewed, differs=(*reviewed.differs, *findings), decision=checked
    )
