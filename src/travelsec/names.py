"""Compare names, to see whether they can be those of the same person."""

from __future__ import annotations

import re
import unicodedata

from travelsec.safe_text import without_hidden

# Patterns are compiled on first use, as most commands compare no names.
_REMARK = r"\([^()]*\)|@\S*"
_APOSTROPHES = "['\u2019\u02bc]"
_BETWEEN_WORDS = r"[\s.,;:/\\|&+_<>\[\]\"\u201c\u201d\-\u2010-\u2015]+"
# Accents of Latin, Greek and Cyrillic letters; other scripts have vowels among their marks.
_ACCENTS = "[\u0300-\u036f]"
_TITLES = frozenset(
    (
        *("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "rev", "hon"),
        *("sir", "dame", "lord", "lady", "cb", "cbe", "obe", "mbe", "kc", "qc", "phd"),
    )
)
# Greek and Cyrillic letters, and digits, that look like Latin ones: each as it is typed, since a
# capital can look like one letter and its small form like another.
_LOOKALIKES = str.maketrans(
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
    "\u03b1\u03b9\u03ba\u03bd\u03bf\u03c1\u03c5\u03c7"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0405\u0406\u0408"
    "\u0430\u0435\u043a\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u04bb\u04cf\u0501\u051b\u051d"
    "\u0131\u0251\u0261"
    "01",
    "abezhikmnoptyx"
    "aikvopux"
    "abekmhopctyxsij"
    "aekopcyxsijhldqw"
    "iag"
    "ol",
)  # fmt: skip


def comparable(name: str) -> str:
    """Return a name in a form to compare: names that look alike are equal, however typed."""
    if not (name.isascii() and name.isprintable()):
        name = without_hidden(name)
    return unicodedata.normalize("NFKC", " ".join(name.split())).casefold()


def names_somebody(name: str) -> bool:
    """Return whether a letter or a digit can be seen in a name."""
    return any(map(str.isalnum, without_hidden(name)))


def name_words(name: str, *, as_seen: bool = False) -> list[str]:
    """Return the words of a name in the order of the alphabet, so that it can be turned round.

    Without accents, apostrophes, titles, remarks in brackets and what follows the @ of an address.
    `as_seen`: letters that look like Latin ones are taken for those.
    """
    if not (name.isascii() and name.isprintable()):
        name = unicodedata.normalize("NFKC", without_hidden(name))
    text = re.sub(_REMARK, " ", name)
    text = (text.translate(_LOOKALIKES) if as_seen else text).casefold()
    if not text.isascii():
        text = re.sub(_ACCENTS, "", unicodedata.normalize("NFKD", text))
        text = unicodedata.normalize("NFC", text)
    words = sorted(filter(None, re.split(_BETWEEN_WORDS, re.sub(_APOSTROPHES, "", text))))
    without_titles = [word for word in words if word not in _TITLES]
    # Mr Smith is not Mrs Smith.
    return without_titles if len(without_titles) > 1 else words


def may_be_same(name: str, other: str) -> bool:
    """Return whether two names can be those of one person, typed in different ways.

    An initial between first name and surname may be missing in one of them.
    """
    return any(
        _have_same_words(name_words(name, as_seen=as_seen), name_words(other, as_seen=as_seen))
        for as_seen in (False, True)
    )


def _have_same_words(words: list[str], others: list[str]) -> bool:
    if words == others:
        return bool(words)
    full, other_full = ([word for word in side if len(word) > 1] for side in (words, others))
    return full == other_full and len(full) > 1 and (full == words or other_full == others)
