"""Findings as workflow commands, which GitHub shows beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from travelsec.pack.lint.subject import Finding
from travelsec.problems import Problem
from travelsec.safe_text import line


def render(findings: Sequence[Finding], _files: Sequence[str]) -> str:
    """Return one command for each finding."""
    return "".join(_command(problem) for _, problem in findings)


def _command(problem: Problem) -> str:
    file, row, column = problem.place
    where = f"file={_escape(file).replace(':', '%3A').replace(',', '%2C')}"
    if row:
        where += f",line={row},col={column}"
    return f"::{problem.severity} {where}::{_escape(problem.text)}\n"


def _escape(text: str) -> str:
    return line(text).replace("%", "%25")
