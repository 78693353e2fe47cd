"""Make text from strangers harmless, one function for each kind of output."""

from __future__ import annotations

import re
import unicodedata

MAX_LENGTH = 2000
"""Characters of one text that are put out; what is longer is cut with a mark."""

# Control, format (zero-width, bidirectional), surrogate and private characters, and the
# separators that some programs take for a line break.
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
_PLAIN = re.compile(r"[\x20-\x7e]*")
# What can begin markup, an autolink or HTML anywhere in a line.
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~&$@]|:(?=//)|(?<=www)\.)", re.IGNORECASE)
# What can begin a heading, a list or a rule at the start of one.
_MARKDOWN_START = re.compile(r"^(\d*)([#+\-=.)])")



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
    if unicodedata.category(character) in _HIDDEN:
        return f"<U+{ord(character):04X}>"
    return character
