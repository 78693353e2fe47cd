"""A manager's decision on a report: a record bound to the report's content, not a signature."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from travelsec import files
from travelsec.pack.model import FullIds
from travelsec.problems import UserError
from travelsec.report.diagnose import diagnose, is_page, misnamed, never_written
from travelsec.report.model import Digest, Moment, PackRef, RandomId, Reason, is_moment, moment_text
from travelsec.report.read import BYTE_ORDER_MARK, MAX_MAIL_BYTES, Received, is_mail
from travelsec.report.strict import keys_twice, list_faults
from travelsec.review.model import Decided, Holds, Reviewed
from travelsec.safe_text import json_bytes
from travelsec.trip.readiness import Verdict
from travelsec.trip.statuses import MAX_REASON

if TYPE_CHECKING:
    from travelsec.review.judge import Judge

SCHEMA: Literal["travelsec.decision/1"] = "travelsec.decision/1"
ENDING = ".decision.json"
MAX_DECISION_BYTES = 1024 * 1024
BY_PATTERN = r"^[^\r\n]*\S[^\r\n]*$(?!\n)"
"""One line, and not only white space."""
_NOTE = (
    "A record of a decision, not a signature: {} who can write this file can change it. "
    "It holds for the report with this digest only."
)
NOTE = _NOTE.format("anyone")
# The second word is that of version 0.2.0.
NOTE_PATTERN = rf"^{_NOTE.replace('.', '[.]').format('any(one|body)')}$(?!\n)"

Word = Literal["approved", "returned"]


class Decision(Struct, frozen=True, forbid_unknown_fields=True):
    """What was decided on a report, and on what grounds.

    `digest` is that of the report's content, as the manager's travelsec computed it; `at` is the
    moment in UTC. `verdict`, `open_must` and `waived` are the manager's judgement on that day,
    `musts` all `must` items that applied, and `packs` those of the manager.
    """

    schema: Literal["travelsec.decision/1"]
    report: RandomId
    trip: RandomId
    digest: Digest
    decision: Word
    by: Annotated[str, Meta(pattern=BY_PATTERN, max_length=MAX_REASON)]
    comment: Reason
    at: Moment
    as_of: datetime.date
    verdict: Verdict
    holds: Holds
    open_must: FullIds
    waived: FullIds
    musts: FullIds
    packs: tuple[PackRef, ...]
    note: Annotated[str, Meta(pattern=NOTE_PATTERN)]


def path_of(report: Path) -> Path:
    """Return the path of the decision on a report: beside it."""
    return report.with_name(report.name + ENDING)


def is_beside(report: str) -> bool:
    """Return whether there is a decision beside the report at this path."""
    # Asking a Path takes eight times as long, and few reports have a decision.
    return os.access(f"{report}{ENDING}", os.F_OK)


def decision_json(decision: Decision) -> bytes:
    """Return the decision as indented JSON."""
    return json_bytes(msgspec.json.format(msgspec.json.encode(decision), indent=2)) + b"\n"


def parse_decision(data: bytes, name: str = "") -> Decision:
    """Read a decision from the bytes of a file with this name; standard input has none.

    Raises:
        UserError: it is not a decision as travelsec writes them; the text says why.
    """
    content = data.removeprefix(BYTE_ORDER_MARK)
    if is_page(content):
        raise _refusal("it is a page: name the file that ends in .decision.json")
    if why := misnamed(content, name):
        raise _refusal(why)
    try:
        decision = msgspec.json.decode(content, type=Decision)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise _refusal(diagnose(content, SCHEMA, Decision)) from None
    faults = [*_rule_faults(decision), *keys_twice(content)]
    if faults:
        raise _refusal(never_written(faults, SCHEMA))
    return decision


def _rule_faults(decision: Decision) -> Iterator[str]:
    if not is_moment(decision.at):
        yield f"at: “{decision.at}” is not in the calendar"
    for name in ("open_must", "waived", "musts"):
        yield from list_faults(name, getattr(decision, name))


def _refusal(why: str) -> UserError:
    return UserError(f"this is not a travelsec decision: {why}")


def read_decision(path: Path) -> Decision:
    """Read a decision from a file, or from an email with one attached.

    Raises:
        UserError: that fails; the text names the file.
    """
    data = files.read_file(path, MAX_MAIL_BYTES if is_mail(b"", path.name) else MAX_DECISION_BYTES)
    try:
        if is_mail(b"", path.name):
            return parse_decision(_attached_decision(data))
        return parse_decision(data, path.name)
    except UserError as error:
        raise UserError(f"{path}: {error}") from None


def _attached_decision(mail: bytes) -> bytes:
    """Return the decision attached to an email."""
    from travelsec.report.mail import read_mail

    decisions = {data for _, data in read_mail(mail).attached("decision")}
    if len(decisions) > 1:
        raise UserError("several decisions are attached to this email: save them, and name one")
    return decisions.pop()


def make_decision(
    word: Word,
    received: Received,
    judge: Judge,
    *,
    by: str,
    comment: str,
    at: datetime.datetime,
    reviewed: Reviewed,
) -> Decision:
    """Return the decision on a report.

    `at` is the moment in UTC, and `reviewed` the review that the decision is based on.
    """
    assert reviewed.verdict
    return Decision(
        schema=SCHEMA,
        report=received.report.id,
        trip=received.report.trip.id,
        digest=received.computed,
        decision=word,
        by=by,
        comment=comment,
        at=moment_text(at),
        as_of=received.report.as_of,
        verdict=reviewed.verdict,
        holds=reviewed.holds,
        open_must=reviewed.open_must,
        waived=tuple(item.id for item in reviewed.waived),
        musts=judge.musts(received.report),
        packs=judge.packs,
        note=NOTE,
    )


def check_decision(decision: Decision, received: Received, musts: tuple[str, ...]) -> Decided:
    """Check a decision against the report as it is now, and the `must` items that apply now."""
    return Decided(
        decision=decision.decision,
        by=decision.by,
        at=decision.at,
        comment=decision.comment,
        void=decision.digest != received.computed,
        new_musts=tuple(name for name in musts if name not in decision.musts),
    )
