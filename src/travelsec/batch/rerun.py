"""Compare the report of a line with the file that an earlier run wrote for it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from travelsec import files
from travelsec.formats import Format
from travelsec.problems import UserError
from travelsec.report.model import Report
from travelsec.report.page_state import page_state
from travelsec.report.read import MAX_REPORT_BYTES, Received, is_mail, parse_report

_WHAT_TO_DO = (
    "Move it out of this folder and give the same command again; --force replaces it, and all "
    "others"
)


def compare_with_last(
    path: Path, report: Report, format_: Format
) -> Literal["unchanged", "changed", "unknown"]:
    """Tell how a report stands to the file at its path.

    Unchanged: the file says the same, but for the moment, the day, the id and the digest of its
    report. Changed: it is an earlier report of the same trip, as travelsec wrote it. Unknown: there
    is no file that can be read, or its format does not say which trip it is of.

    Raises:
        UserError: the file must be kept, because it is not such a report; the text says why.
    """
    # The report in an email is not looked for: an email may have been edited around it.
    if not format_.has_data or is_mail(b"", path.name):
        return "unknown"
    try:
        data = files.read_file(path, MAX_REPORT_BYTES)
    except UserError:
        return "unknown"
    try:
        received = parse_report(data, path.name)
    except UserError as error:
        why = f"{error}. It is another file, or was edited after it was made, so it is kept"
        raise UserError(f"{path}: {why}. {_WHAT_TO_DO}") from None
    old = received.report
    is_as_made = format_.render(old) == data
    if why := _why_kept(received, report, is_as_made=is_as_made):
        raise UserError(f"{path}: {why}, so it is kept. {_WHAT_TO_DO}")
    is_same = is_as_made and _without_identity(old) == _without_identity(report)
    return "unchanged" if is_same else "changed"


def _why_kept(received: Received, report: Report, *, is_as_made: bool) -> str:
    """Say why the file of a report may not be replaced unasked; empty if it may.

    `is_as_made`: it has the very bytes that travelsec makes of its data.
    """
    if not received.fits:
        return "this report was edited after it was made"
    if received.report.trip.id != report.trip.id:
        return "this report is of another trip"
    # A page may have been edited although its data is whole.
    state = "as-made" if is_as_made else page_state(received)
    if state == "edited":
        return "the page of this report was edited after it was made"
    if state == "unknown":
        return (
            "this page was made by a version of travelsec with other wording and cannot be "
            "checked for edits"
        )
    return ""


def _without_identity(report: Report) -> Report:
    day = report.as_of.min
    return msgspec.structs.replace(report, id="", created="", as_of=day, digest="")
