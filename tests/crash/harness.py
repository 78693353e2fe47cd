"""Kill `prepare` at random moments in a real pseudo-terminal, and see that nothing is lost.

A trip is prepared line by line. Again and again the process is killed (SIGKILL) after a random
number of answers and a random pause; then the database must be whole and must hold every answer
that was confirmed on the screen, and the trip is gone on with. When it is finished, its report
must equal that of a trip that was never interrupted.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import signal
import sqlite3
import sys
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pexpect

from tests.terminal import SECONDS, environment
from travelsec.pack.load import load

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
    "How many work devices": ("", "device_count", 2),
    "Which of these might you do": ("1 3", "plans", ["calls", "public-wifi"]),
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
    """One process that prepares a trip, and what was confirmed of it on the screen so far.

    `confirmed` maps facts to raw values, and items to statuses; it is shared by the sessions of
    one trip.
    """

    def __init__(self, folder: Path, trip: str, confirmed: dict[str, object]) -> None:
        self.confirmed = confirmed
        self.said = ""
        self.typed = ""
        arguments = ("--trip", trip, "--accessible", *TODAY, "--output", report_of(trip), "--force")
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "travelsec", "prepare", *arguments],
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
        self.typed = self._answer()
        self.child.send(f"{self.typed}\r")
        return True

    def wait_until_confirmed(self) -> None:
        """Wait for the line that confirms the last answer; only then it must be on the disk."""
        if EXCUSE in self.said and "What is the reason?" not in self.said:
            # Half an answer: it is confirmed, and kept, together with its reason.
            return
        if self.child.expect(["Answer: [^\r\n]*\r\n", pexpect.EOF]) == 1:
            return
        for question, (_, fact, value) in FACTS.items():
            if question in self.said:
                self.confirmed[fact] = value
        if "SECTION" in self.said:
            status = "done" if self.typed == "all" else "todo"
            labels = re.findall(r"[0-9]+\. ([^.]+?) \((?:must|should|consider)\)", self.said)
            for label in labels:
                item = items_by_label()[label]
                # What was declined before a kill, and is not ticked now, stays declined.
                self.confirmed[item] = self.confirmed.get(item, status)

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
        if "Is this right?" in self.said or "How do you want to go on?" in self.said:
            return "1"
        raise AssertionError(f"no answer is known to: {self.said[-300:]}")


def torture(folder: Path, seed: int, kills: int) -> Counts:
    """Prepare trips one after the other, with so many kills in all.

    Args:
        folder: the home of the user; other processes may prepare other trips in it meanwhile.
        seed: for all that is left to chance.
        kills: how many at least; the last trip is finished.

    Returns:
        What was done, and what went wrong.
    """
    chance = random.Random(seed)
    counts = Counts()
    expected = _finished()
    while counts.kills < kills:
        trip = f"Trip {seed} {counts.trips}"
        confirmed: dict[str, object] = {}
        while _run_until_killed(Session(folder, trip, confirmed), chance, counts):
            counts.kills += 1
            counts.faults += _faults(folder, trip, confirmed)
        counts.trips += 1
        if _report(folder, trip) != expected:
            counts.faults.append(f"{trip}: the report differs after {counts.kills} kills")
    return counts


def _run_until_killed(session: Session, chance: random.Random, counts: Counts) -> bool:
    """Answer a few prompts, then kill; return False if the trip was finished before that."""
    for _ in range(chance.randrange(12)):
        if not session.answer_one():
            session.child.close()
            return False
        counts.answers += 1
        if chance.random() < 0.7:
            session.wait_until_confirmed()
    # Amid the writing of an answer, amid the start, or while it waits.
    pause = chance.choice([0.0, chance.random() * 0.02, chance.random() * 0.3])
    session.child.expect([pexpect.TIMEOUT, pexpect.EOF], timeout=pause)
    if not session.child.isalive():
        return False
    session.kill()
    return True


def _finished() -> Any:
    """Prepare a trip without a kill; return its report."""
    with tempfile.TemporaryDirectory() as name:
        session = Session(Path(name), "Whole", {})
        while session.answer_one():
            pass
        session.child.close()
        return _report(Path(name), "Whole")


def _faults(folder: Path, trip: str, confirmed: dict[str, object]) -> list[str]:
    path = folder / "data" / "travelsec" / "trips.sqlite3"
    if not confirmed and not path.exists():
        return []
    with contextlib.closing(sqlite3.connect(path, timeout=SECONDS)) as database:
        whole = database.execute("PRAGMA integrity_check").fetchone()[0]
        of_trip = "FROM {} JOIN trips ON trip = trips.id WHERE name = ?"
        facts = database.execute(f"SELECT fact, value {of_trip.format('facts')}", (trip,))
        items = database.execute(f"SELECT item, status {of_trip.format('statuses')}", (trip,))
        try:
            kept = {fact: json.loads(value) for fact, value in facts.fetchall()}
            kept |= dict(items.fetchall())
        except sqlite3.OperationalError as error:
            return [f"{trip}: {error}"]
    faults = [] if whole == "ok" else [f"the database is damaged: {whole}"]
    return faults + [
        f"{trip}: {name} was confirmed as {value!r}, kept is {kept.get(name)!r}"
        for name, value in confirmed.items()
        if kept.get(name) != value and not (value == "todo" and kept.get(name) == "declined")
    ]


def report_of(trip: str) -> str:
    """Return the name of the file that a trip's report is written to."""
    return f"{trip}.json"


def _report(folder: Path, trip: str) -> Any:
    """Read the report without what differs from trip to trip."""
    report = json.loads((folder / report_of(trip)).read_text(encoding="utf-8"))
    for key in ("id", "created", "digest"):
        del report[key]
    del report["trip"]["id"], report["trip"]["name"]
    return report


@cache
def items_by_label() -> dict[str, str]:
    """Return the full id of each bundled item by its label."""
    return {
        item.label: f"{checklist.id}.{item.id}"
        for checklist in load().checklists
        for section in checklist.sections
        for item in section.items
    }
