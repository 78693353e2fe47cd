"""Findings as editors and people read them: `file:line:column: severity: text`."""

from __future__ import annotations

from collections.abc import Sequence

from travelsec.pack.lint.subject import Finding
from travelsec.safe_text import line


def render(findings: Sequence[Finding], _files: Sequence[str]) -> str:
    """Return one line for each finding."""
    return "".join(
        f"{line(f'{problem.place}: {problem.severity}: {problem.text}')}\n"
        for _, problem in findings
    )
