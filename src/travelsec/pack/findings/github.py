"""Findings as workflow commands, which GitHub shows at the lines of a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from travelsec.pack.lint.subject import Finding
from travelsec.problems import Problem
from travelsec.safe_text import line


def render(findings: Sequence[Finding]) -> str:
    """Return a command for each finding."""
    return "".join(_command(problem) for _, problem in findings)


def _command(problem: Problem) -> str:
    file, row, column = problem.place
    where = f"file={_property(line(file))}"
    if row:
        where += f",line={row},col={column}"
    return f"::{problem.severity} {where}::{_data(line(problem.text))}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
