"""Propose the ids and the kind of a statement, for a human to check."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence

from travelsec.guidance.fingerprints import SMALL_WORDS, channels
from travelsec.guidance.sentences import Sentence
from travelsec.pack.model import StatementKind


def slug_words(text: str) -> list[str]:
    """Return the words of a text in a form that ids allow."""
    plain = unicodedata.normalize("NFKD", re.sub("['’ʼ]", "", text))
    return re.findall("[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())


def statement_id(text: str) -> str:
    """Return an id made of the first words of a statement, small words left out."""
    words = [word for word in slug_words(text) if word not in SMALL_WORDS]
    return "-".join(words[:5]) or "statement"


def unique(name: str, taken: dict[str, int]) -> str:
    """Return `name`, or else `name-2` and so on; `taken` has the last number of each name."""
    candidate = name
    while candidate in taken:
        taken[name] += 1
        candidate = f"{name}-{taken[name]}"
    taken[candidate] = 1
    return candidate


_LABEL = re.compile(r"\A\w+:")
_ORDER = re.compile(
    r"\b(?:must|mustn't|never|always|(?<!you )(?<!they )(?<!or )do not|don't|ensure|make sure"
    r"|should|shouldn't|avoid"
    r"|may not|cannot be|forbidden|prohibited|not (?:allowed|permitted)|no longer"
    r"|consider|think about|may want to|you need to|required to|please"
    r"|be (?:[\w']+,? ){0,4}(?:aware|wary|careful|vigilant|thoughtful))\b"
)
# An order opens a sentence, or the clause after “If …,” or “Note:”. A noun there (“state”) is
# taken for a duty, which costs someone a look; a duty taken for background would be lost.
_IMPERATIVE = re.compile(
    r"^no \w|(?:^|[,;:] |[-–—] )(?:ask|be|bring|call|carry|change|check|choose|clear|collect"
    r"|connect|contact|delete"
    r"|destroy|disable|dispose|encrypt|follow|get|give|hand|hide|inform|keep|leave|lock|log|notify"
    r"|produce|protect|provide|put|read|record|refer|remain|remember|remove|repeat|report"
    r"|return|seek|send|set|shut|state|stay|stop|store|switch|take|tell|think|treat|try|turn"
    r"|use|wait)\b"
)


def kind(sentence: Sentence, lead_in: Sequence[str]) -> StatementKind:
    """Return the kind that a statement seems to have."""
    if channels(sentence.text):
        return "contact"
    around = _LABEL.sub("", sentence.unlinked)
    if sentence.unlinked != sentence.text and not any(map(str.isalnum, around)):
        return "link"
    if any(_gives_order(part) for part in (*lead_in, sentence.text)):
        return "duty"
    return "background"


# A lead-in is looked at again for every statement below it.
@functools.lru_cache(maxsize=64)
def _gives_order(text: str) -> bool:
    wording = text.casefold().replace("’", "'")
    return bool(_ORDER.search(wording) or _IMPERATIVE.search(wording))
