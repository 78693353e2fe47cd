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
    return [word for _, word in _words_with_positions(unicodedata.normalize("NFKC", text))]


def pieces(text: str) -> list[tuple[str, str]]:
    """Cut a text into one piece for each word that counts, and return each with its code."""
    plain = unicodedata.normalize("NFKC", text)
    positioned = list(_words_with_positions(plain))
    starts = [0, *(start for start, _ in positioned[1:]), len(plain)]
    return [
        (plain[starts[number] : starts[number + 1]], code(word))
        for number, (_, word) in enumerate(positioned)
    ]


def _words_with_positions(plain: str) -> Iterator[tuple[int, str]]:
    for match in _WORD.finditer(plain):
        word = _APOSTROPHE.sub("", match[0]).casefold()
        if _is_counted(word):
            yield match.start(), word


def _is_counted(word: str) -> bool:
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
    digest = _digest("\n".join(map(wording, (*lead_in, text))))
    lead_in_codes = "".join(code for part in lead_in for code in _codes(part))[: 3 * MAX_CODED]
    return f"{digest}-{lead_in_codes}.{''.join(sorted(channels(text)))}{''.join(_codes(text))}"


def first_form(text: str, lead_in: Sequence[str]) -> str:
    """Return the fingerprint of the first form, which packs may still have."""
    return _digest("\n".join(fold(part) for part in (*lead_in, text)))


def is_first_form(value: str) -> bool:
    """Return whether a fingerprint has no codes of words."""
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
    digits = _digest(word)[:3]
    return _NUMBERS[int(digits[0], 16)] + digits[1:] if word.isdecimal() else digits


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
    def significant(self) -> list[str]:
        """The own words that tell statements apart."""
        return _significant(self.own)

    def similarity(self, other: Coded) -> tuple[float, float]:
        """Return the share of own words that both have, and then of lead-ins.

        Small words do not count, unless both are the same. A telephone line is never like a line
        with an email address, nor one desk like another that now has its number.
        """
        if self.channels and other.channels and self.channels.isdisjoint(other.channels):
            return 0.0, 0.0
        without_numbers = _similarity(_without_numbers(self.own), _without_numbers(other.own))
        return min(_similarity(self.own, other.own), without_numbers), _similarity(
            self.lead_in, other.lead_in
        )


def _without_numbers(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(word_code for word_code in codes if word_code[0] not in _NUMBERS)


def _significant(codes: Iterable[str]) -> list[str]:
    return [word_code for word_code in codes if word_code not in _SMALL_CODES]


def _similarity(codes: tuple[str, ...], other_codes: tuple[str, ...]) -> float:
    if codes == other_codes:
        return 1.0
    counts = Counter(_significant(codes)), Counter(_significant(other_codes))
    total = sum(count.total() for count in counts)
    return 2 * (counts[0] & counts[1]).total() / total if total else 0.0


def coded(value: str) -> Coded | None:
    """Return the codes in a fingerprint, or nothing if it is of the first form."""
    if is_first_form(value):
        return None
    lead_in_codes, _, own_codes = value.partition("-")[2].rpartition(".")
    with_marks = _split_codes(own_codes)
    marks = frozenset(with_marks).intersection(_CHANNELS)
    return Coded(
        _split_codes(lead_in_codes),
        tuple(word_code for word_code in with_marks if word_code not in marks),
        marks,
    )


def _split_codes(codes: str) -> tuple[str, ...]:
    return tuple(codes[start : start + 3] for start in range(0, len(codes), 3))
