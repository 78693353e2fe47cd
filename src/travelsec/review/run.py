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
    for one in found:
        yield ranked(review_one(found, one, judge))


def review_one(found: Inbox, one: ReportFile, judge: Judge) -> Reviewed:
    """Return what there is to say of one report, its decision included."""
    if one.unread:
        return Reviewed(one.path, unread=one.unread)
    try:
        received = found.receive(one.path, one.glance)
    except UserError as error:
        return Reviewed(one.path, unread=str(error))
    reviewed = judge_file(one, received, judge)
    if one.claimed_by:
        reviewed = claimed(reviewed, one.claimed_by)
    return replaced(reviewed, one.replaced_by) if one.replaced_by else reviewed


def judge_file(one: ReportFile, received: Received, judge: Judge) -> Reviewed:
    """Return what there is to say of a report that was found and read, and its decision."""
    reviewed = judge.judge(one.path, received)
    if one.path == STDIN or not decision.is_beside(one.path):
        return reviewed
    try:
        # Beside a stranger's report it can lead to any file of the reviewer's.
        if os.path.islink(decision.path_of(Path(one.path))):  # noqa: PTH114
            raise UserError("it is a symbolic link, which is not followed")
        kept = decision.read_decision(decision.path_of(Path(one.path)))
    except UserError as error:
        told = Difference("decision-unread", f"Its decision cannot be read: {error}")
        return msgspec.structs.replace(reviewed, differs=(*reviewed.differs, told))
    standing = decision.check_decision(kept, received, judge.musts(received.report))
    return msgspec.structs.replace(reviewed, decision=standing)
