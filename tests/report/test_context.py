"""What a report says around its items."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from tests.report import samples
from tests.report.samples import TRIP, make
from travelsec.pack.model import Pack
from travelsec.report.build import build
from travelsec.report.model import Report
from travelsec.trip.answers import Answers
from travelsec.trip.statuses import Status


def test_titles_name_what_items_name_by_id(report: Report) -> None:
    """A reader needs no pack to know the checklists, sections and pages."""
    assert report.titles == {
        "overseas": "Taking equipment overseas",
        "overseas/packing": "What you carry",
        "overseas/underway": "On the way",
        "overseas/home-again": "On return",
        "guidance/page": "Taking equipment abroad",
    }


@pytest.mark.parametrize(("abroad", "name"), [("yes", "Far"), ("no", "Near")])
def test_at_a_call_the_contacts_of_the_trip_are_named(
    tmp_path: Path, abroad: str, name: str
) -> None:
    """None that is for other trips, though numbers are given for both."""
    contact = "  - {{id: {}, name: {}, note: N, when: {{abroad: {}}}, cites: [page/carry/bag]}}\n"
    pack = samples.read_pack(
        tmp_path,
        (
            "contacts:\n",
            "situations:\n  - id: call\n    title: A call\n    audience: manager\n"
            "    steps: [{do: Listen., cites: [page/carry/bag]}]\n    contacts: [far, near]\n"
            "contacts:\n"
            + contact.format("far", "Far", "true")
            + contact.format("near", "Near", "false"),
        ),
    )
    (call,) = make(pack, {**TRIP, "abroad": abroad}).on_call
    assert call.contacts == (f"{name}: N",)


# Warnings


def codes(report: Report) -> list[str]:
    """Return the codes of the warnings, in order."""
    return [warning.code for warning in report.warnings]


def test_expired_guidance_warns_and_judges_nothing(pack: Pack) -> None:
    """In one line, the last, with page, date and whom to ask; the day itself is still valid."""
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
def test_a_warning_says_how_to_reach_the_contact(tmp_path: Path, way: str, said: str) -> None:
    """If there is no email address, it gives another way."""
    pack = samples.read_pack(tmp_path, ("email: page@example.org", way))
    assert make(pack).warnings[-1].message.endswith(f": {said}")


def test_without_a_contact_the_publisher_is_asked(tmp_path: Path) -> None:
    """A page need not name anybody."""
    pack = samples.read_pack(tmp_path, ("    ask: helper\n", ""))
    assert make(pack).warnings[-1].message.endswith("holds: The ministry.")


def test_missing_facts_are_named(pack: Pack) -> None:
    """Public ones as people were asked, private ones not; other warnings come between."""
    report = build(
        samples.facts(pack, {"abroad": "yes"}),
        {},
        how={},
        created=samples.CREATED,
        given=Answers(statuses={"overseas.letter": Status("done"), "base.none": Status("done")}),
    )
    assert codes(report) == ["facts-missing", "answer-ignored", "guidance-expired"]
    assert report.warnings[0].message.startswith(
        "Not answered: What is your name? Where are you going? Which day do you leave? "
        "Which day do you come back? Which devices will you take? How many envelopes do you have? "
        "Items that"
    )
    assert "facts-missing" not in codes(make(pack, {**TRIP, "envelopes": "3"}))


# Bank holidays

WORKING = ("due: 10 days before departure", "due: 10 working days before departure")
NATION = ('version: "2.1"', 'version: "2.1"\n  nation: scotland')


@pytest.mark.parametrize(
    ("departs", "returns", "is_warned"),
    [
        ("2032-12-30", "2032-12-31", False),
        ("2032-12-30", "2033-01-02", False),
        ("2033-01-02", "2033-01-02", True),
        ("2019-12-31", "2020-01-02", True),
        # What is due has a day in 2019.
        ("2020-01-06", "2020-01-06", True),
        ("2020-02-03", "2020-02-03", False),
    ],
)
def test_a_day_beyond_the_known_bank_holidays_warns_and_judges_nothing(
    tmp_path: Path, departs: str, returns: str, is_warned: bool
) -> None:
    """At the end; the return does not matter if nothing is counted from it."""
    counting = samples.read_pack(tmp_path, WORKING, NATION)
    trip = {**TRIP, "departs": departs, "returns": returns}
    made = make(counting, trip, today=datetime.date(2019, 11, 1))
    assert (made.warnings[-1:] and made.warnings[-1].code == "bank-holidays-unknown") == is_warned
    if is_warned:
        assert made.warnings[-1].message == (
            "travelsec knows the bank holidays of 2020 to 2032 only, so what is counted in working "
            "days may be wrong. Check it with the bank holidays on https://www.gov.uk/bank-holidays."
        )
    assert made.readiness.verdict == "not-ready"


@pytest.mark.parametrize(
    "replacements",
    [
        # Nothing is counted in working days.
        (NATION,),
        # No bank holidays are left out.
        (WORKING,),
        # The item does not apply.
        (WORKING, NATION, ("{id: letter, label", "{id: letter, when: {devices: tablet}, label")),
    ],
)
def test_a_day_beyond_the_known_bank_holidays_may_not_matter(
    tmp_path: Path, replacements: tuple[tuple[str, str], ...]
) -> None:
    """Then nobody is told."""
    made = make(samples.read_pack(tmp_path, *replacements), {**TRIP, "departs": "2033-01-03"})
    assert "bank-holidays-unknown" not in codes(made)


def test_a_condition_on_working_days_counts_too(tmp_path: Path) -> None:
    """Which items apply may be wrong as well."""
    when = "when: {working_days_to_departure: {at_most: 5}}"
    short = ("{id: letter, label", f"{{id: letter, {when}, label")
    pack = samples.read_pack(tmp_path, NATION, short)
    assert "bank-holidays-unknown" in codes(make(pack, {**TRIP, "departs": "2033-01-03"}))
    assert "bank-holidays-unknown" not in codes(make(pack))
