"""Make untrusted text safe, with one function for each kind of output."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

MAX_LENGTH = 2000
"""The most characters of a text to print; longer texts are cut and marked."""

# The patterns here are compiled on first use, as most commands need few of them.

# Control, format (zero-width, bidirectional), surrogate and private characters, and the
# separators that some programs take for a line break.
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
# Other invisible characters: fillers, selectors that can carry a hidden message, and the two that
# XML does not allow. The two selectors that choose between text and emoji are allowed.
_IGNORABLE = (
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0d\uffa0\ufff0-\ufff8\ufffe\uffff"
    "\U000e0000-\U000e0fff]"
)
_SELECTORS = "\ufe0e\ufe0f"
# All but ASCII, the letters of western Europe, and typographic dashes and quotes.
_NOT_HIDDEN = "\x20-\x7e\u00a0-\u00ac\u00ae-\u024f\u2010-\u2027\u2030-\u205e"
_MAYBE_HIDDEN = f"[^\x00-\x1f{_NOT_HIDDEN}]"
_MAYBE_CONTROL = f"[^{_NOT_HIDDEN}]"
_ASCII = bytes(range(0x7F))

# What can begin markup, HTML or a link anywhere in a line. Escaping the full stop keeps renderers
# from turning bare addresses (“example.com”) into links.
_MARKDOWN = r"(?i)([\\`*_\[\]<>|~&$@#]|:(?=[^\s\d])|/(?=/)|(?<=www)\.|(?<=\S)\.(?=[^\s\d.]))"
# What can begin a list, a rule, a heading's underline or a table at the start of a line.
_MARKDOWN_START = r"^(\d*)([+\-=.):])"
# What makes a spreadsheet read a cell as a formula, wide and small forms included. A cell may also
# begin after a semicolon, which separates cells in some countries.
_FORMULA = r"(^|;)(?=[\s\"]*[=+\-@＝＋－＠﹦﹢﹣﹫])"

MAX_FILE_NAME = 80
"""The most characters of a file name, without its ending."""

# Letters that Unicode does not decompose into a plain letter and a mark.
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ß": "ss"}
)
_NOT_IN_FILE_NAMES = r"[^a-z0-9]+"
# Windows reserves these names for devices, with any ending.
_DEVICES = r"con|prn|aux|nul|com[0-9]|lpt[0-9]"


def line(text: str) -> str:
    """Return the text on one line with every hidden character made visible.

    For terminals, plain text and messages. Line breaks become spaces; control, zero-width and
    bidirectional characters look like `<U+202E>`; a text over 2,000 characters is cut.
    """
    if len(text) > MAX_LENGTH:
        text = text[: MAX_LENGTH - 1] + "…"
    if text.isascii() and text.isprintable():
        return text
    return re.sub(_MAYBE_CONTROL, _visible, text)


def markdown(text: str) -> str:
    """Return the text escaped for a line of Markdown: no markup, links or HTML."""
    return re.sub(_MARKDOWN_START, r"\1\\\2", re.sub(_MARKDOWN, r"\\\1", line(text).strip()))


def cell(text: str) -> str:
    """Return the text for a cell of CSV that no spreadsheet reads as a formula.

    A `'` goes in front of a text that looks like one. Quoting is left to the CSV writer.
    """
    return re.sub(_FORMULA, r"\1'", line(text))


def json_bytes(data: bytes) -> bytes:
    """Return JSON in UTF-8 with every hidden character escaped: the same data, safe to show."""
    # Nearly all of it is ASCII, and dropping that first takes a tenth of the time.
    if not re.search(_MAYBE_HIDDEN, data.translate(None, _ASCII).decode()):
        return data
    return re.sub(_MAYBE_HIDDEN, _escaped, data.decode()).encode()


def ascii_json(content: Any) -> str:
    """Return structs, or lists of them, as indented JSON in ASCII, which no terminal acts on."""
    # Most of what needs safe text makes no JSON.
    import json

    import msgspec

    return json.dumps(msgspec.to_builtins(content), indent=2) + "\n"


def file_name(text: str) -> str:
    """Return the text as a file name without an ending, such as `a-smith-lisbon`.

    Lower-case ASCII letters and digits with single hyphens between, at most 80 characters; never
    empty, never a path to another folder, never a name that Windows reserves.
    """
    # Only the beginning is needed, however long the text is.
    lowered = text[:MAX_LENGTH].lower().translate(_LETTERS)
    # Decompose letters with marks, then drop the marks.
    apart = unicodedata.normalize("NFKD", lowered).lower()
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    name = re.sub(_NOT_IN_FILE_NAMES, "-", plain).strip("-")[:MAX_FILE_NAME].strip("-")
    if not name or re.fullmatch(_DEVICES, name):
        name = f"{name}-file".strip("-")
    return name


def is_visible(text: str) -> bool:
    """Return whether a reader can see anything of a text."""
    return any(map(_is_seen, text))


def without_hidden(text: str) -> str:
    """Return what a reader can see of a text, and its white space."""
    # Most names have nothing hidden, and looking at each character takes ten times as long.
    if not re.search(_MAYBE_CONTROL, text):
        return text
    return "".join(character for character in text if character.isspace() or _is_seen(character))


def _is_seen(character: str) -> bool:
    # Alone, a selector shows nothing.
    return not (character.isspace() or character in _SELECTORS or _is_hidden(character))


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    if not _is_hidden(character):
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in _HIDDEN or bool(re.match(_IGNORABLE, character))


def _visible(match: re.Match[str]) -> str:
    character = match[0]
    if character in "\n\r\t":
        return " "
    if _is_hidden(character):
        return f"<U+{ord(character):04X}>"
    return character
