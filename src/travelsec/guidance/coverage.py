"""Find which duties of the guidance pages the packs carry."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from travelsec.derived import sources_of
from travelsec.guidance.citations import Citation, Citations, citations
from travelsec.pack.model import Guidance, GuidanceSection, Pack


class Duty(msgspec.Struct, frozen=True):
    """A duty, the entries that cite it, and whether one of them carries it.

    People act on items and steps, so these carry a duty, and so does a question whose answer
    decides whether an item or a step applies. A contact does not.
    """

    path: str
    cited_by: tuple[Citation, ...]
    is_carried: bool


class Covered(msgspec.Struct, frozen=True):
    """The duties of a section or of a whole page, in the order of the page.

    `unconfirmed` counts the statements of which the kind is guessed: one that is taken for
    background may be a duty.
    """

    id: str
    title: str
    duties: tuple[Duty, ...]
    unconfirmed: int = 0
    sections: tuple[Covered, ...] = ()

    @property
    def carried(self) -> int:
        """Count the duties that are carried."""
        return sum(duty.is_carried for duty in self.duties)


def coverage(pack: Pack) -> list[Covered]:
    """Return every page that has an index, with those of its sections that have duties."""
    cited, deciding_questions = citations(pack), _deciding_questions(pack)
    return [
        _covered_page(page, cited, deciding_questions)
        for page in pack.guidance.values()
        if page.sections
    ]


def without_index(pack: Pack) -> list[Guidance]:
    """Return the pages that are cited as a whole: none of their duties is known."""
    return [page for page in pack.guidance.values() if not page.sections]


def uncarried(pages: list[Covered]) -> list[Duty]:
    """Return the duties that nothing carries."""
    return [duty for page in pages for duty in page.duties if not duty.is_carried]


def _deciding_questions(pack: Pack) -> set[str]:
    """Return the questions whose answers decide whether an item or a step applies."""
    conditions = [
        when
        for _, checklist, section, item in pack.items()
        for when in (checklist.when, section.when, item.when)
    ]
    for situation in pack.situations.values():
        conditions += [situation.when, *(step.when for step in situation.steps)]
    facts = {fact for when in dict.fromkeys(conditions) for fact in when.facts()}
    return {question for fact in facts for question in sources_of(fact, pack.questions)}


def _covered_page(page: Guidance, cited: Citations, deciding_questions: set[str]) -> Covered:
    duties_by_section = [
        (section, tuple(_duties_of(page, section, cited, deciding_questions)))
        for section in page.sections
    ]
    sections = tuple(
        Covered(section.id, section.title, duties, _count_unconfirmed(section))
        for section, duties in duties_by_section
        if duties
    )
    duties = tuple(duty for _, in_section in duties_by_section for duty in in_section)
    return Covered(
        page.id, page.title, duties, sum(map(_count_unconfirmed, page.sections)), sections
    )


def _count_unconfirmed(section: GuidanceSection) -> int:
    return sum(statement.guessed for statement in section.statements)


def _duties_of(
    page: Guidance, section: GuidanceSection, cited: Citations, deciding_questions: set[str]
) -> Iterator[Duty]:
    for statement in section.statements:
        if statement.kind == "duty":
            path = f"{page.id}/{section.id}/{statement.id}"
            cites = cited.get(path, ())
            is_carried = any(
                citation.kind in ("item", "situation")
                or (citation.kind == "question" and citation.id in deciding_questions)
                for citation in cites
            )
            yield Duty(
                path,
                tuple(citation for citation in cites if citation.kind != "withdrawn"),
                is_carried,
            )
