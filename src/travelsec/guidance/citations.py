"""Find what cites each statement of a guidance page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import msgspec

from travelsec.pack.model import Pack


class Citation(msgspec.Struct, frozen=True):
    """An entry of a pack that cites a statement.

    `id` is the id of an item, situation, question or contact, or the withdrawn detail itself;
    `text` describes the entry.
    """

    kind: Literal["item", "situation", "question", "contact", "withdrawn"]
    id: str
    text: str


Citations = Mapping[str, tuple[Citation, ...]]


def citations(pack: Pack) -> Citations:
    """Return the entries that cite each path (`page/section/statement`)."""
    found: dict[str, dict[Citation, None]] = defaultdict(dict)
    for citation, paths in _all(pack):
        for path in paths:
            found[path][citation] = None
    return {path: tuple(cited) for path, cited in found.items()}


def _all(pack: Pack) -> Iterator[tuple[Citation, Iterable[str]]]:
    for name, _, _, item in pack.items():
        yield Citation("item", name, item.label), item.cites
    for situation in pack.situations.values():
        for number, step in enumerate(situation.steps, 1):
            text = f"{situation.title}, step {number}"
            yield Citation("situation", situation.id, text), step.cites
    for question in pack.questions.values():
        yield Citation("question", question.id, question.ask), question.cites
    for contact in pack.contacts.values():
        yield Citation("contact", contact.id, contact.name), contact.cites
    for withdrawn in pack.withdrawn:
        yield Citation("withdrawn", withdrawn.value, withdrawn.reason), withdrawn.cites
