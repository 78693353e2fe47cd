"""Reviewed reports as JSON Lines: one report a line."""

from __future__ import annotations

from typing import TextIO

from travelsec.review.json import encode
from travelsec.review.model import Reviewed
from travelsec.review.output import Output
from travelsec.safe_text import json_bytes


def write(output: Output, sink: TextIO) -> None:
    """Write each report as soon as it is judged."""
    put = sink.buffer.write
    for row in output.stream():
        put(line(row))


def line(row: Reviewed) -> bytes:
    """Return a report on a line of its own."""
    return json_bytes(encode(row)) + b"\n"
