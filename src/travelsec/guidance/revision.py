"""Compare a revised page with its stored index, and rebuild its index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

import msgspec

from travelsec.guidance.citations import Citation, Citations
from travelsec.guidance.edits import Edit, codes_of, edits, new_members
from travelsec.guidance.fingerprints import coded, count_first_form, first_form, wording
from travelsec.guidance.matching import PageText, Words, match
from travelsec.guidance.page import NO_HEADING, Page, PageStatement
from travelsec.guidance.proposals import unique
from travelsec.pack import model

ChangeKind = Literal["changed", "moved", "added", "removed"]


class StatementChange(msgspec.Struct, frozen=True):
    """A statement that was changed, moved, added or removed.

    `path` is how it was cited, and `new_path` how to cite it now; they differ if it moved to
    another section. An added statement has no `path`, a removed one neither `new_path` nor line.
    `edits` tell what became of the words of a changed one, and `members_added` and
    `members_removed` what became of a list in it, as far as that can be known. `level` and `note`
    are those of the index. It `needs_work` if its citations must be read again
    or changed, or if it is a new duty.
    """

    change: ChangeKind
    path: str | None
    new_path: str | None
    kind: model.StatementKind
    line: int | None
    old_words: str | None
    new_words: str | None
    needs_work: bool
    cited_by: tuple[Citation, ...]
    level: model.Level | None = None
    note: str = ""
    edits: tuple[Edit, ...] = ()
    members_added: tuple[str, ...] = ()
    members_removed: tuple[str, ...] = ()


class SectionChange(msgspec.Struct, frozen=True):
    """A heading that was added, removed or reworded; its id stays the same."""

    change: Literal["renamed", "added", "removed"]
    id: str
    old_title: str | None
    new_title: str | None


class Revision(msgspec.Struct, frozen=True):
    """What a revised page changes.

    `index` is the page's new index, in which statements keep their ids and kinds. `new_expires`
    is the page's date of expiry if it has another, and `lost_expires` the date in the index if the
    page has none; the index keeps it. `new_title` is the title if it has changed, and `page_title`
    what the page calls itself if the index keeps another title. `with_words` tells whether the
    text of the old page was known, and `cited` what cites each path.
    """

    index: model.Guidance
    sections: tuple[SectionChange, ...]
    statements: tuple[StatementChange, ...]
    new_expires: date | None
    lost_expires: date | None
    new_title: str | None
    page_title: str | None
    with_words: bool
    cited: Citations

    @property
    def is_empty(self) -> bool:
        """Return whether nothing changed."""
        return not (self.sections or self.statements or self.new_expires or self.lost_expires)

    @property
    def needs_work(self) -> bool:
        """Return whether there is a new duty, or anything that the packs cite needs work."""
        return any(change.needs_work for change in self.statements)


def revise(
    stored: model.Guidance,
    page: Page,
    old_words: Words | None = None,
    cited: Citations | None = None,
) -> Revision:
    """Compare a page with its stored index.

    `old_words` has the words of stored statements as far as they are known (see `words_of`);
    `cited` tells what cites each path.
    """
    return _Reviser(stored, page, old_words or {}, cited or {}).revision(old_words is not None)


def words_of(stored: model.Guidance, old_page: Page) -> Words:
    """Return the stored statements with their words, as far as they are in the old page."""
    text = _page_text(old_page)
    renewed = _with_new_fingerprints(stored, text.words.values())
    matched = match(PageText(renewed.sections, {}), text).statements
    return {old: text.words[new] for new, (became, old) in matched.items() if became != "changed"}


def _page_text(page: Page) -> PageText:
    statements = (statement for section in page.sections for statement in section.statements)
    return PageText(page.sections, dict(enumerate(statements)))


def _with_new_fingerprints(
    stored: model.Guidance, known_statements: Iterable[PageStatement]
) -> model.Guidance:
    """Return an index with its fingerprints of the first form renewed, as far as words are known.

    `known` are statements of which some have the words that are in the index.
    """
    if not count_first_form(stored):
        return stored
    forms = {
        first_form(statement.text, statement.lead_in): statement.fingerprint
        for statement in known_statements
    }
    replace = msgspec.structs.replace
    sections = tuple(
        replace(
            section,
            statements=tuple(
                replace(
                    statement, fingerprint=forms.get(statement.fingerprint, statement.fingerprint)
                )
                for statement in section.statements
            ),
        )
        for section in stored.sections
    )
    return replace(stored, sections=sections)


def _with_lead_ins(statement: PageStatement | None) -> str | None:
    return " ".join((*statement.lead_in, statement.text)) if statement else None


class _Reviser:
    def __init__(
        self, stored: model.Guidance, page: Page, old_words: Words, cited: Citations
    ) -> None:
        self.page, self.cited, self.new = page, cited, _page_text(page)
        self.stored = _with_new_fingerprints(
            stored, [*self.new.words.values(), *old_words.values()]
        )
        self.old = PageText(self.stored.sections, old_words)
        self.sections, self.origin = match(self.old, self.new)
        self.stored_statements = [statement for _, statement in self.stored.statements()]

    def revision(self, with_words: bool) -> Revision:
        sections = tuple(self._sections())
        titles = {
            self.stored.sections[old].title: sections[new].title
            for new, old in self.sections.items()
        }
        expires = self.page.expires
        index = msgspec.structs.replace(
            self.stored,
            # A page whose title is one of its headings is renamed with that heading.
            title=titles.get(self.stored.title, self.stored.title),
            expires=expires or self.stored.expires,
            sections=sections,
        )
        return Revision(
            index,
            tuple(self._section_changes(sections)),
            tuple(self._statement_changes(index)),
            expires if expires != self.stored.expires else None,
            None if expires else self.stored.expires,
            index.title if index.title != self.stored.title else None,
            self.page.title if wording(self.page.title) != wording(index.title) else None,
            with_words,
            self.cited,
        )

    # The new index

    def _sections(self) -> Iterator[model.GuidanceSection]:
        # A new section never takes the id of an old one, even of one that is gone: its citations
        # would point to other words, and nobody would notice.
        taken = {section.id: 1 for section in self.stored.sections}
        for number, section in enumerate(self.page.sections):
            old_number = self.sections.get(number)
            old = None if old_number is None else self.stored.sections[old_number]
            yield model.GuidanceSection(
                old.id if old else unique(section.id, taken),
                old.title if old and section.title == NO_HEADING else section.title,
                tuple(self._statements(number, old_number)),
            )

    def _statements(self, new_section: int, old_section: int | None) -> Iterator[model.Statement]:
        old_statements = () if old_section is None else self.stored.sections[old_section].statements
        taken = {statement.id: 1 for statement in old_statements}
        for number in self.new.numbers[new_section]:
            statement = self.new.statements[number]
            _, old = self.origin.get(number, (None, None))
            if old is None:
                name = unique(statement.id, taken)
                yield model.Statement(name, statement.kind, statement.fingerprint, guessed=True)
                continue
            source = self.stored_statements[old]
            moved = self.old.section_of[old] != old_section
            yield msgspec.structs.replace(
                source,
                id=unique(source.id, taken) if moved else source.id,
                fingerprint=statement.fingerprint,
            )

    # The changes

    def _section_changes(
        self, sections: Iterable[model.GuidanceSection]
    ) -> Iterator[SectionChange]:
        for number, section in enumerate(sections):
            if number not in self.sections:
                yield SectionChange("added", section.id, None, section.title)
                continue
            old = self.stored.sections[self.sections[number]].title
            if wording(old) != wording(section.title):
                yield SectionChange("renamed", section.id, old, section.title)
        kept_sections = set(self.sections.values())
        for number, old_section in enumerate(self.stored.sections):
            if number not in kept_sections:
                yield SectionChange("removed", old_section.id, old_section.title, None)

    def _statement_changes(self, index: model.Guidance) -> Iterator[StatementChange]:
        """Yield the changes in the order of the new page; what was removed comes last."""
        old_paths = {number: path for number, (path, _) in enumerate(self.stored.statements())}
        new_paths = {number: path for number, (path, _) in enumerate(index.statements())}
        lines = [
            statement.line for section in self.page.sections for statement in section.statements
        ]
        kept_statements = {old for _, old in self.origin.values()}
        # -1 is not a statement: one that was added has no old one, one that was removed no new one.
        pairs: list[tuple[ChangeKind | Literal["same"], int, int]] = [
            *((*self.origin.get(number, ("added", -1)), number) for number in new_paths),
            *(("removed", number, -1) for number in old_paths if number not in kept_statements),
        ]
        for change, old, new in pairs:
            if change == "same":
                continue
            path, new_path = old_paths.get(old), new_paths.get(new)
            cited_by = self.cited.get(path or "", ())
            differs = change in ("changed", "removed") or path != new_path
            stored = None if path is None else self.stored_statements[old]
            kind = stored.kind if stored else self.new.statements[new].kind
            statement_change = StatementChange(
                change=change,
                path=path,
                new_path=new_path,
                kind=kind,
                line=None if new_path is None else lines[new],
                old_words=_with_lead_ins(self.old.words.get(old)),
                new_words=_with_lead_ins(self.new.words.get(new)),
                needs_work=(differs and bool(cited_by)) or (change, kind) == ("added", "duty"),
                cited_by=cited_by,
                level=stored.level if stored else None,
                note=stored.note if stored else "",
            )
            if stored and change == "changed":
                statement_change = _with_edits(statement_change, stored.fingerprint)
            yield statement_change


def _with_edits(change: StatementChange, fingerprint: str) -> StatementChange:
    """Return a change with the words marked that were put in and taken out."""
    before, after = change.old_words, change.new_words or ""
    word_edits = edits(fingerprint, before, after)
    old_codes = coded(fingerprint)
    if before is not None:
        codes = codes_of(before)
    else:
        codes = [*old_codes.lead_in, *old_codes.own] if old_codes and word_edits else []
    return msgspec.structs.replace(
        change,
        edits=word_edits,
        members_added=new_members(codes, after) if codes else (),
        members_removed=new_members(codes_of(after), before) if before is not None else (),
    )
