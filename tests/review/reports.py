"""Reports as a traveller sends them, honest ones and edited ones."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

import msgspec

from tests.report import samples
from travelsec.pack.model import Pack
from travelsec.report import html, json, model
from travelsec.report.model import Report, ReportItem
from travelsec.report.read import Received, parse_report
from travelsec.review.judge import Judge
from travelsec.review.model import Change, Decided, Difference, Reviewed, SetAside, Since
from travelsec.review.output import Output
from travelsec.review.priority import Filter, Totals
from travelsec.trip.readiness import assess
from travelsec.trip.statuses import Status

put = msgspec.structs.replace

NEW_ITEM = (
    "    - id: underway\n",
    "    - id: more\n      title: More\n      phase: before\n      items:\n"
    "        - {id: locks, label: Lock the bag, level: must, do: Lock it., "
    "cites: [page/carry/bag]}\n    - id: underway\n",
)
"""What makes another pack of the small one: one `must` more."""
OTHER_VERSION = ('version: "2.1"', 'version: "2.2"')
MANAGER = (
    "contacts:\n",
    "situations:\n"
    "  - id: call\n    title: If $traveller calls\n    audience: manager\n"
    "    steps: [{do: Stay on the line., cites: [page/carry/bag]}]\n"
    "    contacts: [helper, those-visited]\n"
    "contacts:\n"
    "  - {id: those-visited, name: Those to be visited, people: hosts, note: See the card.,\n"
    "     cites: [page/carry/bag]}\n",
)
"""A situation for managers, with a contact whose people are private."""

DAY = datetime.date(2026, 11, 24)
LABELS = {"a.b": "Do the b", "a.c": "Do the c"}
SINCE = Since(
    "returned",
    "Al Fox",
    "2026-11-23T09:00:01Z",
    "in/old.json",
    (Change("must-reopened", "1 must reopened", ("a.b",)), Change("fact", "return 4 days later")),
)
DECIDED = Decided("approved", "Jo Day", "2026-11-25T09:00:01Z", "Go!", True, ("a.c",))
FULL = Reviewed(
    path="in/r.json",
    attention=1,
    report="9",
    trip_id="7",
    trip="Lisbon",
    traveller="A. Smith",
    destination="Lisbon",
    departs="2026-12-01",
    returns="2026-12-05",
    as_of="2026-11-24",
    created="2026-11-24T08:30:05Z",
    verdict="not-ready",
    stated="ready",
    holds=True,
    open_must=("a.b",),
    open=("a.b", "a.c"),
    waived=(SetAside("a.w", "Use the safe", "No hotel."),),
    declined=(SetAside("a.c", "Do the c", "No time."),),
    differs=(
        Difference("lowered", "1 item is lowered in level.", ("a.c",)),
        Difference("waived", "1 must item was waived.", ("a.w",)),
    ),
    decision=DECIDED,
    since=SINCE,
)
"""A reviewed report about which there is something of everything to say."""


def read_pack(folder: Path, *replacements: tuple[str, str]) -> Pack:
    """Load the small pack, with a situation for managers and an item that had another id."""
    folder.mkdir(exist_ok=True)
    renamed = ("{id: passwords,", "{id: passwords, formerly: [secrets],")
    return samples.read_pack(folder, MANAGER, renamed, *replacements)


def done(**others: Status) -> dict[str, Status]:
    """Say in a terminal that all is done but some items, named with `_` for `-`."""
    named = {name.replace("_", "-"): status for name, status in others.items()}
    settled = {name: Status("done", how="terminal") for name in samples.EVERYTHING}
    return {f"overseas.{name}": status for name, status in (settled | named).items()}


def as_json(report: Report) -> bytes:
    """Return the report as the file of it holds it, digest and all."""
    return json.render(report)


def as_page(report: Report) -> bytes:
    """Return the report as its HTML page."""
    return html.render(report).encode()


def sealed(report: Report) -> Report:
    """Return the report with the digest worked out again, as someone with bad intent does."""
    return put(report, digest=model.digest(report))


def rejudged(report: Report) -> Report:
    """Return the report with verdict, counts and digest made to fit its items."""
    judged = ((item.id, item.level, item.status) for item in report.items if item.phase != "back")
    return sealed(put(report, readiness=assess(judged, report.readiness.not_covered)))


def with_items(
    report: Report, change: Callable[[ReportItem], ReportItem | None], *names: str
) -> Report:
    """Change the items of these names, or leave those out of which nothing is made."""
    wanted = {f"overseas.{name}" for name in names}
    items = (change(item) if item.id in wanted else item for item in report.items)
    return put(report, items=tuple(item for item in items if item is not None))


def without(report: Report, *names: str) -> Report:
    """Leave items out."""
    return with_items(report, lambda _: None, *names)


def with_facts(report: Report, **facts: Any) -> Report:
    """Change facts, and nothing that follows from them; None leaves a fact out."""
    merged = {k: v for k, v in (report.trip.facts | facts).items() if v is not None}
    return put(report, trip=put(report.trip, facts=merged))


def received(report: Report) -> Received:
    """Send the report as JSON and read it."""
    return parse_report(as_json(report))


def judge(
    pack: Pack, today: datetime.date = samples.TODAY, latest: str = "9999-12-31T23:59:59Z"
) -> Judge:
    """Return the judge of a manager with this pack."""
    return Judge(pack, today, latest)


def review(report: Report, pack: Pack, today: datetime.date = samples.TODAY) -> Reviewed:
    """Judge the report as it comes in as JSON."""
    return judge(pack, today).judge("report.json", received(report))


def told(reviewed: Reviewed) -> Mapping[str, Difference]:
    """Return the first difference of each code."""
    return {one.code: one for one in reversed(reviewed.differs)}


def codes(reviewed: Reviewed) -> set[str]:
    """Return the codes of the differences."""
    return set(told(reviewed))


def hostile(text: str) -> Reviewed:
    """Return a report with the text wherever a stranger can put one."""
    said = (SetAside(text, text, text),)
    return put(
        FULL,
        path=text,
        report=text,
        trip_id=text,
        trip=text,
        traveller=text,
        destination=text,
        created=text,
        open_must=(text,),
        open=(text, "a.b"),
        waived=said,
        declined=said,
        differs=(Difference("extra", text, (text,)),),
        decision=Decided("approved", text, text, text, False, (text,)),
        since=Since("approved", text, text, text, (Change("fact", text, (text,)),), text),
    )


def output_of(pack: Pack, rows: list[Reviewed], limit: int | None = None) -> Output:
    """Return the output of a review of these rows, for a pipe."""
    return Output(
        rows,
        Totals(len(rows), not_ready=len(rows)),
        ["Visas."],
        DAY,
        pack,
        limit=limit,
        plain=True,
        in_lines=False,
        asked=Filter(DAY),
        folder=Path(),
    )


def written(write: Callable[[Output, TextIO], None], output: Output) -> str:
    """Return what a format writes that is text."""
    return written_bytes(write, output).decode()


def written_bytes(write: Callable[[Output, TextIO], None], output: Output) -> bytes:
    """Return what a format writes."""
    data = BytesIO()
    sink = TextIOWrapper(data, encoding="utf-8", newline="\n")
    write(output, sink)
    sink.flush()
    return data.getvalue()
