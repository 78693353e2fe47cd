"""`travelsec checklist list`: what items there are, for whom; and what a given trip gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from travelsec.cli.commands.checklist.output import (
    TextOrJsonOption,
    check_word,
    put_blocks,
    put_json,
)
from travelsec.cli.completers import complete_fact, complete_file, complete_level, complete_phase
from travelsec.cli.exit_codes import READY
from travelsec.cli.options import (
    PackOption,
    PlainOption,
    TodayOption,
    load_packs,
    read_today,
)
from travelsec.formats import TEXT_OR_JSON
from travelsec.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from travelsec.document import Block, Tone
    from travelsec.pack.model import Pack
    from travelsec.trip.explain import ItemExplanation


def list_items(
    phase: Annotated[
        str | None,
        typer.Option(
            "--phase",
            help="Only this phase: before, away or back.",
            autocompletion=complete_phase,
        ),
    ] = None,
    level: Annotated[
        str | None,
        typer.Option(
            "--level",
            help="Only this level: must, should or consider.",
            autocompletion=complete_level,
        ),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--for",
            metavar="FACT=VALUE",
            help="What a trip gets of which this holds, and why it does not get the rest.",
            autocompletion=complete_fact,
        ),
    ] = None,
    answers: Annotated[
        str | None,
        typer.Option(
            "--answers",
            metavar="FILE",
            help="The same for the trip of this file.",
            autocompletion=complete_file,
        ),
    ] = None,
    format_: TextOrJsonOption = TEXT_OR_JSON.default,
    pack: PackOption = None,
    today: TodayOption = None,
    plain: PlainOption = False,
) -> int:
    """List the items of the packs: phase, level, for whom, and the sources."""
    from travelsec.cli.answers_input import read_answers
    from travelsec.pack.model import LEVELS, PHASES
    from travelsec.trip.explain import explain_items
    from travelsec.trip.facts import Facts

    TEXT_OR_JSON.find(format_)
    check_word("--phase", phase, PHASES)
    check_word("--level", level, LEVELS)
    day = read_today(today)
    packs = load_packs(pack)
    _check_facts(settings or [])
    for_trip = bool(settings) or answers is not None
    read = read_answers(Facts(packs, {}, day), settings, answers, option="--for")
    found = [
        one
        for one in explain_items(packs, Facts(packs, read.facts, day))
        if phase in (None, one.item.phase) and level in (None, one.item.level)
    ]
    if format_ == "json":
        items = [_data(explanation, packs, for_trip=for_trip) for explanation in found]
        put_json({"schema": "travelsec.checklist-list/1", "items": items})
    elif for_trip:
        put_blocks(_of_trip(found), plain=plain)
    else:
        put_blocks(_of_packs(found, packs), plain=plain)
    return READY


def _check_facts(settings: list[str]) -> None:
    """Refuse what is no fact: whether an item is done does not change who gets it."""
    from travelsec.problems import UserError

    for setting in settings:
        if "." in setting.partition("=")[0]:
            raise UserError(f"--for {setting}: only facts decide what a trip gets: FACT=VALUE")


def _data(explanation: ItemExplanation, packs: Pack, *, for_trip: bool) -> dict[str, Any]:
    from travelsec.cli.commands.checklist.entries import item_data

    data = item_data(packs, explanation.checklist, explanation.section, explanation.item)
    if for_trip:
        word = {True: "in", None: "kept", False: "left-out"}[explanation.truth]
        data |= {
            "selected": explanation.truth is not False,
            "choice": word,
            "reasons": explanation.reasons,
        }
    return data


def _of_packs(found: list[ItemExplanation], packs: Pack) -> Iterator[Block]:
    from travelsec.cli.commands.checklist.entries import condition, sources
    from travelsec.document import ListItem, Paragraph

    for head in _grouped(found):
        if not hasattr(head, "truth"):
            yield head
            continue
        item = head.item
        body = (
            item.label,
            f"For: {condition(head.checklist, head.section, item)}",
            *sources(packs, item.cites),
        )
        yield ListItem(None, _head(head), "plain", body)
    yield Paragraph(f"{count(len(found), 'item')}. travelsec checklist show ID shows one in full.")


def _of_trip(found: list[ItemExplanation]) -> Iterator[Block]:
    from travelsec.document import Heading, ListItem, Paragraph

    kept = [one for one in found if one.truth is not False]
    out = [one for one in found if one.truth is False]
    yield Heading(1, f"This trip gets {count(len(kept), 'item')}")
    for explanation in _grouped(kept):
        if not hasattr(explanation, "truth"):
            yield explanation
            continue
        # Of an item that is in for sure, the answers in front of the reader say enough.
        why = () if explanation.truth else (f"Kept: {_reasons(explanation)}",)
        tone: Tone = "plain" if explanation.truth else "attention"
        yield ListItem(None, _head(explanation), tone, (explanation.item.label, *why))
    yield Heading(1, f"{count(len(out), 'item')} left out")
    for explanation in out:
        yield ListItem(
            None,
            _head(explanation),
            "quiet",
            (explanation.item.label, f"Left out: {_reasons(explanation)}"),
        )
    if not out:
        yield Paragraph("None: every item fits what is known of this trip.")


def _grouped(found: list[ItemExplanation]) -> Iterator[Any]:
    """Yield the items, with a heading before the first of each checklist and section."""
    from travelsec.document import Heading

    checklist = section = ""
    for explanation in found:
        if explanation.checklist.id != checklist:
            checklist, section = explanation.checklist.id, ""
            yield Heading(2, f"{explanation.checklist.title} ({checklist})")
        if explanation.section.id != section:
            section = explanation.section.id
            yield Heading(3, f"{explanation.section.title} ({section})")
        yield explanation


def _head(explanation: ItemExplanation) -> str:
    item = explanation.item
    return f"{explanation.checklist.id}.{item.id}: {item.level}, {item.phase}"


def _reasons(explanation: ItemExplanation) -> str:
    return "; ".join(explanation.reasons)
