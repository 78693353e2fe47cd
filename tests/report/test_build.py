"""A report freezes what was known: judged by the rules, private facts left out, ids that hold."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile import texts
from tests.report import samples
from tests.report.samples import EVERYTHING, STATUSES, TODAY, TRIP, make
from travelsec.formats import REPORT_FORMATS
from travelsec.pack.load import load
from travelsec.pack.model import Pack
from travelsec.report import model
from travelsec.report.build import build, trip_name
from travelsec.report.model import Report
from travelsec.trip.answers import Answers
from travelsec.trip.facts import Facts
from travelsec.trip.statuses import Status

# Facts about the sample trip


def test_a_report_says_what_it_is_about(report: Report) -> None:
    """The trip, the day, the moment, the packs with their digests."""
    assert report.schema == "travelsec.report/1"
    assert (report.id, report.trip.id) == (samples.REPORT_ID, samples.TRIP_ID)
    assert report.created == "2026-11-24T08:30:05Z"
    assert report.as_of == TODAY
    assert [(pack.id, pack.version, len(pack.digest)) for pack in report.packs] == [
        ("small", "2.1", 64)
    ]
    assert report.trip.name == "Lisbon 2026-12-01"


def test_facts_are_there_for_machines_and_for_people(report: Report) -> None:
    """Machines read ISO dates and choice ids; people read labels and weekdays."""
    assert report.trip.facts == {
        "traveller": "A. Smith",
        "destination": "Lisbon",
        "abroad": True,
        "departs": "2026-12-01",
        "returns": "2026-12-05",
        "devices": ["laptop", "phone"],
    }
    assert [(one.ask, one.answer, one.how) for one in report.trip.answers][2:] == [
        ("Will you leave the country?", "yes", "terminal"),
        ("Which day do you leave?", "Tue 1 December 2026", "terminal"),
        ("Which day do you come back?", "Sat 5 December 2026", "terminal"),
        ("Which devices will you take?", "Laptop and Phone", "script"),
    ]


def test_items_are_frozen_with_their_texts(report: Report) -> None:
    """An item has its texts filled in, its date, its sources and what was said of it."""
    item = next(one for one in report.items if one.id == "overseas.seals")
    assert msgspec.to_builtins(item) == {
        "id": "overseas.seals",
        "checklist": "overseas",
        "section": "packing",
        "phase": "before",
        "level": "should",
        "label": "Pack envelopes",
        "do": "Pack sealed envelopes for Laptop and Phone.",
        "why": "",
        "status": "declined",
        "reason": "There are none left.",
        "note": "",
        "due": "2026-11-30",
        "cites": ("page/carry/letter",),
        "how": "script",
    }
    assert [one.id for one in report.items] == [f"overseas.{name}" for name in EVERYTHING]


def test_titles_name_what_items_name_by_id(report: Report) -> None:
    """A reader of the report needs no pack to know checklists, sections and pages."""
    assert report.titles == {
        "overseas": "Taking equipment overseas",
        "overseas/packing": "What you carry",
        "overseas/underway": "On the way",
        "overseas/home-again": "On return",
        "guidance/page": "Taking equipment abroad",
    }


def test_items_that_do_not_apply_are_left_out_with_what_was_said(pack: Pack) -> None:
    """At home nothing of the overseas list stands in the report."""
    report = make(pack, {**TRIP, "abroad": "no"})
    assert report.items == ()
    assert report.readiness.verdict == "ready"


def test_a_trip_is_named_after_what_is_known(pack: Pack) -> None:
    """The name takes what there is."""
    names = [
        trip_name(samples.facts(pack, given))
        for given in ({}, {"destination": "Lisbon"}, {"departs": "2026-12-01"})
    ]
    assert names == ["", "Lisbon", "2026-12-01"]


# Readiness


def done(*excepted: str) -> dict[str, Status]:
    """Say that all items are done but these."""
    return {f"overseas.{name}": Status("done") for name in EVERYTHING if name not in excepted}


@pytest.mark.parametrize(
    ("left", "verdict"),
    [
        ((), "ready"),
        (("letter",), "not-ready"),
        (("unattended",), "not-ready"),
        (("wifi", "consider-bag"), "ready-with-actions"),
        (("report-it", "check-seals", "give-back"), "ready"),
    ],
)
def test_only_what_comes_before_and_on_the_way_is_judged(
    pack: Pack, left: tuple[str, ...], verdict: str
) -> None:
    """What is left for the return cannot be done yet, and counts nowhere."""
    readiness = make(pack, statuses=done(*left)).readiness
    assert readiness.verdict == verdict
    judged = [f"overseas.{n}" for n in left if n not in ("report-it", "check-seals", "give-back")]
    assert sorted(readiness.open) == sorted(judged)
    assert sum(readiness.counts[word] for word in ("done", "unanswered")) == 9


def test_a_must_said_not_to_apply_is_waived(report: Report) -> None:
    """Only a `must` of those that are judged is."""
    assert report.readiness.waived == ("overseas.hotel-safe",)


def test_what_is_not_covered_is_always_said(pack: Pack, tmp_path: Path) -> None:
    """One sentence of each pack, overlays included; ready or not."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "pack.yaml").write_text(
        "pack: {id: other, version: '1', title: O, covers: C., not_covered: Boats.}\n"
    )
    (tmp_path / "bottom").mkdir()
    samples.read_pack(tmp_path / "bottom")
    both = load([other], bundled=tmp_path / "bottom")
    sentence = "Visas and vaccinations: ask the travel desk."
    assert make(pack, statuses=done()).readiness.not_covered == (sentence,)
    assert make(both).readiness.not_covered == (sentence, "Boats.")
    assert [one.id for one in make(both).packs] == ["small", "other"]


# Warnings


def codes(report: Report) -> list[str]:
    """Return the codes of the warnings, in order."""
    return [warning.code for warning in report.warnings]


def test_expired_guidance_warns_and_judges_nothing(pack: Pack) -> None:
    """One line with page, date and whom to ask, the last of all; the day itself still counts."""
    last_day = make(pack, today=datetime.date(2026, 6, 30))
    day_after = make(pack, today=datetime.date(2026, 7, 1))
    assert codes(last_day) == ["facts-missing"]
    assert codes(day_after) == ["facts-missing", "guidance-expired"]
    assert day_after.warnings[-1].message == (
        "The page “Taking equipment abroad” was valid until Tue 30 June 2026. "
        "Ask whether it still holds: The page team, page@example.org."
    )
    assert day_after.readiness == last_day.readiness


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("tel: 020 1234", "The page team, 020 1234."),
        ("tel_from_abroad: +44 20 1234", "The page team, +44 20 1234."),
        ("slack: '#page'", "The page team, #page."),
        ("url: https://example.org", "The page team, https://example.org."),
        ("note: Ask at the desk", "The page team, Ask at the desk."),
    ],
)
def test_whoever_is_to_be_asked_can_be_reached(tmp_path: Path, way: str, said: str) -> None:
    """A contact without an email address is named with another way."""
    pack = samples.read_pack(tmp_path, ("email: page@example.org", way))
    assert make(pack).warnings[-1].message.endswith(f": {said}")


def test_without_a_contact_the_publisher_is_asked(tmp_path: Path) -> None:
    """A page need not name anybody."""
    pack = samples.read_pack(tmp_path, ("    ask: helper\n", ""))
    assert make(pack).warnings[-1].message.endswith("holds: The ministry.")


def test_missing_facts_are_told(pack: Pack) -> None:
    """Public ones by their id, private ones not; what else is warned of stands between."""
    report = build(
        samples.facts(pack, {"abroad": "yes"}),
        {},
        how={},
        created=samples.CREATED,
        given=Answers(statuses={"overseas.letter": Status("done"), "base.none": Status("done")}),
    )
    assert codes(report) == ["facts-missing", "answer-ignored", "guidance-expired"]
    assert report.warnings[0].message.startswith(
        "No answer to: traveller, destination, departs, returns, devices, envelopes."
    )
    assert "facts-missing" not in codes(make(pack, {**TRIP, "envelopes": "3"}))


# Private facts


def outputs(report: Report) -> Iterator[str]:
    """Yield the report in every format that is text."""
    for format_ in map(REPORT_FORMATS.find, REPORT_FORMATS.names):
        if not format_.binary:
            # A calendar folds its lines: a name could go unseen where it is cut in two.
            yield format_.render(report).decode().replace("\r\n ", "")


def test_private_facts_are_in_no_format(report: Report) -> None:
    """Neither names nor numbers nor the question's id with an answer."""
    assert "hosts" not in report.trip.facts
    for text in outputs(report):
        assert "Lisbon" in text
        for secret in (samples.SECRET_NAME, samples.SECRET_NUMBER, "hosts"):
            assert secret not in text


def test_private_facts_of_the_bundled_pack_are_in_no_format() -> None:
    """Whatever the bundled questions keep private is not told, though all items apply."""
    pack = load()
    secrets = {
        question.id: f"Zz{index}secret"
        for index, question in enumerate(pack.questions.values())
        if question.private
    }
    assert len(secrets) >= 3
    public = {"abroad": "yes", "official": "yes", "devices": "laptop, phone", "plans": "printing"}
    report = make(pack, {**public, **secrets}, {})
    assert len(report.items) > 30
    for text in outputs(report):
        assert not [secret for secret in secrets.values() if secret in text]


def test_a_private_destination_or_date_does_not_come_out_another_way(tmp_path: Path) -> None:
    """Neither in the name of the trip, nor in a due date counted from it."""
    private = samples.read_pack(
        tmp_path,
        ("are you going?, type: text", "are you going?, type: text, private: true"),
        ("do you leave?, type: date", "do you leave?, type: date, private: true"),
        (" for $nights nights", ""),
    )
    report = make(private)
    assert report.trip.name == "Trip"
    assert {item.due for item in report.items} == {None}
    for text in outputs(report):
        assert "Lisbon" not in text
        assert "1 December" not in text
        assert "2026-12-01" not in text
        assert "20261201" not in text


# Ids and digest


def test_random_ids_are_kept(report: Report) -> None:
    """Given ids stand in the report as they are."""
    assert (report.id, report.trip.id) == (samples.REPORT_ID, samples.TRIP_ID)


def test_ids_that_are_not_given_follow_from_the_content(pack: Pack) -> None:
    """The same content has the same ids; any change gives others; no id equals the other."""
    first = make(pack, trip_id=None, report_id=None)
    again = make(pack, trip_id=None, report_id=None)
    other = make(pack, {**TRIP, "traveller": "B. Smith"}, trip_id=None, report_id=None)
    assert REPORT_FORMATS.find("json").render(first) == REPORT_FORMATS.find("json").render(again)
    found = {first.id, first.trip.id, other.id, other.trip.id}
    assert len(found) == 4
    assert all(len(one) == 32 and int(one, 16) >= 0 for one in found)


def test_one_id_can_be_given_and_the_other_not(pack: Pack) -> None:
    """A stored trip has its id; its report may be one to be made again."""
    report = make(pack, report_id=None)
    assert report.trip.id == samples.TRIP_ID
    assert report.id == make(pack, report_id=None).id != ""


def recomputed(text: str) -> tuple[str, str]:
    """Return the digest in a printed report, and the one that anybody can work out from it."""
    data: dict[str, Any] = json.loads(text)
    stated = data.pop("digest")
    whole = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return stated, hashlib.sha256(whole.encode("utf-8")).hexdigest()


def test_the_digest_can_be_worked_out_from_the_printed_json(report: Report) -> None:
    """With nothing but JSON and sha256; any edit shows."""
    text = REPORT_FORMATS.find("json").render(report).decode()
    stated, found = recomputed(text)
    assert stated == found == report.digest
    stated, found = recomputed(text.replace("A. Smith", "B. Smith"))
    assert stated != found


DATA = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
)


@given(DATA)
def test_canonical_json_is_one_form(data: Any) -> None:
    """Sorted keys, UTF-8 and no white space: any program that can do that gets the same digest."""
    expected = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert model.canonical(data) == expected.encode()


def test_no_number_is_a_float(pack: Pack) -> None:
    """Two programs may write the same float in two ways."""

    def refuse(text: str) -> None:
        raise AssertionError(text)

    text = REPORT_FORMATS.find("json").render(make(pack, {**TRIP, "envelopes": "7"})).decode()
    assert json.loads(text, parse_float=refuse)["trip"]["facts"]["envelopes"] == 7


# JSON


def test_json_is_read_back_as_the_same_report(report: Report) -> None:
    """What is decoded equals what was built, facts included."""
    assert msgspec.json.decode(REPORT_FORMATS.find("json").render(report), type=Report) == report


@given(texts())
def test_hostile_texts_stay_data(pack: Pack, text: str) -> None:
    """Whatever is written in a report, its JSON is UTF-8, reads back, and keeps its digest."""
    status = Status("declined", reason=text, note=text)
    answers = {**samples.facts(pack).answers, "traveller": text}
    read = Facts(pack, answers, samples.TODAY)
    report = build(read, {"overseas.letter": status}, how={}, created=samples.CREATED)
    printed = REPORT_FORMATS.find("json").render(report).decode("utf-8")
    assert msgspec.json.decode(printed, type=Report) == report
    assert len(set(recomputed(printed))) == 1
    expected = text.encode("utf-8", errors="replace").decode()
    assert json.loads(printed)["trip"]["facts"]["traveller"] == expected
    item = next(one for one in report.items if one.id == "overseas.letter")
    assert (item.reason, item.note) == (expected, expected)


def test_statuses_of_unknown_items_are_left_out(pack: Pack) -> None:
    """They are warned of elsewhere; the report is not about them."""
    report = make(pack, statuses={**STATUSES, "overseas.nothing": Status("done")})
    assert report == make(pack)
