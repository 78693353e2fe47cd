"""Every field of a report is compared, except those that only the traveller can know."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.review.doctored import with_each_status
from tests.review.doctored.test_numbers import PACKS
from tests.review.reports import as_json, judge, read_pack, rejudged
from travelsec.pack.model import Pack
from travelsec.problems import UserError
from travelsec.report.model import Report
from travelsec.report.read import parse_report
from travelsec.review.decision import parse_decision
from travelsec.review.decision_findings import check_with_report

OWN = {
    *("id", "created", "as_of", "tool.version", "trip.id", "trip.name", "trip.answers.*.how"),
    *("items.*.status", "items.*.reason", "items.*.note", "items.*.how"),
}
"""The traveller's own words, and what travelsec draws or reads off the clock."""
OF_OTHERS = {"tool", "tool.words", "packs.*.digest"}
"""What says that the report is of another pack or of other words, so that it is not checked."""

OWN_OF_A_DECISION = {"decision", "by", "comment", "at", "as_of"}
"""The manager's own words, and days on which they can have been said."""

Way = tuple[str | int, ...]


def fields(part: Any, path: Way = ()) -> Iterator[tuple[Way, Any]]:
    """Yield each value of JSON, with the way there."""
    if path:
        yield path, part
    if isinstance(part, dict | list):
        for name, value in part.items() if isinstance(part, dict) else enumerate(part):
            yield from fields(value, (*path, name))


def others(value: Any) -> Iterator[Any]:
    """Yield other values of the same type, or of one that may stand there as well."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, dict):
        yield from ({k: v for k, v in value.items() if k != left_out} for left_out in value)
    elif isinstance(value, list):
        yield from (value[:number] + value[number + 1 :] for number in range(len(value)))
        yield value[::-1]
        yield value + value[:1]
    else:
        known = (
            "approved",
            "done",
            "todo",
            "script",
            "terminal",
            "must",
            "should",
            "back",
            "2026-11-25",
        )
        moments = ("2026-11-24T08:30:06Z", "1" * 32, "1" * 64, "ready", "not-ready")
        text = value or "x"
        yield from (*known, *moments, f"{text}9", text[:-1], f"x{text[1:]}", text.upper(), None)


def changed(data: Any, path: Way, value: Any) -> Any:
    """Return JSON with another value at a place."""
    whole = place = copy.deepcopy(data)
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    return whole


@pytest.mark.slow
def test_every_field_is_compared(tmp_path: Path) -> None:
    """One is changed after another, with verdict, counts and digest made to fit."""
    pack = read_pack(tmp_path, *PACKS)
    honest, judging = with_each_status(pack), judge(pack)
    data = json.loads(as_json(honest))
    passed: dict[bool | str, set[str]] = {True: set(), "unknown": set()}
    # One that is done, one that is waived: the others have no other fields.
    tried = [way for way in fields(data) if way[0][0] != "items" or way[0][1:2] in ((), (0,), (2,))]
    for path, value in tried:
        for other in others(value):
            try:
                read = parse_report(json.dumps(changed(data, path, other)).encode())
                edited = parse_report(as_json(rejudged(read.report)))
            except UserError:
                continue
            holds = judging.judge("r.json", edited).holds
            if holds is not False and edited.report != honest:
                passed[holds].add(".".join("*" if type(n) is int else str(n) for n in path))
    assert passed == {True: OWN, "unknown": OF_OTHERS}


def test_every_field_of_a_decision_is_compared(report: Report, pack: Pack, decided: bytes) -> None:
    """With another digest, the decision is void."""
    received = parse_report(as_json(report))
    judging = judge(pack, latest="2026-11-26T00:00:00Z")
    reviewed = judging.judge("r.json", received)
    passed = set()
    honest, data = parse_decision(decided), json.loads(decided)
    for path, value in fields(data):
        for other in others(value):
            try:
                edited = parse_decision(json.dumps(changed(data, path, other)).encode())
            except UserError:
                continue
            told = [*check_with_report(edited, received, reviewed, judging)]
            if not told and edited.digest == received.computed and edited != honest:
                passed.add(str(path[0]))
    assert passed == OWN_OF_A_DECISION
