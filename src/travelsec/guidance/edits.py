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
    old_pieces = pieces(old) if old is not None else _pieces_by_code(fingerprint)
    return tuple(_runs(old_pieces, pieces(new))) if old_pieces else ()


def _pieces_by_code(fingerprint: str) -> list[tuple[None, str]]:
    codes = coded(fingerprint)
    if codes is None or MAX_CODED in (len(codes.lead_in), len(codes.own)):
        return []
    return [(None, code) for code in (*codes.lead_in, *codes.own)]


def _runs(old: Sequence[tuple[str | None, str]], new: Sequence[tuple[str, str]]) -> Iterator[Edit]:
    kept: list[str] = []
    old_next = new_next = 0
    pairs = common([code for _, code in old], [code for _, code in new])
    for old_place, new_place in [*pairs, (len(old), len(new))]:
        if (old_place, new_place) != (old_next, new_next):
            yield from _run("kept", kept)
            yield from _run("deleted", [text for text, _ in old[old_next:old_place]])
            yield from _run("inserted", [text for text, _ in new[new_next:new_place]])
            kept = []
        kept += [text for text, _ in new[new_place : new_place + 1]]
        old_next, new_next = old_place + 1, new_place + 1
    yield from _run("kept", kept)


def _run(
    change: Literal["kept", "inserted", "deleted"], texts: Sequence[str | None]
) -> Iterator[Edit]:
    if texts:
        known_texts = [text for text in texts if text is not None]
        yield Edit(change, "".join(known_texts).strip() if known_texts else None, len(texts))


_BETWEEN_MEMBERS = re.compile(r"[,;:.]\s+(?:and |or )?|\s+(?:and|or)\s+|\.$")
MIN_MEMBERS = 4
"""The fewest members of what counts as a list within a sentence."""
MAX_MEMBER_WORDS = 4
"""The most words of a short member; where few are short, commas only separate clauses."""


def new_members(old: Sequence[str], text: str) -> tuple[str, ...]:
    """Return the members of the list in a text that are not among the old words, as codes."""
    members = [member.strip() for member in _BETWEEN_MEMBERS.split(text) if member.strip()]
    inner = members[1:-1]
    short = [member for member in inner if len(member.split()) <= MAX_MEMBER_WORDS]
    if len(members) < MIN_MEMBERS or 2 * len(short) <= len(inner):
        return ()
    # The rest of the sentence stands around the first and the last member.
    first, last = _without_old_ends(old, members[0]), _without_old_ends(old, members[-1])
    before = f" {' '.join(old)} "
    codes = {member: " ".join(codes_of(member)) for member in (first, *inner, last)}
    return tuple(member for member, code in codes.items() if code and f" {code} " not in before)


def _without_old_ends(old: Sequence[str], text: str) -> str:
    """Return what is left of a text between the old words at its ends."""
    new_places = [place for place, (_, code) in enumerate(pieces(text)) if code not in old]
    kept = pieces(text)[new_places[0] : new_places[-1] + 1] if new_places else []
    return "".join(piece for piece, _ in kept).strip()


def codes_of(text: str) -> list[str]:
    """Return the codes of the words of a text."""
    return [code for _, code in pieces(text)]
