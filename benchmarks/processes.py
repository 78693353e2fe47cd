"""Run commands and measure their time and memory, for all benchmarks. POSIX only."""

from __future__ import annotations

import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

SCREEN = 24
"""The lines of a terminal, unless someone makes it larger."""
TRAVELSEC = [sys.executable, "-m", "travelsec"]


class Spent(NamedTuple):
    """What a process took: seconds of processor time and on the clock, and its peak in MiB.

    The processor time of its child processes is included; of all their peaks the highest counts.
    """

    processor: float
    clock: float
    peak: float


def settle(home: Path, *, all_cores: bool = False) -> None:
    """Make this process and its children run in the same way everywhere: on one core, at home.

    Args:
        home: an empty folder, so that the user's own trips are neither read nor measured.
        all_cores: use every core, for commands that start several processes.
    """
    os.environ.update(HOME=str(home), XDG_DATA_HOME=str(home), LOCALAPPDATA=str(home))
    # Python compiles modules when they are installed, not at each start.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.pop("PYTHONUNBUFFERED", None)
    if not all_cores and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def spent(command: list[str], codes: Collection[int] = (0, 1)) -> Spent:
    """Run a command. Any other exit code than these ends the benchmark."""
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


def until_first_screen(command: list[str]) -> float:
    """Run a command in a terminal; return the seconds until it has filled the screen."""
    terminal, end = os.openpty()
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=end, stderr=end) as process:
        os.close(end)
        lines, filled = 0, None
        # At the end, Linux raises an error where others report it.
        with contextlib.suppress(OSError):
            while shown := os.read(terminal, 1 << 16):
                lines += shown.count(b"\n")
                if filled is None and lines >= SCREEN:
                    filled = time.perf_counter() - began
        os.close(terminal)
    if filled is None:
        sys.exit(f"{command} ended with {process.returncode} after {lines} lines")
    return filled


def ratio(
    pairs: Sequence[tuple[Spent, Spent]], of: Literal["processor", "clock"] = "processor"
) -> float:
    """Return the ratio of the times, as the median over the pairs.

    The two runs of a pair follow each other, so whatever slows the machine for a while slows both.
    The shortest times of many runs would favour the shorter command.
    """
    median: float = statistics.median(getattr(one, of) / getattr(other, of) for one, other in pairs)
    return median


def least(runs: list[Spent]) -> Spent:
    """Return the shortest time, as others use the machine too, and the highest peak."""
    return Spent(*(min(column) for column in zip(*runs, strict=True)))._replace(
        peak=max(one.peak for one in runs)
    )
