"""Write reviewed reports as JUnit XML: a test case for each."""

from __future__ import annotations

from typing import TextIO

from travelsec.document import ListItem
from travelsec.junit import Case, Outcome, Suite, render
from travelsec.review import outline
from travelsec.review.model import Reviewed
from travelsec.review.output import Output, labels


def write(output: Output, sink: TextIO) -> None:
    """Write every report that was asked for, the worst first."""
    names = labels(output.pack)
    cases = [_case(row, names) for row in output.worst()]
    sink.buffer.write(render("travelsec review", [Suite("review", cases)]).encode())


def _case(row: Reviewed, names: dict[str, str]) -> Case:
    entry = next(outline.details([row], names))
    assert isinstance(entry, ListItem)
    outcome, kind = _outcome(row)
    return Case(row.path, outcome, kind, entry.head, entry.body, row.path)


def _outcome(row: Reviewed) -> tuple[Outcome, str]:
    """Return the outcome of a report and a word for the reason, as the totals count it."""
    if row.unread:
        return "error", "unread"
    if row.is_broken:
        return "failure", "does-not-hold"
    if not row.newest:
        return "skipped", "replaced"
    if row.is_over:
        return "skipped", "over"
    if row.is_unchecked:
        return "failure", "unchecked"
    if row.verdict == "not-ready":
        return "failure", row.verdict
    return "passed", row.verdict
