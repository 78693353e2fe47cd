"""What a report says to people, and in which order: the same for every text format."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator

from travelsec import values
from travelsec.document import Block, Entry, Heading, Pairs, Paragraph, Tone
from travelsec.pack.model import LEVELS
from travelsec.report.model import Report, ReportItem
from travelsec.trip.readiness import Readiness
from travelsec.trip.statuses import How, Status

_VERDICTS: dict[str, tuple[str, Tone]] = {
    "ready": ("READY", "good"),
    "ready-with-actions": ("READY, WITH ACTIONS", "attention"),
    "not-ready": ("NOT READY", "bad"),
}


def outline(report: Report) -> Iterator[Block]:
    """Yield the report's blocks, the most important first. Texts are raw: formats make them safe.

    The verdict with what was waived and what is not covered; what is open, by level and due
    date; the undertakings; what is settled; what comes on return; the answers; warnings last.
    What is open or waived is told from the items themselves, so that none can go unseen.
    """
    judged = [item for item in report.items if item.phase != "back"]
    still_open = [item for item in judged if Status(item.status).is_open]
    excused = [item for item in judged if item.status == "not-applicable"]
    done = [item for item in judged if item.status == "done"]
    yield Heading(1, f"Travel security: {report.trip.name}")
    yield from _verdict(report.readiness, still_open, excused)
    yield Pairs(tuple(_about(report)))
    yield from _open(still_open, report.as_of)
    yield from _settled("What the traveller undertakes", [i for i in done if i.phase == "away"])
    yield from _settled("Done", [i for i in done if i.phase == "before"])
    yield from _excused(excused)
    yield from _on_return([item for item in report.items if item.phase == "back"], report.as_of)
    yield from _answers(report)
    yield from _on_call(report)
    yield from _warnings(report)


def _verdict(
    readiness: Readiness, still_open: list[ReportItem], excused: list[ReportItem]
) -> Iterator[Block]:
    title, tone = _VERDICTS[readiness.verdict]
    must = sum(item.level == "must" for item in still_open)
    total = len(still_open)
    reason = "Nothing is open."
    if must:
        others = f", {count(total, 'item', 'items')} in all" if total > must else ""
        reason = f"{count(must, 'must item is', 'must items are')} open{others}."
    elif total:
        reason = f"{count(total, 'item is', 'items are')} open, none of them a must."
    yield Paragraph(f"{title}. {reason}", tone)
    waived = sum(item.level == "must" for item in excused)
    number = count(waived, "must item is", "must items are") if waived else "no must item is"
    yield Paragraph(f"Waived: {number} said not to apply.", "attention" if waived else "plain")
    for sentence in readiness.not_covered:
        yield Paragraph(f"Not covered here: {sentence}")


def _about(report: Report) -> Iterator[tuple[str, str]]:
    facts = report.trip.facts
    if facts.get("traveller"):
        yield "Traveller", str(facts["traveller"])
    if dates(report):
        yield "Dates", dates(report)
    yield "Judged for", values.show_date(report.as_of)


def _open(items: list[ReportItem], as_of: datetime.date) -> Iterator[Block]:
    if not items:
        return
    yield Heading(2, f"Open ({len(items)})")
    for level in LEVELS:
        of_level = [item for item in items if item.level == level]
        if of_level:
            yield Heading(3, f"{level.capitalize()} ({len(of_level)})")
            for item in sorted(of_level, key=lambda item: item.due or datetime.date.max):
                yield _open_entry(item, as_of)


def _open_entry(item: ReportItem, as_of: datetime.date) -> Entry:
    state = {"declined": "declined", "unanswered": "no answer yet"}.get(item.status, "")
    tone: Tone = "bad" if item.level == "must" else "attention"
    head = _joined(item.label, state, _urgency(item, as_of))
    return Entry(False, head, tone, (*_texts(item, as_of), *_said(item), f"[{item.id}]"))


def _urgency(item: ReportItem, as_of: datetime.date) -> str:
    if item.due is None:
        return "before you leave" if item.phase == "before" else ""
    return "do this now" if item.due < as_of else ""


def _settled(title: str, items: list[ReportItem]) -> Iterator[Block]:
    if items:
        yield Heading(2, f"{title} ({len(items)})")
        for item in items:
            text = item.do if item.phase == "away" else item.label
            yield Entry(True, text, "plain", tuple(_said(item)))


def _excused(items: list[ReportItem]) -> Iterator[Block]:
    if items:
        yield Heading(2, f"Said not to apply ({len(items)})")
        for item in sorted(items, key=lambda item: LEVELS.index(item.level)):
            yield Entry(None, f"{item.label} ({item.level})", "attention", tuple(_said(item)))


def _on_return(items: list[ReportItem], as_of: datetime.date) -> Iterator[Block]:
    if items:
        yield Heading(2, f"On your return ({len(items)})")
        for item in items:
            label = f"{item.label} ({item.level})"
            if item.status == "not-applicable":
                yield Entry(None, _joined(label, "does not apply"), "plain", tuple(_said(item)))
            elif item.status == "done":
                yield Entry(True, label, "plain", tuple(_said(item)))
            else:
                state = "declined" if item.status == "declined" else ""
                head = _joined(label, state, _urgency(item, as_of))
                yield Entry(False, head, "plain", (*_texts(item, as_of), *_said(item)))


def _texts(item: ReportItem, as_of: datetime.date) -> Iterator[str]:
    """Yield by when, what to do and why."""
    if item.due is not None and item.due >= as_of:
        yield f"Suggested by {values.show_date(item.due)}."
    yield item.do
    if item.why:
        yield f"Why: {item.why}"


def _said(item: ReportItem) -> Iterator[str]:
    """Yield what the traveller said of the item."""
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
    given = Counter([answer.how for answer in answers] + [item.how for item in report.items])
    ways: dict[How, str] = {
        "terminal": "in a terminal",
        "script": "by a script",
        "default": "by default",
    }
    told = [f"{given[how]} {text}" for how, text in ways.items() if given[how]]
    if told:
        yield Paragraph(f"Answers given: {values.join_words(told)}.", "quiet")
    packs = values.join_words(f"{pack.id} {pack.version}" for pack in report.packs)
    yield Paragraph(f"Made with {report.tool.name} {report.tool.version}, pack {packs}.", "quiet")


def _on_call(report: Report) -> Iterator[Block]:
    for one in report.on_call:
        yield Heading(2, one.title)
        for number, step in enumerate(one.steps, 1):
            yield Entry(None, f"{number}. {step}", "plain")
        for contact in one.contacts:
            yield Entry(None, contact, "plain")


def _warnings(report: Report) -> Iterator[Block]:
    if report.warnings:
        yield Heading(2, f"Warnings ({len(report.warnings)})")
        for warning in report.warnings:
            yield Entry(None, warning.message, "attention")


def dates(report: Report) -> str:
    """Say when the trip is; empty where that is not known."""
    departs, returns = (str(report.trip.facts.get(name) or "") for name in ("departs", "returns"))
    if not departs:
        return ""
    return f"{_date(departs)} to {_date(returns)}" if returns else _date(departs)


def _date(text: str) -> str:
    try:
        return values.show_date(datetime.date.fromisoformat(text))
    except ValueError:
        return text


def count(number: int, one: str, many: str) -> str:
    """Say a number with its noun: “1 item is”, “2 items are”."""
    return f"{number} {one if number == 1 else many}"
