"""Tones in a terminal of many colours or of few."""

from __future__ import annotations

import sys

import pytest

from travelsec.tones import style_of, styled


@pytest.mark.parametrize(
    ("platform", "term", "colorterm", "has_fill"),
    [
        ("linux", "xterm-256color", "", True),
        ("linux", "xterm-kitty", "", True),
        ("linux", "alacritty", "truecolor", True),
        ("linux", "xterm", "", False),
        ("linux", "linux", "1", False),
        ("win32", "", "", True),
    ],
)
def test_colours_are_those_that_no_theme_changes_or_none(
    monkeypatch: pytest.MonkeyPatch, platform: str, term: str, colorterm: str, has_fill: bool
) -> None:
    """Of only 16 colours, each is the theme's."""
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("COLORTERM", colorterm)
    style = "1;38;5;231;48;5;28" if has_fill else "1;7"
    assert styled("Ready", style_of("good")) == f"\x1b[{style}mReady\x1b[0m"
