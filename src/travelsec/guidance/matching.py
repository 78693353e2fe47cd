"""Match the statements of the old version of a page with those of the new one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, groupby, pairwise
from typing import Literal, NamedTuple

from travelsec.guidance.fingerprints import Coded, coded, wording
from travelsec.guidance.page import PageSection, PageStatement
from travelsec.guidance.sequences import common, equal
from travelsec.pack.model import GuidanceSection

Likeness = float | tuple[float, ...]
Candidates = Iterator[tuple[Likeness, int, int]]
Words = Mapping[int, PageStatement]
"""The statements whose words are known, by their numbers."""


class PageText:
    """A page to match; its sections are numbered from 0, and so are its statements."""

    def __init__(self, sections: Sequence[PageSection | GuidanceSection], words: Words) -> None:
        self.sections, self.words = sections, words
        self.statements = [one for section in sections for one in section.statements]
        self.section_of = [i for i, section in enumerate(sections) for _ in section.statements]
        starts = accumulate((len(section.statements) for section in sections), initial=0)
        self.numbers = [range(start, stop) for start, stop in pairwise(starts)]
        self.fingerprints = [[one.fingerprint for one in part.statements] for part in sections]
        self.counts = [Counter(values) for values in self.fingerprints]

    def coded(self, number: int) -> Coded | None:
        """Return the codes of a statement's words, if its fingerprint has them."""
        return coded(self.statements[number].fingerprint)

    def bag(self, section: int) -> Counter[str]:
        """Count the codes of a section's words together."""
        return Counter(
            code
            for n in self.numbers[section]
            if (found := self.coded(n))
            for code in found.weighty
        )


Became = Literal["same", "moved", "changed"]


class Match(NamedTuple):
    """The old section for each new one, and the old statement with what became of it.

    A statement is the `same` if it stands between the same neighbours in the same section. It has
    `moved` if its words stand elsewhere, and `changed` if most of its words stand in its place. A
    statement that is not here was removed or added.
    """

    sections: dict[int, int]
    statements: dict[int, tuple[Became, int]]


MOST = 0.5
"""Two texts are alike if more than this share of their words is in both."""
MAX_COMPARED = 10_000
"""The most pairs of texts to compare; if there are more, only those with the same words match."""


def match(old: PageText, new: PageText) -> Match:
    """Match two versions of a page.

    Statements are matched by fingerprint, first in order within a section, then anywhere. Those
    left between the same neighbours match if most of their words are the same, and none is more
    or equally alike.
    """
    sections = _match_sections(old, new)
    same: dict[int, int] = {}
    for i, j in sections.items():
        pairs = common(old.fingerprints[i], new.fingerprints[j])
        same |= ((old.numbers[i][a], new.numbers[j][b]) for a, b in pairs)
    moved = _match_moved(old, new, sections, same)
    changed: dict[int, int] = {}
    for olds, news in _gaps(old, new, sections, same, moved):
        changed |= _match_changed(old, new, olds, news)
    found: dict[Became, dict[int, int]] = {"same": same, "moved": moved, "changed": changed}
    return Match(
        {j: i for i, j in sections.items()},
        {b: (became, a) for became, pairs in found.items() for a, b in pairs.items()},
    )


# Sections


def _match_sections(old: PageText, new: PageText) -> dict[int, int]:
    """Match sections by title, then by id or shared statements, then by their words."""
    pairs = dict(_same_titles(old, new))
    pairs |= _best(_same_content(old, new, pairs))
    olds = _rest(range(len(old.sections)), pairs)
    news = _rest(range(len(new.sections)), pairs.values())
    old_bags, new_bags = {i: old.bag(i) for i in olds}, {j: new.bag(j) for j in news}
    return dict(sorted((pairs | _best(_alike_sections(old_bags, new_bags))).items()))


def _same_titles(old: PageText, new: PageText) -> Iterator[tuple[int, int]]:
    by_title: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, page in enumerate((old, new)):
        for number, section in enumerate(page.sections):
            by_title[wording(section.title)][side].append(number)
    for olds, news in by_title.values():
        pairs: dict[int, int] = {}
        if len(olds) * len(news) <= MAX_COMPARED:
            shared = (((old.counts[i] & new.counts[j]).total(), i, j) for i in olds for j in news)
            pairs = _best(found for found in shared if found[0])
        rest = zip(_rest(olds, pairs), _rest(news, pairs.values()), strict=False)
        yield from [*pairs.items(), *rest]


def _same_content(old: PageText, new: PageText, known: Mapping[int, int]) -> Candidates:
    """Yield how many statements sections share, if half of the longer one, or if ids match."""
    by_id: dict[str, int] = {}
    having: dict[str, list[int]] = defaultdict(list)
    for j in _rest(range(len(new.sections)), known.values()):
        by_id[new.sections[j].id] = j
        for value in new.counts[j]:
            having[value].append(j)
    for i in _rest(range(len(old.sections)), known):
        # A sentence that is in many sections does not tell them apart.
        near = {j for value in old.counts[i] for j in having[value][:20]}
        twin = by_id.get(old.sections[i].id)
        for j in sorted(near if twin is None else near | {twin}):
            shared = (old.counts[i] & new.counts[j]).total()
            longer = max(len(old.numbers[i]), len(new.numbers[j]))
            if j == twin or shared * 2 >= longer:
                yield shared + (j == twin), i, j


# Statements


def _match_moved(
    old: PageText, new: PageText, sections: Mapping[int, int], same: dict[int, int]
) -> dict[int, int]:
    moved: dict[int, int] = {}
    # Within a section first, where the path of a statement stays the same.
    for within in (True, False):
        known = same | moved
        olds = _rest(range(len(old.statements)), known)
        news = _rest(range(len(new.statements)), known.values())
        old_places = ((n, within and sections.get(old.section_of[n])) for n in olds)
        new_places = ((n, within and new.section_of[n]) for n in news)
        moved |= equal(
            ((n, (section, old.statements[n].fingerprint)) for n, section in old_places),
            ((n, (section, new.statements[n].fingerprint)) for n, section in new_places),
        )
    return moved


def _gaps(
    old: PageText,
    new: PageText,
    sections: Mapping[int, int],
    same: Mapping[int, int],
    moved: Mapping[int, int],
) -> Iterator[tuple[list[int], list[int]]]:
    """Yield what is unmatched on both sides between two neighbours that are the same."""
    come = set(moved.values())
    for i, j in sections.items():
        olds, news = old.numbers[i], new.numbers[j]
        kept = [(n, same[n]) for n in olds if n in same]
        edges = [(olds.start - 1, news.start - 1), *kept, (olds.stop, news.stop)]
        for (a, b), (next_a, next_b) in pairwise(edges):
            gone = [n for n in range(a + 1, next_a) if n not in moved]
            added = [n for n in range(b + 1, next_b) if n not in come]
            if gone and added:
                yield gone, added


def _match_changed(
    old: PageText, new: PageText, olds: Sequence[int], news: Sequence[int]
) -> dict[int, int]:
    """Match the statements of which most words are in the same place."""
    old_codes = {n: found for n in olds if (found := old.coded(n)) and found.own}
    new_codes = {n: found for n in news if (found := new.coded(n)) and found.own}
    by_words: dict[tuple[str, ...], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, codes in enumerate((old_codes, new_codes)):
        for n, found in codes.items():
            by_words[found.own][side].append(n)
    # Another lead-in: those below it are in the same order, unless some have come or gone.
    equals = (zip(*both, strict=True) for both in by_words.values() if len(both[0]) == len(both[1]))
    pairs = dict(chain.from_iterable(equals))
    old_codes = {n: old_codes[n] for n in _rest(old_codes, pairs)}
    new_codes = {n: new_codes[n] for n in _rest(new_codes, pairs.values())}
    return pairs | _unrivalled(_alike(old_codes, new_codes), old_codes, new_codes)


# Candidates


def _alike(old: Mapping[int, Coded], new: Mapping[int, Coded]) -> Candidates:
    if len(old) * len(new) > MAX_COMPARED:
        return
    for i, one in old.items():
        for j, other in new.items():
            likeness = one.likeness(other)
            if likeness[0] > MOST:
                yield likeness, i, j


def _alike_sections(old: Mapping[int, Counter[str]], new: Mapping[int, Counter[str]]) -> Candidates:
    if len(old) * len(new) > MAX_COMPARED:
        return
    for i, old_bag in old.items():
        for j, new_bag in new.items():
            total = old_bag.total() + new_bag.total()
            likeness = 2 * (old_bag & new_bag).total() / total if total else 0.0
            if likeness > MOST:
                yield likeness, i, j


def _unrivalled(
    candidates: Candidates, old: Mapping[int, Coded], new: Mapping[int, Coded]
) -> dict[int, int]:
    """Choose the most alike pairs first, and none of those between which nothing decides."""
    pairs: dict[int, int] = {}
    undecided: set[int] = set()
    taken: set[int] = set()
    ranked = sorted(candidates, key=lambda found: found[0], reverse=True)
    for _, group in groupby(ranked, key=lambda found: found[0]):
        known = undecided | pairs.keys()
        equals = [(i, j) for _, i, j in group if i not in known and j not in taken]
        # Those with the same words are not rivals: whichever is taken, it says the same.
        new_rivals: dict[int, set[Coded]] = defaultdict(set)
        old_rivals: dict[int, set[Coded]] = defaultdict(set)
        for i, j in equals:
            new_rivals[i].add(new[j])
            old_rivals[j].add(old[i])
        for i, j in equals:
            if len(new_rivals[i]) > 1 or len(old_rivals[j]) > 1:
                undecided.add(i)
                taken.add(j)
            elif i not in pairs and j not in taken:
                pairs[i] = j
                taken.add(j)
    return pairs


def _best(candidates: Iterable[tuple[Likeness, int, int]]) -> dict[int, int]:
    """Choose the most alike pairs first, and among equals those that come first."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, old, new in sorted(candidates, key=lambda found: found[0], reverse=True):
        if old not in pairs and new not in taken:
            pairs[old] = new
            taken.add(new)
    return pairs


def _rest(numbers: Iterable[int], known: Iterable[int]) -> list[int]:
    done = set(known)
    return [n for n in numbers if n not in done]
