"""What the rules look at."""

from __future__ import annotations

from pathlib import Path

from tests.pack.packs import base
from tests.pack.warnings_of import codes, over


def test_a_number_that_a_step_refers_to_is_not_warned_of(tmp_path: Path) -> None:
    """The number is filled in for people only; the pack refers to its contact."""
    text = "situations: [{id: s, title: S, steps: [{do: Call $tel_desk., cites: [leaflet]}]}]\n"
    assert "telephone-number" not in codes(base(tmp_path), over(tmp_path, text))
