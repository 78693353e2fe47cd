"""Who cites a statement of a guidance page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

from travelsec.pack.model import Pack


class Citation(msgspec.Struct, frozen=True):
    """An entry of a pack that cites a statement.

    `id` is that of the item, the situation or the contact, or the withdrawn detail itself; `text`
    says what it is about.
    """

    kind: Literal["item", "situation", "contact", "withdrawn"]
    id: str
    text: str


Citations = Mapping[str, tuple[Citation, ...]]


def citations(pack: Pack) -> Citations:
    """Return for each path that is cited (`page/section/statement`) who cites it."""
    found: dict[str, dict[Citation, None]] = defaultdict(dict)
    for path, citation in _all(pack):
        found[path][citation] = None
    return {path: tuple(cited) for path, cited in found.items()}


def _all(pack: Pack) -> Iterator[tuple[str, Citation]]:
    for name, _, _, item in pack.items():
        citation = Citation("item", name, item.label)
        yield from ((path, citation) for path in item.cites)
    for situation in pack.situations.values():
        for number, step in enumerate(situation.steps, 1):
            citation = Citation("situation", situation.id, f"{situation.title}, step {number}")
            yield from ((path, citation) for path in step.cites)
    for contact in pack.contacts.values():
        citation = Citation("contact", contact.id, contact.name)
        yield from ((path, citation) for path in contact.cites)
    for withdrawn in pack.withdrawn:
        citation = Citation("withdrawn", withdrawn.value, withdrawn.reason)
        yield from ((path, citation) for path in withdrawn.cites)
