"""The card as plain text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.card.travellers import LONGEST, TRAVELLERS, card_for
from travelsec.card import text

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", TRAVELLERS)
def test_the_card_reads_as_agreed(name: str, golden: Callable[[Path, str], str]) -> None:
    """Wording, order and layout match the file that people agreed to."""
    found = text.render(card_for(TRAVELLERS[name]))
    assert golden(GOLDEN / f"{name}.txt", found) == found


@pytest.mark.parametrize("name", [*TRAVELLERS, *LONGEST])
def test_no_line_of_text_is_too_long(name: str) -> None:
    """Eighty columns at most, even with the longest names."""
    shown = text.render(card_for({**TRAVELLERS, **LONGEST}[name]))
    assert max(map(len, shown.splitlines())) <= 80
