"""What is drawn for a terminal, to be compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from hypothesis import strategies as st

WORDS = st.text("aö日☰❤\ufe0f\u0301\x07 ", max_size=30)


def without_colour(rows: Iterable[str]) -> list[str]:
    """Return lines without their escape sequences."""
    return [re.sub(r"\x1b\[[\d;]*m", "", row) for row in rows]


def letters(texts: Iterable[str]) -> Counter[str]:
    """Count the letters of texts."""
    return Counter(letter for text in texts for letter in text if letter.isalpha())
