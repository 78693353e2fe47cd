"""Find the situations that someone may mean, in whatever words they say what happened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from travelsec.pack.model import Situation
from travelsec.trip.facts import Facts
from travelsec.trip.selection import possible_situations

_WORD = re.compile(r"[^\W_]+")
_SAY_NOTHING = {
    *("about", "all", "and", "any", "are", "been", "but", "did", "does", "for", "from", "get"),
    *("got", "had", "has", "have", "her", "him", "his", "into", "its", "just", "not", "off", "our"),
    *("out", "she", "some", "someone", "something", "that", "the", "their", "them"),
    *("then", "there", "they", "this", "was", "were", "what", "when", "where", "which", "who"),
    *("will", "with", "you", "your"),
}
"""Words that say nothing of what happened."""

_CLOSE = 0.8
"""How alike two words are, of 1, if one may be a misspelling of the other."""


class Nearest(NamedTuple):
    """The situations that fit what was said, the best first, and whether the first stands out."""

    situations: list[Situation]
    is_clear: bool


class MeantSituation(NamedTuple):
    """The situation that is meant, or None if none stands out.

    `near` are others that are like what was said, the best first, `rest` those that are not.
    """

    situation: Situation | None
    near: list[Situation]
    rest: list[Situation]


def meant_situation(facts: Facts, said: str) -> MeantSituation:
    """Return the traveller's situation that is meant; an id counts even if it does not apply."""
    named = facts.pack.situations.get("-".join(said.casefold().replace("_", " ").split()))
    if named is not None and named.audience == "traveller":
        return MeantSituation(named, [], [])
    possible = possible_situations(facts)
    near, is_clear = nearest(possible, said)
    rest = [situation for situation in possible if situation not in near]
    return MeantSituation(near[0], near[1:], rest) if is_clear else MeantSituation(None, near, rest)


def nearest(situations: Sequence[Situation], said: str) -> Nearest:
    """Return the situations whose id, title or other words are like what was said.

    The more situations a word fits, the less it counts. An id, a title or a phrase that is said
    in full is meant, a slip of the pen included.
    """
    names = {
        form: situation
        for situation in situations
        for form in (_simplified(situation.id), _simplified(situation.title))
    }
    if meant := names.get(_simplified(said)):
        return Nearest([meant], is_clear=True)
    words = {
        situation.id: _words((situation.id, situation.title, *situation.also))
        for situation in situations
    }
    scores = dict.fromkeys(words, 0.0)
    for word in _words([said]):
        likeness = {
            name: _likeness(word, situation_words) for name, situation_words in words.items()
        }
        among = sum(likeness.values())
        for name, like in likeness.items():
            scores[name] += like * like / among if among else 0
    if not any(scores.values()):
        slip = _closest(_simplified(said), names)
        return Nearest([names[slip]] if slip else [], is_clear=bool(slip))
    ranked = sorted(
        (situation for situation in situations if scores[situation.id]),
        key=lambda situation: -scores[situation.id],
    )
    is_clear = len(ranked) == 1 or scores[ranked[0].id] >= 2 * scores[ranked[1].id]
    return Nearest(ranked, is_clear)


def _simplified(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _words(texts: Iterable[str]) -> set[str]:
    words = {word for text in texts for word in _WORD.findall(text.casefold())}
    return {word for word in words if len(word) > 2} - _SAY_NOTHING


def _likeness(word: str, words: set[str]) -> float:
    """Return the similarity to the closest known word, from 0 to 1."""
    if word in words:
        return 1
    # “hack” for “hacked”.
    if any(_is_form(word, other) for other in words):
        return 0.8
    return 0.6 if _closest(word, words) else 0


def _is_form(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return len(short) >= 4 and long.startswith(short)


def _closest(word: str, choices: Iterable[str]) -> str:
    """Return the text that this may be a misspelling of, or none."""
    # Imported here, as it is needed only when no known word fits.
    import difflib

    matches = difflib.get_close_matches(word[:200], choices, n=1, cutoff=_CLOSE)
    return matches[0] if matches else ""
