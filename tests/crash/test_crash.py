"""A few kills of each scenario in every run of the tests; `python -m tests.crash` does more."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

pytest.importorskip("termios", reason="pseudo-terminals are POSIX's")

from tests.crash.scenarios import SCENARIOS
from tests.crash.scenarios.scenario import Scenario
from tests.crash.torture import torture

pytestmark = [
    pytest.mark.slow,
    pytest.mark.crash,
    # By hand, for the scenarios reach the pseudo-terminal through classes.
    pytest.mark.terminal,
    pytest.mark.skipif(sys.platform != "linux", reason="what a program catches is read from /proc"),
]


@pytest.mark.parametrize("kind", SCENARIOS, ids=lambda kind: kind.__name__)
def test_signals_at_random_moments_do_no_harm(kind: type[Scenario], tmp_path: Path) -> None:
    """After each signal all holds that the scenario promises."""
    seed = random.SystemRandom().randrange(10**9)
    counts = torture(kind, tmp_path, seed, 3)
    assert counts.kills.total() >= 3
    assert counts.faults == [], f"seed {seed}"
