"""Compare a revised page with its stored index: the new index, and every change between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal

import msgspec

from travelsec.guidance.matching import PageText, SectionText, StatementText, match
from travelsec.guidance.page import Page, PageSection, PageStatement, fold
from travelsec.guidance.proposals import unique
from travelsec.pack import model
from travelsec.safe_text import line

NO_HEADING = "(before the first heading)"
"""The title of a section that has none: a pack wants one."""

Change = Literal["changed", "moved", "added", "removed"]
Words = Mapping[int, str]
"""The words of the statements of a page, by number, lead-ins included."""


class StatementChange(msgspec.Struct, frozen=True):
    """A statement that was changed, moved, added or removed.

    `path` is how it was cited, `new_path` how to cite it now; they differ if it moved to another
    section. An added statement has no `path`, a removed one no `new_path` and line 0.
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
    """A heading that was added, removed or reworded; its id stays the same."""

    change: Literal["renamed", "added", "removed"]
    id: str
    old_title: str | None
    new_title: str | None


class Revision(msgspec.Struct, frozen=True):
    """What a revised page changes.

    `index` is the page's new index, in which ids and kinds stay with their statements.
    `new_expires` is the date that the page gives now, if it is a different one. `with_words` tells
    whether the text of the old page was known.
    """

    index: model.Guidance
    sections: tuple[SectionChange, ...]
    statements: tuple[StatementChange, ...]
    new_expires: date | None
    with_words: bool

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing changed."""
        return not (self.sections or self.statements or self.new_expires)


def revise(stored: model.Guidance, page: Page, old_words: Words | None = None) -> Revision:
    """Compare a page with its stored index.

    Args:
        stored: the index that the packs have.
        page: the page as it is now.
        old_words: the words of stored statements, as far as they are known (`words_of`).
    """
    return _Reviser(stored, page, old_words or {}).revision(with_words=old_words is not None)


def words_of(stored: model.Guidance, old_page: Page) -> Words:
    """Return the words of those stored statements that stand in the old page."""
    words = [_words(statement) for statement in _statements(old_page)]
    found = match(_text(stored.sections, {}), _text(old_page.sections, {})).statements
    return {old: words[new] for new, (became, old) in found.items() if became != "changed"}


def title_of(section: PageSection | model.GuidanceSection) -> str:
    """Return the title of a section as an index has it."""
    return line(section.title) if section.title else NO_HEADING


def _statements(page: Page) -> list[PageStatement]:
    return [statement for section in page.sections for statement in section.statements]


def _words(statement: PageStatement) -> str:
    return " ".join((*statement.lead_in, statement.text))


def _text(page: Iterable[PageSection | model.GuidanceSection], words: Words) -> PageText:
    sections: list[SectionText] = []
    statements: list[StatementText] = []
    for i, section in enumerate(page):
        start = len(statements)
        for statement in section.statements:
            known = words.get(len(statements))
            statements.append(StatementText(i, statement.fingerprint, known))
        numbers = range(start, len(statements))
        sections.append(SectionText(section.id, title_of(section), numbers))
    return PageText(sections, statements)


def _with_paths(index: model.Guidance) -> list[tuple[str, model.Statement]]:
    return [
        (f"{index.id}/{section.id}/{statement.id}", statement)
        for section in index.sections
        for statement in section.statements
    ]


class _Reviser:
    def __init__(self, stored: model.Guidance, page: Page, old_words: Words) -> None:
        self.stored, self.page, self.old_words = stored, page, old_words
        self.old = _with_paths(stored)
        self.new = _statements(page)
        self.old_text = _text(stored.sections, old_words)
        self.new_text = _text(page.sections, dict(enumerate(map(_words, self.new))))
        self.sections, self.origin = match(self.old_text, self.new_text)

    def revision(self, *, with_words: bool) -> Revision:
        sections = tuple(self._sections())
        titles = {
            self.stored.sections[old].title: sections[new].title
            for new, old in self.sections.items()
        }
        expires = self.page.expires
        index = msgspec.structs.replace(
            self.stored,
            # If the title of the page is one of its headings, it changes with that heading.
            title=titles.get(self.stored.title, self.stored.title),
            expires=expires or self.stored.expires,
            sections=sections,
        )
        return Revision(
            index,
            tuple(self._section_changes(sections)),
            tuple(self._statement_changes(index)),
            expires if expires != self.stored.expires else None,
            with_words,
        )

    # The new index

    def _sections(self) -> Iterator[model.GuidanceSection]:
        # No new section gets an old id, not even of one that is gone: what cites it would then
        # point to other words, and nobody would be told.
        taken = {section.id: 1 for section in self.stored.sections}
        for j, section in enumerate(self.page.sections):
            i = self.sections.get(j)
            name, title = section.id, title_of(section)
            if i is None:
                name = unique(name, taken)
            else:
                name = self.stored.sections[i].id
                title = title if section.title else self.stored.sections[i].title
            yield model.GuidanceSection(name, title, tuple(self._new_statements(j, i)))

    def _new_statements(
        self, new_section: int, old_section: int | None
    ) -> Iterator[model.Statement]:
        known = () if old_section is None else self.stored.sections[old_section].statements
        taken = {statement.id: 1 for statement in known}
        for n in self.new_text.sections[new_section].statements:
            statement = self.new[n]
            name, kind = statement.id, statement.kind
            came_from = None
            if n in self.origin:
                _, number = self.origin[n]
                _, old = self.old[number]
                name, kind = old.id, old.kind
                came_from = self.old_text.statements[number].section
            if came_from is None or came_from != old_section:
                name = unique(name, taken)
            yield model.Statement(name, kind, statement.fingerprint)

    # The changes

    def _section_changes(
        self, sections: Iterable[model.GuidanceSection]
    ) -> Iterator[SectionChange]:
        for j, section in enumerate(sections):
            if j not in self.sections:
                yield SectionChange("added", section.id, None, section.title)
                continue
            old = self.stored.sections[self.sections[j]].title
            if fold(old) != fold(section.title):
                yield SectionChange("renamed", section.id, old, section.title)
        found = set(self.sections.values())
        for i, gone in enumerate(self.stored.sections):
            if i not in found:
                yield SectionChange("removed", gone.id, gone.title, None)

    def _statement_changes(self, index: model.Guidance) -> Iterator[StatementChange]:
        """Yield the changes in the order of the new page, what was removed last."""
        for n, (new_path, statement) in enumerate(_with_paths(index)):
            at, words = self.new[n].line, _words(self.new[n])
            became, old = self.origin.get(n, (None, -1))
            if became is None:
                yield StatementChange("added", None, new_path, statement.kind, at, None, words)
            elif became != "same":
                yield StatementChange(
                    change=became,
                    path=self.old[old][0],
                    new_path=new_path,
                    kind=statement.kind,
                    line=at,
                    old_words=self.old_words.get(old),
                    new_words=words,
                )
        found = {old for _, old in self.origin.values()}
        for n, (path, statement) in enumerate(self.old):
            if n not in found:
                old_words = self.old_words.get(n)
                yield StatementChange("removed", path, None, statement.kind, 0, old_words, None)
