"""Findings as lines of text."""

from __future__ import annotations

from travelsec.pack.findings import text as format_
from travelsec.pack.lint.subject import Finding
from travelsec.problems import Place, Problem


def test_a_finding_is_a_line_that_editors_understand() -> None:
    """File, line, column and severity come first."""
    findings = [
        Finding("long-label", Problem(Place("a.yaml", 7, 29), "too long", "warning")),
        Finding("error", Problem(Place("b.yaml"), "cannot be read")),
    ]
    assert format_.render(findings, []) == (
        "a.yaml:7:29: warning: too long\nb.yaml: error: cannot be read\n"
    )


def test_a_hostile_text_stays_on_its_line() -> None:
    """Hidden characters become visible."""
    problem = Problem(Place("a.yaml", 1, 2), "no\n\u202eyes\x1b[31m")
    assert format_.render([Finding("error", problem)], []) == (
        "a.yaml:1:2: error: no <U+202E>yes<U+001B>[31m\n"
    )
