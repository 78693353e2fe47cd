"""`python -m tests.crash [KILLS]`: as many kills as wanted, on every core. Exit 1 on a fault."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.crash.harness import torture


def main(kills: int) -> int:
    """Share the kills among the cores, say what happened, and return the exit code."""
    cores = os.cpu_count() or 1
    begun = time.monotonic()
    first_seed = int.from_bytes(os.urandom(4))
    # All share one home, and so one database: there are always as many processes at it as cores.
    with tempfile.TemporaryDirectory() as home, ProcessPoolExecutor(cores) as pool:
        seeds = range(first_seed, first_seed + cores)
        share = -(-kills // cores)
        results = list(pool.map(torture, [Path(home)] * cores, seeds, [share] * cores))
    faults = [fault for counts in results for fault in counts.faults]
    print(
        f"{sum(c.kills for c in results)} kills in {sum(c.trips for c in results)} trips, "
        f"{sum(c.answers for c in results)} answers, {len(faults)} faults, "
        f"{time.monotonic() - begun:.0f} s; first seed {first_seed}"
    )
    for fault in faults:
        print(f"  {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
