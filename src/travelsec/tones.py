"""Show tones in a terminal, readable on a light background and on a dark one.

No colour of a theme can be read on both, so text has the terminal's own colour. Colour is a fill,
below a text in white, and tells nothing that the words do not. What is dim can be done without: a
few terminals make it faint.

rich could do this. Loading its console and drawing with it took about 5 % of the time until the
first screen of a review of 1,000 reports, for which there is a goal (`benchmarks/review.py`).
"""

from __future__ import annotations

import os
import sys

from travelsec.document import Tone

# Styles: the parameters of the escape sequences that begin them.
BOLD, DIM = "1", "2"
# From the part of the 256 colours that no theme changes: white on red, on green and on brown.
FILLS: dict[Tone, str] = {
    "bad": "1;38;5;231;48;5;160",
    "good": "1;38;5;231;48;5;28",
    "attention": "1;38;5;231;48;5;130",
}
_BOLD_REVERSE = "1;7"
_STYLES: dict[Tone, str] = {"plain": "", "quiet": DIM, "strong": BOLD}


def style_of(tone: Tone) -> str:
    """Return the style of a tone; of 16 colours every one is the theme's, so none is used."""
    if tone not in FILLS:
        return _STYLES[tone]
    return FILLS[tone] if _has_256_colours() else _BOLD_REVERSE


def styled(text: str, style: str) -> str:
    """Return a text with the escape sequences of a style, which may be empty."""
    return f"\x1b[{style}m{text}\x1b[0m" if text and style else text


def _has_256_colours() -> bool:
    if sys.platform == "win32" or os.environ.get("COLORTERM") in ("truecolor", "24bit"):
        return True
    return os.environ.get("TERM", "").endswith(("256color", "kitty"))
