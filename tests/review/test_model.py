"""What a review says of one report."""

from __future__ import annotations

from typing import Any

import pytest

from tests.review.reports import FULL, put
from travelsec.review.model import Reviewed


@pytest.mark.parametrize(
    ("fields", "is_good"),
    [
        ({"verdict": "ready"}, True),
        ({"verdict": "ready-with-actions"}, True),
        ({"verdict": "not-ready"}, False),
        ({"verdict": "ready", "holds": False}, False),
    ],
)
def test_a_report_is_good_if_it_holds_and_is_ready(fields: dict[str, Any], is_good: bool) -> None:
    assert put(FULL, **fields).is_good is is_good


def test_a_file_that_was_not_read_is_not_good() -> None:
    assert not Reviewed("r.json", unread="No.", holds=True, verdict="ready").is_good
