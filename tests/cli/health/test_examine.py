"""All that is found, whatever fails on the way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from travelsec.cli.health import examine, trips
from travelsec.pack.model import Pack
from travelsec.results.doctor import Trouble


def test_what_cannot_be_examined_is_a_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the message of the error, which may hold an answer."""

    def fail(_pack: Pack | None) -> Iterator[Trouble]:
        raise KeyError("Xanthippe Quill")

    monkeypatch.setattr(trips, "troubles", fail)
    found = examine.examine([])
    assert not found.well
    (trouble,) = found.troubles
    assert trouble.message == "something cannot be examined (KeyError)"
