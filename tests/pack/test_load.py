"""Loading packs: from the cache if it is fresh, from the files otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pack.packs import say_the_same
from travelsec.pack import cache
from travelsec.pack.load import load


@pytest.mark.parametrize("content", [None, b"", b"{}\n", b"[1]\nnull\n", b"\xff\n\xff"])
def test_without_a_valid_cache_the_files_are_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None
) -> None:
    """The cache is only a shortcut."""
    file = tmp_path / "bundled.json"
    if content is not None:
        file.write_bytes(content)
    before = load()
    monkeypatch.setattr(cache, "CACHE_FILE", file)
    assert say_the_same(load(), before)
