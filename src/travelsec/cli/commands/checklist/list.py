"""`travelsec checklist list`: list the items and who they are for, or what a trip gets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Annotated, Any

import typer

from travelsec.cli import options
from travelsec.cli.answers_input import read_answers
from travelsec.cli.completers import complete_fact, one_of
from travelsec.cli.exit_codes import READY
from travelsec.cli.output import print_document, print_json
from travelsec.document import Block, Heading, ListItem, Paragraph, Tone
from travelsec.formats import TEXT_OR_JSON
from travelsec.pack.model import LEVELS, PHASES, Pack
from travelsec.problems import UserError, allowed
from travelsec.results import checklist as results
from travelsec.results.checklist_entries import item_data
from travelsec.trip.explain import ItemExplanation, explain_items
from travelsec.trip.facts import Facts
from travelsec.wording import count


def list_items(
    phase: Annotated[
        str | None,
        typer.Option(
            "--phase",
            metavar="PHASE",
            help="Only this phase: before, away or back.",
            autocompletion=one_of(PHASES),
        ),
    ] = None,
    level: Annotated[
        str | None,
        typer.Option(
            "--level",
            metavar="LEVEL",
            help="Only this level: must, should or consider.",
            autocompletion=one_of(LEVELS),
        ),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--for",
            metavar="FACT=VALUE",
            help="Show what a trip with this fact gets, and why it does not get the rest.",
            autocompletion=complete_fact,
        ),
    ] = None,
    answers: Annotated[
        str | None, options.file_option("--answers", "The same, for the trip in this answers file.")
    ] = None,
    format_: Annotated[str, options.format_option(TEXT_OR_JSON)] = TEXT_OR_JSON.default,
    pack: options.PackOption = None,
    today: options.TodayOption = None,
    plain: options.PlainOption = False,
) -> int:
    """List the items of the packs: phase, level, who they are for, and the sources."""
    TEXT_OR_JSON.find(format_)
    _check_word("--phase", phase, PHASES)
    _check_word("--level", level, LEVELS)
    _check_facts(settings or [])
    packs = options.load_packs(pack)
    for_trip = bool(settings) or answers is not None
    facts = Facts(packs, {}, options.read_today(today))
    trip_answers = read_answers(facts, settings, answers, option="--for")
    explanations = [
        explanation
        for explanation in explain_items(packs, Facts(packs, trip_answers.facts, facts.today))
        if phase in (None, explanation.item.phase) and level in (None, explanation.item.level)
    ]
    if format_ == "json":
        items = [_data(explanation, packs, for_trip=for_trip) for explanation in explanations]
        print_json(results.items(items))
    else:
        blocks = _of_trip(explanations) if for_trip else _of_packs(explanations, packs)
        print_document(blocks, plain=plain, whole_words=True)
    return READY


def _check_word(option: str, word: str | None, words: Sequence[str]) -> None:
    if word is not None and word not in words:
        raise UserError(f"{option}: “{word}” is not known{allowed(words, word)}")


def _check_facts(settings: list[str]) -> None:
    """Refuse statuses of items: they do not decide who gets an item."""

    for setting in settings:
        if "." in setting.partition("=")[0]:
            raise UserError(f"--for {setting}: only facts decide what a trip gets: FACT=VALUE")


def _data(explanation: ItemExplanation, packs: Pack, *, for_trip: bool) -> dict[str, Any]:
    data = item_data(packs, explanation.checklist, explanation.section, explanation.item)
    if for_trip:
        data |= {
            "selected": explanation.truth is not False,
            "choice": {True: "in", None: "kept", False: "left-out"}[explanation.truth],
            "reasons": explanation.reasons,
        }
    return data


def _of_packs(explanations: list[ItemExplanation], packs: Pack) -> Iterator[Block]:
    yield from _under_headings(explanations, partial(_described, packs))
    yield Paragraph(
        f"{count(len(explanations), 'item')}. travelsec checklist show ID shows one in full."
    )


def _of_trip(explanations: list[ItemExplanation]) -> Iterator[Block]:
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


def _described(packs: Pack, explanation: ItemExplanation) -> ListItem:
    data = _data(explanation, packs, for_trip=False)
    sources = (f"Source: {cited['page']}, {cited['path']}" for cited in data["cites"])
    return _item(explanation, f"For: {data['for']}", *sources)


def _kept(explanation: ItemExplanation) -> ListItem:
    # The answers in front of the reader explain an item that surely applies.
    if explanation.truth:
        return _item(explanation)
    return _item(explanation, f"Kept: {'; '.join(explanation.reasons)}", tone="attention")


def _item(explanation: ItemExplanation, *lines: str, tone: Tone = "plain") -> ListItem:
    item = explanation.item
    head = f"{explanation.checklist.id}.{item.id}: {item.level}, {item.phase}"
    return ListItem(None, head, tone, (item.label, *lines))
