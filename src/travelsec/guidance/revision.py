"""Compare a revised page with its stored index: the new index, and every change between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

import msgspec

from travelsec.guidance.matching import Match, SectionText, StatementPosition, match
from travelsec.guidance.page import Page, PageSection, PageStatement
from travelsec.guidance.proposals import unique
from travelsec.pack import model
from travelsec.safe_text import line

NO_HEADING = "(before the first heading)"
"""The title of a section that has none: a pack wants one."""

Change = Literal["changed", "moved", "added", "removed"]
Words = Mapping[StatementPosition, str]


class StatementChange(msgspec.Struct, frozen=True):
    """One statement that is not as it was.

    `path` is how it was cited, and `new_path` how it is to be; they differ where a statement came
    into another section. An added one has no `path`, a removed one no `new_path` and line 0.
    """

    change: Change
    path: str | None
    new_path: str | None
    kind: model.StatementKind
    line: int
    old_words: str | None
    new_words: str | None

    @property
    def is_work(self) -> bool:
        """Tell whether whatever cites the statement must be read again, or cite another path."""
        return self.path is not None and (
            self.change in ("changed", "removed") or self.path != self.new_path
        )


class SectionChange(msgspec.Struct, frozen=True):
    """A heading that is new, gone or worded anew; its id stays as it was."""

    change: Literal["renamed", "added", "removed"]
    id: str
    old_title: str | None
    new_title: str | None


class Revision(msgspec.Struct, frozen=True):
    """What a revised page changes.

    `index` is the page's new index, in which ids and kinds stayed with their statements.
    `new_expires` is the date the page now gives, if it is another. `with_words` tells whether the
    page as it was could be looked at, too.
    """

    index: model.Guidance
    sections: tuple[SectionChange, ...]
    statements: tuple[StatementChange, ...]
    new_expires: date | None
    with_words: bool

    @property
    def is_empty(self) -> bool:
        """Tell whether the page is as it was."""
        return not (self.sections or self.statements or self.new_expires)


def revise(stored: model.Guidance, page: Page, old_words: Words | None = None) -> Revision:
    """Compare a page with its stored index.

    Args:
        stored: the index that the packs have.
        page: the page as it is now.
        old_words: the words of stored statements, as far as they are known (`words_of`).
    """
    return _Reviser(stored, page, old_words or {}).revision(with_words=old_words is not None)


def words_of(stored: model.Guidance, page: Page) -> Words:
    """Return the words of the stored statements, from the page as it was; those found in it."""
    found = match(_old_parts(stored, {}), _new_parts(page, with_words=False))
    return {
        old: _words(page.sections[new.section].statements[new.statement])
        for old, new in {**found.same, **found.moved}.items()
    }


def title_of(section: PageSection) -> str:
    """Return the title of a section as an index has it."""
    return line(section.title) if section.title else NO_HEADING


def _old_parts(stored: model.Guidance, words: Words) -> list[SectionText]:
    return [
        SectionText(
            section.id,
            section.title,
            [statement.fingerprint for statement in section.statements],
            [words.get(StatementPosition(i, n)) for n in range(len(section.statements))],
        )
        for i, section in enumerate(stored.sections)
    ]


def _new_parts(page: Page, *, with_words: bool) -> list[SectionText]:
    return [
        SectionText(
            section.id,
            title_of(section),
            [statement.fingerprint for statement in section.statements],
            [_words(one) if with_words else None for one in section.statements],
        )
        for section in page.sections
    ]


def _words(statement: PageStatement) -> str:
    return " ".join((*statement.lead_in, statement.text))


class _Reviser:
    def __init__(self, stored: model.Guidance, page: Page, old_words: Words) -> None:
        self.stored, self.page, self.old_words = stored, page, old_words
        self.found: Match = match(
            _old_parts(stored, old_words), _new_parts(page, with_words=bool(old_words))
        )
        self.old_section = {new: old for old, new in self.found.sections.items()}
        self.origin: dict[StatementPosition, tuple[Change | Literal["same"], StatementPosition]] = {
            **{new: ("same", old) for old, new in self.found.same.items()},
            **{new: ("moved", old) for old, new in self.found.moved.items()},
            **{new: ("changed", old) for old, new in self.found.changed.items()},
        }

    def revision(self, *, with_words: bool) -> Revision:
        sections = self._sections()
        titles = {
            self.stored.sections[old].title: sections[new].title
            for old, new in self.found.sections.items()
        }
        expires = self.page.expires
        index = msgspec.structs.replace(
            self.stored,
            # The title of a page is that of one of its headings, and is worded anew with it.
            title=titles.get(self.stored.title, self.stored.title),
            expires=expires or self.stored.expires,
            sections=tuple(sections),
        )
        return Revision(
            index,
            tuple(self._section_changes(sections)),
            tuple(self._statement_changes(sections)),
            expires if expires != self.stored.expires else None,
            with_words,
        )

    # The new index

    def _sections(self) -> list[model.GuidanceSection]:
        # No old id is given to anything else, not even one that is gone: what cites it would
        # then point to other words, and nobody would be told.
        taken = {section.id: 1 for section in self.stored.sections}
        sections = []
        for j, section in enumerate(self.page.sections):
            old = self.old_section.get(j)
            if old is None:
                name, title = unique(section.id, taken), title_of(section)
            else:
                name, title = self.stored.sections[old].id, self.stored.sections[old].title
                title = title_of(section) if section.title else title
            statements = self._statements(j, section, old)
            sections.append(model.GuidanceSection(name, title, statements))
        return sections

    def _statements(
        self, j: int, section: PageSection, old_section: int | None
    ) -> tuple[model.Statement, ...]:
        known = () if old_section is None else self.stored.sections[old_section].statements
        taken = {statement.id: 1 for statement in known}
        statements = []
        for n, statement in enumerate(section.statements):
            name, kind = statement.id, statement.kind
            origin = self.origin.get(StatementPosition(j, n))
            if origin is not None:
                place = origin[1]
                old = self._stored(place)
                name, kind = old.id, old.kind
            if origin is None or place.section != old_section:
                name = unique(name, taken)
            statements.append(model.Statement(name, kind, statement.fingerprint))
        return tuple(statements)

    def _stored(self, place: StatementPosition) -> model.Statement:
        return self.stored.sections[place.section].statements[place.statement]

    # The changes

    def _section_changes(self, sections: list[model.GuidanceSection]) -> Iterator[SectionChange]:
        for j, section in enumerate(sections):
            i = self.old_section.get(j)
            if i is None:
                yield SectionChange("added", section.id, None, section.title)
                continue
            old = self.stored.sections[i].title
            if old.casefold().split() != section.title.casefold().split():
                yield SectionChange("renamed", section.id, old, section.title)
        for i, gone in enumerate(self.stored.sections):
            if i not in self.found.sections:
                yield SectionChange("removed", gone.id, gone.title, None)

    def _statement_changes(
        self, sections: list[model.GuidanceSection]
    ) -> Iterator[StatementChange]:
        """Yield the changes in the order of the new page, what was removed last."""
        for j, section in enumerate(sections):
            for n, statement in enumerate(section.statements):
                origin = self.origin.get(StatementPosition(j, n))
                change, old = origin or ("added", None)
                if change != "same":
                    here = self.page.sections[j].statements[n]
                    yield StatementChange(
                        change=change,
                        path=None if old is None else self._old_path(old),
                        new_path=f"{self.stored.id}/{section.id}/{statement.id}",
                        kind=statement.kind,
                        line=here.line,
                        old_words=None if old is None else self.old_words.get(old),
                        new_words=_words(here),
                    )
        found = {place for _, place in self.origin.values()}
        for i, gone in enumerate(self.stored.sections):
            for n, statement_gone in enumerate(gone.statements):
                place = StatementPosition(i, n)
                if place not in found:
                    yield StatementChange(
                        change="removed",
                        path=self._old_path(place),
                        new_path=None,
                        kind=statement_gone.kind,
                        line=0,
                        old_words=self.old_words.get(place),
                        new_words=None,
                    )

    def _old_path(self, place: StatementPosition) -> str:
        section = self.stored.sections[place.section]
        return f"{self.stored.id}/{section.id}/{section.statements[place.statement].id}"
