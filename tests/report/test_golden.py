"""A realistic report as people get it, word for word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from travelsec.formats import REPORT_FORMATS
from travelsec.report.model import Report, Tool, digest

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", ["csv", "ics", "md", "txt"])
def test_the_report_reads_as_agreed(
    report: Report, name: str, golden: Callable[[Path, str], str]
) -> None:
    """Wording, order and layout match the file that people agreed to."""
    fixed = msgspec.structs.replace(report, tool=Tool("travelsec", "1.2.3"))
    fixed = msgspec.structs.replace(fixed, digest=digest(fixed))
    found = REPORT_FORMATS.find(name).render(fixed).decode()
    agreed = golden(GOLDEN / f"report.{name}", found)
    # Where a calendar folds its lines is left to what writes it.
    assert agreed.replace("\r\n ", "") == found.replace("\r\n ", "")
