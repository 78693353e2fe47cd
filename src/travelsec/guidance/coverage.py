"""Find which duties of the guidance pages the packs carry."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from travelsec.guidance.citations import Citation, Citations, citations
from travelsec.pack.model import Guidance, GuidanceSection, Pack


class Duty(msgspec.Struct, frozen=True):
    """A duty, and the items, situations and contacts that cite it."""

    path: str
    cited_by: tuple[Citation, ...]

    @property
    def is_carried(self) -> bool:
        """Tell whether an item or a step of a situation cites it."""
        # People act on items and steps. A contact that cites a duty does not carry it out.
        return any(citation.kind in ("item", "situation") for citation in self.cited_by)


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
    cited = citations(pack)
    return [_page(page, cited) for page in pack.guidance.values() if page.sections]


def without_index(pack: Pack) -> list[Guidance]:
    """Return the pages that are cited as a whole: none of their duties is known."""
    return [page for page in pack.guidance.values() if not page.sections]


def uncarried(pages: list[Covered]) -> list[Duty]:
    """Return the duties that nothing carries."""
    return [duty for page in pages for duty in page.duties if not duty.is_carried]


def _page(page: Guidance, cited: Citations) -> Covered:
    found = [(section, tuple(_duties(page, section, cited))) for section in page.sections]
    sections = tuple(
        Covered(part.id, part.title, duties, _unconfirmed(part)) for part, duties in found if duties
    )
    duties = tuple(duty for _, part in found for duty in part)
    return Covered(page.id, page.title, duties, sum(map(_unconfirmed, page.sections)), sections)


def _unconfirmed(section: GuidanceSection) -> int:
    return sum(statement.guessed for statement in section.statements)


def _duties(page: Guidance, section: GuidanceSection, cited: Citations) -> Iterator[Duty]:
    for statement in section.statements:
        if statement.kind == "duty":
            path = f"{page.id}/{section.id}/{statement.id}"
            cites = cited.get(path, ())
            yield Duty(path, tuple(one for one in cites if one.kind != "withdrawn"))
