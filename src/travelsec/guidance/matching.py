"""Match the statements of a page as it was with those of the page as it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

from travelsec.guidance.sequences import common, equal

T = TypeVar("T")


class StatementPosition(NamedTuple):
    """Which section of a page, and which statement in it; both count from 0."""

    section: int
    statement: int


class SectionText(NamedTuple):
    """A section for matching: its id, its title, a fingerprint for each statement.

    `words` holds those of each statement, lead-ins included; None where they are not known.
    """

    id: str
    title: str
    prints: Sequence[str]
    words: Sequence[str | None]


class Match(NamedTuple):
    """What belongs together, as old and new. What stands in none was removed or added.

    Of the statements, those of `same` stand between the same neighbours in the same section;
    those of `moved` have the same words in another place, and those of `changed` other words.
    """

    sections: dict[int, int]
    same: dict[StatementPosition, StatementPosition]
    moved: dict[StatementPosition, StatementPosition]
    changed: dict[StatementPosition, StatementPosition]


ALIKE = 0.5
"""How much of their words two statements in the same place share, to be one that was changed."""
ALIKE_ELSEWHERE = 0.7
"""The same for two statements that stand apart."""
MAX_COMPARED = 2_500
"""Pairs of texts that are compared with each other; with more, only their places count."""


def match(old: Sequence[SectionText], new: Sequence[SectionText]) -> Match:
    """Match two states of a page.

    First by fingerprint, in order within a section, then anywhere. What is left is one statement
    that was changed where as many stand between the same neighbours on both sides; where words
    are known, they decide which belong together.
    """
    sections = _match_sections(old, new)
    same: dict[StatementPosition, StatementPosition] = {}
    for i, j in sections.items():
        for a, b in common(old[i].prints, new[j].prints):
            same[StatementPosition(i, a)] = StatementPosition(j, b)
    moved = _match_moved(old, new, sections, same)
    found = Match(sections, same, moved, {})
    for i, j in sections.items():
        for gap in _gaps(i, j, old[i], new[j], found):
            found.changed.update(_match_gap(gap, old, new))
    found.changed.update(_match_apart(old, new, found))
    return found


# Sections


def _match_sections(old: Sequence[SectionText], new: Sequence[SectionText]) -> dict[int, int]:
    """Match sections by title; those whose title is new or gone by id, then by content."""
    pairs = dict(_same_titles(old, new))
    rest = _rest(range(len(old)), pairs), _rest(range(len(new)), pairs.values())
    pairs.update(_best(_same_content(old, new, *rest)))
    rest = _rest(rest[0], pairs), _rest(rest[1], pairs.values())
    pairs.update(_best(_same_words(old, new, *rest)))
    return dict(sorted(pairs.items()))


def _same_titles(
    old: Sequence[SectionText], new: Sequence[SectionText]
) -> Iterator[tuple[int, int]]:
    by_title: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, parts in enumerate((old, new)):
        for number, part in enumerate(parts):
            by_title[" ".join(part.title.casefold().split())][side].append(number)
    for olds, news in by_title.values():
        pairs: dict[int, int] = {}
        if len(olds) + len(news) > 2 and len(olds) * len(news) <= MAX_COMPARED:
            shared = ((_shared(old[i], new[j]), i, j) for i in olds for j in news)
            pairs = _best(found for found in shared if found[0])
        rest = zip(_rest(olds, pairs), _rest(news, pairs.values()), strict=False)
        yield from [*pairs.items(), *rest]


def _same_content(
    old: Sequence[SectionText], new: Sequence[SectionText], olds: Sequence[int], news: Sequence[int]
) -> Iterator[tuple[float, int, int]]:
    """Yield how much sections share: those with the same id, or half of the longer one's text."""
    by_id = {new[j].id: j for j in news}
    having: dict[str, list[int]] = defaultdict(list)
    for j in news:
        for value in set(new[j].prints):
            having[value].append(j)
    for i in olds:
        # A sentence that stands in very many sections tells none from the others.
        near = {j for value in set(old[i].prints) for j in having[value][:20]}
        twin = by_id.get(old[i].id)
        for j in sorted(near if twin is None else near | {twin}):
            shared = _shared(old[i], new[j])
            if j == twin or shared * 2 >= max(len(old[i].prints), len(new[j].prints)):
                yield shared + (j == twin), i, j


def _same_words(
    old: Sequence[SectionText], new: Sequence[SectionText], olds: Sequence[int], news: Sequence[int]
) -> Iterator[tuple[float, int, int]]:
    def bag(part: SectionText) -> Counter[str]:
        return _bag(" ".join(words for words in part.words if words is not None))

    yield from _alike({i: bag(old[i]) for i in olds}, {j: bag(new[j]) for j in news}, ALIKE)


def _shared(old: SectionText, new: SectionText) -> int:
    return (Counter(old.prints) & Counter(new.prints)).total()


# Statements


def _match_moved(
    old: Sequence[SectionText],
    new: Sequence[SectionText],
    sections: Mapping[int, int],
    same: dict[StatementPosition, StatementPosition],
) -> dict[StatementPosition, StatementPosition]:
    rest_old = _rest(_places(old), same)
    rest_new = _rest(_places(new), same.values())
    # Within a section first: there the path of a statement stays as it is.
    within = equal(
        ((p, f"{sections.get(p.section)} {old[p.section].prints[p.statement]}") for p in rest_old),
        ((p, f"{p.section} {new[p.section].prints[p.statement]}") for p in rest_new),
    )
    moved = dict(within)
    anywhere = equal(
        ((p, old[p.section].prints[p.statement]) for p in _rest(rest_old, moved)),
        ((p, new[p.section].prints[p.statement]) for p in _rest(rest_new, moved.values())),
    )
    moved.update(anywhere)
    return moved


Gap = tuple[list[StatementPosition], list[StatementPosition]]


def _gaps(i: int, j: int, old: SectionText, new: SectionText, found: Match) -> Iterator[Gap]:
    """Yield what was not found again between two neighbours that stand as they did."""
    gone = found.moved.keys()
    come = set(found.moved.values())
    kept = [
        (a, found.same[StatementPosition(i, a)].statement)
        for a in range(len(old.prints))
        if StatementPosition(i, a) in found.same
    ]
    edges = [(-1, -1), *kept, (len(old.prints), len(new.prints))]
    for (a, b), (next_a, next_b) in pairwise(edges):
        olds = [
            StatementPosition(i, n)
            for n in range(a + 1, next_a)
            if StatementPosition(i, n) not in gone
        ]
        news = [
            StatementPosition(j, n)
            for n in range(b + 1, next_b)
            if StatementPosition(j, n) not in come
        ]
        if olds and news:
            yield olds, news


def _match_gap(
    gap: Gap, old: Sequence[SectionText], new: Sequence[SectionText]
) -> Iterator[tuple[StatementPosition, StatementPosition]]:
    olds, news = gap
    pairs = _best(_alike(_bags(old, olds), _bags(new, news), ALIKE))
    yield from pairs.items()
    if len(olds) == len(news):
        # As many as there were: whatever their words, each stands in the place of one.
        yield from zip(_rest(olds, pairs), _rest(news, pairs.values()), strict=True)


def _match_apart(
    old: Sequence[SectionText], new: Sequence[SectionText], found: Match
) -> Iterator[tuple[StatementPosition, StatementPosition]]:
    known = (found.same, found.moved, found.changed)
    olds = _rest(_places(old), {place for pairs in known for place in pairs})
    news = _rest(_places(new), {place for pairs in known for place in pairs.values()})
    yield from _best(_alike(_bags(old, olds), _bags(new, news), ALIKE_ELSEWHERE)).items()


def _places(parts: Iterable[SectionText]) -> list[StatementPosition]:
    return [
        StatementPosition(i, n) for i, part in enumerate(parts) for n in range(len(part.prints))
    ]


# Words


def _bag(words: str) -> Counter[str]:
    return Counter(words.casefold().split())


def _bags(
    parts: Sequence[SectionText], places: Iterable[StatementPosition]
) -> dict[StatementPosition, Counter[str]]:
    words = ((place, parts[place.section].words[place.statement]) for place in places)
    return {place: _bag(text) for place, text in words if text is not None}


def _alike(
    old: Mapping[T, Counter[str]], new: Mapping[T, Counter[str]], least: float
) -> Iterator[tuple[float, T, T]]:
    """Yield how alike texts are, from `least` up to 1."""
    if len(old) * len(new) > MAX_COMPARED:
        return
    for i, old_bag in old.items():
        for j, new_bag in new.items():
            total = old_bag.total() + new_bag.total()
            likeness = 2 * (old_bag & new_bag).total() / total if total else 0.0
            if likeness >= least:
                yield likeness, i, j


# What several of them need


def _best(candidates: Iterable[tuple[float, T, T]]) -> dict[T, T]:
    """Take the likest pairs first, and of those equally alike the first."""
    pairs: dict[T, T] = {}
    taken: set[T] = set()
    for _, old, new in sorted(candidates, key=lambda found: -found[0]):
        if old not in pairs and new not in taken:
            pairs[old] = new
            taken.add(new)
    return pairs


def _rest(all_of_them: Iterable[T], known: Iterable[T]) -> list[T]:
    done = set(known)
    return [one for one in all_of_them if one not in done]
