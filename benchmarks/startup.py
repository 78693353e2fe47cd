"""Compare travelsec's start with that of a bare two-command Typer app, side by side.

    python benchmarks/startup.py [RUNS]

Each pair of commands runs in turn, A B A B …, as whole processes. Printed is the ratio A/B of the
processor time of all runs, beside its limit. Exit code 1 if one is over.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

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
    ("incident out-of-sight", ("incident", "out-of-sight"), ("hello",), 2.0),
    ("prepare --no-input --format json", PREPARE, ("hello",), 2.5),
]


def seconds(command: list[str]) -> float:
    """Run a command to its end; return the processor time it took."""
    before = os.times()
    subprocess.run(command, capture_output=True, check=False)
    after = os.times()
    spent = (after.children_user - before.children_user) + (
        after.children_system - before.children_system
    )
    return float(spent)


def main(runs: int) -> int:
    """Measure every case; return the exit code."""
    over = 0
    with tempfile.TemporaryDirectory() as folder:
        # The trips of whoever runs this are not to be read, nor to count.
        os.environ.update(HOME=folder, XDG_DATA_HOME=folder, LOCALAPPDATA=folder)
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE, encoding="utf-8")
        for name, ours, theirs, limit in CASES:
            first = [sys.executable, "-m", "travelsec", *ours]
            second = [sys.executable, str(bare), *theirs]
            seconds(first), seconds(second)
            pairs = [(seconds(first), seconds(second)) for _ in range(runs)]
            # os.times counts in hundredths: ratios of sums say more than of single runs.
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
