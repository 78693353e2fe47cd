"""Recognise a page that a browser saved again, unchanged.

Browsers write the same page in other characters: `"` for `&#34;`, no line break after `<head>`, a
comment that says where it was saved from.
"""

from __future__ import annotations

import html
import re

MAX_REFERENCE = len("&#1114111;")
"""The longest that a numeric reference to a character needs to be."""

# What HTML takes for white space: any other character would end the head of the page.
_SPACE = r"[ \t\n\r\f]*"
_BEGINNING = re.compile(
    rf"{_SPACE}<!DOCTYPE html>{_SPACE}(<!-- saved from url=\([0-9]{{4}}\)[^<>]*-->{_SPACE})?"
    rf'<html lang="en-GB">{_SPACE}<head>'
    rf"({_SPACE}<meta "
    r'(charset="utf-8"|http-equiv="Content-Type" content="text/html; charset=UTF-8")>)+',
    re.IGNORECASE,
)
_TAG = re.compile("(<[^<>]*>)")
_CHARACTER_REFERENCE = re.compile("&#(?:[0-9]+|[xX][0-9a-fA-F]+);?")


def is_saved_again(page: bytes, rendered: str) -> bool:
    """Return whether a page is the rendered one as a browser writes it.

    Tags, styles and data must be the same, character by character, so that a browser finds no
    others in the page than this function does.
    """
    try:
        received = _tags_and_texts(page.decode())
    except UnicodeDecodeError:
        return False
    return received is not None and received == _tags_and_texts(rendered)


def _tags_and_texts(page: str) -> list[str] | None:
    """Return the tags and texts of a page after its beginning, in one way of writing.

    None if a tag begins in one of its texts: browsers hide all up to the end of the next tag. None
    also if a reference in a text stands for no character: `html.unescape` leaves it out, but
    browsers may show something.
    """
    text = page.replace("\r\n", "\n")
    beginning = _BEGINNING.match(text)
    pieces = [] if beginning is None else _TAG.split(text[beginning.end() :])
    parts: list[str] = []
    tag = ""
    for number, piece in enumerate(pieces):
        # Every second part is a tag.
        if number % 2:
            tag = piece
            # An empty shape of a drawing.
            is_closed = tag.startswith("<rect ") and tag.endswith("/>")
            parts += [f"{tag[:-2].rstrip()}>", "</rect>"] if is_closed else [tag]
        elif piece.strip(" \n"):
            is_raw = tag.startswith(("<style", "<script"))
            if not is_raw and (
                "<" in piece or not all(map(_is_character, _CHARACTER_REFERENCE.findall(piece)))
            ):
                return None
            parts.append(piece if is_raw else html.unescape(piece))
    return parts


def _is_character(reference: str) -> bool:
    """Return whether a numeric reference stands for a character, and is not too long."""
    # Python raises an error at numbers of thousands of digits.
    return len(reference) <= MAX_REFERENCE and html.unescape(reference) != ""
