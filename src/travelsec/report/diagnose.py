"""Explain what a file is if it is not what was expected."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import msgspec
from msgspec import Struct

from travelsec.formats import MAIL_ENDING, REPORT_FORMATS
from travelsec.problems import brief
from travelsec.report.field_faults import MAX_FIELD_FAULTS, field_faults
from travelsec.report.strict import keys_twice

_KINDS_BY_SCHEMA = {
    "travelsec.report": "a report: the decision on it is the file beside it",
    "travelsec.decision": "the decision of a line manager: name the report that it is about",
    "travelsec.review": "a review of reports: name one of the reports",
}
"""What each schema describes, by its name without the version."""

_ASK = f"ask for the {REPORT_FORMATS.list_readable('or')} file"
_KINDS_BY_BEGINNING = {
    b"%PDF": f"a PDF, which carries no data: {_ASK}",
    b"\xd0\xcf\x11\xe0": "an Outlook email or an old office document: save the report in it",
    b"PK\x03\x04": f"a ZIP or an office document: {_ASK} itself",
    b"\x1f\x8b": "compressed: unpack it first",
    b"\xff\xfe": "UTF-16 text, which “>” in PowerShell makes: make it with --output",
    b"\xfe\xff": "UTF-16 text: save it as UTF-8",
    b"<?xml": f"XML: {_ASK}",
    b"bplist00": f"a web archive of Safari: {_ASK}",
    b"From ": "a mailbox: save the email with the report in it as an .eml file",
    b"BEGIN:VCALENDAR": f"a calendar, which carries no data: {_ASK}",
}
"""Other kinds of files, by their first bytes, and what to do instead."""

# A page saved by Chromium, or by an old browser, looks like an email otherwise.
_WEB_ARCHIVE = rb"(?im)^(snapshot-content-location:|from: \W*saved by )"

ENDINGS = tuple(
    f".{ending}" for format_ in REPORT_FORMATS if format_.media_type for ending in format_.readable
)
"""The endings of the files that hold a report, or a decision; emails have one attached."""


class _Named(Struct):
    schema: str


def is_page(content: bytes) -> bool:
    """Return whether the bytes of a file, without a byte order mark, are a page."""
    start = content.lstrip()
    return start.startswith(b"<") and not start.startswith(b"<?xml")


def looks_like_mail(content: bytes) -> bool:
    """Return whether the bytes of a file are an email, as far as their beginning says."""
    is_like_mail = re.match(rb"(From [^\r\n]*\r?\n)?[A-Za-z][A-Za-z0-9-]*:[ \t]", content)
    return bool(is_like_mail and re.search(rb"(?im)^mime-version:", content))


def misnamed(content: bytes, name: str) -> str | None:
    """Explain what a file is if its name says that it is something else.

    A review compares a page with its data, so what a browser shows as a page must not be JSON.

    Args:
        content: the bytes of the file, without a byte order mark.
        name: its name. An empty one, as for standard input, or one with another ending than
            reports have says nothing.
    """
    lowered = name.lower()
    ending = next(filter(lowered.endswith, ENDINGS), None) or Path(lowered).suffix
    page = is_page(content)
    # Browsers also show .xhtml and .shtml as pages.
    if not (page if ending == ".json" else "htm" in ending and not page):
        return None
    if (unreadable := _unreadable(content)) is not None:
        return unreadable
    stem = name[: -len(ending)]
    # For example, what was wrongly renamed from r.html to r.html.json.
    while (suffix := Path(stem).suffix).lower() in ENDINGS:
        stem = stem[: -len(suffix)]
    if page and re.search(rb"(?i)<html|<!doctype html", content):
        what, right = "a page", f"{stem}.html"
    elif content.lstrip()[:1] in (b"{", b"["):
        what, right = "JSON", f"{stem}.json"
    else:
        return f"its name ends in {brief(ending)}, but it is neither JSON nor a page of travelsec"
    return f"it is {what}, but its name ends in {brief(ending)}: rename it to {brief(right)}"


def _unreadable(content: bytes) -> str | None:
    """Explain what the bytes of a file are, if that is known and neither JSON nor a page."""
    start = content.lstrip()
    if not start:
        return "it is empty"
    kinds = (kind for beginning, kind in _KINDS_BY_BEGINNING.items() if start.startswith(beginning))
    what = next(kinds, None)
    if what is None and re.search(_WEB_ARCHIVE, start.partition(b"\r\n\r\n")[0]):
        what = f"a web archive (MHTML): {_ASK}"
    if what is None and looks_like_mail(start):
        return f"it looks like an email: rename it, so that its name ends in {MAIL_ENDING}"
    return what and f"it is {what}"


def diagnose(data: bytes, schema: str, kind: type) -> str:
    """Explain why data is not JSON of the expected schema, which the model `kind` describes."""
    if (unreadable := _unreadable(data)) is not None:
        return unreadable
    try:
        # msgspec 0.23 tells of wrong UTF-8 as of any other fault.
        data.decode()
        # Fields that a model does not name are not looked at.
        msgspec.json.decode(data)
        twice = [*islice(keys_twice(data), MAX_FIELD_FAULTS)]
        named_schema = msgspec.json.decode(data, type=_Named).schema
    except RecursionError:
        return "it is nested too deeply"
    except msgspec.ValidationError:
        return f"nothing in it says so (such as “schema”: “{schema}”)"
    except UnicodeDecodeError:
        return "it is not UTF-8 text"
    except msgspec.DecodeError as fault:
        has_more = "trailing" in str(fault)
        # The parser says “truncated”, which sounds as if travelsec had cut it.
        if data.lstrip().startswith(b"{") and not (has_more or data.rstrip().endswith(b"}")):
            return "it is cut off before the end: ask for the file again"
        if has_more and data.strip().count(b"\n{"):
            return "it is JSON Lines, with several documents: ask for the file of one report"
        return f"it is not JSON: {str(fault).removeprefix('JSON is malformed: ')}"
    name, _, version = named_schema.partition("/")
    wanted, _, ours = schema.partition("/")
    if name == wanted and version != ours:
        return f"it is version {brief(version)}, but this travelsec reads version {ours}"
    if name in _KINDS_BY_SCHEMA and name != wanted:
        return f"it is {_KINDS_BY_SCHEMA[name]}"
    return never_written([*twice, *field_faults(data, kind)], wanted)


def never_written(faults: Iterable[str], schema: str) -> str:
    """Join the first faults of a file that travelsec cannot have written, and say what to do."""
    told = "; ".join(islice(faults, MAX_FIELD_FAULTS))
    what = schema.partition("/")[0].removeprefix("travelsec.")
    return f"{told}. travelsec writes no such {what}: ask for the original file"
