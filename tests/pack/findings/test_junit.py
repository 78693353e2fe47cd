"""Findings as JUnit XML."""

from __future__ import annotations

from tests.junit import outcomes, read
from travelsec.pack.findings import junit as format_
from travelsec.pack.lint.subject import Finding
from travelsec.problems import Place, Problem


def test_each_file_is_a_case() -> None:
    """One with an error fails; a folder that could not be read does too."""
    findings = [
        Finding("long-label", Problem(Place("a.yaml", 7, 29), "too long", "warning")),
        Finding("long-label", Problem(Place("b.yaml", 1, 2), "long, too", "warning")),
        Finding("error", Problem(Place("b.yaml", 3, 4), "no such id")),
        Finding("error", Problem(Place("b.yaml", 5, 6), "nor this")),
        Finding("error", Problem(Place("folder"), "cannot be read")),
    ]
    files = ["good.yaml", "a.yaml", "b.yaml"]
    cases = read(format_.render(findings, files))["checklist validate"]
    assert dict(outcomes(cases)) == {
        "good.yaml": "passed",
        "a.yaml": "passed",
        "b.yaml": "failure error",
        "folder": "failure error",
    }
    assert cases[1].system_out == "a.yaml:7:29: warning: too long"
    (failure,) = cases[2].result
    assert failure.message == "no such id"
    assert cases[2]._elem.get("line") == "3"
    assert failure.text.splitlines() == [
        "b.yaml:1:2: warning: long, too",
        "b.yaml:3:4: error: no such id",
        "b.yaml:5:6: error: nor this",
    ]
