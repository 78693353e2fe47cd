"""A manager's decision on a report: a record bound to the report's content, not a signature."""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from travelsec import files
from travelsec.problems import UserError
from travelsec.report.diagnose import diagnose
from travelsec.report.model import PackRef
from travelsec.report.read import Received
from travelsec.review.model import Decided, Reviewed
from travelsec.safe_text import json_bytes
from travelsec.trip.readiness import Verdict

SCHEMA: Literal["travelsec.decision/1"] = "travelsec.decision/1"
ENDING = ".decision.json"
MAX_BYTES = 1024 * 1024
NOTE = (
    "A record of a decision, not a signature: anybody who can write this file can change it. "
    "It holds for the report with this digest only."
)

Word = Literal["approved", "returned"]


class Decision(Struct, frozen=True, forbid_unknown_fields=True):
    """What was decided on a report, and on what ground.

    `digest` is that of the report's content as the manager's travelsec worked it out; `at` is the
    moment in UTC. `verdict`, `open_must` and `waived` are the manager's own judgement of that
    day, `musts` all `must` items that applied then, and `packs` the packs that were judged with.
    """

    schema: Literal["travelsec.decision/1"]
    report: str
    trip: str
    digest: str
    decision: Word
    by: str
    comment: str
    at: str
    as_of: datetime.date
    verdict: Verdict
    holds: bool
    open_must: tuple[str, ...]
    waived: tuple[str, ...]
    musts: tuple[str, ...]
    packs: tuple[PackRef, ...]
    note: str = NOTE


def path_of(report: Path) -> Path:
    """Return where the decision on a report stands: beside it."""
    return report.with_name(report.name + ENDING)


def is_beside(report: str) -> bool:
    """Tell whether there is a decision on the report at this path."""
    # Asking a Path takes eight times as long, and nearly all have none.
    return os.access(f"{report}{ENDING}", os.F_OK)


def render(decision: Decision) -> bytes:
    """Return the decision as indented JSON."""
    return json_bytes(msgspec.json.format(msgspec.json.encode(decision), indent=2)) + b"\n"


def parse_decision(data: bytes) -> Decision:
    """Read a decision.

    Raises:
        UserError: it is none; the text says why.
    """
    if data.lstrip()[:1] == b"<":
        text = "it is a page: name the file that ends in .decision.json"
        raise UserError(f"this is not a decision of travelsec: {text}")
    try:
        return msgspec.json.decode(data, type=Decision)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        why = diagnose(data, SCHEMA, error)
        raise UserError(f"this is not a decision of travelsec: {why}") from None


def read_decision(path: Path) -> Decision:
    """Read a decision from a file.

    Raises:
        UserError: it cannot be read, or is none; the text names the file.
    """
    data = files.read_file(path, MAX_BYTES)
    try:
        return parse_decision(data)
    except UserError as error:
        raise UserError(f"{path}: {error}") from None


def decide(
    word: Word,
    reviewed: Reviewed,
    received: Received,
    *,
    musts: tuple[str, ...],
    packs: tuple[PackRef, ...],
    by: str,
    comment: str,
    at: datetime.datetime,
    as_of: datetime.date,
) -> Decision:
    """Return the decision on a report.

    Args:
        word: what was decided.
        reviewed: the judgement it rests on.
        received: the report.
        musts: the `must` items that apply today.
        packs: the packs that were judged with.
        by: who decided.
        comment: for the traveller to read.
        at: the moment, in UTC.
        as_of: the day it was judged for.
    """
    assert reviewed.verdict in ("ready", "ready-with-actions", "not-ready")
    return Decision(
        schema=SCHEMA,
        report=received.report.id,
        trip=received.report.trip.id,
        digest=received.computed,
        decision=word,
        by=by,
        comment=comment,
        at=at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        as_of=as_of,
        verdict=reviewed.verdict,
        holds=reviewed.holds,
        open_must=reviewed.open_must,
        waived=tuple(item.id for item in reviewed.waived),
        musts=musts,
        packs=packs,
    )


def check_decision(decision: Decision, received: Received, musts: tuple[str, ...]) -> Decided:
    """Tell whether a decision still holds for a report.

    Args:
        decision: the decision.
        received: the report as it is now.
        musts: the `must` items that apply now.
    """
    return Decided(
        decision=decision.decision,
        by=decision.by,
        at=decision.at,
        comment=decision.comment,
        void=decision.digest != received.computed,
        new_musts=tuple(name for name in musts if name not in decision.musts),
    )
