"""Review the reports that were found, one after the other."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from travelsec.problems import UserError
from travelsec.report.read import Received
from travelsec.review import decision
from travelsec.review.inbox import STDIN, Inbox, ReportFile
from travelsec.review.judge import Judge
from travelsec.review.model import Difference, Reviewed
from travelsec.review.priority import claimed, ranked, replaced


def review(found: Inbox, judge: Judge) -> Iterator[Reviewed]:
    """Yield what there is to say of each report, in the order of their paths."""
    for file in found:
        yield ranked(review_one(found, file, judge))


def review_one(found: Inbox, file: ReportFile, judge: Judge) -> Reviewed:
    """Return what there is to say of one report, its decision included."""
    if file.unread:
        return Reviewed(file.path, unread=file.unread)
    try:
        received = found.receive(file.path, file.glance)
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
