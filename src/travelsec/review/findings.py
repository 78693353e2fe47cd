"""What about a report from a stranger is not as travelsec makes it, or worth knowing besides."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from travelsec.pack.model import LEVELS, Item, Level
from travelsec.problems import brief
from travelsec.report.model import Report, ReportItem, is_moment
from travelsec.report.read import Received
from travelsec.review.model import VERDICTS, Difference
from travelsec.trip.facts import Facts
from travelsec.trip.readiness import Readiness, assess
from travelsec.trip.statuses import OPEN
from travelsec.trip.stored_trip import is_over
from travelsec.wording import count, join_words, show_date

MAX_TOLD = 12
"""Packs that are told of; more are counted."""


class ExpectedItem(NamedTuple):
    """An item that the reviewer's packs choose for the facts of a report.

    `fixed` is what a report has for it if no fact is to be filled in: see `FIXED`. `titles` are
    those that go with it: see `context.item_titles`. `phase` is the place of its phase.
    """

    id: str
    checklist: str
    section: str
    item: Item
    fixed: tuple[object, ...]
    titles: tuple[tuple[str, str], ...]
    phase: int


FIXED = attrgetter("id", "level", "label", "do", "why", "cites", "phase", "section", "checklist")
"""What of a report's item the packs decide, but for when it is due."""


def first_few(differs: Iterator[Difference]) -> Iterator[Difference]:
    """Yield the first differences; more of them, such as a stranger can write, are counted."""
    yield from islice(differs, MAX_TOLD)
    more = sum(1 for _ in differs)
    if more:
        yield Difference("other-pack", f"And {more} packs more.")


def words(changed: dict[str, bool]) -> Iterator[Difference]:
    """Tell which texts around the items are not those that travelsec writes."""
    names = [name for name, is_changed in changed.items() if is_changed]
    if names:
        text = f"Not as travelsec writes it: {join_words(names)}."
        yield Difference("reworded", text, breaks=True)


def integrity(received: Received) -> Iterator[Difference]:
    if not received.fits:
        yield Difference(
            "digest",
            "It was changed after it was made, or damaged on its way: its digest does not fit.",
            breaks=True,
        )


def items_differ(
    chosen: dict[str, ExpectedItem], items: dict[str, ReportItem], odd: Iterable[str], *, same: bool
) -> Iterator[Difference]:
    """Tell which items are missing, lowered or too many.

    Under the same packs no report of travelsec has such items; under others there is a reason.
    `odd` are those in both that are not letter for letter as the packs have them.
    """
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    if chosen.keys() != items.keys():
        missing = tuple(name for name in chosen if name not in items)
        extra = tuple(name for name in items if name not in chosen)
    if missing and same:
        yield Difference("removed", f"{items_are(missing)} removed from it.", missing, breaks=True)
    elif missing:
        counted = count(len(missing), "item")
        text = f"{counted} of your packs missing in it: what is missing counts as open."
        yield Difference("not-in-report", text, missing)
    if extra and same:
        text = (
            f"{count(len(extra), 'item')} in it that its answers do not call for: an answer was "
            "changed, or an item was put in."
        )
        yield Difference("extra", text, extra, breaks=True)
    elif extra:
        counted = count(len(extra), "item")
        text = f"{counted} in it that your packs do not have for this trip: not judged."
        yield Difference("not-in-packs", text, extra)
    moved = {
        name: LEVELS.index(items[name].level) - LEVELS.index(chosen[name].item.level)
        for name in odd
    }
    raised = tuple(name for name, steps in moved.items() if steps < 0)
    if raised and same:
        yield Difference("raised", f"{items_are(raised)} raised in level.", raised, breaks=True)
    lowered = tuple(name for name, steps in moved.items() if steps > 0)
    if lowered:
        yield Difference("lowered", f"{items_are(lowered)} lowered in level.", lowered, breaks=same)


def unasked(report: Report, public: Container[str]) -> Iterator[Difference]:
    """Tell of answers that no report holds: private ones, or to questions that do not matter."""
    names = [name for name in report.trip.facts if name not in public]
    if names:
        told = brief(", ".join(names[:MAX_TOLD]))
        text = f"It holds {count(len(names), 'answer')} that travelsec puts into no report: {told}."
        yield Difference("fact-misfit", text, breaks=True)


def unfounded(bare: tuple[str, ...], twice: list[str]) -> Iterator[Difference]:
    """Tell what no answers file and no interview could have said."""
    if twice:
        names = tuple(dict.fromkeys(twice))
        yield Difference("twice", f"{items_are(names)} in it more than once.", names, breaks=True)
    if bare:
        text = f"{items_are(bare)} set aside without a reason; what has none counts as open."
        yield Difference("no-reason", text, bare, breaks=True)


def verdicts(
    report: Report,
    readiness: Readiness,
    items: dict[str, ReportItem],
    *,
    as_judged: bool,
) -> Iterator[Difference]:
    """Tell where the verdict of a report is not that of its own items, or not that of today.

    `as_judged`: its items are those that the readiness of today was judged of.
    """
    stated = report.readiness
    own = readiness
    if not as_judged:
        own = assess(
            (item.id, item.level, item.status) for item in items.values() if item.phase != "back"
        )
    if _numbers(stated) != _numbers(own):
        text = (
            f"Its verdict was edited: it says “{VERDICTS[stated.verdict]}”, its own items say "
            f"“{VERDICTS[own.verdict]}”."
        )
        if stated.verdict == own.verdict:
            text = "The numbers beside its verdict were edited: its own items give others."
        yield Difference("verdict-edited", text, breaks=True)
    elif stated.verdict != readiness.verdict:
        text = (
            f"It says “{VERDICTS[stated.verdict]}”; judged afresh it is "
            f"“{VERDICTS[readiness.verdict]}”."
        )
        yield Difference("verdict", text)


def _numbers(readiness: Readiness) -> tuple[object, ...]:
    return readiness.verdict, readiness.open, readiness.waived, readiness.counts


def answered(
    judged: Mapping[str, Level], readiness: Readiness, items: dict[str, ReportItem]
) -> Iterator[Difference]:
    if readiness.waived:
        text = f"{items_are(readiness.waived, 'must item')} said not to apply."
        yield Difference("waived", text, readiness.waived)
    scripted = tuple(
        name
        for name, item in items.items()
        if item.how != "terminal" and judged.get(name) == "must" and item.status not in OPEN
    )
    if scripted:
        text = f"{items_are(scripted, 'must item')} answered by a script, not by a person."
        yield Difference("by-script", text)


def time(report: Report, now: Facts, latest: str) -> Iterator[Difference]:
    if not is_moment(report.created):
        # It could not be told which of several reports of the trip is the newest.
        text = f"It does not say when it was made: “{brief(report.created)}” is no moment."
        yield Difference("no-moment", text, breaks=True)
    elif report.created > latest:
        text = f"It says that it was made at {brief(report.created)}, which is still to come."
        yield Difference("future", text, breaks=True)
    if report.as_of != now.today:
        text = f"It was judged for {show_date(report.as_of)}."
        yield Difference("other-date", text)
    departs = now.value("departs")
    if is_over(now):
        yield Difference("over", "The trip is over.")
    elif departs is not None and departs <= now.today:
        yield Difference("begun", "The trip has begun.")


def items_are(items: tuple[str, ...], noun: str = "item") -> str:
    """Count items, with the verb: “1 item is”, “2 items are”."""
    return count(len(items), f"{noun} is", f"{noun}s are")
