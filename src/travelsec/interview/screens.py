"""What the interview shows around its prompts: sections, items, sources, the summary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from travelsec.document import Block, Heading, ListItem, Pairs, Paragraph
from travelsec.pack.model import Pack
from travelsec.trip.facts import Facts
from travelsec.trip.readiness import assess
from travelsec.trip.selection import Selected, SelectedSection, step_text, steps
from travelsec.trip.statuses import UNANSWERED, Status, word
from travelsec.wording import join_words, show_date

Statuses = Mapping[str, Status]


def section(
    shown: SelectedSection,
    items: Sequence[Selected],
    number: str,
    facts: Facts,
    statuses: Statuses,
) -> Iterator[Block]:
    """Yield a section as it is asked: whole sentences for its items, the settled ones in brief.

    Args:
        shown: the section.
        items: those of its items that are asked now.
        number: such as `3 of 9`.
        facts: the facts of the trip.
        statuses: what was said of items so far, by full id.
    """
    yield Paragraph("")
    yield Heading(2, f"Section {number}: {shown.title}")
    settled = [
        f"{chosen.label} ({word(statuses[chosen.id].status, chosen.phase)})"
        for chosen in shown.items
        if chosen not in items
    ]
    if settled:
        yield Paragraph(f"Answered before: {join_words(settled)}.", "quiet")
    for selected in items:
        yield _item(selected, facts, statuses.get(selected.id, UNANSWERED))


def section_question(items: Sequence[Selected]) -> str:
    """Return the question about these items of a section."""
    is_one = len(items) == 1
    if all(item.situation for item in items[0].section.items):
        # All that there is to do is to know what to do.
        return "Is this true?" if is_one else "Which of these are true?"
    if all(selected.phase == "away" for selected in items):
        return "Do you agree to this?" if is_one else "Which of these do you agree to?"
    return "Is it done?" if is_one else "Which are done?"


def excuses_question(items: Sequence[Selected]) -> str:
    """Return the question which of these items do not apply or are declined."""
    if len(items) == 1:
        return "Does this not apply to you, or can you not agree to it?"
    return "Which of these do not apply to you, or can you not agree to?"


def _item(selected: Selected, facts: Facts, status: Status) -> ListItem:
    body = [selected.why] if selected.why else []
    situation = facts.pack.situations.get(selected.item.situation)
    if situation is not None:
        numbered = enumerate(steps(situation, facts), 1)
        body += [f"{number}. {step_text(step, facts)}" for number, step in numbered]
    if selected.due is not None and selected.phase == "before":
        late = selected.due < facts.today
        body.append(f"Suggested: {'now' if late else f'by {show_date(selected.due)}'}.")
    if status.status != "unanswered":
        reason = f": {status.reason}" if status.reason else ""
        body.append(f"So far: {word(status.status, selected.phase)}{reason}.")
    return ListItem(None, f"{selected.item.level.upper()}: {selected.do}", "strong", tuple(body))


def summary(items: Sequence[Selected], statuses: Statuses) -> Iterator[Block]:
    """Yield where the trip stands, in numbers."""
    judgement = assess(
        (selected.id, selected.item.level, statuses.get(selected.id, UNANSWERED).status)
        for selected in items
    )
    counts = judgement.counts
    required = f"{counts['open-must']} required" if counts["open-must"] else "none required"
    yield Paragraph("")
    yield Heading(2, "Summary")
    yield Pairs(
        (
            ("Items on your list", str(len(items))),
            ("Done or agreed", str(counts["done"])),
            ("Open", f"{len(judgement.open)}, {required}" if judgement.open else "0"),
            ("Does not apply", str(counts["not-applicable"])),
            ("Declined", str(counts["declined"])),
        )
    )


def source(selected: Selected, pack: Pack) -> str:
    """Say an item in full, and on which pages and under which headings it stands."""
    places: list[str] = []
    for path in selected.item.cites:
        page_id, _, rest = path.partition("/")
        page = pack.guidance[page_id]
        title = next((s.title for s in page.sections if s.id == rest.split("/")[0]), "")
        place = f"{page.title}, “{title}”" if title else page.title
        if place not in places:
            places.append(place)
    return f"{selected.do} {selected.why}\nSource: {join_words(places)}."


def ticked(items: Sequence[Selected], chosen: Sequence[str]) -> str:
    """Say which items were ticked."""
    labels = [selected.label for selected in items if selected.id in chosen]
    return f"{len(labels)} ticked: {join_words(labels)}" if labels else "nothing ticked"
