"""Match the statements of the old version of a page with those of the new one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, groupby, pairwise, product
from typing import Literal, NamedTuple

from travelsec.guidance.fingerprints import Coded, coded, wording
from travelsec.guidance.page import PageSection, PageStatement
from travelsec.guidance.sequences import common, equal
from travelsec.pack.model import GuidanceSection

Similarity = float | tuple[float, ...]
Candidates = Iterator[tuple[Similarity, int, int]]
Words = Mapping[int, PageStatement]
"""The statements whose words are known, by their numbers."""


class PageText:
    """A page to match; its sections are numbered from 0, and so are its statements."""

    def __init__(self, sections: Sequence[PageSection | GuidanceSection], words: Words) -> None:
        self.sections, self.words = sections, words
        self.statements = [statement for section in sections for statement in section.statements]
        self.section_of = [
            number for number, section in enumerate(sections) for _ in section.statements
        ]
        starts = accumulate((len(section.statements) for section in sections), initial=0)
        self.numbers = [range(start, stop) for start, stop in pairwise(starts)]
        self.fingerprints = [
            [statement.fingerprint for statement in section.statements] for section in sections
        ]
        self.counts = [Counter(values) for values in self.fingerprints]

    def coded(self, number: int) -> Coded | None:
        """Return the codes of a statement's words, if its fingerprint has them."""
        return coded(self.statements[number].fingerprint)

    def code_counts(self, section: int) -> Counter[str]:
        """Count the codes of a section's words together."""
        return Counter(
            code
            for number in self.numbers[section]
            if (codes := self.coded(number))
            for code in codes.significant
        )


Became = Literal["same", "moved", "changed"]


class Match(NamedTuple):
    """The old section for each new one, and the old statement with what became of it.

    A statement is the `same` if it is between the same neighbours in the same section. It has
    `moved` if its words are elsewhere, and `changed` if most of its words are in its place. A
    statement that is not here was removed or added.
    """

    sections: dict[int, int]
    statements: dict[int, tuple[Became, int]]


MIN_SIMILARITY = 0.5
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
    for old_section, new_section in sections.items():
        pairs = common(old.fingerprints[old_section], new.fingerprints[new_section])
        same |= (
            (old.numbers[old_section][old_number], new.numbers[new_section][new_number])
            for old_number, new_number in pairs
        )
    moved = _match_moved(old, new, sections, same)
    changed: dict[int, int] = {}
    for old_numbers, new_numbers in _gaps(old, new, sections, same, moved):
        changed |= _match_changed(old, new, old_numbers, new_numbers)
    outcomes: dict[Became, dict[int, int]] = {"same": same, "moved": moved, "changed": changed}
    return Match(
        {new_section: old_section for old_section, new_section in sections.items()},
        {
            new_number: (became, old_number)
            for became, pairs in outcomes.items()
            for old_number, new_number in pairs.items()
        },
    )


# Sections


def _match_sections(old: PageText, new: PageText) -> dict[int, int]:
    """Match sections by title, then by id or shared statements, then by their words."""
    pairs = dict(_same_titles(old, new))
    pairs |= _pick_best(_same_content(old, new, pairs))
    old_sections = _unmatched(range(len(old.sections)), pairs)
    new_sections = _unmatched(range(len(new.sections)), pairs.values())
    old_counts = {number: old.code_counts(number) for number in old_sections}
    new_counts = {number: new.code_counts(number) for number in new_sections}
    return dict(sorted((pairs | _pick_best(_alike_sections(old_counts, new_counts))).items()))


def _same_titles(old: PageText, new: PageText) -> Iterator[tuple[int, int]]:
    by_title: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, page in enumerate((old, new)):
        for number, section in enumerate(page.sections):
            by_title[wording(section.title)][side].append(number)
    for old_twins, new_twins in by_title.values():
        pairs: dict[int, int] = {}
        if len(old_twins) * len(new_twins) <= MAX_COMPARED:
            shared = (
                (_count_shared(old, new, *pair), *pair) for pair in product(old_twins, new_twins)
            )
            pairs = _pick_best(candidate for candidate in shared if candidate[0])
        in_order = zip(
            _unmatched(old_twins, pairs), _unmatched(new_twins, pairs.values()), strict=False
        )
        yield from [*pairs.items(), *in_order]


def _same_content(old: PageText, new: PageText, matched: Mapping[int, int]) -> Candidates:
    """Yield how many statements sections share, if half of the longer one, or if ids match."""
    by_id: dict[str, int] = {}
    having: dict[str, list[int]] = defaultdict(list)
    for new_section in _unmatched(range(len(new.sections)), matched.values()):
        by_id[new.sections[new_section].id] = new_section
        for value in new.counts[new_section]:
            having[value].append(new_section)
    for old_section in _unmatched(range(len(old.sections)), matched):
        # A sentence that is in many sections does not tell them apart.
        near = {
            new_section for value in old.counts[old_section] for new_section in having[value][:20]
        }
        same_id = by_id.get(old.sections[old_section].id)
        for new_section in sorted(near if same_id is None else near | {same_id}):
            shared = _count_shared(old, new, old_section, new_section)
            longer = max(len(old.numbers[old_section]), len(new.numbers[new_section]))
            if new_section == same_id or shared * 2 >= longer:
                yield shared + (new_section == same_id), old_section, new_section


def _count_shared(old: PageText, new: PageText, old_section: int, new_section: int) -> int:
    """Count the statements that two sections share."""
    return (old.counts[old_section] & new.counts[new_section]).total()


# Statements


def _match_moved(
    old: PageText, new: PageText, sections: Mapping[int, int], same: dict[int, int]
) -> dict[int, int]:
    moved: dict[int, int] = {}
    # Within a section first, where the path of a statement stays the same.
    for within in (True, False):
        matched = same | moved
        old_numbers = _unmatched(range(len(old.statements)), matched)
        new_numbers = _unmatched(range(len(new.statements)), matched.values())
        old_places = (
            (number, within and sections.get(old.section_of[number])) for number in old_numbers
        )
        new_places = ((number, within and new.section_of[number]) for number in new_numbers)
        moved |= equal(
            (
                (number, (section, old.statements[number].fingerprint))
                for number, section in old_places
            ),
            (
                (number, (section, new.statements[number].fingerprint))
                for number, section in new_places
            ),
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
    moved_here = set(moved.values())
    for old_section, new_section in sections.items():
        old_numbers, new_numbers = old.numbers[old_section], new.numbers[new_section]
        kept = [(number, same[number]) for number in old_numbers if number in same]
        edges = [
            (old_numbers.start - 1, new_numbers.start - 1),
            *kept,
            (old_numbers.stop, new_numbers.stop),
        ]
        for (before_old, before_new), (after_old, after_new) in pairwise(edges):
            gone = [number for number in range(before_old + 1, after_old) if number not in moved]
            added = [
                number for number in range(before_new + 1, after_new) if number not in moved_here
            ]
            if gone and added:
                yield gone, added


def _match_changed(
    old: PageText, new: PageText, old_numbers: Sequence[int], new_numbers: Sequence[int]
) -> dict[int, int]:
    """Match the statements of which most words are in the same place."""
    old_codes = {
        number: codes for number in old_numbers if (codes := old.coded(number)) and codes.own
    }
    new_codes = {
        number: codes for number in new_numbers if (codes := new.coded(number)) and codes.own
    }
    by_words: dict[tuple[str, ...], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, by_number in enumerate((old_codes, new_codes)):
        for number, codes in by_number.items():
            by_words[codes.own][side].append(number)
    # Another lead-in: those below it are in the same order, unless some have come or gone.
    equals = (zip(*both, strict=True) for both in by_words.values() if len(both[0]) == len(both[1]))
    pairs = dict(chain.from_iterable(equals))
    old_codes = {number: old_codes[number] for number in _unmatched(old_codes, pairs)}
    new_codes = {number: new_codes[number] for number in _unmatched(new_codes, pairs.values())}
    return pairs | _pick_unambiguous(_alike(old_codes, new_codes), old_codes, new_codes)


# Candidates


def _alike(old: Mapping[int, Coded], new: Mapping[int, Coded]) -> Candidates:
    if len(old) * len(new) > MAX_COMPARED:
        return
    for old_number, old_codes in old.items():
        for new_number, new_codes in new.items():
            similarity = old_codes.similarity(new_codes)
            if similarity[0] > MIN_SIMILARITY:
                yield similarity, old_number, new_number


def _alike_sections(old: Mapping[int, Counter[str]], new: Mapping[int, Counter[str]]) -> Candidates:
    if len(old) * len(new) > MAX_COMPARED:
        return
    for old_section, old_counts in old.items():
        for new_section, new_counts in new.items():
            total = old_counts.total() + new_counts.total()
            similarity = 2 * (old_counts & new_counts).total() / total if total else 0.0
            if similarity > MIN_SIMILARITY:
                yield similarity, old_section, new_section


def _pick_unambiguous(
    candidates: Candidates, old: Mapping[int, Coded], new: Mapping[int, Coded]
) -> dict[int, int]:
    """Choose the most alike pairs first, and none of those between which nothing decides."""
    pairs: dict[int, int] = {}
    undecided: set[int] = set()
    taken: set[int] = set()
    ranked = sorted(candidates, key=lambda candidate: candidate[0], reverse=True)
    for _, group in groupby(ranked, key=lambda candidate: candidate[0]):
        settled = undecided | pairs.keys()
        equals = [
            (old_number, new_number)
            for _, old_number, new_number in group
            if old_number not in settled and new_number not in taken
        ]
        # Those with the same words are not rivals: whichever is taken, it says the same.
        new_rivals: dict[int, set[Coded]] = defaultdict(set)
        old_rivals: dict[int, set[Coded]] = defaultdict(set)
        for old_number, new_number in equals:
            new_rivals[old_number].add(new[new_number])
            old_rivals[new_number].add(old[old_number])
        for old_number, new_number in equals:
            if len(new_rivals[old_number]) > 1 or len(old_rivals[new_number]) > 1:
                undecided.add(old_number)
                taken.add(new_number)
            elif old_number not in pairs and new_number not in taken:
                pairs[old_number] = new_number
                taken.add(new_number)
    return pairs


def _pick_best(candidates: Iterable[tuple[Similarity, int, int]]) -> dict[int, int]:
    """Choose the most alike pairs first, and among equals those that come first."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, old, new in sorted(candidates, key=lambda candidate: candidate[0], reverse=True):
        if old not in pairs and new not in taken:
            pairs[old] = new
            taken.add(new)
    return pairs


def _unmatched(numbers: Iterable[int], matched: Iterable[int]) -> list[int]:
    left_out = set(matched)
    return [number for number in numbers if number not in left_out]
