"""A few kills in every run of the tests; CI runs 200, `python -m tests.crash 5000` more."""

from __future__ import annotations

import random
from pathlib import Path

from tests.crash.harness import torture


def test_no_answer_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    """After each kill the database is whole, and the finished trip has the same report."""
    seed = random.SystemRandom().randrange(10**9)
    counts = torture(tmp_path, seed, 8)
    assert counts.kills >= 8
    assert counts.faults == [], f"seed {seed}"
