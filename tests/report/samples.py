"""A small pack with an item of every kind, and reports made with it."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from travelsec.pack.load import load
from travelsec.pack.model import Pack
from travelsec.question_types import read_value
from travelsec.report.build import build
from travelsec.report.model import Report
from travelsec.trip.facts import Facts
from travelsec.trip.statuses import How, Status

PACK = """
pack:
  id: small
  version: "2.1"
  title: Small
  covers: A few things.
  not_covered: "Visas and vaccinations: ask the travel desk."
questions:
  - {id: traveller, ask: What is your name?, type: text}
  - {id: destination, ask: Where are you going?, type: text}
  - {id: abroad, ask: Will you leave the country?, type: yes-no}
  - {id: departs, ask: Which day do you leave?, type: date}
  - {id: returns, ask: Which day do you come back?, type: date}
  - {id: devices, ask: Which devices will you take?, type: choices,
     choices: {laptop: Laptop, tablet: Tablet, phone: Phone}}
  - {id: envelopes, ask: How many envelopes do you have?, type: number}
  - {id: hosts, ask: Whom will you visit?, type: people, private: true}
checklist:
  id: overseas
  title: Taking equipment overseas
  when: {abroad: true}
  sections:
    - id: packing
      title: What you carry
      phase: before
      items:
        - {id: consider-bag, label: A bag that locks, do: Think about a bag that locks.,
           level: consider, cites: [page/carry/bag]}
        - {id: clear-files, label: Clear unneeded files, level: must, cites: [page/carry/clear],
           do: Take off each device the files you will not need on this trip.,
           why: "If the device is lost or stolen, less is exposed.", due: 2 days before departure}
        - {id: letter, label: Carry a letter of introduction, level: must,
           do: Get a letter of introduction from those you will visit., cites: [page/carry/letter],
           why: It shows officials that you are expected., due: 10 days before departure}
        - {id: passwords, label: Keep passwords apart, level: must, cites: [page/carry/clear],
           do: Keep every password apart from the device it opens.}
        - {id: seals, label: Pack envelopes, level: should, cites: [page/carry/letter],
           do: Pack sealed envelopes for $devices., due: 1 day before departure}
        - {id: insured, label: Insure the bag, level: should, cites: [page/carry/bag],
           do: Insure the bag for $nights nights.}
    - id: underway
      title: On the way
      phase: away
      items:
        - {id: unattended, label: Never leave it unattended, level: must,
           do: "I never leave a device unattended, not even for a moment.",
           cites: [page/carry/clear]}
        - {id: hotel-safe, label: Use the hotel safe, level: must,
           do: I use the safe and a sealed envelope., cites: [page/carry/letter]}
        - {id: wifi, label: Avoid public wifi, level: should, do: I avoid public wifi.,
           cites: [page/carry/bag]}
    - id: home-again
      title: On return
      phase: back
      items:
        - {id: report-it, label: Report what went wrong, level: must, cites: [page/carry/clear],
           do: Tell the incident line what went wrong., due: 1 day after return,
           why: They can still limit the harm.}
        - {id: check-seals, label: Check the seals, level: should, cites: [page/carry/letter],
           do: Look at every seal., due: on return}
        - {id: give-back, label: Give back what you borrowed, level: consider,
           do: Give it back., cites: [page/carry/bag]}
contacts:
  - {id: helper, name: The page team, email: page@example.org, cites: [page/carry/bag]}
guidance:
  - id: page
    title: Taking equipment abroad
    publisher: The ministry
    expires: 2026-06-30
    ask: helper
    sections:
      - id: carry
        title: What to carry
        statements:
          - {id: bag, kind: duty, fingerprint: 0000000000000001}
          - {id: clear, kind: duty, fingerprint: 0000000000000002}
          - {id: letter, kind: duty, fingerprint: 0000000000000003}
"""

TODAY = datetime.date(2026, 11, 24)
CREATED = datetime.datetime(2026, 11, 24, 8, 30, 5, tzinfo=datetime.UTC)


def hex_id(name: str) -> str:
    """Return an id as travelsec draws them, always the same for a name."""
    return hashlib.sha256(name.encode()).hexdigest()[:32]


TRIP_ID, REPORT_ID = "7" * 32, "9" * 32
SECRET_NAME, SECRET_NUMBER = "Xenia Verborgen", "+351 21 999 8877"

TRIP: Mapping[str, Any] = {
    "traveller": "A. Smith",
    "destination": "Lisbon",
    "abroad": "yes",
    "departs": "2026-12-01",
    "returns": "2026-12-05",
    "devices": "laptop, phone",
    "hosts": [f"{SECRET_NAME}, {SECRET_NUMBER}"],
}
STATUSES: Mapping[str, Status] = {
    "overseas.clear-files": Status("todo", note="Ask IT for help.", how="terminal"),
    "overseas.passwords": Status("done", note="In the manager.", how="terminal"),
    "overseas.seals": Status("declined", reason="There are none left.", how="script"),
    "overseas.insured": Status("not-applicable", reason="It has no worth.", how="script"),
    "overseas.unattended": Status("done", how="terminal"),
    "overseas.hotel-safe": Status("not-applicable", reason="Staying with family.", how="terminal"),
    "overseas.check-seals": Status("not-applicable", reason="None were used.", how="script"),
}
EVERYTHING = (
    *("consider-bag", "clear-files", "letter", "passwords", "seals", "insured"),
    *("unattended", "hotel-safe", "wifi", "report-it", "check-seals", "give-back"),
)


def read_pack(folder: Path, *replacements: tuple[str, str]) -> Pack:
    """Write the small pack to a folder, with texts in it replaced, and load it."""
    text = PACK
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    (folder / "pack.yaml").write_text(text, encoding="utf-8")
    return load(bundled=folder)


def facts(pack: Pack, given: Mapping[str, Any] = TRIP, today: datetime.date = TODAY) -> Facts:
    """Return the facts of a trip from texts as an answers file has them."""
    read = {name: read_value(pack.questions[name], raw) for name, raw in given.items()}
    return Facts(pack, read, today)


def make(
    pack: Pack,
    given: Mapping[str, Any] = TRIP,
    statuses: Mapping[str, Status] = STATUSES,
    *,
    today: datetime.date = TODAY,
    created: datetime.datetime = CREATED,
    trip_id: str | None = TRIP_ID,
    report_id: str | None = REPORT_ID,
) -> Report:
    """Make a report; what is not said is as in the sample trip."""
    how: dict[str, How] = dict.fromkeys(given, "terminal")
    how["devices"] = "script"
    return build(
        facts(pack, given, today),
        statuses,
        how=how,
        created=created,
        trip_id=trip_id,
        report_id=report_id,
    )
