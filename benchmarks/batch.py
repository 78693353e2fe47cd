"""Compare `prepare --batch` with what any program that does this must do, side by side.

    python benchmarks/batch.py [LINES]

The floor reads each line, loads its JSON, and writes a file as large as the report the same safe
way: a temporary file, fsync, rename. The floor without writing only reads and loads. Each runs as
a process of its own on one core, on 1,000 lines and on LINES (default 20,000). Printed are ratios
of processor time and of time on the clock, and the peaks of memory. Exit code 1 if a goal is
missed: 3 times the floor, and a peak that grows by a fifth at most. POSIX only.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "lisbon.yaml"
FLOOR = """
import json, os, sys, tempfile
folder, size = sys.argv[2], int(sys.argv[3])
content = b"x" * size
os.mkdir(folder)
with open(sys.argv[1], "rb") as lines:
    for number, line in enumerate(lines, 1):
        json.loads(line)
        if size:
            handle, name = tempfile.mkstemp(dir=folder)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.rename(name, os.path.join(folder, f"{number:05}.json"))
"""
MOST_OF_FLOOR = 3.0
MOST_OF_PEAK = 1.2


class Spent(NamedTuple):
    """What a process took: seconds of the processor and on the clock, and its peak in MiB."""

    processor: float
    clock: float
    peak: float


def lines(count: int) -> Iterator[str]:
    """Yield answers of so many starters, each with their own name and some items still to do."""
    answers: dict[str, Any] = json.loads(
        json.dumps(yaml.safe_load(EXAMPLE.read_text(encoding="utf-8")), default=str)
    )
    names = list(answers["items"])
    for number in range(count):
        trip = {**answers["trip"], "traveller": f"Starter {number}"}
        yield json.dumps({"trip": trip, "items": {**answers["items"], names[number % 40]: "todo"}})


def write(path: Path, count: int) -> None:
    """Write so many lines; piece by piece, for a process begins with the peak of its parent."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines(count))


def spent(command: list[str], folder: Path) -> Spent:
    """Run a command to its end; remove the folder it wrote."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    clock = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{command} ended with {process.returncode}")
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    # macOS counts bytes, everybody else KiB.
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Spent(usage.ru_utime + usage.ru_stime, clock, usage.ru_maxrss / unit)


def mean(first: Spent, second: Spent) -> Spent:
    """Return what two runs took on average."""
    return Spent(*((one + other) / 2 for one, other in zip(first, second, strict=True)))


def report_size(source: Path, out: Path) -> int:
    """Return the bytes of the report of the first line."""
    first = source.with_name("first.jsonl")
    write(first, 1)
    subprocess.run(ours(first, out), stdout=subprocess.DEVNULL, check=False)
    (report,) = out.iterdir()
    size = report.stat().st_size
    report.unlink()
    out.rmdir()
    return size


def ours(source: Path, out: Path) -> list[str]:
    """Return the command that is measured."""
    made = ["prepare", "--batch", str(source), "--output-dir", str(out), "--today", "2026-11-22"]
    return [sys.executable, "-m", "travelsec", *made]


def main(most: int) -> int:
    """Measure both sizes; return the exit code."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    over = False
    peaks = []
    with tempfile.TemporaryDirectory() as name:
        # The trips of whoever runs this are not to be read, nor to count.
        os.environ.update(HOME=name, XDG_DATA_HOME=name, LOCALAPPDATA=name)
        out = Path(name) / "out"
        for count in (1000, most):
            source = Path(name) / f"{count}.jsonl"
            write(source, count)
            size = report_size(source, out)
            floor = [sys.executable, "-c", FLOOR, str(source), str(out)]
            # The floor before and after: whatever else the machine does then slows both.
            writing = spent([*floor, str(size)], out)
            batch = spent(ours(source, out), out)
            writing = mean(writing, spent([*floor, str(size)], out))
            reading = spent([*floor, "0"], out)
            peaks.append(batch.peak)
            ratio = batch.processor / writing.processor
            over |= ratio > MOST_OF_FLOOR
            print(
                f"{count} lines, reports of {size} bytes: {1e6 * batch.processor / count:.0f} µs "
                f"of the processor a line, {1e6 * batch.clock / count:.0f} µs on the clock, "
                f"peak {batch.peak:.1f} MiB\n"
                f"  floor: ratio {ratio:.2f} (goal {MOST_OF_FLOOR}), on the clock "
                f"{batch.clock / writing.clock:.2f}, peak {writing.peak:.1f} MiB\n"
                f"  floor without writing: ratio {batch.processor / reading.processor:.1f}, on "
                f"the clock {batch.clock / reading.clock:.1f}, peak {reading.peak:.1f} MiB"
            )
    grown = peaks[1] / peaks[0]
    print(f"peak of {most} lines against that of 1000: ratio {grown:.2f} (goal {MOST_OF_PEAK})")
    return int(over or grown > MOST_OF_PEAK)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000))
