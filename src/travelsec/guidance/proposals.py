"""Propose the ids and the kind of a statement, for a human to check."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Sequence

from travelsec.guidance.fingerprints import SMALL_WORDS, channels
from travelsec.pack.model import MAX_ID, StatementKind
from travelsec.sentences import Sentence

_MAX_SLUG = MAX_ID - 10


def slug_words(text: str) -> list[str]:
    """Return the words of a text in a form that ids allow."""
    plain = unicodedata.normalize("NFKD", re.sub("['’ʼ]", "", text))
    return re.findall("[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())


def slug(words: Iterable[str]) -> str:
    """Join words into an id that leaves room for a number behind it."""
    return "-".join(words)[:_MAX_SLUG].rstrip("-")


def statement_id(text: str) -> str:
    """Return an id made of the first words of a statement, small words left out."""
    words = [word for word in slug_words(text) if word not in SMALL_WORDS]
    return slug(words[:5]) or "statement"


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
    r"|shall|ought to|mandatory|compulsory|obligatory|obliged|(?:have|has|needs?) to|required"
    r"|responsible for|may not|cannot be|forbidden|prohibited|not (?:allowed|permitted)|no longer"
    r"|consider|think about|may want to|please"
    r"|be (?:[\w']+,? ){0,4}(?:aware|wary|careful|vigilant|thoughtful))\b"
)
# An order opens a sentence, or the clause after “If …,” or “Note:”. A noun there (“state”) is
# taken for a duty, which costs someone a look; a duty taken for background would be lost.
_IMPERATIVE = re.compile(
    r"^no \w|^[a-z]+ (?:at once|directly|immediately|promptly|quickly|straight)\b"
    r"|(?:^|[,;:] |[-–—] )(?:apply|ask|be|book|bring|call|carry|change|check|choose|clear"
    r"|collect|complete|connect|contact|copy|delete"
    r"|destroy|disable|dispose|do|e-?mail|encrypt|enter|fill|follow|get|give|go|hand|hide|inform"
    r"|install|keep|leave|lock|log|look|make|move|notify|obtain|phone|power|proceed|produce|protect"
    r"|provide|put|raise|read|record|refer|register|remain|remember|remove|repeat|report"
    r"|request|return|review|ring|secure|seek|send|set|share|shut|sign|speak|state|stay|stop"
    r"|store|submit|switch|take|talk|tell|think|treat|try|turn"
    r"|update|use|wait|wear|wipe|write)\b"
)
# Any other word that an object follows is most likely a verb too: “Pump the tyres.”
_VERB_AND_OBJECT = re.compile(
    r"^(?:(?:after|as soon as|before|if|once|unless|when|where)\b[^,]*, (?:then )?)?"
    r"(?!(?:about|above|across|after|against|all|also|although|among|and|are|around|as|at|because"
    r"|before|behind|below|between|both|but|by|during|even|for|from|has|have|he|her|here|his|how"
    r"|if|in|inside|into|is|it|like|most|near|of|off|on|once|only|or|our|out|outside|over|per|see"
    r"|she|since|so|some|such|than|that|then|there|these|they|this|those|through|to|towards"
    r"|under|unless|until|up|upon|was|we|were|what|when|where|whether|which|while|whilst|who"
    r"|whose|why|with|within|without|you)\b)"
    r"(?:[a-z]{2,}(?<!ing)(?<!ly)(?<![a-rt-z]s))"
    r"(?: (?:down|in|off|on|out|up|with))?"
    r" (?:the|your|all|any|it|them|a|an|each|every|this|these)\b"
)
_ADDRESS = re.compile(r"<(?:mailto|tel):[^>]*>|\S+@\S+|(?:\+|\b0)[\d ()-]{8,}|#\S+")
_HOW_TO_REACH = re.compile(
    r"(?:call|contact|e-?mail|phone|ring|telephone|write)?(?: to)?(?: us)?\W*", re.IGNORECASE
)


def kind(sentence: Sentence, lead_in: Sequence[str]) -> StatementKind:
    """Return the kind that a statement seems to have.

    A duty too many costs someone a look; one too few leaves a hole.
    """
    if channels(sentence.text):
        words_alone = _LABEL.sub("", _ADDRESS.sub("", sentence.text)).strip()
        is_how_to_reach = _HOW_TO_REACH.fullmatch(words_alone) is not None
        return "duty" if not is_how_to_reach and _gives_order(words_alone) else "contact"
    outside_links = _LABEL.sub("", sentence.unlinked)
    if sentence.unlinked != sentence.text and not any(map(str.isalnum, outside_links)):
        return "link"
    if any(_gives_order(part) for part in (*lead_in, sentence.text)):
        return "duty"
    return "background"


# A lead-in is looked at again for every statement below it.
@functools.lru_cache(maxsize=64)
def _gives_order(text: str) -> bool:
    wording = text.casefold().replace("’", "'")
    patterns = (_ORDER, _IMPERATIVE, _VERB_AND_OBJECT)
    return any(pattern.search(wording) for pattern in patterns)
