"""Make text from strangers harmless, one function for each kind of output."""

from __future__ import annotations

import re
import unicodedata

MAX_LENGTH = 2000
"""Characters of one text that are put out; what is longer is cut with a mark."""

# Control, format (zero-width, bidirectional), surrogate and private characters, and the
# separators that some programs take for a line break.
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
# What Unicode has besides to be shown as nothing: fillers, and selectors that can carry a hidden
# message. The two selectors that choose between text and emoji are left.
_IGNORABLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u3164\ufe00-\ufe0d\uffa0\ufff0-\ufff8"
    "\U000e0000-\U000e0fff]"
)
_PLAIN = re.compile(r"[\x20-\x7e]*")
# What can begin markup, HTML or a link anywhere in a line; renderers that look for bare addresses
# (“example.com”) find none once the full stop is escaped.
_MARKDOWN = re.compile(
    r"([\\`*_\[\]<>|~&$@#]|:(?=[^\s\d])|/(?=/)|(?<=www)\.|(?<=\S)\.(?=[^\s\d.]))", re.IGNORECASE
)
# What can begin a list, a rule, a heading's underline or a table at the start of one.
_MARKDOWN_START = re.compile(r"^(\d*)([+\-=.):])")


def line(text: str) -> str:
    """Return the text on one line with every hidden character made visible.

    For a terminal, plain text and messages. Line breaks become spaces; escape sequences,
    zero-width characters and bidirectional overrides become `<U+202E>`; a text over 2,000
    characters is cut.
    """
    if len(text) > MAX_LENGTH:
        text = text[: MAX_LENGTH - 1] + "…"
    if _PLAIN.fullmatch(text):
        return text
    return "".join(map(_visible, text))


def markdown(text: str) -> str:
    """Return the text for use within a line of Markdown: nothing in it is markup, link or HTML."""
    return _MARKDOWN_START.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", line(text).strip()))


def _visible(character: str) -> str:
    if character in "\n\r\t":
        return " "
    if unicodedata.category(character) in _HIDDEN or _IGNORABLE.match(character):
        return f"<U+{ord(character):04X}>"
    return character
