"""What is unchecked, over or replaced is never counted or ranked with what is good."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from tests.cli.command import run
from tests.report import samples
from tests.review.reports import as_json, as_page, judge, put, rejudged, sealed
from travelsec.pack.load import load
from travelsec.pack.model import Pack
from travelsec.report.model import Report
from travelsec.review.inbox import Inbox
from travelsec.review.model import Reviewed
from travelsec.review.priority import Totals, order
from travelsec.review.run import review_all
from travelsec.trip.answers import item_names
from travelsec.trip.statuses import Status

TODO = Status("todo", how="terminal")
WAIVED = Status("not-applicable", "No need.", how="terminal")
PAST = {"departs": "2026-11-01", "returns": "2026-11-05"}


def other_packs(report: Report) -> Report:
    return sealed(put(report, packs=(put(report.packs[0], digest="1" * 64),)))


def other_words(report: Report) -> Report:
    return sealed(put(report, tool=put(report.tool, words=1)))


def damaged(report: Report) -> Report:
    return put(report, digest="0" * 64)


def dropped(report: Report) -> Report:
    return rejudged(put(report, items=report.items[1:]))


@dataclasses.dataclass(frozen=True)
class Kind:
    """A kind of report: how it is made, the one total that counts it, and the exit code."""

    total: str
    code: int
    facts: dict[str, str] = dataclasses.field(default_factory=dict)
    must: Status | None = None
    advice: Status | None = None
    edit: Callable[[Report], Report] = lambda report: report
    is_page: bool = False


KINDS: dict[str, Kind] = {
    "ready": Kind("ready", 0),
    "ready, as a page": Kind("ready", 0, is_page=True),
    "with actions": Kind("ready_with_actions", 0, advice=TODO),
    "waived": Kind("ready", 0, must=WAIVED),
    "not ready": Kind("not_ready", 1, must=TODO),
    "of other packs": Kind("unchecked", 1, edit=other_packs),
    "of other packs, waived": Kind("unchecked", 1, must=WAIVED, edit=other_packs),
    "of other packs, not ready": Kind("unchecked", 1, must=TODO, edit=other_packs),
    "of other words": Kind("unchecked", 1, edit=other_words),
    "of other words, as a page": Kind("unchecked", 1, edit=other_words, is_page=True),
    "damaged": Kind("broken", 1, edit=damaged),
    "edited": Kind("broken", 1, edit=dropped),
    "edited, not ready": Kind("broken", 1, must=TODO, edit=dropped),
    "over": Kind("over", 0, PAST),
    "over, not ready": Kind("over", 0, PAST, must=TODO),
    "over, waived": Kind("over", 0, PAST, must=WAIVED),
    "over, of other packs": Kind("over", 0, PAST, edit=other_packs),
    "over, damaged": Kind("broken", 1, PAST, edit=damaged),
}


def settled(pack: Pack) -> dict[str, Status]:
    return dict.fromkeys(item_names(pack).values(), Status("done", how="terminal"))


def bytes_of(
    name: str, pack: Pack, trip: str, created: datetime.datetime = samples.CREATED
) -> bytes:
    """Return a file of a kind, of the trip with this name."""
    kind = KINDS[name]
    facts = {**samples.TRIP, "traveller": trip, **kind.facts}
    known = {fact: value for fact, value in facts.items() if fact in pack.questions}
    trip_id, statuses = samples.hex_id(trip), settled(pack)
    made = samples.make(pack, known, statuses)
    for level, status in (("must", kind.must), ("should", kind.advice)):
        if status is not None:
            judged = (item for item in made.items if item.phase != "back")
            statuses[[item.id for item in judged if item.level == level][-1]] = status
    edited = kind.edit(samples.make(pack, known, statuses, trip_id=trip_id, created=created))
    return as_page(edited) if kind.is_page else as_json(edited)


def write(folder: Path, names: tuple[str, ...], pack: Pack) -> None:
    for number, name in enumerate(names):
        ending = "html" if KINDS[name].is_page else "json"
        (folder / f"{number}.{ending}").write_bytes(bytes_of(name, pack, f"trip {number}"))


def reviewed(paths: list[Path], pack: Pack) -> tuple[list[Reviewed], Totals]:
    """Review files as the command does."""
    judging, totals = judge(pack), Totals()
    with Inbox([*map(str, paths)], b"") as found:
        rows = list(review_all(found, judging))
    for row in rows:
        totals.add(row)
    return rows, totals


@pytest.mark.parametrize("names", list(itertools.combinations_with_replacement(KINDS, 2)))
def test_each_report_is_counted_once(pack: Pack, tmp_path: Path, names: tuple[str, ...]) -> None:
    """In its own total; whatever fails a check alone fails it beside any other."""
    write(tmp_path, names, pack)
    rows, totals = reviewed([tmp_path], pack)
    counts = msgspec.structs.asdict(totals)
    wanted = [KINDS[name].total for name in names]
    assert {name: number for name, number in counts.items() if number} == {
        "reports": 2,
        **{name: wanted.count(name) for name in wanted},
        **({"with_waived": names.count("waived")} if "waived" in names else {}),
        **({"undecided": 2 - wanted.count("over")} if wanted.count("over") < 2 else {}),
    }
    assert totals.is_good is all(KINDS[name].code == 0 for name in names)
    # What failed comes before what did not.
    codes = [KINDS[names[int(Path(row.path).stem)]].code for row in sorted(rows, key=order)]
    assert codes == sorted(codes, reverse=True)


REPLACING = (
    *("ready", "ready, as a page", "with actions", "not ready", "of other packs", "damaged"),
    *("edited", "over, not ready", "over, of other packs"),
)


@pytest.mark.parametrize("newer", REPLACING)
@pytest.mark.parametrize("older", REPLACING)
def test_of_one_trip_the_newest_counts(pack: Pack, tmp_path: Path, older: str, newer: str) -> None:
    """Only what does not hold replaces nothing, and is never replaced."""
    (tmp_path / "older").write_bytes(bytes_of(older, pack, "trip"))
    later = samples.CREATED.replace(hour=10)
    (tmp_path / "newer").write_bytes(bytes_of(newer, pack, "trip", later))
    _, totals = reviewed([tmp_path / "older", tmp_path / "newer"], pack)
    broken = [KINDS[name].total == "broken" for name in (older, newer)]
    assert (totals.reports, totals.unread) == (2, 0)
    assert totals.broken == sum(broken)
    assert totals.replaced == int(not any(broken))
    if not any(broken):
        assert getattr(totals, KINDS[newer].total) == 1
        assert totals.is_good is (KINDS[newer].code == 0)


# Through the command line


@pytest.fixture(scope="module")
def bundled() -> Pack:
    """Load the bundled pack once."""
    return load()


RUNS: tuple[tuple[tuple[str, ...], int], ...] = (
    *(((name,), KINDS[name].code) for name in KINDS if "page" not in name),
    (("ready", "with actions", "waived", "over, not ready"), 0),
    (("ready", "over", "over, of other packs"), 0),
    (("ready", "not ready"), 1),
    (("ready", "of other packs"), 1),
    (("over", "of other words, as a page"), 1),
    (("waived", "edited"), 1),
    ((*KINDS,), 1),
    (("unread",), 2),
    (("ready", "unread"), 2),
    (("not ready", "unread"), 2),
    ((*KINDS, "unread"), 2),
)


@pytest.mark.parametrize(("names", "code"), [pytest.param(*r, id=", ".join(r[0])) for r in RUNS])
def test_the_exit_code_is_that_of_the_worst(
    bundled: Pack, tmp_path: Path, names: tuple[str, ...], code: int
) -> None:
    """0 if all are good or over, 1 if one is not, 2 if one could not be read."""
    names, unread = tuple(name for name in names if name in KINDS), names.count("unread")
    write(tmp_path, names, bundled)
    if unread:
        (tmp_path / "unread.json").write_bytes(b"{}")
    done = run("review", ".", "--today", "2026-11-24", "--format", "json", folder=tmp_path)
    assert (done.code, done.err) == (code, "")
    totals = done.json()["totals"]
    for total in ("ready", "ready_with_actions", "not_ready", "unchecked", "broken", "over"):
        assert totals[total] == sum(KINDS[name].total == total for name in names)
    assert (totals["unread"], totals["replaced"]) == (unread, 0)
