"""What a batch prints as JSON: an object for each line, and the totals."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from travelsec.trip.readiness import Verdict

SCHEMA: Literal["travelsec.batch/1"] = "travelsec.batch/1"


class BatchLine(Struct, frozen=True, forbid_unknown_fields=True):
    """The result of a line; without a report, `file` and `verdict` are null."""

    line: int
    key: str | None
    file: str | None
    verdict: Verdict | None
    unchanged: bool
    exit_code: int
    faults: tuple[str, ...]


class BatchTotals(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """How many lines had each verdict, or no report, and how many reports are unchanged."""

    ready: int
    ready_with_actions: int
    not_ready: int
    not_made: int
    unchanged: int


class Batch(Struct, frozen=True, forbid_unknown_fields=True):
    """The results of all lines; in JSON Lines, each line is a `BatchLine`."""

    schema: Literal["travelsec.batch/1"]
    lines: tuple[BatchLine, ...]
    totals: BatchTotals
    exit_code: int
