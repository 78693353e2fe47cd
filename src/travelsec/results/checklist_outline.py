"""Lay out the entries of packs for people: what `checklist list` and `checklist show` print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any

from travelsec.conditions import ALWAYS
from travelsec.document import Block, Heading, ListItem, Pairs, Paragraph, Tone
from travelsec.pack.field_labels import field_label
from travelsec.pack.model import Checklist, Contact, Guidance, Pack, Question, Situation, Step
from travelsec.results.checklist_entries import PackEntry, page_of
from travelsec.trip.explain import ItemExplanation, describe_when, value_words
from travelsec.wording import count

_LAID_OUT_APART = {
    *("kind", "id", "when", "cites", "choice_cites"),
    *("sections", "steps", "note_down", "hours_for"),
}


def entry(pack_entry: PackEntry, pack: Pack) -> Iterator[Block]:
    """Yield an entry for people: its fields, its sources, then what it consists of."""
    cites = getattr(pack_entry.value, "cites", ())
    yield Heading(3, f"{pack_entry.names[0]} ({pack_entry.kind})")
    yield Pairs(
        (*_pairs(pack_entry.data()), *(("Source", source) for source in _sources(pack, cites)))
    )
    match pack_entry.value:
        case Checklist(id=name, sections=sections):
            for section in sections:
                items = tuple(f"{name}.{item.id}: {item.label}" for item in section.items)
                yield ListItem(None, f"{section.title} ({section.id})", "strong", items)
        case Question(choices=choices, choice_cites=choice_cites):
            for name, paths in choice_cites.items():
                lines = tuple(f"Source: {source}" for source in _sources(pack, paths))
                yield ListItem(None, f"Choice {name}: {choices[name]}", "plain", lines)
        case Situation(steps=steps, note_down=note_down):
            for number, step in enumerate(steps, 1):
                yield ListItem(None, f"{number}. {step.do}", "plain", tuple(_step(pack, step)))
            for text in note_down:
                yield ListItem(None, f"Note down: {text}", "plain")
        case Contact(hours_for=hours_for):
            for hours in hours_for:
                lines = (f"For: {describe_when(hours.when)}",)
                yield ListItem(None, f"Hours: {hours.hours}", "plain", lines)
        case Guidance(sections=headings):
            for heading in headings:
                kinds = tuple(
                    f"{heading.id}/{cited.id}: {cited.kind}" for cited in heading.statements
                )
                yield ListItem(None, f"{heading.title} ({heading.id})", "strong", kinds)


def _pairs(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the label and the text of each field that has a value."""
    for name, value in data.items():
        if name in _LAID_OUT_APART or value in (None, "", ()):
            continue
        label = field_label(name)
        if isinstance(value, dict):
            yield from ((f"{label} {key}", text) for key, text in value.items())
        else:
            yield label, _text(value)


def _text(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list | tuple) else value_words(value)


def _step(pack: Pack, step: Step) -> Iterator[str]:
    """Yield the lines below a step of a situation."""
    if step.why:
        yield step.why
    if step.lead_in:
        yield f"Not shown to those who are meant: {step.lead_in}"
    if step.when != ALWAYS:
        yield f"For: {describe_when(step.when)}"
    if step.needs:
        yield f"Needs: {', '.join(step.needs)}"
    yield from (f"Source: {source}" for source in _sources(pack, step.cites))


def _sources(pack: Pack, cites: Iterable[str]) -> Iterator[str]:
    """Yield each citation: the title of the page, and the path of the statement."""
    return (f"{page_of(pack, path).title}, {path}" for path in cites)


def items_of_packs(explanations: list[ItemExplanation], pack: Pack) -> Iterator[Block]:
    """Yield items with who they are for, and their sources."""
    yield from _under_headings(explanations, partial(_described, pack))
    yield Paragraph(
        f"{count(len(explanations), 'item')}. travelsec checklist show ID shows one in full."
    )


def items_of_trip(explanations: list[ItemExplanation]) -> Iterator[Block]:
    """Yield the items that a trip gets, and those left out, with the reason for each."""
    included = [explanation for explanation in explanations if explanation.truth is not False]
    excluded = [explanation for explanation in explanations if explanation.truth is False]
    yield Heading(1, f"This trip gets {count(len(included), 'item')}")
    yield from _under_headings(included, _kept)
    yield Heading(1, f"{count(len(excluded), 'item')} left out")
    for explanation in excluded:
        yield _item(explanation, f"Left out: {'; '.join(explanation.reasons)}", tone="quiet")
    if not excluded:
        yield Paragraph("None: every item fits what is known about this trip.")


def _under_headings(
    explanations: Iterable[ItemExplanation], show: Callable[[ItemExplanation], ListItem]
) -> Iterator[Block]:
    """Yield the items under the headings of their checklists and sections."""
    for checklist, in_checklist in groupby(explanations, attrgetter("checklist")):
        yield Heading(2, f"{checklist.title} ({checklist.id})")
        for section, in_section in groupby(in_checklist, attrgetter("section")):
            yield Heading(3, f"{section.title} ({section.id})")
            yield from map(show, in_section)


def _described(pack: Pack, explanation: ItemExplanation) -> ListItem:
    checklist, section, item, *_ = explanation
    sources = (f"Source: {source}" for source in _sources(pack, item.cites))
    return _item(
        explanation,
        f"For: {describe_when(checklist.when, section.when, item.when)}",
        *sources,
    )


def _kept(explanation: ItemExplanation) -> ListItem:
    # The answers in front of the reader explain an item that surely applies.
    if explanation.truth:
        return _item(explanation)
    return _item(explanation, f"Kept: {'; '.join(explanation.reasons)}", tone="attention")


def _item(explanation: ItemExplanation, *lines: str, tone: Tone = "plain") -> ListItem:
    item = explanation.item
    head = f"{explanation.checklist.id}.{item.id}: {item.level}, {item.phase}"
    return ListItem(None, head, tone, (item.label, *lines))
