"""Messages on standard error."""

from __future__ import annotations

import sys

import pytest

from travelsec.cli.messages import inform, warn


class Full:
    """A standard error on a full disk."""

    def write(self, _text: str) -> int:
        raise OSError


def test_a_warning_says_who_speaks_and_hides_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    warn("a\u202eb\nc")
    inform("a\u202eb\nc")
    assert capsys.readouterr() == ("", "travelsec: a<U+202E>b c\na<U+202E>b c\n")


def test_a_warning_that_cannot_be_printed_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Full())
    warn("something")
