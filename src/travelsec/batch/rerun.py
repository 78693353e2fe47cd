"""Compare the report of a line with the file that an earlier run wrote for it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from travelsec import files
from travelsec.formats import Format
from travelsec.problems import UserError
from travelsec.report.model import Report
from travelsec.report.read import MAX_REPORT_BYTES, parse_report


def compare_with_last(
    path: Path, report: Report, format_: Format
) -> Literal["unchanged", "changed", "other"]:
    """Tell how a report stands to the file at its path.

    Unchanged: the file says the same, but for the moment, the day, the id and the digest of its
    report. Changed: it is an earlier report of the same trip, as travelsec wrote it. Other: there
    is no file, or one that was made or edited otherwise.
    """
    try:
        data = files.read_file(path, MAX_REPORT_BYTES)
        received = parse_report(data, path.name)
    except UserError:
        return "other"
    old = received.report
    if old.trip.id != report.trip.id or not received.fits:
        return "other"
    # A page may have been edited although its data is whole.
    is_same = _without_identity(old) == _without_identity(report) and format_.render(old) == data
    return "unchanged" if is_same else "changed"


def _without_identity(report: Report) -> Report:
    day = report.as_of.min
    return msgspec.structs.replace(report, id="", created="", as_of=day, digest="")
