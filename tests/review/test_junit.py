"""A review as JUnit XML."""

from __future__ import annotations

from tests.hostile import ATTACKS
from tests.junit import outcomes, read
from tests.review.reports import FULL, hostile, output_of, put, written
from travelsec.pack.model import Pack
from travelsec.review import junit
from travelsec.review.model import OVER, Difference, Reviewed
from travelsec.review.priority import Totals

PAST = (Difference(OVER, "The trip is over."),)
ROWS = {
    "passed": put(FULL, verdict="ready-with-actions"),
    "failure not-ready": FULL,
    "failure does-not-hold": put(FULL, holds=False, newest=False),
    "failure unchecked": put(FULL, holds="unknown", verdict="ready"),
    "error unread": Reviewed("", unread="It is empty."),
    "skipped replaced": put(FULL, newest=False),
    "skipped over": put(FULL, differs=PAST),
}


def test_each_report_is_a_case(pack: Pack) -> None:
    """Its outcome is what the totals count it as."""
    rows = [put(row, path=outcome) for outcome, row in ROWS.items()]
    suites = read(written(junit.write, output_of(pack, rows)))
    assert dict(outcomes(suites["review"])) == {outcome: outcome for outcome in ROWS}
    totals = Totals()
    for row in rows:
        totals.add(row)
    words = [outcome.partition(" ")[0] for outcome in ROWS]
    assert words.count("failure") == totals.not_ready + totals.broken + totals.unchecked
    assert words.count("error") == totals.unread
    assert words.count("skipped") == totals.over + totals.replaced


def test_a_case_says_what_a_manager_should_know(pack: Pack) -> None:
    """Of a report that is ready as well: nobody need open another file."""
    rows = [FULL, put(ROWS["passed"], path="in/ready.json")]
    failed, passed = read(written(junit.write, output_of(pack, rows)))["review"]
    (failure,) = failed.result
    assert failure.message.startswith("A. Smith, Lisbon, ")
    assert failure.message.endswith("NOT READY")
    assert failed._elem.get("file") == "in/r.json"
    for text in (failure.text, passed.system_out):
        assert "Waived: Use the safe – No hotel." in text
        assert "Returned by Al Fox" in text


def test_hostile_reports_are_only_text(pack: Pack) -> None:
    """Each is one case."""
    rows = [hostile(text) for text in (*ATTACKS, "\ufffe]]>\uffff")]
    assert len(read(written(junit.write, output_of(pack, rows)))["review"]) == len(rows)
