"""`travelsec checklist list`: list the items and who they are for, or what a trip gets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from travelsec.cli import options
from travelsec.cli.answers_input import read_answers
from travelsec.cli.completers import complete_fact, one_of
from travelsec.cli.exit_codes import READY
from travelsec.cli.output import print_document, print_json
from travelsec.pack.model import LEVELS, PHASES
from travelsec.problems import UserError, allowed
from travelsec.results import checklist as results
from travelsec.results import checklist_outline as outline
from travelsec.results.checklist_entries import explained_data
from travelsec.trip.explain import explain_items
from travelsec.trip.facts import Facts


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
    format_: options.TextOrJsonOption = "text",
    pack: options.PackOption = None,
    today: options.TodayOption = None,
    plain: options.PlainOption = False,
) -> int:
    """List the items of the packs: phase, level, who they are for, and the sources."""
    in_json = options.wants_json(format_)
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
    if in_json:
        items = [
            explained_data(packs, explanation, for_trip=for_trip) for explanation in explanations
        ]
        print_json(results.items(items))
    else:
        content = (
            outline.items_of_trip(explanations)
            if for_trip
            else outline.items_of_packs(explanations, packs)
        )
        print_document(content, plain=plain, whole_words=True)
    return READY


def _check_word(option: str, word: str | None, words: Sequence[str]) -> None:
    if word is not None and word not in words:
        raise UserError(f"{option}: “{word}” is not known{allowed(words, word)}")


def _check_facts(settings: list[str]) -> None:
    """Refuse statuses of items: they do not decide who gets an item."""

    for setting in settings:
        if "." in setting.partition("=")[0]:
            raise UserError(f"--for {setting}: only facts decide what a trip gets: FACT=VALUE")
