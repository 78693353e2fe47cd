"""Lay out a report for people, the same in every text format."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from travelsec.document import Block, Heading, ListItem, Pairs, Paragraph, Tone
from travelsec.due import suggested_day
from travelsec.pack.model import LEVELS
from travelsec.question_types import NONE
from travelsec.report.model import Report, ReportItem, digest
from travelsec.trip.advice import RELATED_LINKS
from travelsec.trip.readiness import VERDICT_WORDS, Readiness, Verdict, assess
from travelsec.trip.statuses import OPEN, How, word
from travelsec.wording import as_sentence, at_the_latest, count, join_words, show_date, show_iso

_TONES: dict[Verdict, Tone] = {
    "ready": "good",
    "ready-with-actions": "attention",
    "not-ready": "bad",
}
VERDICTS = {name: (VERDICT_WORDS[name].upper(), tone) for name, tone in _TONES.items()}
"""Verdicts as reports show them, each with its tone."""

HOW_WORDS: dict[How, str] = {
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
    def only_advice(self) -> bool:
        """Whether only `consider` items are open."""
        return {item.level for item in self.open} == {"consider"}

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

    The verdict, with what was waived and is not covered; what is open, by level and due date, and
    missed deadlines before all; what is settled; what to do on return; the answers; the warnings.
    """
    stands = actual_state(report)
    yield Heading(1, title(report))
    yield verdict(report)
    if changed := was_changed(report):
        yield Paragraph(changed, "bad")
    yield from not_covered(report.readiness, stands)
    yield Pairs(tuple(about(report)))
    yield from _open_items(stands, report.as_of)
    groups = {
        "What the traveller agrees to": [item for item in stands.done if item.phase == "away"],
        "Done": [item for item in stands.done if item.phase == "before"],
        "Does not apply": sorted(stands.excused, key=lambda item: LEVELS.index(item.level)),
        "On your return": [item for item in report.items if item.phase == "back"],
    }
    for name, items in groups.items():
        yield from _counted_list(name, [_settled_entry(item, report.as_of) for item in items])
    yield from _answers(report)
    yield from _on_call(report)
    links = [
        ListItem(None, link.name, "plain", tuple(filter(None, (link.url, link.note))))
        for link in report.links
    ]
    yield from _counted_list(RELATED_LINKS, links)
    warnings = [ListItem(None, warning.message, "attention") for warning in report.warnings]
    yield from _counted_list("Warnings", warnings)


def title(report: Report) -> str:
    """Return the title of the report."""
    return f"Travel security: {report.trip.name}"


def verdict(report: Report) -> Paragraph:
    """Return the verdict on the items with its reason; warn if the report claims another."""
    stands = actual_state(report)
    words, tone = VERDICTS[stands.verdict]
    return Paragraph(f"{words}. {because(stands)} {claims(report)}".rstrip(), tone)


def claims(report: Report) -> str:
    """Warn if the report claims a verdict that its items do not support."""
    claimed = report.readiness.verdict
    if claimed == actual_state(report).verdict:
        return ""
    return (
        f"This file says “{VERDICTS[claimed][0].capitalize()}”, but its items do not support "
        "that. Ask for a new report."
    )


def was_changed(report: Report) -> str:
    """Warn if a report was changed: people who see only its text cannot tell."""
    if digest(report) == report.digest:
        return ""
    return (
        "This report was changed or damaged after it was made: its digest does not match. Ask "
        "the traveller for a new one."
    )


def scripted(report: Report) -> str:
    """Say how many items a script answered; empty if none."""
    number = sum(item.how == "script" for item in report.items if item.phase != "back")
    were = count(number, "item was", "items were")
    return f"{were} answered by a script, not by a person at a terminal." if number else ""


def not_covered(readiness: Readiness, stands: ActualState) -> Iterator[Block]:
    """Yield how many `must` items were waived, and what the verdict does not cover."""
    waived = len(stands.waived)
    if waived:
        yield Paragraph(f"{count(waived, 'must item was', 'must items were')} waived.", "strong")
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
    if stands.only_advice:
        return f"{count(total, 'item is', 'items are')} left to consider."
    if total:
        return f"{count(total, 'item is', 'items are')} open, none required."
    return "Nothing is open."


def about(report: Report) -> Iterator[tuple[str, str]]:
    """Yield whose report it is, where the trip goes and when, as far as known."""
    facts = report.trip.facts
    if facts.get("traveller"):
        yield "Traveller", str(facts["traveller"])
    destination = facts.get("destination")
    # “Nigeria” does not mention “Niger”.
    if destination and f" {destination} " not in f" {report.trip.name} ":
        yield "Where to", str(destination)
    if dates(report):
        yield "Dates", dates(report)
    yield "As of", show_date(report.as_of)


def _counted_list(title: str, items: list[ListItem]) -> Iterator[Block]:
    """Yield a heading with the number of items, and the items; nothing if there are none."""
    if items:
        yield Heading(2, f"{title} ({len(items)})")
        yield from items


def _open_items(stands: ActualState, as_of: datetime.date) -> Iterator[Block]:
    items = stands.open
    if items:
        yield Heading(2, open_title(stands))
    if remark := unanswered(items):
        yield Paragraph(remark)
    for name, group in in_groups(items, as_of):
        if not stands.only_advice:
            yield Heading(3, f"{name} ({len(group)})")
        yield from (_open_entry(item, items, as_of) for item in group)


def open_title(stands: ActualState) -> str:
    """Return the title of the list of open items, with their number."""
    return f"{'Left to consider' if stands.only_advice else 'Open'} ({len(stands.open)})"


def unanswered(items: list[ReportItem]) -> str:
    """Say once which of the open items have no answer; empty if all have one."""
    statuses = {item.status for item in items}
    if "unanswered" not in statuses:
        return ""
    if len(statuses) > 1:
        marks = (
            f"“{word(status, 'before')}”" for status in ("todo", "declined") if status in statuses
        )
        return f"No answers yet, except where marked {join_words(marks, 'or')}."
    return f"No {'answers' if len(items) > 1 else 'answer'} yet."


def state_words(item: ReportItem, items: list[ReportItem]) -> str:
    """Return how an open item differs from what is said of all of them."""
    is_mixed = any(other.status == "unanswered" for other in items)
    if item.status == "declined" or (item.status == "todo" and is_mixed):
        return word(item.status, item.phase)
    return ""


def in_groups(
    items: Iterable[ReportItem], as_of: datetime.date
) -> Iterator[tuple[str, list[ReportItem]]]:
    """Yield “Missed”, then each level, the strictest first, with its items in order, if any."""
    for name, group in groupby(
        in_order(items, as_of), lambda item: "missed" if is_missed(item, as_of) else item.level
    ):
        yield name.capitalize(), list(group)


def in_order(items: Iterable[ReportItem], as_of: datetime.date) -> list[ReportItem]:
    """Sort items: missed ones first, then by level, then by date, undated ones last."""

    def key(item: ReportItem) -> tuple[bool, int, datetime.date]:
        days = (day for day in (item.due, item.deadline) if day is not None)
        first = min(days, default=datetime.date.max)
        return not is_missed(item, as_of), LEVELS.index(item.level), first

    return sorted(items, key=key)


def is_missed(item: ReportItem, as_of: datetime.date) -> bool:
    """Return whether an item is open past its deadline."""
    return item.status in OPEN and item.deadline is not None and item.deadline < as_of


def _open_entry(item: ReportItem, items: list[ReportItem], as_of: datetime.date) -> ListItem:
    is_urgent = item.level == "must" or is_missed(item, as_of)
    tone: Tone = "bad" if is_urgent else "attention"
    label = f"{item.label} ({item.level})" if is_missed(item, as_of) else item.label
    head = _joined(label, state_words(item, items), urgency(item, as_of))
    return ListItem(False, head, tone, (*_texts_of_item(item, as_of), *notes(item)))


def due(item: ReportItem, as_of: datetime.date) -> str:
    """Say when an open item is due."""
    return ", ".join(filter(None, (urgency(item, as_of), *_days_to_come(item, as_of))))


def _days_to_come(item: ReportItem, as_of: datetime.date) -> Iterator[str]:
    """Yield the days that are still to come: the suggested one, and the last."""
    suggested = suggested_day(item.due, item.deadline, as_of)
    if suggested is not None and suggested >= as_of:
        yield f"suggested by {show_date(suggested)}"
    if item.deadline is not None and item.deadline >= as_of:
        yield at_the_latest(item.deadline, as_of, item.ask)


def missed_deadline(item: ReportItem, as_of: datetime.date) -> str:
    """Say that an item is open past its deadline, and who to ask; else nothing."""
    return due(item, as_of) if is_missed(item, as_of) else ""


def urgency(item: ReportItem, as_of: datetime.date) -> str:
    """Say that an open item was missed, or is due now; else nothing."""
    if item.deadline is not None and item.deadline < as_of:
        return at_the_latest(item.deadline, as_of, item.ask)
    return "do this now" if item.due is not None and item.due < as_of else ""


def _settled_entry(item: ReportItem, as_of: datetime.date) -> ListItem:
    """Return the entry of an item that is settled, or to be done on return."""
    label, is_later = f"{item.label} ({item.level})", item.phase == "back"
    if item.status == "done":
        text = {"before": item.label, "away": item.do, "back": label}[item.phase]
        return ListItem(True, text, "plain", tuple(notes(item)))
    if item.status == "not-applicable":
        head = _joined(label, "does not apply" if is_later else "")
        return ListItem(None, head, "plain" if is_later else "attention", tuple(notes(item)))
    head = _joined(label, state_words(item, [item]), urgency(item, as_of))
    return ListItem(False, head, "plain", (*_texts_of_item(item, as_of), *notes(item)))


def _texts_of_item(item: ReportItem, as_of: datetime.date) -> Iterator[str]:
    """Yield when an item is due, what to do, why, and who to contact."""
    yield from map(as_sentence, _days_to_come(item, as_of))
    yield item.do
    if item.why:
        yield f"Why: {item.why}"
    yield from (f"Contact: {contact}" for contact in item.contacts)


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


def given(report: Report) -> Counter[How | None]:
    """Count the answers by how they were given; None is not known."""
    hows = [answer.how for answer in report.trip.answers]
    hows += [item.how for item in report.items if item.status != "unanswered"]
    return Counter(hows)


def origin(report: Report) -> Iterator[str]:
    """Yield how the answers were given, if known, and what the report was made with."""
    answers = given(report)
    ways = [f"{answers[how]} {text}" for how, text in HOW_WORDS.items() if answers[how]]
    if len(answers) == 1 and ways:
        yield f"All answers were given {HOW_WORDS[next(how for how in HOW_WORDS if answers[how])]}."
    elif ways:
        yield f"Answers given: {join_words(ways)}."
    packs = join_words(f"{pack.id} {pack.version}" for pack in report.packs)
    yield f"Made with {report.tool.name} {report.tool.version}, pack {packs}."


def _on_call(report: Report) -> Iterator[Block]:
    for situation in report.on_call:
        yield Heading(2, situation.title)
        for number, step in enumerate(situation.steps, 1):
            yield ListItem(None, f"{number}. {step}", "plain")
        for contact in situation.contacts:
            yield ListItem(None, contact, "plain")


def dates(report: Report) -> str:
    """Say when the trip is; empty if unknown."""
    departs, returns = (str(report.trip.facts.get(name) or "") for name in ("departs", "returns"))
    if departs in ("", NONE):
        return ""
    if returns == NONE:
        return f"from {show_iso(departs)}"
    is_longer = returns and returns != departs
    return f"{show_iso(departs)} to {show_iso(returns)}" if is_longer else show_iso(departs)
