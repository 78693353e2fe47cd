"""Findings as workflow commands of GitHub."""

from __future__ import annotations

from travelsec.pack.findings import github as format_
from travelsec.pack.lint.subject import Finding
from travelsec.problems import Place, Problem


def test_a_finding_is_one_command_at_its_line() -> None:
    """GitHub shows it there; one of a whole file names no line."""
    findings = [
        Finding("long-label", Problem(Place("a.yaml", 7, 29), "too long", "warning")),
        Finding("error", Problem(Place("b.yaml"), "cannot be read")),
    ]
    assert format_.render(findings) == (
        "::warning file=a.yaml,line=7,col=29::too long\n::error file=b.yaml::cannot be read\n"
    )


def test_nothing_in_a_finding_ends_its_command() -> None:
    """What would end a property or start a command is escaped as GitHub reads it."""
    problem = Problem(Place("c:a,b%.yaml", 1, 2), "50%\n::error::no\x1b[31m")
    assert format_.render([Finding("error", problem)]) == (
        "::error file=c%3Aa%2Cb%25.yaml,line=1,col=2::50%25 ::error::no<U+001B>[31m\n"
    )
