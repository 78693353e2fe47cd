"""Whether work grows with its input or with the square of it, on a machine of any speed."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

TIMES = 8
"""How much larger the large input of a comparison is than the small one."""


def assert_in_proportion(work: Callable[[T], object], small: T, large: T) -> None:
    """Check that `TIMES` the input takes about `TIMES` the processor time, and not its square.

    The fastest of some runs counts: whatever else the machine does makes a run slower only.
    """
    # Half-way, as ratios go, from `TIMES` to its square.
    limit = TIMES**1.5 * min(_spent(work, small) for _ in range(3))
    assert any(_spent(work, large) < limit for _ in range(3)), f"each run took over {limit:.3f} s"


def _spent(work: Callable[[T], object], given: T) -> float:
    gc.disable()
    try:
        begun = time.process_time()
        work(given)
        return time.process_time() - begun
    finally:
        gc.enable()
