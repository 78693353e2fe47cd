"""What all text formats of a report have in common."""

from __future__ import annotations

import pytest

from travelsec.formats import REPORT_FORMATS
from travelsec.report.model import Report

TEXTS = [name for name in REPORT_FORMATS.names if not REPORT_FORMATS.find(name).binary]


@pytest.mark.parametrize("name", TEXTS)
def test_every_text_ends_with_one_line_break(report: Report, name: str) -> None:
    """It then looks right on a screen and in a file."""
    found = REPORT_FORMATS.find(name).render(report).decode()
    assert found.endswith("\n")
    assert not found.endswith("\n\n")
