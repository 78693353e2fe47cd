"""Recognise the format of a file of starters, or say what else it is."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Container
from pathlib import Path

from travelsec.batch.jsonl import has_object
from travelsec.formats import BATCH_FORMATS, Format
from travelsec.problems import UserError

_WHAT_IS_READ = f"starters are read from {BATCH_FORMATS.kinds('or')}"
_ONE_LINE = "write each object on a line of its own"

_BEGINNINGS = {
    b"\xff\xfe": "UTF-16 text, such as Excel’s “Unicode Text”: save it as “CSV UTF-8”",
    b"\xfe\xff": "UTF-16 text: save it as “CSV UTF-8”",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet (.xls) or one with a password: save it as .xlsx",
    b"\x1f\x8b": "compressed: unpack it first",
    b"%PDF": f"a PDF; {_WHAT_IS_READ}",
    b"BEGIN:VCALENDAR": f"a calendar; {_WHAT_IS_READ}",
    b"<": f"an HTML or XML page; {_WHAT_IS_READ}, and a single report with --answers",
    b"[": f"a JSON array: {_ONE_LINE}, as jq -c '.[]' does",
    b"report,trip,name,traveller,": f"a report as CSV; {_WHAT_IS_READ}",
    b"path,unread,attention,": f"a review as CSV; {_WHAT_IS_READ}",
    b'{"path":"': f"a review as JSON Lines; {_WHAT_IS_READ}",
    b'{"line": ': f"the summary of a batch; {_WHAT_IS_READ}",
}
"""Other kinds of files, by their first bytes, and what to do instead."""

_MADE_HERE = {
    b"report": "a report: start from it with --answers",
    b"decision": "a decision: show it with --decision",
    b"review": f"a review of reports; {_WHAT_IS_READ}",
    b"batch": f"the summary of a batch; {_WHAT_IS_READ}",
}
_SCHEMA = re.compile(rb'"schema"\s*:\s*"travelsec\.(report|decision|review|batch)/')
_YAML = re.compile(
    rb"(?:[ \t]*(?:#.*)?\r?\n)*(?:---|%YAML|- |[\w.\"'-]+:(?:[ \t][^,;\n]*)?\r?(?:\n|$))"
)
_NEXT_LINE = re.compile(rb'\s*["}]')


def recognise(file: str, start: bytes, column_names: Container[str]) -> Format:
    """Return the format of a file.

    Args:
        file: its name, or what to call a pipe.
        start: its first bytes, as many as there are at once.
        column_names: the names that columns can have, in lower case.

    Raises:
        UserError: it is something else, or not what its ending says.
    """
    text = start.removeprefix(codecs.BOM_UTF8).lstrip()
    recognised = next(
        (each for each in BATCH_FORMATS if each.load().recognises(text, column_names)), None
    )
    if other := _other(text, recognised):
        raise UserError(f"{file}: this is {other}")
    named = BATCH_FORMATS.with_ending(Path(file))
    if named is None or (recognised is not None and named != recognised):
        if named is not None and recognised is not None:
            raise UserError(
                f"{file}: this is {recognised.name.upper()}, not {named.name.upper()}: give it the "
                f"ending .{recognised.endings[0]}"
            )
        if recognised is None and text:
            raise UserError(f"{file}: this is not a list of starters; {_WHAT_IS_READ}")
        return recognised or BATCH_FORMATS.find(BATCH_FORMATS.default)
    if recognised is None and (why := named.load().refusal(text)):
        raise UserError(f"{file}: {why}; {_WHAT_IS_READ}")
    return named


def _other(text: bytes, recognised: Format | None) -> str | None:
    """Say what else a file is, by its beginning."""
    if made_here := _SCHEMA.search(text):
        return _MADE_HERE[made_here[1]]
    for beginning, kind in _BEGINNINGS.items():
        if text.startswith(beginning):
            return kind
    if _YAML.match(text):
        return f"YAML: give the answers of one trip with --answers; {_WHAT_IS_READ}"
    if _is_long_object(text):
        return f"one JSON object over several lines: {_ONE_LINE}, as jq -c . does"
    is_binary = recognised is not None and recognised.binary
    if b"\0" in text and not is_binary and not has_object(text):
        return f"a binary file, or UTF-16 text; {_WHAT_IS_READ}"
    return None


def _is_long_object(text: bytes) -> bool:
    first, _, following = text.partition(b"\n")
    if not first.startswith(b"{") or not _NEXT_LINE.match(following):
        return False
    try:
        json.loads(first)
    except json.JSONDecodeError as error:
        return error.pos >= len(error.doc.rstrip()) - 1
    except (ValueError, RecursionError):
        pass
    return False
