"""What two sequences have in common."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.growth import TIMES, assert_in_proportion
from travelsec.guidance.sequences import common, equal

LETTERS = st.text("abc", max_size=9)


@given(LETTERS, LETTERS)
def test_the_longest_common_sequence_is_found(old: str, new: str) -> None:
    """It is as long as the textbook's, has equal values, and rises on both sides."""

    @cache
    def longest(i: int, j: int) -> int:
        if i == len(old) or j == len(new):
            return 0
        if old[i] == new[j]:
            return 1 + longest(i + 1, j + 1)
        return max(longest(i + 1, j), longest(i, j + 1))

    found = common(old, new)
    assert len(found) == longest(0, 0)
    assert all(old[i] == new[j] for i, j in found)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(found))


def test_both_ends_are_kept_among_equal_values() -> None:
    """Of two equal values, the one with the same neighbours is found."""
    assert common("aa", "ab") == [(0, 0)]
    assert common("aa", "ba") == [(1, 1)]


def test_very_many_equal_values_take_time_in_proportion() -> None:
    """They are paired in order; the answer is still a common sequence."""
    assert_in_proportion(lambda n: common("ab" * n, "ba" * n), 2_500, 2_500 * TIMES)
    assert len(common("ab" * 20_000, "ba" * 20_000)) > 19_000


def test_equal_values_are_paired_in_order() -> None:
    """Values without a partner are left out."""
    assert list(equal(enumerate("abab"), enumerate("bba"))) == [(1, 0), (3, 1), (0, 2)]
