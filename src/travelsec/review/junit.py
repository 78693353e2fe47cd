"""Write reviewed reports as JUnit XML: a test case for each."""

from __future__ import annotations

from typing import TextIO

from travelsec.document import ListItem
from travelsec.junit import Case, Outcome, Suite, render_suites
from travelsec.review import outline
from travelsec.review.model import Reviewed, Standing
from travelsec.review.output import Output, labels

_OUTCOMES: dict[Standing, tuple[Outcome, str]] = {
    "unread": ("error", "unread"),
    "broken": ("failure", "does-not-hold"),
    "replaced": ("skipped", "replaced"),
    "over": ("skipped", "over"),
    "unchecked": ("failure", "unchecked"),
}


def write(output: Output, sink: TextIO) -> None:
    """Write every report that was asked for, the worst first."""
    names = labels(output.pack)
    cases = [_case(row, names) for row in output.worst()]
    sink.buffer.write(render_suites("travelsec review", [Suite("review", cases)]).encode())


def _case(row: Reviewed, names: dict[str, str]) -> Case:
    entry = next(outline.details([row], names))
    assert isinstance(entry, ListItem)
    outcome, kind = _outcome(row)
    return Case(row.path, outcome, kind, entry.head, entry.body, row.path)


def _outcome(row: Reviewed) -> tuple[Outcome, str]:
    """Return the outcome of a report and a word for the reason, as the totals count it."""
    if row.standing != "judged":
        return _OUTCOMES[row.standing]
    return "failure" if row.verdict == "not-ready" else "passed", row.verdict
