"""Explain what a file is if it is not what was expected."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from travelsec.problems import brief

_KINDS = {
    "travelsec.report": "a report: the decision on it is the file beside it",
    "travelsec.decision": "the decision of a line manager: name the report that it is about",
    "travelsec.review": "a review of reports: name one of the reports",
}
"""What each schema describes, by its name without the version."""


_BEGINNINGS = {
    b"%PDF": "a PDF, which carries no data: ask for the .html or the .json",
    b"\xd0\xcf\x11\xe0": "a mail saved by Outlook or an old office document: save the report in it",
    b"PK\x03\x04": "a ZIP or an office document: ask for the .html or the .json itself",
    b"\x1f\x8b": "compressed: unpack it first",
    b"\xff\xfe": "UTF-16 text, which “>” in PowerShell makes: make it with --output",
    b"\xfe\xff": "UTF-16 text: save it as UTF-8",
    b"BEGIN:VCALENDAR": "a calendar, which carries no data: ask for the .html or the .json",
}
"""Other kinds of files, by their first bytes, and what to do instead."""

_MAX_LENGTH = 200


class _Named(Struct):
    schema: str


def diagnose(data: bytes, schema: str, error: Exception) -> str:
    """Explain why data does not have the expected schema, given the parser's error."""
    if not data.strip():
        return "it is empty"
    for beginning, kind in _BEGINNINGS.items():
        if data.lstrip().startswith(beginning):
            return f"it is {kind}"
    try:
        found = msgspec.json.decode(data, type=_Named).schema
    except RecursionError:
        return "it is nested too deeply"
    except msgspec.ValidationError:
        return f"nothing in it says so (such as “schema”: “{schema}”)"
    except UnicodeDecodeError:
        return "it is not UTF-8 text"
    except msgspec.DecodeError as fault:
        # The parser says “truncated”, which sounds as if travelsec had cut it.
        if data.lstrip().startswith(b"{") and not data.rstrip().endswith(b"}"):
            return "it is cut off before the end: ask for the file again"
        return f"it is not JSON: {str(fault).removeprefix('JSON is malformed: ')}"
    kind, _, version = found.partition("/")
    wanted, _, ours = schema.partition("/")
    if kind == wanted and version != ours:
        return f"it is version {brief(version)}, but this travelsec reads version {ours}"
    if kind in _KINDS and kind != wanted:
        return f"it is {_KINDS[kind]}"
    # The parser quotes fields and words from the file, however long.
    return brief(str(error), _MAX_LENGTH)
