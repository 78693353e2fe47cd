"""What a report says to people, and in which order: the same for every text format."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from travelsec import values
from travelsec.document import Block, Entry, Heading, Pairs, Paragraph, Tone
from travelsec.pack.model import LEVELS
from travelsec.report.model import Report, ReportItem
from travelsec.trip.readiness import Readiness
from travelsec.trip.statuses import word

_VERDICTS: dict[str, tuple[str, Tone]] = {
    "ready": ("READY", "good"),
    "ready-with-actions": ("READY, WITH ACTIONS", "attention"),
    "not-ready": ("NOT READY", "bad"),
}


def outline(report: Report) -> Iterator[Block]:
    """Yield the report's blocks, the most important first. Texts are raw: formats make them safe.

    The verdict with what was waived and what is not covered; what is open, by level and due
    date; the undertakings; what is settled; what comes on return; the answers; warnings last.
    """
    yield Heading(1, f"Travel security: {report.trip.name}")
    yield from _verdict(report.readiness)
    yield Pairs(tuple(_about(report)))
    judged = [item for item in report.items if item.phase != "back"]
    yield from _open(report, judged)
    yield from _settled("What the traveller undertakes", _agreed(judged))
    yield from _settled("Done", [i for i in judged if i.status == "done" and i.phase == "before"])
    yield from _waived([i for i in judged if i.status == "not-applicable"])
    yield from _on_return([item for item in report.items if item.phase == "back"])
    yield from _answers(report)
    yield from _warnings(report)


def _verdict(readiness: Readiness) -> Iterator[Block]:
    title, tone = _VERDICTS[readiness.verdict]
    must = readiness.counts["open-must"]
    total = len(readiness.open)
    reason = "Nothing is open."
    if must:
        reason = f"{count(must, 'must item is', 'must items are')} open, {total} in all."
    elif total:
        reason = f"{count(total, 'item is', 'items are')} open, none of them a must."
    yield Paragraph(f"{title}. {reason}", tone)
    waived = len(readiness.waived)
    yield Paragraph(
        f"Waived: {count(waived, 'must item is', 'must items are')} said not to apply."
        if waived
        else "Waived: none. No must item is said not to apply.",
        "attention" if waived else "plain",
    )
    for sentence in readiness.not_covered:
        yield Paragraph(f"Not covered here: {sentence}")


def _about(report: Report) -> Iterator[tuple[str, str]]:
    facts = report.trip.facts
    if facts.get("traveller"):
        yield "Traveller", str(facts["traveller"])
    departs, returns = facts.get("departs"), facts.get("returns")
    if departs:
        until = f" to {_date(returns)}" if returns else ""
        yield "Dates", f"{_date(departs)}{until}"
    yield "Judged for", values.show_date(report.as_of)


def _open(report: Report, items: Iterable[ReportItem]) -> Iterator[Block]:
    still_open = {item.id: item for item in items if item.id in report.readiness.open}
    if not still_open:
        return
    yield Heading(2, f"Open ({len(still_open)})")
    for level in LEVELS:
        of_level = [item for item in still_open.values() if item.level == level]
        if of_level:
            yield Heading(3, f"{level.capitalize()} ({len(of_level)})")
            for item in sorted(of_level, key=lambda item: item.due or datetime.date.max):
                yield _open_entry(item, report.as_of)


def _open_entry(item: ReportItem, as_of: datetime.date) -> Entry:
    state = {"declined": "declined", "unanswered": "no answer yet"}.get(item.status)
    when = _when(item, as_of)
    parts = [item.label, *(part for part in (state, when) if part)]
    body = [item.do]
    if item.why:
        body.append(f"Why: {item.why}")
    if item.reason:
        body.append(f"Reason given: {item.reason}")
    body += [f"Note: {item.note}"] if item.note else []
    body.append(f"[{item.id}]")
    tone: Tone = "bad" if item.level == "must" else "attention"
    return Entry(False, " – ".join(parts), tone, tuple(body))


def _when(item: ReportItem, as_of: datetime.date) -> str:
    if item.due is None:
        return "before you leave" if item.phase == "before" else ""
    return "now" if item.due < as_of else f"suggested by {values.show_date(item.due)}"


def _agreed(items: Iterable[ReportItem]) -> list[ReportItem]:
    return [item for item in items if item.status == "done" and item.phase == "away"]


def _settled(title: str, items: list[ReportItem]) -> Iterator[Block]:
    if items:
        yield Heading(2, f"{title} ({len(items)})")
        for item in items:
            notes = (f"Note: {item.note}",) if item.note else ()
            text = item.do if item.phase == "away" else item.label
            yield Entry(True, text, "plain", notes)


def _waived(items: list[ReportItem]) -> Iterator[Block]:
    if items:
        yield Heading(2, f"Said not to apply ({len(items)})")
        for item in sorted(items, key=lambda item: LEVELS.index(item.level)):
            body = [f"Reason given: {item.reason}"]
            body += [f"Note: {item.note}"] if item.note else []
            yield Entry(False, f"{item.label} ({item.level})", "attention", tuple(body))


def _on_return(items: list[ReportItem]) -> Iterator[Block]:
    if items:
        yield Heading(2, f"On your return ({len(items)})")
        for item in items:
            settled = item.status in ("done", "not-applicable")
            state = "" if item.status == "unanswered" else f" – {word(item.status, item.phase)}"
            when = f" – suggested by {values.show_date(item.due)}" if item.due else ""
            body = (item.do, *([f"Reason given: {item.reason}"] if item.reason else ()))
            yield Entry(settled, f"{item.label}{state or when}", "plain", body)


def _answers(report: Report) -> Iterator[Block]:
    yield Heading(2, "The trip as the traveller describes it")
    yield Pairs(tuple((answer.ask, answer.answer) for answer in report.trip.answers))
    hows = {answer.how for answer in report.trip.answers} | {item.how for item in report.items}
    ways = {"terminal": "in a terminal", "script": "by a script", "default": "by default"}
    given = [text for how, text in ways.items() if how in hows]
    if given:
        yield Paragraph(f"Answers were given {values.join_words(given)}.", "quiet")


def _warnings(report: Report) -> Iterator[Block]:
    if report.warnings:
        yield Heading(2, f"Warnings ({len(report.warnings)})")
        for warning in report.warnings:
            yield Paragraph(warning.message, "attention")


def _date(text: str) -> str:
    try:
        return values.show_date(datetime.date.fromisoformat(text))
    except (TypeError, ValueError):
        return str(text)


def count(number: int, one: str, many: str) -> str:
    """Say a number with its noun: “1 item is”, “2 items are”."""
    return f"{number} {one if number == 1 else many}"
