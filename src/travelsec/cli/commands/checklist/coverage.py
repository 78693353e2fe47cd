"""`travelsec checklist coverage`: show which duties of the guidance the packs carry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from travelsec.cli.exit_codes import NO, READY
from travelsec.cli.options import PackOption, PlainOption, format_option, load_packs
from travelsec.cli.output import print_document, print_json
from travelsec.document import Block, Heading, ListItem, Paragraph, Tone
from travelsec.formats import TEXT_OR_JSON
from travelsec.guidance.coverage import Covered, Duty, uncarried, without_index
from travelsec.guidance.coverage import coverage as coverage_of
from travelsec.guidance.fidelity import ExplainedPage
from travelsec.pack.model import Guidance, Pack
from travelsec.wording import count


def coverage(
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Every statement: what carries it, its level, and why they differ."
        ),
    ] = False,
    format_: Annotated[str, format_option(TEXT_OR_JSON)] = TEXT_OR_JSON.default,
    pack: PackOption = None,
    plain: PlainOption = False,
) -> int:
    """Show what cites each duty of the guidance.

    Exit code 1 if no item and no step of a situation cites one: a contact alone does not carry a
    duty.
    """
    TEXT_OR_JSON.find(format_)
    packs = load_packs(pack)
    pages = coverage_of(packs)
    missing = uncarried(pages)
    if explain:
        _explain(packs, format_, plain)
    elif format_ == "json":
        data = {
            "schema": "travelsec.checklist-coverage/1",
            "carried": sum(page.carried for page in pages),
            "duties": sum(len(page.duties) for page in pages),
            "unconfirmed": sum(page.unconfirmed for page in pages),
            "pages": [{**_share(page), "sections": [*_sections(page)]} for page in pages],
            "cited_as_a_whole": [page.id for page in without_index(packs)],
        }
        print_json(data)
    else:
        blocks = _blocks(pages, without_index(packs), missing)
        print_document(blocks, plain=plain, whole_words=True)
    return NO if missing else READY


def _explain(packs: Pack, format_: str, plain: bool) -> None:
    from travelsec.guidance.fidelity import explain

    explained = explain(packs)
    if format_ == "json":
        print_json({"schema": "travelsec.checklist-fidelity/1", "pages": explained})
    else:
        print_document(_explanations(explained), plain=plain, whole_words=True)


def _explanations(pages: list[ExplainedPage]) -> Iterator[Block]:
    from travelsec.guidance.fidelity import describe

    for page in pages:
        yield Heading(1, f"{page.title} ({page.id})")
        for section in page.sections:
            yield Heading(3, f"{section.title} ({section.id})")
            for statement in section.statements:
                kind = f"{statement.kind}, {statement.level}" if statement.level else statement.kind
                note = (f"Note: {statement.note}",) if statement.note else ()
                body = (*describe(statement), *note)
                yield ListItem(None, f"{statement.id} ({kind})", "plain", body)


def _share(part: Covered) -> dict[str, object]:
    return {
        "id": part.id,
        "title": part.title,
        "carried": part.carried,
        "duties": len(part.duties),
        "unconfirmed": part.unconfirmed,
    }


def _sections(page: Covered) -> Iterator[dict[str, object]]:
    for section in page.sections:
        statements = [
            {"path": duty.path, "carried": duty.is_carried, "cited_by": duty.cited_by}
            for duty in section.duties
        ]
        yield {**_share(section), "statements": statements}


def _blocks(pages: list[Covered], wholes: list[Guidance], missing: list[Duty]) -> Iterator[Block]:
    for page in pages:
        yield Heading(1, f"{page.title} ({page.id}): {page.carried} of {len(page.duties)} duties")
        for section in page.sections:
            share = f"{section.carried} of {len(section.duties)}"
            yield Heading(3, f"{section.title} ({section.id}): {share}")
            for duty in section.duties:
                name = duty.path.rpartition("/")[2]
                who = [f"{citation.kind} {citation.id}" for citation in duty.cited_by]
                tone: Tone = "plain" if duty.is_carried else "attention"
                yield ListItem(duty.is_carried, name, tone, tuple(dict.fromkeys(who)))
        if page.unconfirmed:
            yield Paragraph(
                f"{count(page.unconfirmed, 'kind')} of this page guessed and not confirmed: look "
                "at each in the index, and take out “guessed: true” where it is right.",
                "attention",
            )
    for whole in wholes:
        yield Heading(1, f"{whole.title} ({whole.id})")
        yield Paragraph("Cited as a whole: no duties are known.", "quiet")
    if missing:
        yield Heading(2, f"Not carried ({len(missing)})")
        for duty in missing:
            yield ListItem(False, duty.path, "attention", ("Cite it in an item or a step.",))
    else:
        yield Paragraph("Every duty is carried by an item or a step of a situation.", "good")
