"""Find what two sequences have in common, in order or in any order.

`difflib` was tried for `common`: it prefers the longest block to the longest sequence, so that two
statements moved to the front of a list made reworded ones below them removed and added, and a list
in which every other one of 2,000 values repeats took half a minute.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator, Sequence

IndexPairs = list[tuple[int, int]]

MAX_CANDIDATES = 50_000
"""The most pairs of equal values to look at; repeated values make very many."""


def common(old: Sequence[str], new: Sequence[str]) -> IndexPairs:
    """Return the places of the longest sequence of values that both have in this order.

    If more values repeat than in any real page, equal ones are paired in order, and the
    sequence may not be the longest.
    """
    # Match both ends first: of two equal values, the one with the same neighbours counts.
    shorter = min(len(old), len(new))
    head = next((place for place in range(shorter) if old[place] != new[place]), shorter)
    tail = next(
        (place for place in range(shorter - head) if old[-1 - place] != new[-1 - place]),
        shorter - head,
    )
    middle = _longest(old[head : len(old) - tail], new[head : len(new) - tail])
    return [
        *((place, place) for place in range(head)),
        *((head + old_place, head + new_place) for old_place, new_place in middle),
        *((len(old) - place, len(new) - place) for place in range(tail, 0, -1)),
    ]


def _longest(old: Sequence[str], new: Sequence[str]) -> IndexPairs:
    new_places: dict[str, list[int]] = defaultdict(list)
    for place, value in enumerate(new):
        new_places[value].append(place)
    count = Counter(old)
    if sum(count[value] * len(places) for value, places in new_places.items()) > MAX_CANDIDATES:
        candidates = sorted(equal(enumerate(old), enumerate(new)))
    else:
        # From the last place down, so that no sequence uses an old value twice.
        candidates = [
            (old_place, new_place)
            for old_place, value in enumerate(old)
            for new_place in reversed(new_places[value])
        ]
    return _longest_rising(candidates)


def _longest_rising(candidates: IndexPairs) -> IndexPairs:
    """Return the longest sequence of pairs in which both places rise."""
    ends: list[int] = []  # the lowest last place of a sequence of each length
    last: list[int] = []  # the number of the candidate that ends it
    before: list[int] = []  # the number of the candidate before each candidate
    for number, (_, place) in enumerate(candidates):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [number]
    rising = []
    number = last[-1] if last else -1
    while number >= 0:
        rising.append(candidates[number])
        number = before[number]
    return rising[::-1]


def equal(
    old: Iterable[tuple[int, Hashable]], new: Iterable[tuple[int, Hashable]]
) -> Iterator[tuple[int, int]]:
    """Yield the places of equal values: the first of each with the first, and so on."""
    waiting: dict[Hashable, deque[int]] = defaultdict(deque)
    for place, value in old:
        waiting[value].append(place)
    for place, value in new:
        if waiting[value]:
            yield waiting[value].popleft(), place
