"""Compare `review --format jsonl` of a folder with the least that any such program must do.

    python benchmarks/review.py [REPORTS]

The floor is one process that reads each file of the folder and loads its JSON. Both run in turn,
with all cores to themselves, on 1,000 reports and on REPORTS (default 10,000; 100,000 take 4 GB in
the temporary folder). Prints the ratio of the times on the clock (the median of pairs of runs), the
shortest times, and the highest peak of memory of a process; and, for 1,000 reports, the ratio of
the time until the first screen of the table is filled in a terminal. Exit code 1 if a goal is
missed: at most 1.5 times the floor for REPORTS and twice for the first screen, on two cores, and a
peak that grows by at most a fifth. POSIX only.
"""

from __future__ import annotations

import datetime
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from processes import TRAVELSEC, least, ratio, settle, spent, until_first_screen

from travelsec.pack.load import load
from travelsec.pack.model import Pack, Question
from travelsec.report.build import build
from travelsec.report.json import render
from travelsec.report.model import Report, digest
from travelsec.trip.facts import Facts
from travelsec.trip.selection import select
from travelsec.trip.statuses import Status

FLOOR = """
import json, os, sys
for entry in os.scandir(sys.argv[1]):
    with open(entry.path, "rb") as file:
        json.loads(file.read())
"""
MOST_OF_FLOOR = 1.5
MOST_OF_FLOOR_FOR_A_SCREEN = 2.0
MOST_OF_PEAK = 1.2
FEW, RUNS_OF_FEW, RUNS = 1000, 15, 7
WAYS, TRIPS = 200, 2000
"""How many ways to travel are made up at random, and how many trips. Each trip is made in one of
the ways, with its own traveller, place, dates and statuses; further reports repeat the trips under
new ids.
"""

TODAY = datetime.date(2026, 6, 1)
NAMES = ("Ann", "Bo", "Chloë", "Dmitri", "Ewa", "Fatima", "Güneş", "Hal", "Ines", "José", "Karin")
TOWNS = ("Lisbon", "São Paulo", "Zürich", "Oslo", "Leeds", "Cardiff", "Paris", "Home", "New York")
REASONS = (
    "My room has no safe",
    "I stay with family, and nobody else has a key to the room that I work in.",
    "Not possible: the host’s network is the only one there is – agreed with security on Monday",
    "Does not apply to my work",
)


def trips(pack: Pack, chance: random.Random) -> Iterator[Report]:
    """Yield reports of made-up trips, no two alike."""
    ways = [dict(way(pack, chance)) for _ in range(WAYS)]
    for number in range(TRIPS):
        as_of = TODAY - datetime.timedelta(days=chance.randrange(30))
        departs = TODAY + datetime.timedelta(days=chance.randrange(-10, 60))
        given = ways[number % WAYS] | {
            "traveller": f"{chance.choice(NAMES)} {number}",
            "destination": chance.choice(TOWNS),
            "departs": departs,
            "returns": departs + datetime.timedelta(chance.randrange(15)),
        }
        facts = Facts(pack, given, as_of)
        statuses = {one.id: status(chance) for one in select(pack, facts)}
        moment = datetime.datetime.combine(as_of, datetime.time(9, 30), datetime.UTC)
        yield build(facts, statuses, how=dict.fromkeys(given, "terminal"), created=moment)


def way(pack: Pack, chance: random.Random) -> Iterator[tuple[str, Any]]:
    """Make up a way to travel; one question in twenty stays open."""
    for question in pack.questions.values():
        if question.type in ("choice", "choices", "yes-no", "number") and chance.random() < 0.95:
            yield question.id, answer(question, chance)


def answer(question: Question, chance: random.Random) -> Any:
    """Make up an answer."""
    match question.type:
        case "choice":
            return chance.choice(list(question.choices))
        case "choices":
            return tuple(one for one in question.choices if chance.random() < 0.5)
        case "yes-no":
            return chance.random() < 0.7
    return chance.randrange(1, 5)


def status(chance: random.Random) -> Status:
    """Make up the status of an item."""
    luck = chance.random()
    if luck < 0.95:
        return Status("done", note="By e-mail" if luck < 0.05 else "", how="terminal")
    if luck < 0.97:
        return Status("todo", how="terminal")
    reason = chance.choice(REASONS)
    if luck < 0.99:
        return Status("not-applicable", reason, how="terminal")
    return Status("declined", reason, how="terminal")


def write(folder: Path, count: int) -> None:
    """Write this many reports; every hundredth is a later report of the trip before it."""
    chance = random.Random(count)
    made = list(trips(load(), chance))
    folder.mkdir()
    trip_id = ""
    for number in range(count):
        report = made[number % TRIPS]
        trip_id = trip_id if number % 100 == 99 else chance.randbytes(16).hex()
        report = msgspec.structs.replace(
            report,
            id=chance.randbytes(16).hex(),
            trip=msgspec.structs.replace(report.trip, id=trip_id),
        )
        report = msgspec.structs.replace(report, digest=digest(report))
        (folder / f"{report.id}.json").write_bytes(render(report))


def main(most: int) -> int:
    """Measure both sizes; return the exit code."""
    found = screen = 0.0
    peaks = []
    with tempfile.TemporaryDirectory() as name:
        settle(Path(name), all_cores=True)
        for count, runs in ((FEW, RUNS_OF_FEW), (most, RUNS)):
            folder = Path(name) / f"{runs}-times-{count}"
            # In a process of its own: a child process starts with the peak of its parent.
            writer = [sys.executable, __file__, "--write", str(folder), str(count)]
            subprocess.run(writer, check=True)
            options = ["--format", "jsonl", "--today", TODAY.isoformat()]
            command = [*TRAVELSEC, "review", str(folder), *options]
            floor = [sys.executable, "-c", FLOOR, str(folder)]
            pairs = [(spent(command), spent(floor)) for _ in range(runs)]
            ours, theirs = (least(list(runs_of_one)) for runs_of_one in zip(*pairs, strict=True))
            found = ratio(pairs, "clock")
            peaks.append(ours.peak)
            print(
                f"{count} reports: ratio {found:.2f}, the median of {runs} pairs; at least "
                f"{ours.clock:.2f} s against {theirs.clock:.2f} s, ratio "
                f"{ours.clock / theirs.clock:.2f} ({ours.processor:.2f} s of the processor); peak "
                f"{ours.peak:.1f} MiB against {theirs.peak:.1f} MiB",
                flush=True,
            )
            if count == FEW:
                table = [*TRAVELSEC, "review", str(folder), "--today", TODAY.isoformat()]
                screen = statistics.median(
                    until_first_screen(table) / spent(floor).clock for _ in range(runs)
                )
    grown = peaks[1] / peaks[0]
    print(
        f"goals: {most} reports, ratio {found:.2f} (goal {MOST_OF_FLOOR}); the first screen of "
        f"{FEW}, ratio {screen:.2f} (goal {MOST_OF_FLOOR_FOR_A_SCREEN}); the peak of {most} "
        f"against that of {FEW}, ratio {grown:.2f} (goal {MOST_OF_PEAK})"
    )
    met = found <= MOST_OF_FLOOR and screen <= MOST_OF_FLOOR_FOR_A_SCREEN
    return int(not met or grown > MOST_OF_PEAK)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--write"]:
        write(Path(sys.argv[2]), int(sys.argv[3]))
        sys.exit()
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
