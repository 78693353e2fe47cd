"""Lay out a report for people, the same in every text format."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from travelsec.document import Block, Heading, ListItem, Pairs, Paragraph, Tone
from travelsec.pack.model import LEVELS
from travelsec.report.model import Report, ReportItem, digest
from travelsec.trip.advice import RELATED_LINKS
from travelsec.trip.readiness import Readiness, Verdict, assess
from travelsec.trip.statuses import OPEN, How
from travelsec.wording import count, join_words, show_date, show_iso

VERDICTS: dict[str, tuple[str, Tone]] = {
    "ready": ("READY", "good"),
    "ready-with-actions": ("READY, WITH ACTIONS", "attention"),
    "not-ready": ("NOT READY", "bad"),
}
WAYS: dict[How, str] = {
    "terminal": "in a terminal",
    "script": "by a script",
    "default": "by default",
}
"""How an answer was given, in words."""


class ActualState(NamedTuple):
    """The state of the `before` and `away` items, computed from the items themselves.

    The report's own lists of open and waived items may have been edited.
    """

    open: list[ReportItem]
    excused: list[ReportItem]
    done: list[ReportItem]

    @property
    def verdict(self) -> Verdict:
        """The verdict on these items."""
        everything = (*self.open, *self.excused, *self.done)
        return assess((item.id, item.level, item.status) for item in everything).verdict

    @property
    def musts(self) -> list[ReportItem]:
        """The open `must` items."""
        return [item for item in self.open if item.level == "must"]

    @property
    def waived(self) -> list[ReportItem]:
        """The `must` items marked not applicable."""
        return [item for item in self.excused if item.level == "must"]

    @property
    def declined(self) -> list[ReportItem]:
        """The items the traveller declined; they are open too."""
        return [item for item in self.open if item.status == "declined"]


def actual_state(report: Report) -> ActualState:
    """Sort the items into open, not applicable and done."""
    judged = [item for item in report.items if item.phase != "back"]
    return ActualState(
        open=[item for item in judged if item.status in OPEN],
        excused=[item for item in judged if item.status == "not-applicable"],
        done=[item for item in judged if item.status == "done"],
    )


def outline(report: Report) -> Iterator[Block]:
    """Yield the report's blocks, the most important first. Texts are raw: formats make them safe.

    The verdict with what was waived and what is not covered; what is open, by level and due
    date; the undertakings; what is settled; what comes on return; the answers; warnings last.
    """
    stands = actual_state(report)
    yield Heading(1, title(report))
    yield verdict(report)
    if changed := was_changed(report):
        yield Paragraph(changed, "bad")
    yield from _not_covered(report.readiness, stands)
    yield Pairs(tuple(about(report)))
    yield from _open(stands.open, report.as_of)
    yield from _settled(
        "What the traveller undertakes", [i for i in stands.done if i.phase == "away"]
    )
    yield from _settled("Done", [i for i in stands.done if i.phase == "before"])
    yield from _excused(stands.excused)
    yield from _on_return([item for item in report.items if item.phase == "back"], report.as_of)
    yield from _answers(report)
    yield from _on_call(report)
    yield from _links(report)
    yield from _warnings(report)


def title(report: Report) -> str:
    """Return the title of the report."""
    return f"Travel security: {report.trip.name}"


def verdict(report: Report) -> Paragraph:
    """Return the verdict on the items with its reason; warn if the report claims another."""
    stands = actual_state(report)
    own, claimed = stands.verdict, report.readiness.verdict
    words, tone = VERDICTS[own]
    text = f" {claims(claimed)}" if claimed != own else ""
    return Paragraph(f"{words}. {because(stands)}{text}", tone)


def claims(verdict: Verdict) -> str:
    """Warn if the report claims a verdict that its items do not support."""
    return (
        f"This file calls itself “{VERDICTS[verdict][0].capitalize()}”, but its items say "
        "otherwise. Ask for a new report."
    )


def was_changed(report: Report) -> str:
    """Warn if a report was changed: a reader without its data cannot find out."""
    try:
        if digest(report) == report.digest:
            return ""
    except UnicodeEncodeError:
        # Half a surrogate pair, which no file can hold.
        pass
    return (
        "This report was changed after it was made, or damaged on its way: its digest does not "
        "fit. Ask the traveller for a new one."
    )


def _not_covered(readiness: Readiness, stands: ActualState) -> Iterator[Block]:
    waived = len(stands.waived)
    if waived:
        yield Paragraph(f"{count(waived, 'must item was', 'must items were')} waived.", "attention")
    else:
        yield Paragraph("Nothing was waived.")
    for sentence in readiness.not_covered:
        yield Paragraph(f"Not covered here: {sentence}")


def because(stands: ActualState) -> str:
    """Give the reason for a verdict in a sentence."""
    must, total = len(stands.musts), len(stands.open)
    if must:
        others = f", {count(total, 'item')} in all" if total > must else ""
        return f"{count(must, 'must item is', 'must items are')} open{others}."
    if total:
        return f"{count(total, 'item is', 'items are')} open, none required."
    return "Nothing is open."


def traveller(report: Report) -> str:
    """Return the traveller's name; empty if unknown, or no text in an untrusted report."""
    name = report.trip.facts.get("traveller")
    return name if isinstance(name, str) else ""


def about(report: Report) -> Iterator[tuple[str, str]]:
    """Yield whose report it is and for when, as far as known."""
    facts = report.trip.facts
    if facts.get("traveller"):
        yield "Traveller", str(facts["traveller"])
    destination = facts.get("destination")
    # “Nigeria” does not mention “Niger”.
    if destination and f" {destination} " not in f" {report.trip.name} ":
        yield "Where to", str(destination)
    if dates(report):
        yield "Dates", dates(report)
    yield "Judged for", show_date(report.as_of)


def _open(items: list[ReportItem], as_of: datetime.date) -> Iterator[Block]:
    if not items:
        return
    yield Heading(2, f"Open ({len(items)})")
    for level in LEVELS:
        of_level = [item for item in in_order(items) if item.level == level]
        if of_level:
            yield Heading(3, f"{level.capitalize()} ({len(of_level)})")
            for item in of_level:
                yield _open_entry(item, as_of)


def in_order(items: Iterable[ReportItem]) -> list[ReportItem]:
    """Sort items by level, then by date, undated items last in their level."""
    return sorted(items, key=lambda item: (LEVELS.index(item.level), item.due or datetime.date.max))


def _open_entry(item: ReportItem, as_of: datetime.date) -> ListItem:
    state = {"declined": "declined", "unanswered": "no answer yet"}.get(item.status, "")
    tone: Tone = "bad" if item.level == "must" else "attention"
    head = _joined(item.label, state, urgency(item, as_of))
    return ListItem(False, head, tone, (*_texts(item, as_of), *notes(item), f"[{item.id}]"))


def due(item: ReportItem, as_of: datetime.date) -> str:
    """Say when an open item is due."""
    if item.due is not None and item.due >= as_of:
        return f"suggested by {show_date(item.due)}"
    return urgency(item, as_of)


def urgency(item: ReportItem, as_of: datetime.date) -> str:
    """Say that an open item is due now, or before the journey; else nothing."""
    if item.due is None:
        return "before you leave" if item.phase == "before" else ""
    return "do this now" if item.due < as_of else ""


def _settled(title: str, items: list[ReportItem]) -> Iterator[Block]:
    if items:
        yield Heading(2, f"{title} ({len(items)})")
        for item in items:
            text = item.do if item.phase == "away" else item.label
            yield ListItem(True, text, "plain", tuple(notes(item)))


def _excused(items: list[ReportItem]) -> Iterator[Block]:
    if items:
        yield Heading(2, f"Said not to apply ({len(items)})")
        for item in sorted(items, key=lambda item: LEVELS.index(item.level)):
            yield ListItem(None, f"{item.label} ({item.level})", "attention", tuple(notes(item)))


def _on_return(items: list[ReportItem], as_of: datetime.date) -> Iterator[Block]:
    if items:
        yield Heading(2, f"On your return ({len(items)})")
        for item in items:
            label = f"{item.label} ({item.level})"
            if item.status == "not-applicable":
                yield ListItem(None, _joined(label, "does not apply"), "plain", tuple(notes(item)))
            elif item.status == "done":
                yield ListItem(True, label, "plain", tuple(notes(item)))
            else:
                state = "declined" if item.status == "declined" else ""
                head = _joined(label, state, urgency(item, as_of))
                yield ListItem(False, head, "plain", (*_texts(item, as_of), *notes(item)))


def _texts(item: ReportItem, as_of: datetime.date) -> Iterator[str]:
    """Yield when an item is due, what to do and why."""
    if item.due is not None and item.due >= as_of:
        yield f"Suggested by {show_date(item.due)}."
    yield item.do
    if item.why:
        yield f"Why: {item.why}"


def notes(item: ReportItem) -> Iterator[str]:
    """Yield the traveller's reason and note."""
    if item.reason:
        yield f"Reason given: {item.reason}"
    if item.note:
        yield f"Note: {item.note}"


def _joined(*parts: str) -> str:
    return " – ".join(part for part in parts if part)


def _answers(report: Report) -> Iterator[Block]:
    answers = report.trip.answers
    yield Heading(2, "The trip as the traveller describes it")
    if answers:
        yield Pairs(tuple((answer.ask, answer.answer) for answer in answers))
    for sentence in origin(report):
        yield Paragraph(sentence, "quiet")


def origin(report: Report) -> Iterator[str]:
    """Yield how the answers were given, if known, and what made the report."""
    hows = [answer.how for answer in report.trip.answers] + [item.how for item in report.items]
    given = Counter(hows)
    told = [f"{given[how]} {text}" for how, text in WAYS.items() if given[how]]
    if told:
        yield f"Answers given: {join_words(told)}."
    packs = join_words(f"{pack.id} {pack.version}" for pack in report.packs)
    yield f"Made with {report.tool.name} {report.tool.version}, pack {packs}."


def _on_call(report: Report) -> Iterator[Block]:
    for one in report.on_call:
        yield Heading(2, one.title)
        for number, step in enumerate(one.steps, 1):
            yield ListItem(None, f"{number}. {step}", "plain")
        for contact in one.contacts:
            yield ListItem(None, contact, "plain")


def _links(report: Report) -> Iterator[Block]:
    if report.links:
        yield Heading(2, RELATED_LINKS)
        for link in report.links:
            yield ListItem(None, link.name, "plain", tuple(filter(None, (link.url, link.note))))


def _warnings(report: Report) -> Iterator[Block]:
    if report.warnings:
        yield Heading(2, f"Warnings ({len(report.warnings)})")
        for warning in report.warnings:
            yield ListItem(None, warning.message, "attention")


def dates(report: Report) -> str:
    """Say when the trip is; empty if unknown."""
    departs, returns = (str(report.trip.facts.get(name) or "") for name in ("departs", "returns"))
    if not departs:
        return ""
    is_longer = returns and returns != departs
    return f"{show_iso(departs)} to {show_iso(returns)}" if is_longer else show_iso(departs)
