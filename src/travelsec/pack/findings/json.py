"""Findings as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from travelsec.pack.lint.subject import Finding
from travelsec.problems import Severity
from travelsec.safe_text import ascii_json


class ShownFinding(Struct, frozen=True, forbid_unknown_fields=True):
    """An error or a warning, and where it is."""

    file: str
    line: int
    column: int
    severity: Severity
    code: str
    text: str


def render(findings: Sequence[Finding], _files: Sequence[str]) -> str:
    """Return the findings as a list, in ASCII."""
    return ascii_json(
        [
            ShownFinding(*problem.place, problem.severity, code, problem.text)
            for code, problem in findings
        ]
    )
