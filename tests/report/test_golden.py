"""A realistic report as people get it, word for word.

After a change that is meant, `UPDATE_GOLDEN=1 pytest tests/report` writes the files anew: read
what `git diff` then shows.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from travelsec.report.formats import FORMATS
from travelsec.report.model import Report, Tool, digest

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", ["csv", "ics", "md", "txt"])
def test_the_report_reads_as_agreed(report: Report, name: str) -> None:
    """Wording, order and layout are those of the file that was read and agreed to."""
    fixed = msgspec.structs.replace(report, tool=Tool("travelsec", "1.2.3"))
    fixed = msgspec.structs.replace(fixed, digest=digest(fixed))
    found = FORMATS.render(name, fixed).decode()
    path = GOLDEN / f"report.{name}"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.write_bytes(found.encode())
    # Where a calendar folds its lines is left to what writes it.
    assert path.read_bytes().decode().replace("\r\n ", "") == found.replace("\r\n ", "")
