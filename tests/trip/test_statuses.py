"""The statuses of items: which are open, and what they are called."""

from __future__ import annotations

from typing import get_args

import pytest

from travelsec.pack.model import Phase
from travelsec.trip.statuses import NEED_REASON, WRITTEN, Status, StatusWord, word


@pytest.mark.parametrize(
    ("status", "phase", "shown"),
    [
        ("done", "before", "done"),
        ("done", "away", "agreed"),
        ("done", "back", "done"),
        ("todo", "away", "to do"),
        ("not-applicable", "before", "does not apply"),
        ("declined", "before", "declined"),
    ],
)
def test_a_status_in_words(status: StatusWord, phase: Phase, shown: str) -> None:
    """An undertaking for the trip is agreed to, not done."""
    assert word(status, phase) == shown


def test_only_what_is_done_or_does_not_apply_is_settled() -> None:
    """To decline an item does not settle it."""
    settled = [name for name in get_args(StatusWord) if not Status(name).is_open]
    assert settled == ["done", "not-applicable"]


def test_every_status_but_no_answer_can_be_written() -> None:
    """“agreed” is another word for one of them."""
    assert {*WRITTEN} - {"agreed"} == {*get_args(StatusWord)} - {"unanswered"}
    assert {*NEED_REASON} <= {*WRITTEN}
