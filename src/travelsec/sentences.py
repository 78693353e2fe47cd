"""Cut visible text into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple


class TextRun(NamedTuple):
    """A piece of visible text, the line it starts on, and whether it belongs to a link."""

    text: str
    line: int
    link: bool = False


class Sentence(NamedTuple):
    """A word or a run of words; `unlinked` is the part outside links."""

    text: str
    unlinked: str
    line: int


_OPENING = "\"'“‘([{«"
_CLOSING = "\"'”’)]}»"
# fmt: off
_ABBREVIATIONS = frozenset({
    "approx.", "cf.", "dept.", "dr.", "e.g.", "eg.", "etc.", "ext.", "fig.", "i.e.", "ie.",
    "incl.", "mr.", "mrs.", "ms.", "prof.", "st.", "vs.",
})
# fmt: on
_TARGETS = ("<mailto:", "<tel:")


def sentences(runs: Iterable[TextRun]) -> Iterator[Sentence]:
    """Yield the sentences of visible text."""
    all_words = list(words_of_runs(runs))
    texts = [word.text for word in all_words]
    start = 0
    for end, bracketed in enumerate(_inside_brackets(texts), 1):
        if end == len(all_words) or (not bracketed and _ends_sentence(texts, end)):
            text = " ".join(texts[start:end])
            unlinked = " ".join(word.unlinked for word in all_words[start:end])
            yield Sentence(text, unlinked, all_words[start].line)
            start = end


def words_of_runs(runs: Iterable[TextRun]) -> Iterator[Sentence]:
    """Yield the words of visible text, each with the line it begins on."""
    text = unlinked = ""
    first = 0
    for run in runs:
        line = run.line
        for piece in re.findall(r"\s+|\S+", run.text):
            if not piece.isspace():
                # A word may continue in the next run: “**Na**me”.
                first = first if text else line
                text += piece
                unlinked += "" if run.link else piece
            elif text:
                yield Sentence(text, unlinked, first)
                text = unlinked = ""
            line += piece.count("\n")
    if text:
        yield Sentence(text, unlinked, first)


def _inside_brackets(words: Sequence[str]) -> list[bool]:
    """Return for each word whether the space after it is inside brackets."""
    changes = [0] * len(words)
    opened: list[int] = []
    for place, word in enumerate(words):
        for character in word:
            if character == "(":
                opened.append(place)
            elif character == ")" and opened:
                changes[opened.pop()] += 1
                changes[place] -= 1
    return [depth > 0 for depth in accumulate(changes)]


def _ends_sentence(words: Sequence[str], place: int) -> bool:
    """Return whether a sentence ends just before `words[place]`."""
    last, following = words[place - 1], words[place]
    # A next word in lower case proves nothing: fingerprints ignore letter case.
    if following.startswith(_TARGETS):
        return False
    # The target added after a link's text must not hide a full stop in that text.
    if last.startswith(_TARGETS) and last.endswith(">") and place > 1:
        last = words[place - 2]
    bare = last.rstrip(_CLOSING)
    if not bare.endswith((".", "!", "?")) or bare.endswith("..."):
        return False
    abbreviation = bare.lstrip(_OPENING).casefold()
    # “No.” means “number” only before a digit: “Is it safe? No. Use another.”
    numbered = abbreviation == "no." and following[0].isdigit()
    return not numbered and abbreviation not in _ABBREVIATIONS
