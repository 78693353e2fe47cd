"""Entries and items of packs, laid out for people."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.cli.command import run
from tests.pack.packs import load_over
from travelsec.document import Block, Heading, ListItem, Paragraph
from travelsec.pack.load import load
from travelsec.results import checklist_outline as outline
from travelsec.results.checklist_entries import entries, named
from travelsec.trip.explain import explain_items
from travelsec.trip.facts import Facts

TODAY = datetime.date(2026, 11, 22)


def texts(value: Any) -> Iterator[str]:
    """Yield the texts in the value of a field."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (*value, *value.values())
    elif isinstance(value, list):
        yield from value


def test_people_read_every_text_that_machines_get(tmp_path: Path) -> None:
    """Field by field; dates and the parts of an entry are laid out in their own way."""
    entries = run("checklist", "show", "--format", "json", folder=tmp_path).json()["entries"]
    rest = " ".join(run("checklist", "show", folder=tmp_path).out.split())
    for entry in reversed(entries):
        rest, head, shown = rest.rpartition(f"{entry['id']} ({entry['kind']}) ")
        assert head
        for field in entry.keys() - {
            "id",
            "kind",
            "when",
            "cites",
            "expires",
            "sections",
            "steps",
            "hours_for",
        }:
            for text in texts(entry[field]):
                assert text in shown, (head, field)


def test_the_sources_of_a_choice(tmp_path: Path) -> None:
    """Each choice that cites something is shown with the page and the path."""
    pack = load_over(
        tmp_path,
        "questions: [{id: quay, ask: Which quay?, type: choice, choices: {north: North, "
        "south: South}, choice_cites: {south: [leaflet]}}]\n",
    )
    (quay,) = named(list(entries(pack)), "quay")
    *_, choice = outline.entry(quay, pack)
    source = f"Source: {pack.guidance['leaflet'].title}, leaflet"
    assert choice == ListItem(None, "Choice south: South", "plain", (source,))


def items(blocks: Iterable[Block]) -> list[ListItem]:
    return [block for block in blocks if isinstance(block, ListItem)]


def test_items_stand_under_their_section_with_who_they_are_for() -> None:
    """The last line counts them."""
    pack = load()
    explanations = list(explain_items(pack, Facts(pack, {}, TODAY)))
    blocks = list(outline.items_of_packs(explanations, pack))
    assert len(items(blocks)) == len(explanations)
    titles = [block.text for block in blocks if isinstance(block, Heading) and block.level == 3]
    sections = [section for checklist in pack.checklists for section in checklist.sections]
    assert titles == [f"{section.title} ({section.id})" for section in sections]
    for item, explanation in zip(items(blocks), explanations, strict=True):
        label, audience, *sources = item.body
        assert (label, audience[:5]) == (explanation.item.label, "For: ")
        assert [text.rpartition(", ")[2] for text in sources] == list(explanation.item.cites)
    assert isinstance(blocks[-1], Paragraph)
    assert blocks[-1].text.startswith(f"{len(explanations)} items. ")


def test_the_items_of_a_trip_are_parted_by_whether_it_gets_them() -> None:
    """Each once; of those kept or left out, the reason is told."""
    pack = load()
    explanations = list(explain_items(pack, Facts(pack, {"abroad": False}, TODAY)))
    blocks = list(outline.items_of_trip(explanations))
    gets, left_out = (each for each in blocks if isinstance(each, Heading) and each.level == 1)
    middle = blocks.index(left_out)
    kept = [each for each in explanations if each.truth is not False]
    out = [each for each in explanations if each.truth is False]
    assert gets.text == f"This trip gets {len(kept)} items"
    assert left_out.text == f"{len(out)} items left out"
    for shown, expected, lead in (
        (items(blocks[:middle]), kept, "Kept: "),
        (items(blocks[middle:]), out, "Left out: "),
    ):
        assert [each.body[0] for each in shown] == [each.item.label for each in expected]
        for each, explanation in zip(shown, expected, strict=True):
            reasons = "; ".join(explanation.reasons)
            assert each.body[1:] == ((f"{lead}{reasons}",) if reasons else ())


def test_a_trip_that_gets_everything() -> None:
    """It says so, rather than nothing."""
    pack = load()
    facts = Facts(pack, {}, TODAY)
    every = [each for each in explain_items(pack, facts) if each.truth is not False]
    *_, last = outline.items_of_trip(every)
    assert last == Paragraph("None: every item fits what is known about this trip.")
