"""Common themes of terminals, and how well a cell of the emulator can be read in each.

A theme is its text, its background and the sixteen colours it may change; the other 240 are the
same everywhere. How dim text looks is up to the terminal: two thirds of the text are mixed with the
background here, but Windows Terminal halves the brightness of the text.
"""

from __future__ import annotations

from typing import Any, NamedTuple

NAMES = ("black", "red", "green", "brown", "blue", "magenta", "cyan", "white")


class Theme(NamedTuple):
    """The colours of a terminal, as six hexadecimal digits each."""

    text: str
    background: str
    colours: str
    """Eight colours, then the eight bright ones."""
    halves: bool = False
    """Dim text is half as bright."""


_XTERM = (
    "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 "
    "7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"
)
_MACOS = (
    "000000 990000 00a600 999900 0000b2 b200b2 00a6b2 bfbfbf "
    "666666 e50000 00d900 e5e500 0000ff e500e5 00e5e5 e5e5e5"
)
_SOLARIZED = (
    "073642 dc322f 859900 b58900 268bd2 d33682 2aa198 eee8d5 "
    "002b36 cb4b16 586e75 657b83 839496 6c71c4 93a1a1 fdf6e3"
)

THEMES = {
    # XTerm-col.ad of xterm.
    "xterm": Theme("000000", "ffffff", _XTERM),
    "xterm, reversed": Theme("ffffff", "000000", _XTERM),
    # defaults.json of Windows Terminal.
    "Campbell": Theme(
        "cccccc",
        "0c0c0c",
        "0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc "
        "767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2",
        halves=True,
    ),
    "One Half Light": Theme(
        "383a42",
        "fafafa",
        "383a42 e45649 50a14f c18301 0184bc a626a4 0997b3 fafafa "
        "4f525d df6c75 98c379 e4c07a 61afef c577dd 56b5c1 ffffff",
        halves=True,
    ),
    # The profiles Basic and Pro of Terminal in macOS.
    "Basic": Theme("000000", "ffffff", _MACOS),
    "Pro": Theme("f2f2f2", "000000", _MACOS),
    # ethanschoonover.com/solarized.
    "Solarized dark": Theme("839496", "002b36", _SOLARIZED),
    "Solarized light": Theme("657b83", "fdf6e3", _SOLARIZED),
}


def contrast_of(cell: Any, theme: Theme) -> float:
    """Return the contrast of a cell's text with its background, as WCAG 2 defines it."""
    text = _rgb(cell.fg, theme, theme.text, bright=cell.bold)
    background = _rgb(cell.bg, theme, theme.background)
    if cell.reverse:
        text, background = background, text
    # The emulator knows no dim; see `tests.terminal`.
    if cell.blink:
        text = _mixed(text, "000000", 1 / 2) if theme.halves else _mixed(text, background, 2 / 3)
    return contrast(text, background)


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def _rgb(colour: str, theme: Theme, default: str, *, bright: bool = False) -> str:
    if colour == "default":
        return default
    name = colour.removeprefix("bright")
    if name not in NAMES:
        return colour
    # Many terminals show bold text in the bright colour.
    is_bright = bright or name != colour
    return theme.colours.split()[NAMES.index(name) + 8 * is_bright]


def _mixed(text: str, background: str, share: float) -> str:
    channels = zip(bytes.fromhex(text), bytes.fromhex(background), strict=True)
    return bytes(round(share * a + (1 - share) * b) for a, b in channels).hex()


def _luminance(colour: str) -> float:
    shares = (part / 255 for part in bytes.fromhex(colour))
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
