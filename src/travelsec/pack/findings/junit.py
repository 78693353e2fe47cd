"""Findings as JUnit XML: a test case for each file, which fails if the file has an error."""

from __future__ import annotations

from collections.abc import Sequence

from travelsec import junit
from travelsec.junit import Case, Suite
from travelsec.pack.lint.subject import Finding


def render(findings: Sequence[Finding], files: Sequence[str]) -> str:
    """Return a case for each file; one without errors passes, with its warnings beside it."""
    by_file: dict[str, list[Finding]] = {file: [] for file in files}
    for finding in findings:
        by_file.setdefault(finding.problem.place.file, []).append(finding)
    cases = [_case(file, findings_of_file) for file, findings_of_file in by_file.items()]
    return junit.render_suites("travelsec checklist validate", [Suite("checklist validate", cases)])


def _case(file: str, findings: list[Finding]) -> Case:
    details = tuple(
        f"{problem.place}: {problem.severity}: {problem.text}" for _, problem in findings
    )
    errors = [problem for _, problem in findings if problem.severity == "error"]
    if not errors:
        return Case(file, details=details, file=file)
    first = errors[0]
    return Case(file, "failure", "error", first.text, details, file, first.place.line)
