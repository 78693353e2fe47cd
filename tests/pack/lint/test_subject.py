"""What the lint rules examine."""

from __future__ import annotations

from pathlib import Path

from tests.pack.packs import base
from tests.pack.warnings_of import codes, over


def test_a_placeholder_of_a_number_gets_no_warning(tmp_path: Path) -> None:
    """It refers to a contact; the number is filled in only for people."""
    text = "situations: [{id: s, title: S, steps: [{do: Call $tel_desk., cites: [leaflet]}]}]\n"
    assert "telephone-number" not in codes(base(tmp_path), over(tmp_path, text))
