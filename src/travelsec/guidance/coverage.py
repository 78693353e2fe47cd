"""Which duties of the guidance pages the packs carry, and who carries them."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from travelsec.guidance.citations import Citation, Citations, citations
from travelsec.pack.model import Guidance, Pack

CARRIERS = ("item", "situation")
"""What carries a duty: something that somebody does. To name a contact is not to do it."""


class Duty(msgspec.Struct, frozen=True):
    """A statement that binds, and the items, situations and contacts that cite it."""

    path: str
    cited_by: tuple[Citation, ...]

    @property
    def is_carried(self) -> bool:
        """An item or a step of a situation cites it."""
        return any(citation.kind in CARRIERS for citation in self.cited_by)


class Covered(msgspec.Struct, frozen=True):
    """A section or a whole page: its duties in the order of the page."""

    id: str
    title: str
    duties: tuple[Duty, ...]
    sections: tuple[Covered, ...] = ()

    @property
    def carried(self) -> int:
        """How many of the duties are carried."""
        return sum(duty.is_carried for duty in self.duties)


def coverage(pack: Pack) -> list[Covered]:
    """Return every page that has an index, with its sections that have duties."""
    cited = citations(pack)
    return [_page(page, cited) for page in pack.guidance.values() if page.sections]


def uncarried(pages: list[Covered]) -> list[Duty]:
    """Return the duties that nothing carries."""
    return [duty for page in pages for duty in page.duties if not duty.is_carried]


def _page(page: Guidance, cited: Citations) -> Covered:
    sections = tuple(_sections(page, cited))
    duties = tuple(duty for section in sections for duty in section.duties)
    return Covered(page.id, page.title, duties, sections)


def _sections(page: Guidance, cited: Citations) -> Iterator[Covered]:
    for section in page.sections:
        paths = [
            f"{page.id}/{section.id}/{statement.id}"
            for statement in section.statements
            if statement.kind == "duty"
        ]
        duties = tuple(
            Duty(
                path,
                tuple(citation for citation in cited.get(path, ()) if citation.kind != "withdrawn"),
            )
            for path in paths
        )
        if duties:
            yield Covered(section.id, section.title, duties)
