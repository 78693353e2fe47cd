"""Findings as GitHub's workflow commands."""

from __future__ import annotations

from travelsec.pack.findings import github as format_
from travelsec.pack.lint.subject import Finding
from travelsec.problems import Place, Problem


def test_a_finding_is_one_command() -> None:
    """It names the line, unless it is about a whole file."""
    findings = [
        Finding("long-label", Problem(Place("a.yaml", 7, 29), "too long", "warning")),
        Finding("error", Problem(Place("b.yaml"), "cannot be read")),
    ]
    assert format_.render(findings, []) == (
        "::warning file=a.yaml,line=7,col=29::too long\n::error file=b.yaml::cannot be read\n"
    )


def test_a_finding_cannot_end_its_command() -> None:
    """Characters that would end a property or start a command are escaped."""
    problem = Problem(Place("c:a,b%.yaml", 1, 2), "50%\n::error::no\x1b[31m")
    assert format_.render([Finding("error", problem)], []) == (
        "::error file=c%3Aa%2Cb%25.yaml,line=1,col=2::50%25 ::error::no<U+001B>[31m\n"
    )
