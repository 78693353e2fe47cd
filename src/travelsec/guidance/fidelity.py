"""Show what carries each statement of the guidance pages, how strongly, and why it differs."""

from __future__ import annotations

from collections import defaultdict

import msgspec

from travelsec.guidance.citations import CitingKind, citing_entries, entry_name
from travelsec.pack.model import Guidance, Level, Pack, StatementKind


class Carrier(msgspec.Struct, frozen=True):
    """An entry that cites a statement; items have a level, steps of situations a number."""

    kind: CitingKind
    id: str
    level: Level | None = None
    step: int | None = None
    choice: str | None = None


class ExplainedStatement(msgspec.Struct, frozen=True):
    """A statement and what carries it; `level` and `note` are those of the index."""

    id: str
    kind: StatementKind
    level: Level | None
    note: str
    carried_by: tuple[Carrier, ...]


class ExplainedSection(msgspec.Struct, frozen=True):
    """A heading of a page and the statements below it."""

    id: str
    title: str
    statements: tuple[ExplainedStatement, ...]


class ExplainedPage(msgspec.Struct, frozen=True):
    """A page, section by section."""

    id: str
    title: str
    sections: tuple[ExplainedSection, ...]


def explain(pack: Pack) -> list[ExplainedPage]:
    """Return every page that has an index, with all its statements in the order of the page."""
    carriers: dict[str, list[Carrier]] = defaultdict(list)
    for entry in citing_entries(pack):
        for path in entry.cites:
            carriers[path].append(
                Carrier(entry.kind, entry.id, entry.level, entry.step, entry.choice)
            )
    return [_explained_page(page, carriers) for page in pack.guidance.values() if page.sections]


def describe(statement: ExplainedStatement) -> tuple[str, ...]:
    """Return what carries a statement, one line each, for people."""
    return tuple(_carrier_name(carrier) for carrier in statement.carried_by) or (
        "nothing cites it",
    )


def _carrier_name(carrier: Carrier) -> str:
    if carrier.step:
        return f"step {carrier.step} of {carrier.id}"
    name = entry_name(carrier.kind, carrier.id, carrier.choice)
    return name + (f" ({carrier.level})" if carrier.level else "")


def _explained_page(page: Guidance, carriers: dict[str, list[Carrier]]) -> ExplainedPage:
    sections = tuple(
        ExplainedSection(
            section.id,
            section.title,
            tuple(
                ExplainedStatement(
                    statement.id,
                    statement.kind,
                    statement.level,
                    statement.note,
                    tuple(carriers.get(f"{page.id}/{section.id}/{statement.id}", ())),
                )
                for statement in section.statements
            ),
        )
        for section in page.sections
        if section.statements
    )
    return ExplainedPage(page.id, page.title, sections)
