"""Write a review as a JSON document."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Literal, TextIO

import msgspec
from msgspec import Struct

from travelsec.review.model import Reviewed, encode_row
from travelsec.review.output import Output
from travelsec.review.priority import Totals
from travelsec.safe_text import json_bytes

SCHEMA: Literal["travelsec.review/1"] = "travelsec.review/1"


class Review(Struct, frozen=True):
    """A review as a whole; `not_covered` is what the verdicts do not cover."""

    schema: Literal["travelsec.review/1"]
    as_of: datetime.date
    totals: Totals
    not_covered: tuple[str, ...]
    reports: tuple[Reviewed, ...]


def write(output: Output, sink: TextIO) -> None:
    """Write every report that was asked for, the worst first."""
    rows = output.worst()
    sink.buffer.write(results_json(output.day, output.totals, rows, output.not_covered))


def results_json(
    day: datetime.date, totals: Totals, rows: Sequence[Reviewed], not_covered: Iterable[str]
) -> bytes:
    """Return the review as indented JSON."""
    review = Review(SCHEMA, day, totals, tuple(not_covered), tuple(rows))
    return json_bytes(msgspec.json.format(encode_row(review), indent=2)) + b"\n"
