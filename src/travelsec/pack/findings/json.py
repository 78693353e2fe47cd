"""Findings as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from travelsec.pack.lint.subject import Finding


def render(findings: Sequence[Finding], _files: Sequence[str]) -> str:
    """Return the findings as a list, in ASCII."""
    content = [
        {
            "file": problem.place.file,
            "line": problem.place.line,
            "column": problem.place.column,
            "severity": problem.severity,
            "code": code,
            "text": problem.text,
        }
        for code, problem in findings
    ]
    return json.dumps(content, indent=2) + "\n"
