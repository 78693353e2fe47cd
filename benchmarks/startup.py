"""Compare travelsec's start with that of a bare Typer app with two commands.

    python benchmarks/startup.py [RUNS]

The two commands run in turn, A B A B …, each time as a new process. Prints the ratio A/B of the
processor time of all runs, and its limit. Exit code 1 if a ratio is over its limit.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from processes import TRAVELSEC, settle, spent

ROOT = Path(__file__).parent.parent
BARE = '''
import typer
app = typer.Typer()

@app.command()
def hello(name: str = "you", loud: bool = False) -> None:
    """Say hello."""
    print("hello", name)

@app.command()
def bye(name: str = "you") -> None:
    """Say goodbye."""
    print("bye", name)

app()
'''
TRIP = ROOT / "tests" / "trip" / "trips" / "official-with-everything.yaml"
PREPARE = ("prepare", "--answers", str(TRIP), "--no-input", "--format", "json")
CASES = [
    ("--version", ("--version",), ("hello",), 1.3),
    ("--help", ("--help",), ("--help",), 1.3),
    ("without a command", (), ("--help",), 1.0),
    ("incident out-of-sight", ("incident", "out-of-sight"), ("hello",), 2.0),
    ("prepare --no-input --format json", PREPARE, ("hello",), 2.5),
]


def main(runs: int) -> int:
    """Measure every case; return the exit code."""
    over = 0
    with tempfile.TemporaryDirectory() as folder:
        settle(Path(folder))
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE, encoding="utf-8")
        for name, ours, theirs, limit in CASES:
            first = [*TRAVELSEC, *ours]
            second = [sys.executable, str(bare), *theirs]
            spent(first), spent(second)
            pairs = [(spent(first).processor, spent(second).processor) for _ in range(runs)]
            ratio = sum(a for a, _ in pairs) / sum(b for _, b in pairs)
            spread = statistics.pstdev(a / b for a, b in pairs)
            print(
                f"{name}: {1000 * sum(a for a, _ in pairs) / runs:.0f} ms against "
                f"{1000 * sum(b for _, b in pairs) / runs:.0f} ms, ratio {ratio:.2f} "
                f"(limit {limit}; single ratios vary by {spread:.2f})"
            )
            over |= ratio > limit
    return over


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 30))
