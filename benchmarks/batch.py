"""Compare `prepare --batch` with the least that any such program must do.

    python benchmarks/batch.py [LINES]

The floor reads each line, loads its JSON, and writes a file as large as the report in the same
safe way: a temporary file, fsync, rename. The floor without writing only reads and loads. Each is
a process on one core, and gets 1,000 lines and then LINES (default 20,000). Prints the ratios of
processor time (the median of pairs of runs, and that of the shortest runs) and of the time on the
clock, and the peaks of memory. Exit code 1 if a goal is missed: at most twice the floor, and a
peak that grows by at most a fifth. POSIX only.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from processes import TRAVELSEC, Spent, least, ratio, settle, spent

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
MOST_OF_FLOOR = 2.0
MOST_OF_PEAK = 1.2
FEW, RUNS_OF_FEW, RUNS = 1000, 15, 3


def lines(count: int) -> Iterator[str]:
    """Yield the answers of this many starters, each with a name of their own and one item to do."""
    answers: dict[str, Any] = json.loads(
        json.dumps(yaml.safe_load(EXAMPLE.read_text(encoding="utf-8")), default=str)
    )
    names = list(answers["items"])
    for number in range(count):
        trip = {**answers["trip"], "traveller": f"Starter {number}"}
        yield json.dumps({"trip": trip, "items": {**answers["items"], names[number % 40]: "todo"}})


def write(path: Path, count: int) -> None:
    """Write this many lines, one by one: a child process starts with the peak of its parent."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines(count))


def spent_in(folder: Path, command: list[str]) -> Spent:
    """Run a command, and remove the folder that it wrote."""
    found = spent(command)
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    return found


def report_size(source: Path, out: Path) -> int:
    """Return the size in bytes of the first line's report."""
    first = source.with_name("first.jsonl")
    write(first, 1)
    spent(ours(first, out))
    (report,) = out.iterdir()
    size = report.stat().st_size
    report.unlink()
    out.rmdir()
    return size


def ours(source: Path, out: Path) -> list[str]:
    """Return the command that is measured."""
    made = ["prepare", "--batch", str(source), "--output-dir", str(out), "--today", "2026-11-22"]
    return [*TRAVELSEC, *made]


def main(most: int) -> int:
    """Measure both sizes; return the exit code."""
    over = False
    peaks = []
    with tempfile.TemporaryDirectory() as name:
        settle(Path(name))
        out = Path(name) / "out"
        for count, runs in ((FEW, RUNS_OF_FEW), (most, RUNS)):
            source = Path(name) / f"{count}.jsonl"
            write(source, count)
            size = report_size(source, out)
            floor = [sys.executable, "-c", FLOOR, str(source), str(out)]
            pairs = [
                (spent_in(out, ours(source, out)), spent_in(out, [*floor, str(size)]))
                for _ in range(runs)
            ]
            batch, writing = (least(list(runs_of_one)) for runs_of_one in zip(*pairs, strict=True))
            reading = spent_in(out, [*floor, "0"])
            peaks.append(batch.peak)
            found = ratio(pairs)
            over |= found > MOST_OF_FLOOR
            print(
                f"{count} lines, reports of {size} bytes: per line "
                f"{1e6 * batch.processor / count:.0f} µs of processor time, "
                f"{1e6 * batch.clock / count:.0f} µs on the clock; peak {batch.peak:.1f} MiB\n"
                f"  floor: ratio {found:.2f} (goal {MOST_OF_FLOOR}), the median of {runs} pairs; "
                f"of the shortest runs {batch.processor / writing.processor:.2f}, on the clock "
                f"{batch.clock / writing.clock:.2f}, peak {writing.peak:.1f} MiB\n"
                f"  floor without writing: ratio {batch.processor / reading.processor:.1f}, on "
                f"the clock {batch.clock / reading.clock:.1f}, peak {reading.peak:.1f} MiB"
            )
    grown = peaks[1] / peaks[0]
    print(f"peak of {most} lines against that of {FEW}: ratio {grown:.2f} (goal {MOST_OF_PEAK})")
    return int(over or grown > MOST_OF_PEAK)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000))
