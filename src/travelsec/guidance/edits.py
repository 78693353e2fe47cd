"""Mark what changed inside a statement: words put in and taken out, and members of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from travelsec.guidance.fingerprints import MAX_CODED, coded, pieces
from travelsec.guidance.sequences import common


class Edit(msgspec.Struct, frozen=True):
    """A run of words. Of words that were taken out, only the number may be known."""

    change: Literal["kept", "inserted", "deleted"]
    text: str | None
    words: int


def edits(fingerprint: str, old: str | None, new: str) -> tuple[Edit, ...]:
    """Return how the words of a statement became others; nothing if too little is known.

    `fingerprint` is that of the old words, and `old` the old words if they are known.
    """
    known = pieces(old) if old is not None else _known_by_code(fingerprint)
    return tuple(_runs(known, pieces(new))) if known else ()


def _known_by_code(fingerprint: str) -> list[tuple[None, str]]:
    known = coded(fingerprint)
    if known is None or MAX_CODED in (len(known.lead_in), len(known.own)):
        return []
    return [(None, found) for found in (*known.lead_in, *known.own)]


def _runs(old: Sequence[tuple[str | None, str]], new: Sequence[tuple[str, str]]) -> Iterator[Edit]:
    kept: list[str] = []
    a = b = 0
    pairs = common([found for _, found in old], [found for _, found in new])
    for i, j in [*pairs, (len(old), len(new))]:
        if (i, j) != (a, b):
            yield from _run("kept", kept)
            yield from _run("deleted", [text for text, _ in old[a:i]])
            yield from _run("inserted", [text for text, _ in new[b:j]])
            kept = []
        kept += [text for text, _ in new[j : j + 1]]
        a, b = i + 1, j + 1
    yield from _run("kept", kept)


def _run(
    change: Literal["kept", "inserted", "deleted"], texts: Sequence[str | None]
) -> Iterator[Edit]:
    if texts:
        known = [text for text in texts if text is not None]
        yield Edit(change, "".join(known).strip() if known else None, len(texts))


_BETWEEN_MEMBERS = re.compile(r"[,;:.]\s+(?:and |or )?|\s+(?:and|or)\s+|\.$")
LEAST_MEMBERS = 4
"""The fewest members of what counts as a list within a sentence."""
MOST_WORDS = 4
"""The most words of a short member; where few are short, commas only part the clauses."""


def new_members(old: Sequence[str], text: str) -> tuple[str, ...]:
    """Return the members of the list in a text that are not among the old words, as codes."""
    members = [one.strip() for one in _BETWEEN_MEMBERS.split(text) if one.strip()]
    inner = members[1:-1]
    short = [one for one in inner if len(one.split()) <= MOST_WORDS]
    if len(members) < LEAST_MEMBERS or 2 * len(short) <= len(inner):
        return ()
    # The rest of the sentence stands around the first and the last member.
    first, last = _trimmed(old, members[0]), _trimmed(old, members[-1])
    before = f" {' '.join(old)} "
    codes = {one: " ".join(codes_of(one)) for one in (first, *inner, last)}
    return tuple(one for one, found in codes.items() if found and f" {found} " not in before)


def _trimmed(old: Sequence[str], text: str) -> str:
    """Return what is left of a text between the old words at its ends."""
    new = [n for n, (_, found) in enumerate(pieces(text)) if found not in old]
    kept = pieces(text)[new[0] : new[-1] + 1] if new else []
    return "".join(piece for piece, _ in kept).strip()


def codes_of(text: str) -> list[str]:
    """Return the codes of the words of a text."""
    return [found for _, found in pieces(text)]
