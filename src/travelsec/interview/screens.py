"""What the interview shows around its prompts: sections, items, sources, the summary."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from travelsec.document import Block, Paragraph
from travelsec.due import suggested_day
from travelsec.trip.contacts import contact_lines, who_to_ask_about
from travelsec.trip.facts import Facts
from travelsec.trip.readiness import assess
from travelsec.trip.selection import Selected, SelectedSection, step_text, steps
from travelsec.trip.statuses import NEED_REASON, UNANSWERED, Status, word
from travelsec.wording import as_sentence, at_the_latest, join_words, show_date

Statuses = Mapping[str, Status]


def trip_line(facts: Facts) -> str:
    """Say where the trip goes and how soon, as far as that is known."""
    parts = []
    destination, departs = facts.value("destination"), facts.value("departs")
    if isinstance(destination, str):
        parts.append(destination)
    if isinstance(departs, datetime.date) and departs >= facts.today:
        days = (departs - facts.today).days
        soon = ("leaving today", "leaving tomorrow")
        parts.append(soon[days] if days < len(soon) else f"leaving in {days} days")
    return ", ".join(parts)


def answered_before(section: SelectedSection, items: Sequence[Selected], statuses: Statuses) -> str:
    """Name the items of a section that are settled, and so not asked about now."""
    settled = [
        f"{selected.label} ({word(statuses[selected.id].status, selected.phase)})"
        for selected in section.items
        if selected not in items
    ]
    return f"Answered before: {join_words(settled)}." if settled else ""


def section_question(items: Sequence[Selected]) -> str:
    """Return the question about these items of a section."""
    is_one = len(items) == 1
    if all(item.situation for item in items[0].section.items):
        # The traveller only has to know what to do.
        return "Is this true?" if is_one else "Which of these are true?"
    if all(selected.phase == "away" for selected in items):
        return "Do you agree to this?" if is_one else "Which of these do you agree to?"
    return "Is it done?" if is_one else "Which are done?"


def option(selected: Selected, status: Status) -> str:
    """Return the label of an item in the list of its section."""
    aside = f" – {word(status.status, selected.phase)}" if status.status in NEED_REASON else ""
    return f"{selected.label}{aside}"


def item_details(selected: Selected, facts: Facts, status: Status) -> str:
    """Return the text of an item: its sentence, why, steps, contacts, date and status so far."""
    lines = [selected.do]
    if selected.why:
        lines.append(selected.why)
    situation = facts.pack.situations.get(selected.item.situation)
    if situation is not None:
        # Line by line, a number alone is that of an item.
        numbered = enumerate(steps(situation, facts), 1)
        lines += [f"Step {number}: {step_text(step, facts)}" for number, step in numbered]
    lines += [f"Contact: {contact}" for contact in contact_lines(facts, selected.item.contacts)]
    lines += _lines_of_dates(selected, facts)
    if status.status not in ("unanswered", "done", "todo"):
        lines.append(f"So far: {word(status.status, selected.phase)}: {status.reason}.")
    return "\n".join(lines)


def _lines_of_dates(selected: Selected, facts: Facts) -> Iterator[str]:
    """Yield when an item is suggested to be done, and when it must be."""
    suggested = suggested_day(selected.due, selected.deadline, facts.today)
    if suggested is not None and selected.phase == "before":
        late = suggested < facts.today
        yield f"Suggested: {'now' if late else f'by {show_date(suggested)}'}."
    if selected.deadline is not None:
        ask = who_to_ask_about(facts.pack, selected.item)
        text = at_the_latest(selected.deadline, facts.today, ask)
        yield as_sentence(text)


def progress_summary(items: Sequence[Selected], statuses: Statuses) -> Iterator[Block]:
    """Yield where the trip stands, in numbers."""
    judgement = assess(
        (selected.id, selected.item.level, statuses.get(selected.id, UNANSWERED).status)
        for selected in items
    )
    counts = judgement.counts
    yield Paragraph("")
    yield Paragraph("Summary", "strong")
    rows = [
        ("Items on your list", str(len(items))),
        ("Done or agreed", str(counts["done"])),
        ("Open", f"{len(judgement.open)} ({counts['open-must']} must)" if judgement.open else "0"),
    ]
    if counts["not-applicable"]:
        rows.append(("Does not apply", str(counts["not-applicable"])))
    if counts["declined"]:
        rows.append(("Declined", str(counts["declined"])))
    yield from (Paragraph(f"{name}: {number}") for name, number in rows)


def source(selected: Selected, facts: Facts, status: Status) -> str:
    """Return the text of an item, and the pages and headings that it comes from."""
    sources: list[str] = []
    for path in selected.item.cites:
        page_id, *section_id = path.split("/")[:2]
        page = facts.pack.guidance[page_id]
        title = next((section.title for section in page.sections if [section.id] == section_id), "")
        text = f"{page.title}, “{title}”" if title else page.title
        if text not in sources:
            sources.append(text)
    return f"{item_details(selected, facts, status)}\nSource: {join_words(sources)}."


def ticked(items: Sequence[Selected], chosen: Sequence[str]) -> str:
    """Say which items were ticked; all of several need no names."""
    labels = [selected.label for selected in items if selected.id in chosen]
    if not labels:
        return "nothing ticked"
    names = "all" if len(labels) == len(items) > 1 else join_words(labels)
    return f"{len(labels)} ticked: {names}"
