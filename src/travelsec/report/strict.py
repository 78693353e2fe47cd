"""Find what travelsec never writes: keys twice, and fields that do not go together.

The types of the fields, with their lengths and patterns, are in `report.model`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from itertools import filterfalse
from operator import attrgetter
from typing import Any

from travelsec.pack.model import FACT_PATTERN, FULL_ID_PATTERN, ID_PATTERN, PATH_PATTERN
from travelsec.problems import brief
from travelsec.report.model import (
    LINE_PATTERN,
    MEMBER_PATTERN,
    TITLE_PATTERN,
    Report,
    ReportItem,
    is_moment,
)
from travelsec.safe_text import is_visible
from travelsec.trip.statuses import NEED_REASON

MAX_CACHED_IDS = 4096
"""Ids to remember: the reports of a folder have most of them in common."""

_LINE = re.compile(LINE_PATTERN)


def _remembered(pattern: str) -> Callable[[str], object]:
    """Return a function that tells whether a text, which is not long, matches."""
    return functools.lru_cache(MAX_CACHED_IDS)(re.compile(pattern).search)


_is_full_id = _remembered(FULL_ID_PATTERN)
_is_id = _remembered(ID_PATTERN)
_is_member = _remembered(MEMBER_PATTERN)
_is_fact = _remembered(FACT_PATTERN)
_is_title_key = _remembered(TITLE_PATTERN)
_is_cite = _remembered(PATH_PATTERN)


def faults_around_items(report: Report) -> Iterator[str]:
    """Yield what is wrong around the items of a report whose fields have the right types."""
    if not is_moment(report.created):
        yield f"created: “{report.created}” is not in the calendar"
    if not is_visible(report.trip.name):
        yield "trip.name: nothing in it can be seen"
    for place, is_right, names in (
        ("titles", _is_title_key, report.titles),
        ("trip.facts", _is_fact, report.trip.facts),
        ("trip.answers", _is_fact, map(attrgetter("fact"), report.trip.answers)),
    ):
        for name in filterfalse(is_right, names):
            yield f"{place}: the id “{brief(name)}” is not as travelsec writes it"
    for name, data in report.trip.facts.items():
        is_written: object = True
        if isinstance(data, str):
            is_written = _LINE.search(data)
        elif isinstance(data, list):
            is_written = all(_is_member(member) for member in data if isinstance(member, str))
        if not is_written:
            yield f"trip.facts.{name}: “{brief(str(data))}” is not as travelsec writes it"
    yield from list_faults("readiness.open", report.readiness.open)
    yield from list_faults("readiness.waived", report.readiness.waived)


def list_faults(name: str, ids: tuple[str, ...]) -> Iterator[str]:
    """Yield what is wrong with a list of full ids of items."""
    for item in filterfalse(_is_full_id, ids):
        yield f"{name}: “{brief(item)}” is not the id of an item"
    if len(set(ids)) < len(ids):
        yield f"{name}: an id appears in it twice"


def item_fault(item: ReportItem) -> str:
    """Return what is wrong with an item whose fields have the right types; empty for nothing."""
    if not _is_full_id(item.id):
        return f"id: “{brief(item.id)}” is not the id of an item"
    for name, text in (("checklist", item.checklist), ("section", item.section)):
        if not _is_id(text):
            return f"{name}: “{brief(text)}” is not an id"
    wrong = next(filterfalse(_is_cite, item.cites), None)
    if wrong is not None:
        return f"cites: “{brief(wrong)}” is not a citation"
    if (item.deadline is None) == bool(item.ask):
        return "ask: an item with a deadline says who to ask, and no other does"
    return _status_fault(item)


def _status_fault(item: ReportItem) -> str:
    if item.status == "unanswered":
        if item.reason or item.note or item.how:
            return "status: unanswered, and yet it has a reason, a note or “how”"
    elif item.how not in ("terminal", "script"):
        return f"how: {item.status} needs “terminal” or “script” here"
    elif item.status in NEED_REASON:
        if not item.reason.strip():
            return f"reason: {item.status} needs a reason"
        if not is_visible(item.reason):
            return "reason: nothing in it can be seen"
    return ""


class _Pairs(list[tuple[str, Any]]):
    """An object of JSON, with all its keys."""


def keys_twice(data: bytes) -> Iterator[str]:
    """Yield the place of each key that one object has twice, in JSON without other faults."""
    # Imported here, as such keys are rare, and most commands need it for nothing else.
    import json

    waiting = [("", json.loads(data, object_pairs_hook=_Pairs))]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, _Pairs):
            keys = set()
            for key, member in value:
                inner = f"{place}.{key}" if place else key
                if key in keys:
                    yield f"{brief(inner)}: the key appears twice"
                keys.add(key)
                waiting.append((inner, member))
        elif isinstance(value, list):
            waiting += [(f"{place}[{number}]", member) for number, member in enumerate(value)]
