"""The options of `travelsec prepare`, for its steps and for --batch."""

from __future__ import annotations

import datetime
from pathlib import Path

from msgspec import Struct


class PrepareOptions(Struct, frozen=True):
    """The options of one run.

    --batch takes no `answers`, `template`, `decision`, `output` or `trip`. `moment` is
    the time at which the reports are made, in UTC.
    """

    today: datetime.date
    moment: datetime.datetime
    packs: list[Path] | None = None
    answers: str | None = None
    settings: list[str] | None = None
    defaults: bool = False
    no_input: bool = False
    template: bool = False
    format: str | None = None
    output: Path | None = None
    force: bool = False
    trip: str | None = None
    decision: Path | None = None
    plain: bool = False
    line_by_line: bool = False


class BatchOptions(Struct, frozen=True):
    """Options that are only valid with --batch."""

    file: str | None = None
    folder: Path | None = None
    summary: str | None = None
