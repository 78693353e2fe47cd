"""Write reviewed reports as JSON Lines: a report on each line."""

from __future__ import annotations

from typing import TextIO

from travelsec.review.model import Reviewed, encode_row
from travelsec.review.output import Output
from travelsec.safe_text import json_bytes


def write(output: Output, sink: TextIO) -> None:
    """Write the reports one after another: not all of them need be in memory."""
    write_bytes = sink.buffer.write
    for row in output.stream():
        write_bytes(row_line(row))


def row_line(row: Reviewed) -> bytes:
    """Return a reviewed report as a line of JSON."""
    return json_bytes(encode_row(row)) + b"\n"
