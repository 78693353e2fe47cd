"""Guidance pages, their indexes and their changes as JSON, for machines."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from travelsec.guidance.citations import Citation
from travelsec.guidance.coverage import Covered
from travelsec.guidance.fidelity import ExplainedPage
from travelsec.guidance.outline import count_statements
from travelsec.guidance.page import Page
from travelsec.guidance.revision import Revision, SectionChange, StatementChange
from travelsec.pack.model import Guidance, StatementKind
from travelsec.safe_text import ascii_json


class ListedPage(Struct, frozen=True):
    """A page that the packs cite, with the number of its sections, statements and duties."""

    id: str
    title: str
    publisher: str
    url: str | None
    expires: datetime.date | None
    sections: int
    statements: int
    duties: int


class Pages(Struct, frozen=True):
    """The pages that the packs cite."""

    schema: Literal["travelsec.guidance-list/1"]
    pages: tuple[ListedPage, ...]


class IndexedStatement(Struct, frozen=True):
    """A statement of a page, without its text; `id` and `kind` are proposals."""

    id: str
    kind: StatementKind
    fingerprint: str
    line: int


class IndexedSection(Struct, frozen=True):
    """A heading of a page and the statements below it."""

    id: str
    title: str
    line: int
    statements: tuple[IndexedStatement, ...]


class Index(Struct, frozen=True):
    """The index proposed for a page."""

    schema: Literal["travelsec.guidance-index/1"]
    title: str
    expires: datetime.date | None
    sections: tuple[IndexedSection, ...]


class Changes(Struct, frozen=True):
    """What a revised page changes, and what cites each statement."""

    schema: Literal["travelsec.guidance-diff/1"]
    page: str
    title: str
    new_title: str | None
    page_title: str | None
    new_expires: datetime.date | None
    lost_expires: datetime.date | None
    needs_work: bool
    sections: tuple[SectionChange, ...]
    statements: tuple[StatementChange, ...]


class CoveredDuty(Struct, frozen=True):
    """A duty, and the entries of the packs that cite it."""

    path: str
    carried: bool
    cited_by: tuple[Citation, ...]


class CoveredSection(Struct, frozen=True):
    """A section that has duties."""

    id: str
    title: str
    carried: int
    duties: int
    unconfirmed: int
    statements: tuple[CoveredDuty, ...]


class CoveredPage(Struct, frozen=True):
    """A page that has an index."""

    id: str
    title: str
    carried: int
    duties: int
    unconfirmed: int
    sections: tuple[CoveredSection, ...]


class Coverage(Struct, frozen=True):
    """Which duties of the pages the packs carry; the counts are those of all pages."""

    schema: Literal["travelsec.checklist-coverage/1"]
    carried: int
    duties: int
    unconfirmed: int
    pages: tuple[CoveredPage, ...]
    cited_as_a_whole: tuple[str, ...]


class Fidelity(Struct, frozen=True):
    """What carries each statement of the pages, and how strongly."""

    schema: Literal["travelsec.checklist-fidelity/1"]
    pages: tuple[ExplainedPage, ...]


def pages(stored_pages: Iterable[Guidance]) -> str:
    """List the pages of the packs."""
    listed = tuple(
        ListedPage(
            page.id,
            page.title,
            page.publisher,
            page.url or None,
            page.expires,
            **count_statements(page),
        )
        for page in stored_pages
    )
    return ascii_json(Pages("travelsec.guidance-list/1", listed))


def index(page: Page) -> str:
    """Return the proposed index of a page, without its sentences."""
    sections = tuple(
        IndexedSection(
            section.id,
            section.title,
            section.line,
            tuple(
                IndexedStatement(
                    statement.id, statement.kind, statement.fingerprint, statement.line
                )
                for statement in section.statements
            ),
        )
        for section in page.sections
    )
    return ascii_json(Index("travelsec.guidance-index/1", page.title, page.expires, sections))


def changes(revision: Revision) -> str:
    """Return what a revised page changes, and what cites each statement."""
    return ascii_json(
        Changes(
            schema="travelsec.guidance-diff/1",
            page=revision.index.id,
            title=revision.index.title,
            new_title=revision.new_title,
            page_title=revision.page_title,
            new_expires=revision.new_expires,
            lost_expires=revision.lost_expires,
            needs_work=revision.needs_work,
            sections=revision.sections,
            statements=revision.statements,
        )
    )


def coverage(pages: list[Covered], wholes: list[Guidance]) -> str:
    """Return each duty of the pages and what cites it, and the pages that are cited as a whole."""
    return ascii_json(
        Coverage(
            schema="travelsec.checklist-coverage/1",
            carried=sum(page.carried for page in pages),
            duties=sum(len(page.duties) for page in pages),
            unconfirmed=sum(page.unconfirmed for page in pages),
            pages=tuple(map(_covered_page, pages)),
            cited_as_a_whole=tuple(page.id for page in wholes),
        )
    )


def fidelity(pages: Iterable[ExplainedPage]) -> str:
    """Return every statement of the pages with what carries it."""
    return ascii_json(Fidelity("travelsec.checklist-fidelity/1", tuple(pages)))


def _covered_page(page: Covered) -> CoveredPage:
    sections = tuple(map(_covered_section, page.sections))
    return CoveredPage(
        page.id, page.title, page.carried, len(page.duties), page.unconfirmed, sections
    )


def _covered_section(section: Covered) -> CoveredSection:
    duties = tuple(
        CoveredDuty(duty.path, duty.is_carried, duty.cited_by) for duty in section.duties
    )
    return CoveredSection(
        section.id, section.title, section.carried, len(duties), section.unconfirmed, duties
    )
