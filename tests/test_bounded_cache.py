"""The cache that forgets rather than grows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from travelsec.bounded_cache import BoundedCache


@given(st.lists(st.integers(0, 20)), st.integers(1, 10))
def test_the_cache_never_holds_more_than_its_limit(keys: list[int], most: int) -> None:
    """Whatever is kept, in whatever order, it has the newest value and no more than the limit."""
    cache = BoundedCache[int, str](most)
    for key in keys:
        assert cache.keep(key, f"value {key}") == cache[key] == f"value {key}"
        assert len(cache) <= most
    assert all(value == f"value {key}" for key, value in cache.items())


def test_nothing_is_forgotten_before_the_cache_is_full() -> None:
    """All that fits stays."""
    cache = BoundedCache[int, int](3)
    for number in range(3):
        cache.keep(number, number)
    assert sorted(cache) == [0, 1, 2]
