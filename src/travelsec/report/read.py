"""Read a report that somebody else may have made."""

from __future__ import annotations

from pathlib import Path

import msgspec

from travelsec.problems import UserError
from travelsec.report.model import Report, digest

MAX_BYTES = 4 * 1024 * 1024


def read(path: Path) -> tuple[Report, list[str]]:
    """Read a report in JSON.

    Returns:
        The report, and a sentence for each thing about it that does not fit together. What it
        says of itself is not believed here: whoever judges it chooses its items again.

    Raises:
        UserError: it cannot be read, or is no report of this version.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UserError(f"{path}: cannot be read: {error.strerror}") from None
    if len(data) > MAX_BYTES:
        raise UserError(f"{path}: the file is larger than {MAX_BYTES // 1024 // 1024} MiB")
    try:
        report = msgspec.json.decode(data, type=Report)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UserError(f"{path}: this is not a report of travelsec: {error}") from None
    if digest(report) != report.digest:
        return report, ["The report was changed after it was made: its digest does not fit."]
    return report, []
