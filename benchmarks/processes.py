"""Run whole commands and see what they take: what the benchmarks share. POSIX only."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

TRAVELSEC = [sys.executable, "-m", "travelsec"]


class Spent(NamedTuple):
    """What a process took: seconds of the processor and on the clock, and its peak in MiB.

    Of processes that it started itself, the seconds are added, and the highest peak counts.
    """

    processor: float
    clock: float
    peak: float


def settle(home: Path, *, all_cores: bool = False) -> None:
    """Make this process, and those it starts, run alike on every machine: on one core, at home.

    Args:
        home: an empty folder. The trips of whoever runs this are not to be read, nor to count.
        all_cores: leave them all cores, for what runs in several processes.
    """
    os.environ.update(HOME=str(home), XDG_DATA_HOME=str(home), LOCALAPPDATA=str(home))
    # Modules are compiled once, when they are installed, and not with each start.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.pop("PYTHONUNBUFFERED", None)
    if not all_cores and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def spent(command: list[str], codes: Collection[int] = (0, 1)) -> Spent:
    """Run a command to its end; any exit code but these ends the benchmark."""
    with tempfile.TemporaryFile() as errors:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        clock = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in codes:
            errors.seek(0)
            sys.exit(f"{command} ended with {process.returncode}: {errors.read().decode()}")
    # macOS counts bytes, everybody else KiB.
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Spent(usage.ru_utime + usage.ru_stime, clock, usage.ru_maxrss / unit)


def ratio(
    pairs: Sequence[tuple[Spent, Spent]], of: Literal["processor", "clock"] = "processor"
) -> float:
    """Return the ratio of the times, the median of the pairs.

    Both of a pair ran one right after the other: what slows the machine for a while slows both.
    The least times of many runs would be fairer to whichever is shorter.
    """
    median: float = statistics.median(getattr(one, of) / getattr(other, of) for one, other in pairs)
    return median


def least(runs: list[Spent]) -> Spent:
    """Return the least time, and the highest peak: others use the machine too."""
    return Spent(*(min(column) for column in zip(*runs, strict=True)))._replace(
        peak=max(one.peak for one in runs)
    )
