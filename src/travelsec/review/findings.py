"""Findings about an untrusted report: signs that it was altered, and other things to know."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import filterfalse, islice
from operator import attrgetter

from travelsec.pack.model import LEVELS, Level
from travelsec.problems import brief
from travelsec.report.items import Selection
from travelsec.report.model import Days, PackRef, Report, ReportItem
from travelsec.report.read import Received
from travelsec.review.model import MISSED, MISSED_SINCE, OVER, Difference
from travelsec.trip.facts import Facts
from travelsec.trip.readiness import VERDICT_WORDS, Readiness, assess
from travelsec.trip.statuses import OPEN
from travelsec.trip.stored_trip import is_over
from travelsec.wording import count, join_words, show_date

MAX_NAMES = 12
"""Names to list; any more are only counted."""


def other_packs(
    reported: Sequence[PackRef], own: Sequence[PackRef], optional: Container[str]
) -> Iterator[Difference]:
    """Yield how the packs of a report differ from the reviewer's, up to `MAX_NAMES`.

    `optional` has the ids of packs that come with travelsec, and count only where they are named.
    """
    differences = _other_packs(reported, own, optional)
    for text, breaks in islice(differences, MAX_NAMES):
        yield Difference("other-pack", text, breaks=breaks)
    uncounted = sum(1 for _ in differences)
    if uncounted:
        yield Difference("other-pack", f"And {uncounted} more packs.")


def _other_packs(
    report_packs: Sequence[PackRef], own_packs: Sequence[PackRef], optional: Container[str]
) -> Iterator[tuple[str, bool]]:
    """Yield each difference, and whether it breaks the report."""
    reported = {pack.id: pack for pack in report_packs}
    expected = {pack.id: pack for pack in own_packs}
    for name, ref in reported.items():
        own = expected.get(name)
        version = brief(ref.version)
        if own is None:
            way = f": review it again with --pack {name}" if name in optional else ""
            yield (
                f"Made with the pack {brief(name)} {version}, which is not among yours{way}.",
                False,
            )
        elif own.version != ref.version and own.digest == ref.digest:
            # The digest covers the version as well.
            text = f"It names version {version} of the pack {name}, but has the content of "
            yield f"{text}{own.version}.", True
        elif own.version != ref.version:
            text = f"Made with another version of the pack {name}: {version}; yours is "
            yield f"{text}{own.version}.", False
        elif own.digest != ref.digest:
            text = f"Made with a pack {name} {own.version} whose content differs from yours."
            yield text, False
    for number, name in enumerate(expected):
        if name not in reported:
            # The first is the bundled pack, which every travelsec has.
            yield f"Made without your pack {name}.", number == 0
    if len(reported) < len(report_packs):
        yield "It names one pack more than once.", True
    elif reported.keys() == expected.keys() and list(reported) != list(expected):
        yield "Made with your packs in another order.", False


def changed_words(changed: dict[str, bool]) -> Iterator[Difference]:
    """Yield a finding if texts around the items are not as travelsec writes them."""
    names = [name for name, is_changed in changed.items() if is_changed]
    if names:
        text = f"Not as travelsec writes it: {join_words(names)}."
        yield Difference("reworded", text, breaks=True)


def integrity(received: Received) -> Iterator[Difference]:
    if not received.fits:
        yield Difference(
            "digest",
            "It was changed or damaged after it was made: its digest does not match.",
            breaks=True,
        )
    for fault in received.unread:
        yield Difference("not-reviewed", f"Not reviewed: {fault}.")


def items_differ(
    selection: Selection,
    items: Mapping[str, ReportItem],
    relevelled: Iterable[str],
    *,
    same: bool,
) -> Iterator[Difference]:
    """Yield the items that are missing, extra or changed in level.

    A report that travelsec made with the same packs has none; with other packs it may.
    `relevelled` are those in both that have another level.
    """
    chosen = selection.items
    missing = (*filterfalse(items.__contains__, chosen),)
    extra = (*filterfalse(chosen.__contains__, items),)
    if missing:
        code, text = "removed", f"{items_are(missing)} removed from it."
        if not same:
            code = "not-in-report"
            counted = count(len(missing), "item of your packs is", "items of your packs are")
            text = f"{counted} missing from it and treated as open."
        yield Difference(code, text, missing, breaks=same)
    if extra:
        code = "extra"
        reason = "its answers do not call for: an answer was changed, or an item was added."
        if not same:
            code, reason = "not-in-packs", "your packs do not have for this trip: not judged."
        text = f"{count(len(extra), 'item')} in it that {reason}"
        yield Difference(code, text, extra, breaks=same)
    changes = {
        name: LEVELS.index(items[name].level) - LEVELS.index(chosen[name].item.level)
        for name in relevelled
    }
    raised = tuple(name for name, change in changes.items() if change < 0)
    if raised and same:
        yield Difference("raised", f"{items_are(raised)} raised in level.", raised, breaks=True)
    lowered = tuple(name for name, change in changes.items() if change > 0)
    if lowered:
        yield Difference("lowered", f"{items_are(lowered)} lowered in level.", lowered, breaks=same)


def reworded(names: Sequence[str]) -> Iterator[Difference]:
    """Yield a finding if items have other words or days than the packs give them."""
    if names:
        text = f"{items_are(names)} worded or dated differently from the pack."
        yield Difference("reworded", text, tuple(names), breaks=True)


def unasked(report: Report, public: Container[str]) -> Iterator[Difference]:
    """Find answers that a report never holds: private ones, and ones that do not matter."""
    names = [name for name in report.trip.facts if name not in public]
    if names:
        listed = brief(", ".join(names[:MAX_NAMES]))
        counted = count(len(names), "answer")
        text = f"It holds {counted} that travelsec never puts into a report: {listed}."
        yield Difference("fact-misfit", text, breaks=True)


def contradictions(facts: Facts) -> Iterator[Difference]:
    for _, text in facts.faults():
        yield Difference("contradiction", f"{text[0].upper()}{text[1:]}.", breaks=True)


def unfounded(twice: list[str]) -> Iterator[Difference]:
    """Yield findings about items that no answers file or interview can produce."""
    if twice:
        names = tuple(dict.fromkeys(twice))
        yield Difference("twice", f"{items_are(names)} in it more than once.", names, breaks=True)


_VERDICT = attrgetter("verdict", "open", "waived", "counts")


def verdicts(
    report: Report, readiness: Readiness, items: dict[str, ReportItem], *, as_judged: bool
) -> Iterator[Difference]:
    """Yield a finding if a report's verdict differs from that of its own items, or from today's.

    `as_judged`: today's readiness was judged from the same items.
    """
    stated = report.readiness
    recomputed = readiness
    if not as_judged:
        recomputed = assess(
            (item.id, item.level, item.status) for item in items.values() if item.phase != "back"
        )
    if _VERDICT(stated) != _VERDICT(recomputed):
        text = (
            f"Its verdict was edited: it says “{VERDICT_WORDS[stated.verdict]}”, its own items say "
            f"“{VERDICT_WORDS[recomputed.verdict]}”."
        )
        if stated.verdict == recomputed.verdict:
            text = "The numbers beside its verdict were edited: its own items add up to others."
        yield Difference("verdict-edited", text, breaks=True)
    elif stated.verdict != readiness.verdict:
        text = (
            f"It says “{VERDICT_WORDS[stated.verdict]}”; by your packs it is "
            f"“{VERDICT_WORDS[readiness.verdict]}”."
        )
        yield Difference("verdict", text)


def answered(
    judged: Mapping[str, Level], readiness: Readiness, items: dict[str, ReportItem]
) -> Iterator[Difference]:
    if readiness.waived:
        waived = count(len(readiness.waived), "must item was", "must items were")
        text = f"{waived} waived."
        yield Difference("waived", text, readiness.waived)
    scripted = tuple(
        name
        for name, item in items.items()
        if item.how != "terminal" and item.status not in OPEN and judged.get(name) == "must"
    )
    if scripted:
        text = f"{items_are(scripted, 'must item')} answered by a script, not by a person."
        yield Difference("by-script", text)


def time(report: Report, latest: str) -> Iterator[Difference]:
    """Yield findings about the moment a report was made, and the day it was judged for."""
    if report.created > latest:
        text = f"It says that it was made at {brief(report.created)}, which is in the future."
        yield Difference("future", text, breaks=True)
    elif report.created[:10] != report.as_of.isoformat():
        made = datetime.date.fromisoformat(report.created[:10])
        # The day in Coordinated Universal Time can be the one before or after.
        if abs(made - report.as_of) > datetime.timedelta(days=1):
            text = (
                f"It was made on {show_date(made)}, but judged for {show_date(report.as_of)}. "
                "Ask why."
            )
            yield Difference("made-another-day", text)


def calendar(facts: Facts, as_of: datetime.date, today: datetime.date) -> Iterator[Difference]:
    """Yield what the calendar alone has changed since the day a report was judged for."""
    if as_of != today:
        yield Difference("other-date", f"It was judged for {show_date(as_of)}.")
    departs = facts.value("departs")
    if is_over(facts, today):
        yield Difference(OVER, "The trip is over.")
    elif departs is not None and departs <= today:
        yield Difference("begun", "The trip has begun.")


def due_since(then: Container[str], now: Iterable[str]) -> Iterator[Difference]:
    """Yield the items that apply now, and not yet on the day a report was judged for."""
    new = tuple(filterfalse(then.__contains__, now))
    if new:
        text = (
            f"{count(len(new), 'item applies', 'items apply')} today that did not on that day; "
            f"the verdict leaves {'it' if len(new) == 1 else 'them'} out."
        )
        yield Difference("since", text, new)


def missed(
    name: str, days: Days, as_of: datetime.date, today: datetime.date
) -> Iterator[Difference]:
    """Yield a finding if the deadline of an open item, one of its `days`, has passed.

    The verdict stays that of the day the report was judged for.
    """
    _, deadline, ask = days
    if deadline is None:
        return
    text = f"it was due by {show_date(deadline)}; ask {ask}. Still open."
    if deadline < as_of:
        yield Difference(MISSED, f"Missed: {text}", (name,))
    elif deadline < today:
        text = f"Missed since the report was made: {text}"
        yield Difference(MISSED_SINCE, text, (name,))


def items_are(items: Sequence[str], noun: str = "item") -> str:
    """Count items, with the verb: “1 item is”, “2 items are”."""
    return count(len(items), f"{noun} is", f"{noun}s are")
