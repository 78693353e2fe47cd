"""A report freezes what was known, without private facts, and with ids that stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.report import samples
from tests.report.samples import EVERYTHING, STATUSES, TODAY, TRIP, make
from travelsec.formats import REPORT_FORMATS
from travelsec.pack.load import load
from travelsec.pack.model import Pack
from travelsec.report import html, markdown
from travelsec.report import text as txt
from travelsec.report.build import trip_name
from travelsec.report.model import Report
from travelsec.report.reply import reply
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
    """An item has its texts, date, sources, and what the traveller said about it."""
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


def test_items_that_do_not_apply_are_left_out_with_their_answers(pack: Pack) -> None:
    """At home, the report has nothing of the overseas checklist."""
    report = make(pack, {**TRIP, "abroad": "no"})
    assert report.items == ()
    assert report.readiness.verdict == "ready"


def test_a_trip_is_named_after_what_is_known(pack: Pack) -> None:
    """The name uses whatever there is."""
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
def test_only_items_before_and_during_the_trip_are_judged(
    pack: Pack, left: tuple[str, ...], verdict: str
) -> None:
    """Items for the return cannot be done yet, and do not count."""
    readiness = make(pack, statuses=done(*left)).readiness
    assert readiness.verdict == verdict
    judged = [f"overseas.{n}" for n in left if n not in ("report-it", "check-seals", "give-back")]
    assert sorted(readiness.open) == sorted(judged)
    assert sum(readiness.counts[word] for word in ("done", "unanswered")) == 9


def test_a_must_said_not_to_apply_is_waived(report: Report) -> None:
    """Only if it is among those judged."""
    assert report.readiness.waived == ("overseas.hotel-safe",)


def test_what_is_not_covered_is_always_said(pack: Pack, tmp_path: Path) -> None:
    """In one sentence for each pack, overlays included, whether ready or not."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "pack.yaml").write_text(
        "pack: {id: other, version: '1', title: O, covers: C., not_covered: Boats.}\n",
        encoding="utf-8",
    )
    (tmp_path / "bottom").mkdir()
    samples.read_pack(tmp_path / "bottom")
    both = load([other], bundled=tmp_path / "bottom")
    sentence = "Visas and vaccinations: ask the travel desk."
    assert make(pack, statuses=done()).readiness.not_covered == (sentence,)
    assert make(both).readiness.not_covered == (sentence, "Boats.")
    assert [one.id for one in make(both).packs] == ["small", "other"]


@pytest.mark.parametrize(
    ("abroad", "is_said"), [({"abroad": "yes"}, True), ({"abroad": "no"}, False), ({}, True)]
)
def test_what_is_not_covered_may_depend_on_the_trip(
    tmp_path: Path, abroad: dict[str, str], is_said: bool
) -> None:
    """A trip at home needs no visa; where it is not known, the sentence is said."""
    old = 'ask the travel desk."\n'
    pack = samples.read_pack(tmp_path, (old, f"{old}  not_covered_when: {{abroad: true}}\n"))
    report = make(pack, abroad)
    assert bool(report.readiness.not_covered) is is_said
    for text in (txt.render(report), markdown.render(report), html.render(report)):
        assert ("Visas and vaccinations" in text) is is_said
        assert ("Not covered here" in text) is is_said
    assert ("Visas and vaccinations" in " ".join(reply(report))) is is_said


# Private facts


def outputs(report: Report) -> Iterator[str]:
    """Yield the report in every format that is text."""
    for format_ in map(REPORT_FORMATS.find, REPORT_FORMATS.names):
        if not format_.binary:
            # A calendar folds its lines: a name could go unseen where it is cut in two.
            yield format_.render(report).decode().replace("\r\n ", "")


def test_private_facts_are_in_no_format(report: Report) -> None:
    """Neither names, nor numbers, nor the question's id with an answer."""
    assert "hosts" not in report.trip.facts
    for text in outputs(report):
        assert "Lisbon" in text
        for secret in (samples.SECRET_NAME, samples.SECRET_NUMBER, "hosts"):
            assert secret not in text


def test_private_facts_of_the_bundled_pack_are_in_no_format() -> None:
    """Nothing that the bundled questions keep private gets out, though all items apply."""
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
    """The report has the ids it was given."""
    assert (report.id, report.trip.id) == (samples.REPORT_ID, samples.TRIP_ID)


def test_ids_that_are_not_given_follow_from_the_content(pack: Pack) -> None:
    """The same content has the same ids, any change gives others, and the two ids differ."""
    first = make(pack, trip_id=None, report_id=None)
    again = make(pack, trip_id=None, report_id=None)
    other = make(pack, {**TRIP, "traveller": "B. Smith"}, trip_id=None, report_id=None)
    assert REPORT_FORMATS.find("json").render(first) == REPORT_FORMATS.find("json").render(again)
    found = {first.id, first.trip.id, other.id, other.trip.id}
    assert len(found) == 4
    assert all(len(one) == 32 and int(one, 16) >= 0 for one in found)


def test_one_id_can_be_given_and_the_other_not(pack: Pack) -> None:
    """A stored trip has an id, while its report may have to be reproducible."""
    report = make(pack, report_id=None)
    assert report.trip.id == samples.TRIP_ID
    assert report.id == make(pack, report_id=None).id != ""


def test_statuses_of_unknown_items_are_left_out(pack: Pack) -> None:
    """Other code warns of them; the report is not about them."""
    report = make(pack, statuses={**STATUSES, "overseas.nothing": Status("done")})
    assert report == make(pack)
