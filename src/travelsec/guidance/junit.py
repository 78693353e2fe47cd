"""The coverage of guidance pages as JUnit XML: a test case for each duty."""

from __future__ import annotations

from collections.abc import Sequence

from travelsec import junit
from travelsec.guidance.coverage import Covered, Duty
from travelsec.guidance.outline import NOT_CARRIED
from travelsec.junit import Case, Suite


def coverage(pages: Sequence[Covered]) -> str:
    """Return a suite for each page; a duty that nothing carries fails."""
    suites = [Suite(page.id, [_case(duty) for duty in page.duties]) for page in pages]
    return junit.render("travelsec checklist coverage", suites)


def _case(duty: Duty) -> Case:
    name = duty.path.partition("/")[2]
    details = tuple(f"{citation.kind} {citation.id}" for citation in duty.cited_by)
    if duty.is_carried:
        return Case(name, details=details)
    return Case(name, "failure", "not-carried", NOT_CARRIED, details)
