"""Kill `prepare` at random moments in a real pseudo-terminal, and see that nothing is lost.

A trip is prepared line by line. Again and again the process is killed (SIGKILL) after a random
number of answers and a random pause; then the database must be whole and must hold every answer
that was confirmed on the screen, and the trip is gone on with. When it is finished, its report
must equal that of a trip that was never interrupted.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pexpect

from tests.terminal import SECONDS, environment

TODAY = ("--today", "2026-11-22")
INVITATION = r"and\s+keep\.\s+> "

# What is typed at each question, and the raw value that the database must then hold.
FACTS: dict[str, tuple[str, str, object]] = {
    "What is your name?": ("A. Smith", "traveller", "A. Smith"),
    "Which part of the MoJ": ("3", "organisation", "hmpps"),
    "Which service desk": ("2", "service_desk", "digital"),
    "Will you leave the United Kingdom?": ("1", "abroad", True),
    "Where are you going?": ("Lisbon", "destination", "Lisbon"),
    "Which day do you leave?": ("2026-12-01", "departs", "2026-12-01"),
    "Which day do you come back?": ("2026-12-05", "returns", "2026-12-05"),
    "on official business?": ("2", "official", False),
    "Which devices from work": ("1 3", "devices", ["laptop", "phone"]),
    "take papers from work?": ("1", "papers", True),
    "Where will you stay or work?": ("1 2 3", "places", ["home", "hotel", "public"]),
    "Do other people live": ("1", "home_shared", True),
    "How many devices": ("", "device_count", 2),
    "Which of these will you do": ("1 3", "plans", ["calls", "public-wifi"]),
    "Who in your department": (
        "Ann Lee, +44 20 7946 0000",
        "departmental_contact",
        [{"name": "Ann Lee", "telephone": "+44 20 7946 0000"}],
    ),
    "Who is your line manager": (
        "Jo Day",
        "line_manager",
        [{"name": "Jo Day", "telephone": ""}],
    ),
}
EXCUSE = "2. I cannot do it or agree to it"
# In these sections nothing is ticked; what is left is declined at the end.
UNTICKED = ("Calls, charging and networks abroad", "Printing")


@dataclass
class Counts:
    """What a run of the harness did."""

    kills: int = 0
    trips: int = 0
    answers: int = 0
    faults: list[str] = field(default_factory=list)


class Session:
    """One process that prepares the trip, and what it confirmed on the screen."""

    def __init__(self, folder: Path, confirmed: dict[str, object]) -> None:
        self.confirmed = confirmed
        self.said = ""
        self.child = pexpect.spawn(
            sys.executable,
            [
                "-m",
                "travelsec",
                "prepare",
                "--trip",
                "Lisbon",
                "--accessible",
                *TODAY,
                "--output",
                "report.json",
                "--force",
            ],
            cwd=str(folder),
            env=environment(folder),
            dimensions=(50, 200),
            timeout=SECONDS,
            encoding="utf-8",
        )
        self.child.delaybeforesend = None

    def answer_one(self) -> bool:
        """Answer the next prompt; return False if the program ended instead."""
        if self.child.expect([INVITATION, pexpect.EOF]) == 1:
            return False
        self.said = " ".join(self.child.before.split())
        self.child.send(f"{self._answer()}\r")
        return True

    def wait_until_confirmed(self) -> None:
        """Wait for the line that confirms the last answer; only then it must be on the disk."""
        if EXCUSE in self.said and "What is the reason?" not in self.said:
            # Half an answer: it is confirmed, and kept, together with its reason.
            return
        if self.child.expect(["Answer: [^\r\n]*\r\n", pexpect.EOF]) == 0:
            for question, (_, fact, value) in FACTS.items():
                if question in self.said:
                    self.confirmed[fact] = value

    def kill(self) -> None:
        """End the process as a flat battery would."""
        os.kill(self.child.pid, signal.SIGKILL)
        self.child.expect(pexpect.EOF)
        self.child.close()

    def _answer(self) -> str:
        for question, (typed, _, _) in FACTS.items():
            if question in self.said:
                return typed
        if "SECTION" in self.said:
            return "none" if any(title.upper() in self.said for title in UNTICKED) else "all"
        if "do not apply to you" in self.said:
            return "all"
        if "What is the reason?" in self.said:
            return "No time"
        if EXCUSE in self.said:
            return "2"
        if "Is this right?" in self.said:
            return "1"
        raise AssertionError(f"no answer is known to: {self.said[-300:]}")


def torture(seed: int, kills: int, counts: Counts) -> None:
    """Prepare trips, with so many kills in all; what goes wrong is noted in the counts."""
    chance = random.Random(seed)
    expected = _finished()
    done = 0
    while done < kills:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            confirmed: dict[str, object] = {}
            while True:
                session = Session(folder, confirmed)
                if not _run_until_killed(session, chance, counts):
                    break
                done += 1
                counts.kills += 1
                counts.faults += _faults(folder, confirmed)
            counts.trips += 1
            report = _report(folder)
            if report != expected:
                counts.faults.append(f"seed {seed}: the report differs after {done} kills")


def _run_until_killed(session: Session, chance: random.Random, counts: Counts) -> bool:
    """Answer a few prompts, then kill; return False if the trip was finished before that."""
    for _ in range(chance.randrange(12)):
        if not session.answer_one():
            session.child.close()
            return False
        counts.answers += 1
        if chance.random() < 0.7:
            session.wait_until_confirmed()
    # Most of the time this is amid the writing of an answer, or of the start.
    pause = chance.choice([0.0, chance.random() * 0.02, chance.random() * 0.3])
    session.child.expect([pexpect.TIMEOUT, pexpect.EOF], timeout=pause)
    if not session.child.isalive():
        return False
    session.kill()
    return True


def _finished() -> Any:
    """Prepare a trip without a kill; return its report."""
    with tempfile.TemporaryDirectory() as name:
        session = Session(Path(name), {})
        while session.answer_one():
            pass
        session.child.close()
        return _report(Path(name))


def _faults(folder: Path, confirmed: dict[str, object]) -> list[str]:
    path = folder / "data" / "travelsec" / "trips.sqlite3"
    if not path.exists() or not path.stat().st_size:
        return [f"no database, but confirmed: {confirmed}"] if confirmed else []
    with sqlite3.connect(path) as database:
        whole = database.execute("PRAGMA integrity_check").fetchone()[0]
        tables = database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        rows = database.execute("SELECT fact, value FROM facts").fetchall() if tables else []
    kept = {fact: json.loads(value) for fact, value in rows}
    faults = [] if whole == "ok" else [f"the database is damaged: {whole}"]
    return faults + [
        f"{fact} was confirmed as {value!r}, kept is {kept.get(fact)!r}"
        for fact, value in confirmed.items()
        if kept.get(fact) != value
    ]


def _report(folder: Path) -> Any:
    """Read the report without what differs from run to run."""
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    for key in ("id", "created", "digest"):
        del report[key]
    del report["trip"]["id"]
    return report
