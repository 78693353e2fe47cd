"""Recognise a page that a browser saved again, unchanged.

Browsers write the same page in other characters: `"` for `&#34;`, no line break after `<head>`, a
comment that says where it was saved from.
"""

from __future__ import annotations

import re

_BEGINNING = re.compile(
    r"\s*<!DOCTYPE html>\s*(<!-- saved from url=\(\d{4}\)[^<>]*-->\s*)?"
    r'<html lang="en-GB">\s*<head>'
    r'(\s*<meta (charset="utf-8"|http-equiv="Content-Type" content="text/html; charset=UTF-8")>)*',
    re.IGNORECASE,
)
_EMPTY_SHAPE = re.compile(r"<rect ([^<>]*?)\s*/>")
# A style or data block as a whole, or a tag. Only texts between them are written in several ways.
_PARTS = re.compile(r"(<style>.*?</style>|<script .*?</script>|<[^<>]*>)", re.DOTALL)
_REFERENCES = {"&#34;": '"', "&quot;": '"', "&#39;": "'", "&nbsp;": "\u00a0"}
_REFERENCE = re.compile("|".join(_REFERENCES))


def is_saved_again(page: bytes, rendered: str) -> bool:
    """Tell whether a page is the rendered one as a browser writes it.

    Tags and blocks must be the same, character by character, so that a browser finds no others in
    the page than this function does.
    """
    try:
        return _parts(page.decode()) == _parts(rendered)
    except UnicodeDecodeError:
        return False


def _parts(page: str) -> list[str]:
    """Return the tags, blocks and texts of a page after its beginning, in one way of writing."""
    body = _EMPTY_SHAPE.sub(r"<rect \1></rect>", page.replace("\r\n", "\n"))
    beginning = _BEGINNING.match(body)
    found = [] if beginning is None else _PARTS.split(body[beginning.end() :])
    # Every second part is a text.
    found[::2] = [_REFERENCE.sub(lambda at: _REFERENCES[at[0]], text) for text in found[::2]]
    return [part for part in found if part.strip(" \n")]
