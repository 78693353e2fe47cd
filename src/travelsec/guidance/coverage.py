"""Find which duties of the guidance pages the packs carry."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from travelsec.derived import DERIVED
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
    cited, deciding = citations(pack), _deciding(pack)
    return [_page(page, cited, deciding) for page in pack.guidance.values() if page.sections]


def without_index(pack: Pack) -> list[Guidance]:
    """Return the pages that are cited as a whole: none of their duties is known."""
    return [page for page in pack.guidance.values() if not page.sections]


def uncarried(pages: list[Covered]) -> list[Duty]:
    """Return the duties that nothing carries."""
    return [duty for page in pages for duty in page.duties if not duty.is_carried]


def _deciding(pack: Pack) -> set[str]:
    """Return the questions whose answers decide whether an item or a step applies."""
    conditions = [
        when
        for _, checklist, section, item in pack.items()
        for when in (checklist.when, section.when, item.when)
    ]
    for situation in pack.situations.values():
        conditions += [situation.when, *(step.when for step in situation.steps)]
    facts = {fact for when in dict.fromkeys(conditions) for fact in when.facts()}
    derived = (DERIVED[fact].sources for fact in facts - pack.questions.keys())
    return facts.union(*derived)


def _page(page: Guidance, cited: Citations, deciding: set[str]) -> Covered:
    found = [(section, tuple(_duties(page, section, cited, deciding))) for section in page.sections]
    sections = tuple(
        Covered(part.id, part.title, duties, _unconfirmed(part)) for part, duties in found if duties
    )
    duties = tuple(duty for _, part in found for duty in part)
    return Covered(page.id, page.title, duties, sum(map(_unconfirmed, page.sections)), sections)


def _unconfirmed(section: GuidanceSection) -> int:
    return sum(statement.guessed for statement in section.statements)


def _duties(
    page: Guidance, section: GuidanceSection, cited: Citations, deciding: set[str]
) -> Iterator[Duty]:
    for statement in section.statements:
        if statement.kind == "duty":
            path = f"{page.id}/{section.id}/{statement.id}"
            cites = cited.get(path, ())
            is_carried = any(
                one.kind in ("item", "situation") or (one.kind == "question" and one.id in deciding)
                for one in cites
            )
            yield Duty(path, tuple(one for one in cites if one.kind != "withdrawn"), is_carried)
