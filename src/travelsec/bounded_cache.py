"""Keep what takes long to make, up to a limit: memory must not grow with what strangers send."""

# No `annotations` from `__future__`: they would have to be compiled at every start.

from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class BoundedCache(dict[Key, Value]):
    """A dictionary that empties itself once it is full.

    `functools.lru_cache` is the first choice. This is for values that are not made from their keys
    alone, and for those that are too long to keep.

    Args:
        most: how many values to keep.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def keep(self, key: Key, value: Value) -> Value:
        """Keep a value, and return it."""
        if len(self) >= self.most:
            self.clear()
        self[key] = value
        return value
