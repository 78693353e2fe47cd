"""Reports that together have every text that `review` compares, made from fixed packs."""

from __future__ import annotations

import datetime
from pathlib import Path

from tests.report import samples
from travelsec.pack.model import Pack
from travelsec.report.build import build
from travelsec.report.model import Report
from travelsec.trip.answers import Answers
from travelsec.trip.statuses import Status

_CONTACT = "{{id: {}, name: {}, {}, cites: [page/carry/bag]}}"
_ITEM = (
    "        - {{id: thing-{0}, label: Thing {0}, level: must, do: Do thing {0}., "
    "cites: [page/carry/bag]}}\n"
)
ADDED = (
    ("  not_covered:", "  nation: scotland\n  not_covered:"),
    (
        "label: Carry a letter of introduction, level: must",
        "label: Carry a letter of introduction, level: should, deadline: 15 days before departure",
    ),
    (", due: 10 days before departure", ""),
    ("due: 2 days before", "deadline: 2 days before departure, due: 5 days before"),
    ("back?, type: date", "back?, type: date, none: I am not coming back"),
    ("laptop: Laptop", 'laptop: "Laptop, charger"'),
    ("due: 1 day after return", "deadline: 2 working days after return"),
    ("do: Give it back.,", "do: Give it back., suggestion: Count them after $nights nights.,"),
    ("do: I avoid public wifi.,", "do: I avoid public wifi., contacts: [line, web],"),
    (
        "    - id: underway\n",
        "    - id: many\n      title: Many things\n      phase: before\n      items:\n"
        + "".join(_ITEM.format(number) for number in range(20))
        + "    - id: underway\n",
    ),
    (
        "contacts:\n",
        "situations:\n  - id: call\n    title: A call from $destination\n    audience: manager\n"
        "    steps: [{do: Listen., cites: [page/carry/bag]}]\n    contacts: [line, own, helper]\n"
        "contacts:\n"
        f"  - {_CONTACT.format('line', 'The line', 'tel: +442079460018, hours: Always')}\n"
        f"  - {_CONTACT.format('same', 'The same', 'tel: +442079460018, note: Ask first.')}\n"
        f"  - {_CONTACT.format('own', 'Your desk', 'slack: desk, note_from_abroad: Write.')}\n"
        f"  - {_CONTACT.format('web', 'The site', 'url: https://example.org/, note: Read it.')}\n",
    ),
)
"""What is added to the small pack: deadlines, contacts of each kind, and a call to a manager."""


def read_packs(folder: Path) -> tuple[Pack, Pack]:
    """Write the small pack, and the one with more in it, to a folder and load them."""
    (folder / "small").mkdir()
    (folder / "rich").mkdir()
    return samples.read_pack(folder / "small"), samples.read_pack(folder / "rich", *ADDED)


def make_worded(small: Pack, rich: Pack) -> list[Report]:
    """Make the reports."""
    trip = samples.TRIP
    settled = {f"overseas.{name}": Status("done", how="terminal") for name in samples.EVERYTHING}
    advice = {"overseas.consider-bag": Status("todo", how="terminal")}
    some = {"overseas.seals": Status("todo", how="terminal")}
    must = {"overseas.letter": Status("declined", "No time.", how="terminal")}
    late = datetime.date(2026, 12, 20)
    named = build(
        samples.facts(small),
        {},
        how={},
        created=samples.CREATED,
        name="Autumn",
        given=Answers({"envelopes": 3}, {"overseas.nothing": Status("done", how="script")}),
    )
    return [
        named,
        samples.make(small),
        samples.make(small, statuses={}),
        samples.make(small, statuses=settled),
        samples.make(small, statuses=settled | advice),
        samples.make(small, statuses=settled | some),
        samples.make(small, statuses=settled | must),
        samples.make(small, {}, {}),
        samples.make(small, {"abroad": "no"}, {}),
        samples.make(rich),
        samples.make(rich, statuses=must),
        samples.make(rich, {**trip, "departs": "2041-12-01", "returns": "2041-12-02"}),
        samples.make(rich, {name: trip[name] for name in ("traveller", "departs")}, {}),
        samples.make(rich, {**trip, "returns": "none"}, settled, today=late),
    ]
