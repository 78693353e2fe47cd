"""The coverage of guidance pages as JUnit XML: a test case for each duty."""

from __future__ import annotations

from collections.abc import Sequence

from travelsec import junit
from travelsec.guidance.coverage import Covered, Duty
from travelsec.guidance.outline import NOT_CARRIED
from travelsec.junit import Case, Suite
from travelsec.pack.model import Guidance


def coverage(pages: Sequence[Covered], wholes: Sequence[Guidance]) -> str:
    """Return a suite for each page.

    A duty that nothing carries fails. Pages that are cited as a whole are skipped, as no duties of
    theirs are known.
    """
    suites = [Suite(page.id, [_case(duty) for duty in page.duties]) for page in pages]
    suites += [Suite(whole.id, [_skipped(whole)]) for whole in wholes]
    return junit.render_suites("travelsec checklist coverage", suites)


def _skipped(page: Guidance) -> Case:
    return Case(page.title, "skipped", "cited-as-a-whole", "Cited as a whole: no duties are known.")


def _case(duty: Duty) -> Case:
    name = duty.path.partition("/")[2]
    details = tuple(citation.name for citation in duty.cited_by)
    if duty.is_carried:
        return Case(name, details=details)
    return Case(name, "failure", "not-carried", NOT_CARRIED, details)
