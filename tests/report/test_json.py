"""A report as JSON."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import msgspec
from hypothesis import given

from tests.hostile import utf8_texts
from tests.report import samples
from travelsec.formats import REPORT_FORMATS
from travelsec.pack.model import Pack
from travelsec.report.build import build
from travelsec.report.model import Report
from travelsec.trip.facts import Facts
from travelsec.trip.statuses import Status


def recomputed(text: str) -> tuple[str, str]:
    """Return the digest in a printed report, and the one computed from its content."""
    data: dict[str, Any] = json.loads(text)
    stated = data.pop("digest")
    whole = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return stated, hashlib.sha256(whole.encode("utf-8")).hexdigest()


# JSON


def test_json_is_read_back_as_the_same_report(report: Report) -> None:
    """It equals the one that was built, facts included."""
    assert msgspec.json.decode(REPORT_FORMATS.find("json").render(report), type=Report) == report


@given(utf8_texts())
def test_hostile_texts_stay_data(pack: Pack, text: str) -> None:
    """Whatever a report says, its JSON is UTF-8, can be read back, and keeps its digest."""
    status = Status("declined", reason=text, note=text)
    answers = {**samples.facts(pack).answers, "traveller": text}
    read = Facts(pack, answers, samples.TODAY)
    report = build(read, {"overseas.letter": status}, how={}, created=samples.CREATED)
    printed = REPORT_FORMATS.find("json").render(report).decode("utf-8")
    assert json.loads(printed) == json.loads(msgspec.json.encode(report))
    assert len(set(recomputed(printed))) == 1
    assert json.loads(printed)["trip"]["facts"]["traveller"] == text
    item = next(one for one in report.items if one.id == "overseas.letter")
    assert (item.reason, item.note) == (text, text)
