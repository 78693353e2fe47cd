"""Compare `checklist validate` of a large pack with the bare parser.

    python benchmarks/validate.py [RUNS] [ITEMS]

A checks a pack of ITEMS items in several files, warnings included; B only parses the same files
with `yaml.CSafeLoader`. They run in turn, A B A B …, each time as a new process. Prints the ratio
A/B of the processor time of all runs, and its limit. Exit code 1 if it is over.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from processes import TRAVELSEC, settle, spent

FILES = 5
STATEMENTS = 100
LIMIT = 1.5
PARSE = """
import sys
from pathlib import Path
import yaml
for path in sorted(Path(sys.argv[1]).glob("*.yaml")):
    yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
"""
ITEM = """\
        - id: item-{number}
          label: Clear the files number {number}
          do: Take off each device the files you will not need on this trip, number {number}.
          why: If the device is lost or stolen, less is exposed to anyone who has it then.
          level: must
          when: {when}
          cites: [page-x/all/s{statement}]
          due: 2 days before departure
"""
CONDITIONS = (
    "{devices: [laptop, tablet, phone]}",
    "{any: [{places: hotel}, {plans: [calls, sensitive]}]}",
    "{nights: {at_least: LIMIT}, papers: true}",
    "{not: {destination: Town LIMIT}, official: true}",
)
"""One of every kind. LIMIT makes many of them differ, so that little can be judged only once."""


def write_pack(folder: Path, items: int) -> None:
    """Write a pack without faults."""
    (folder / "pack.yaml").write_text(
        'pack: {id: big, version: "1", title: Big, covers: Much., not_covered: Little.}\n'
        "guidance:\n  - id: page-x\n    title: A page\n    publisher: Us\n    sections:\n"
        "      - id: all\n        title: All\n        statements:\n"
        + "".join(
            f"          - {{id: s{number}, kind: duty, fingerprint: {number:016x}}}\n"
            for number in range(STATEMENTS)
        ),
        encoding="utf-8",
    )
    for file in range(FILES):
        lines = [f"checklist:\n  id: big-{file}\n  title: Big {file}\n  when: {{abroad: true}}\n"]
        lines.append("  sections:\n")
        for number in range(items // FILES):
            if number % 25 == 0:
                lines.append(f"    - id: section-{number}\n      title: Section {number}\n")
                lines.append("      phase: before\n      items:\n")
            when = CONDITIONS[number % len(CONDITIONS)].replace("LIMIT", str(number % 500))
            lines.append(ITEM.format(number=number, when=when, statement=number % STATEMENTS))
        (folder / f"list-{file}.yaml").write_text("".join(lines), encoding="utf-8")


def main(runs: int, items: int) -> int:
    """Measure; return the exit code."""
    with tempfile.TemporaryDirectory() as name:
        settle(Path(name))
        folder = Path(name) / "pack"
        folder.mkdir()
        write_pack(folder, items)
        first = [*TRAVELSEC, "checklist", "validate", str(folder)]
        second = [sys.executable, "-c", PARSE, str(folder)]
        spent(first, [0]), spent(second, [0])
        pairs = [(spent(first).processor, spent(second).processor) for _ in range(runs)]
    ratio = sum(a for a, _ in pairs) / sum(b for _, b in pairs)
    spread = statistics.pstdev(a / b for a, b in pairs)
    print(
        f"checklist validate, {items} items: {1000 * sum(a for a, _ in pairs) / runs:.0f} ms "
        f"against {1000 * sum(b for _, b in pairs) / runs:.0f} ms, ratio {ratio:.2f} "
        f"(limit {LIMIT}; single ratios vary by {spread:.2f})"
    )
    return int(ratio > LIMIT)


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[1:]]
    sys.exit(main(*(given + [10, 10_000][len(given) :])))
