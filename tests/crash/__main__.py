"""`python -m tests.crash [KILLS]`: as many kills as wanted, on every core. Exit 1 on a fault."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.crash.scenarios import SCENARIOS
from tests.crash.shot import LABELS
from tests.crash.torture import Counts, torture

COLUMNS = (*LABELS, "trips", "answers", "faults")


def main(kills: int) -> int:
    """Share the kills among the scenarios and cores, say what happened, return the exit code."""
    # In the background a shell, or nohup, has some signals ignored, and so would every command.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    cores = os.cpu_count() or 1
    begun = time.monotonic()
    first_seed = int.from_bytes(os.urandom(4))
    share = -(-kills // (len(SCENARIOS) * cores))
    results = {kind.name: Counts() for kind in SCENARIOS}
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(cores) as pool:
        jobs = [(kind, seed) for kind in SCENARIOS for seed in range(cores)]
        done = [
            pool.submit(torture, kind, Path(folder), first_seed + number, share)
            for number, (kind, _) in enumerate(jobs)
        ]
        for (kind, _), job in zip(jobs, done, strict=True):
            results[kind.name].add(job.result())
    _print_table(results)
    faults = [entry for counts in results.values() for entry in counts.faults]
    total = sum(counts.kills.total() for counts in results.values())
    seconds = time.monotonic() - begun
    print(f"\n{total} kills, {len(faults)} faults, {seconds:.0f} s; first seed {first_seed}")
    _print_faults(results)
    return 1 if faults else 0


def _print_table(results: Mapping[str, Counts]) -> None:
    width = max(map(len, results))
    print(" ".join([" " * width, *(f"{name:>8}" for name in COLUMNS)]))
    for name, counts in results.items():
        cells = [counts.kills[label] for label in LABELS]
        cells += [counts.trips, counts.answers, len(counts.faults)]
        print(" ".join([name.ljust(width), *(f"{cell:>8}" for cell in cells)]))


def _print_faults(results: Mapping[str, Counts]) -> None:
    """Print how many faults of each kind there are, by signal, and the first case of each."""
    for name, counts in results.items():
        for kind in sorted({fault.kind for _, fault in counts.faults}):
            found = [(label, fault) for label, fault in counts.faults if fault.kind == kind]
            signals = Counter(label for label, _ in found)
            numbers = ", ".join(f"{label} {number}" for label, number in signals.most_common())
            print(f"\n{name}: {kind}: {numbers}\n  {found[0][1].detail}")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
