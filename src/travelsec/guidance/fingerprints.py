"""Fingerprints of statements: they tell two wordings apart, and how alike the two are.

A fingerprint is 16 hex digits for the whole wording, a hyphen, and a code of three characters for
each word, the lead-ins and the statement's own words apart. A code is too short to give its word
away, and long enough to find the words that were added or taken out. A fingerprint of the first
form ends before the hyphen, and counts punctuation too.
"""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from travelsec.pack.model import Guidance

MAX_CODED = 300
"""The most words of a statement, and of its lead-ins, that get a code."""

# The marks are not hex digits, so no word has such a code.
_CHANNELS = {
    "eml": re.compile(r"<mailto:|\w@\w[\w-]*\.\w", re.IGNORECASE),
    "tel": re.compile(r"<tel:|(?<![\w/.-])(?:\+|0)(?:[ ()-]{0,3}\d){8}", re.IGNORECASE),
    "slk": re.compile(r"(?<![\w/&#])#[a-z][\w-]+", re.IGNORECASE),
}
_APOSTROPHE = re.compile("['’ʼ‘]")
# Bounded, or a long row of hyphens would be searched again from each of them.
_WORD = re.compile(
    r"<(?:mailto|tel):|\w[\w.+-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63})+|\w+(?:['’ʼ‘]\w+)*|[^\w\s]"
)
_LAYOUT = frozenset("|<>~=")
# fmt: off
SMALL_WORDS = frozenset({
    "a", "an", "and", "any", "are", "as", "at", "be", "by", "for", "from", "if", "in", "is", "it",
    "its", "of", "on", "or", "that", "the", "their", "this", "to", "was", "were", "will", "with",
    "you", "your",
})
# fmt: on


def channels(text: str) -> frozenset[str]:
    """Return how a text says that someone can be reached: mail, telephone, Slack."""
    return frozenset(mark for mark, pattern in _CHANNELS.items() if pattern.search(text))


def words(text: str) -> list[str]:
    """Return the words, numbers, addresses and signs of a text, without case and punctuation."""
    return [word for _, word in _placed(unicodedata.normalize("NFKC", text))]


def pieces(text: str) -> list[tuple[str, str]]:
    """Cut a text into one piece for each word that counts, and return each with its code."""
    plain = unicodedata.normalize("NFKC", text)
    placed = list(_placed(plain))
    starts = [0, *(start for start, _ in placed[1:]), len(plain)]
    return [(plain[starts[n] : starts[n + 1]], code(word)) for n, (_, word) in enumerate(placed)]


def _placed(plain: str) -> Iterator[tuple[int, str]]:
    for found in _WORD.finditer(plain):
        word = _APOSTROPHE.sub("", found[0]).casefold()
        if _counts(word):
            yield found.start(), word


def _counts(word: str) -> bool:
    # “£”, “+”, “✗” and the vowel signs of some scripts mean something; “,” and “"” do not.
    if word.isalnum():
        return True
    if not word or word[0] in _LAYOUT:
        return False
    if len(word) > 1:
        return True
    category = unicodedata.category(word)
    return word == "%" or category[0] in "MN" or (category[0] == "S" and category != "Sk")


# A lead-in is looked at again for every statement below it.
@functools.lru_cache(maxsize=64)
def wording(text: str) -> str:
    """Return what counts of a text, as a text; two texts with the same say the same."""
    return " ".join(words(text)) or " ".join(text.split())


def fingerprint(text: str, lead_in: Sequence[str]) -> str:
    """Return the fingerprint of a statement and its lead-ins, outermost first.

    Spacing, punctuation and letter case do not count. Nothing is raised.
    """
    # A wording has no line break, so nothing is ambiguous once they are joined.
    whole = _digest("\n".join(map(wording, (*lead_in, text))))
    above = "".join(code for part in lead_in for code in _codes(part))[: 3 * MAX_CODED]
    return f"{whole}-{above}.{''.join(sorted(channels(text)))}{''.join(_codes(text))}"


def first_form(text: str, lead_in: Sequence[str]) -> str:
    """Return the fingerprint of the first form, which packs may still have."""
    return _digest("\n".join(fold(part) for part in (*lead_in, text)))


def is_first_form(value: str) -> bool:
    """Tell whether a fingerprint has no codes of words."""
    return "-" not in value


def count_first_form(page: Guidance) -> int:
    """Count the fingerprints of the first form in an index."""
    return sum(is_first_form(statement.fingerprint) for _, statement in page.statements())


# A lead-in is folded again for every statement below it.
@functools.lru_cache(maxsize=64)
def fold(text: str) -> str:
    """Return a text without differences in letter case and spacing."""
    return " ".join(text.casefold().split())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


_NUMBERS = "ghijkmnopqruvwxy"


@functools.lru_cache(maxsize=4096)
def code(word: str) -> str:
    """Return the code of a word; that of a number begins with no hex digit."""
    found = _digest(word)[:3]
    return _NUMBERS[int(found[0], 16)] + found[1:] if word.isdecimal() else found


@functools.lru_cache(maxsize=64)
def _codes(text: str) -> tuple[str, ...]:
    return tuple(map(code, words(text)[:MAX_CODED]))


_SMALL_CODES = frozenset(map(code, SMALL_WORDS))


class Coded(NamedTuple):
    """The codes of a statement's lead-ins and of its own words, and how it can be reached."""

    lead_in: tuple[str, ...]
    own: tuple[str, ...]
    channels: frozenset[str]

    @property
    def weighty(self) -> list[str]:
        """The own words that tell statements apart."""
        return _weighty(self.own)

    def likeness(self, other: Coded) -> tuple[float, float]:
        """Return the share of own words that both have, and then of lead-ins.

        Small words do not count, unless both are the same. A telephone line is never like a line
        with an email address, nor one desk like another that now has its number.
        """
        if self.channels and other.channels and self.channels.isdisjoint(other.channels):
            return 0.0, 0.0
        names = _share(_without_numbers(self.own), _without_numbers(other.own))
        return min(_share(self.own, other.own), names), _share(self.lead_in, other.lead_in)


def _without_numbers(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(found for found in codes if found[0] not in _NUMBERS)


def _weighty(codes: Iterable[str]) -> list[str]:
    return [found for found in codes if found not in _SMALL_CODES]


def _share(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    if one == other:
        return 1.0
    bags = Counter(_weighty(one)), Counter(_weighty(other))
    total = sum(bag.total() for bag in bags)
    return 2 * (bags[0] & bags[1]).total() / total if total else 0.0


def coded(value: str) -> Coded | None:
    """Return the codes in a fingerprint, or nothing if it is of the first form."""
    if is_first_form(value):
        return None
    above, _, below = value.partition("-")[2].rpartition(".")
    own = _cut(below)
    marks = frozenset(own).intersection(_CHANNELS)
    return Coded(_cut(above), tuple(found for found in own if found not in marks), marks)


def _cut(codes: str) -> tuple[str, ...]:
    return tuple(codes[place : place + 3] for place in range(0, len(codes), 3))
