"""Who to reach: for whom, in which order, by which number; and that the pages are all cited."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pack.packs import load_over
from tests.trip.test_selection import bundled
from travelsec.people import Person
from travelsec.question_types import Value
from travelsec.trip.contacts import (
    Way,
    contact_lines,
    show_answer,
    show_contact,
    telephone_doubts,
    topics,
)
from travelsec.trip.facts import Facts

TODAY = datetime.date(2026, 11, 22)
REPORTING = (
    "what-to-do-if-you-are-asked-to-unlock-the-device-by-officials",
    "contacts",
    "contacts-for-getting-help",
    "general-enquiries-including-theft-and-loss",
    "incidents",
    "privacy-advice",
    "cyber-security-advice",
    "juststore",
    "feedback",
)


def facts(**answers: Value) -> Facts:
    """Return facts with these answers."""
    return Facts(bundled(), answers, TODAY)


def cited() -> Iterator[str]:
    """Yield every statement that an item, a step, a contact or a withdrawal cites."""
    pack = bundled()
    for checklist in pack.checklists:
        for section in checklist.sections:
            for item in section.items:
                yield from item.cites
    for situation in pack.situations.values():
        for step in situation.steps:
            yield from step.cites
    for contact in pack.contacts.values():
        yield from contact.cites
    for withdrawn in pack.withdrawn:
        yield from withdrawn.cites


def test_every_statement_about_reporting_officials_or_contacts_is_cited() -> None:
    """Duties and contacts of those sections, and every contact anywhere."""
    known = set(cited())
    for page in bundled().guidance.values():
        for section in page.sections:
            for statement in section.statements:
                about = statement.kind == "contact" or (
                    section.id in REPORTING and statement.kind == "duty"
                )
                path = f"{page.id}/{section.id}/{statement.id}"
                assert not about or path in known, path


@pytest.mark.parametrize(
    ("abroad", "ways"),
    [
        (True, {"Telephone": "+44 20 7946 0199"}),
        (False, {"Telephone": "020 7946 0199"}),
        (
            None,
            {
                "Telephone in the UK": "020 7946 0199",
                "Telephone from abroad": "+44 20 7946 0199",
            },
        ),
    ],
)
def test_numbers_are_given_as_they_are_dialled(
    tmp_path: Path, abroad: bool | None, ways: dict[str, str]
) -> None:
    """From abroad, from this country, or both where that is not known: written once."""
    pack = load_over(
        tmp_path,
        "contacts: [{id: help, name: Help, tel: +44 20 7946 0199, cites: [leaflet]}]\n",
    )
    known: dict[str, Value] = {} if abroad is None else {"abroad": abroad}
    (shown,) = show_contact(Facts(pack, known, TODAY), ["help"])
    assert {way.label: way.value for way in shown.ways} == ways


def test_the_line_of_hmpps_is_for_hmpps() -> None:
    """First for its staff, not for others, and shown where nothing is known."""
    wanted = ["technology-service-desk", "information-incident-line", "hmpps-information-security"]
    order = [one.id for one in show_contact(facts(organisation="hmpps", abroad=True), wanted)]
    # The incident line has the same number: for HMPPS staff the two stand together.
    assert order == ["hmpps-information-security", "technology-service-desk"]
    others = [one.id for one in show_contact(facts(organisation="hq"), wanted)]
    assert others == ["technology-service-desk", "information-incident-line"]
    assert len(show_contact(facts(), wanted)) == 3


SHARED = """\
contacts:
  - {id: first, name: First desk, tel: +44 20 7946 0199, email: a@example.org,
     note: "Call us first. N.",
     when: {WHEN}, cites: [leaflet]}
  - {id: second, name: Second desk, tel: $tel_first, note: N., cites: [leaflet]}
  - {id: third, name: Third desk, email: a@example.org, note: Call us first. M.,
     cites: [leaflet]}
"""


@pytest.mark.parametrize("when", ["abroad: true", "count: 3"])
def test_contacts_reached_the_same_way_are_found_by_each_name(tmp_path: Path, when: str) -> None:
    """Together if the first surely fits, else each on its own: its hours may be for others."""
    pack = load_over(tmp_path, SHARED.replace("WHEN", when))
    shown = show_contact(Facts(pack, {"abroad": True}, TODAY), ["first", "second", "third"])
    names = ["First desk", "Second desk", "Third desk"]
    assert [one.name for one in shown] == ([", ".join(names)] if "abroad" in when else names)
    together = "Call us first. N. M."
    assert shown[0].note == (together if "abroad" in when else "Call us first. N.")


def test_a_call_to_the_manager_names_every_desk() -> None:
    """Contacts of the bundled pack who share a number keep their names."""
    wanted = bundled().situations["traveller-calls"].contacts
    for abroad in (True, False):
        names = ", ".join(one.name for one in show_contact(facts(abroad=abroad), wanted))
        for name in ("Technology Service Desk", "Digital Service Desk"):
            assert name in names


@pytest.mark.parametrize("name", ["Digital Service Desk", "Cyber Consultants"])
def test_contacts_are_found_by_name_and_notes_do_not_repeat_themselves(name: str) -> None:
    """Wherever the traveller is and works."""
    for organisation in ("hq", "hmcts", "hmpps", "agency"):
        for abroad in (True, False):
            shown = show_contact(facts(organisation=organisation, abroad=abroad))
            assert any(name in one.name for one in shown)
            for one in shown:
                sentences = one.note.split(". ")
                assert len(sentences) == len(set(sentences)), one.note


def test_people_of_the_trip_are_named() -> None:
    """The line manager is a person where the traveller gave one."""
    jo = Person("Jo Day", "+44 20 7946 0001")
    (manager,) = show_contact(facts(line_manager=(jo, Person("Al Ray"))), ["line-manager"])
    assert manager.ways == (
        Way("person", "Jo Day", "+44 20 7946 0001"),
        Way("person", "Al Ray", ""),
    )
    (unknown,) = show_contact(facts(), ["line-manager"])
    assert unknown.ways == ()
    assert unknown.note


def test_every_topic_has_a_contact() -> None:
    """And every contact is for something."""
    pack = bundled()
    assert {name for names in topics(pack).values() for name in names} == set(pack.contacts)


JO = Person("Jo Day", "020 7946 0018 ext 12")


@pytest.mark.parametrize(
    ("abroad", "telephone"),
    [
        (True, "+44 20 7946 0018 ext 12"),
        (None, "+44 20 7946 0018 ext 12"),
        (False, "020 7946 0018 ext 12"),
    ],
)
def test_people_are_called_as_dialled_from_where_the_traveller_is(
    abroad: bool | None, telephone: str
) -> None:
    """Whatever they typed, and also where it is not known; what they typed is kept."""
    known: dict[str, Value] = {} if abroad is None else {"abroad": abroad}
    here = facts(line_manager=(JO,), **known)
    (manager,) = show_contact(here, ["line-manager"])
    assert manager.ways == (Way("person", "Jo Day", telephone),)
    question = bundled().questions["line_manager"]
    assert show_answer(here, question, (JO,)) == f"Jo Day, {telephone}"
    assert here.answers["line_manager"] == (JO,)


def test_numbers_are_doubted_only_where_they_are_called_from_abroad() -> None:
    """And only those of questions that matter."""
    wrong = (Person("Jo Day", "7946 0018"), Person("Al Ray"))
    abroad = facts(abroad=True, line_manager=wrong)
    (doubt,) = telephone_doubts(abroad, "line_manager")
    assert doubt.startswith("“7946 0018” cannot be dialled from abroad")
    assert not list(telephone_doubts(abroad, "abroad"))
    assert not list(telephone_doubts(facts(abroad=False, line_manager=wrong), "line_manager"))
    private = facts(abroad=True, official=False, devices=("laptop",), hosts=wrong)
    assert not list(telephone_doubts(private, "hosts"))


def test_only_hours_for_the_caller_are_shown() -> None:
    """Where it is not known who calls, those of everyone."""
    hours = {
        given: next(
            one.hours
            for one in show_contact(facts(**({"organisation": given} if given else {})))
            if "Information Incident Reporting Line" in one.name
        )
        for given in ("", "hmpps", "hq")
    }
    assert hours == {
        "": "HMPPS staff at any time, other MoJ staff outside UK working hours",
        "hmpps": "At any time",
        "hq": "Outside UK working hours",
    }


def test_the_lines_of_wanted_contacts(tmp_path: Path) -> None:
    """As dialled from where the traveller is; web pages last; none is none."""
    text = (
        "contacts:\n"
        "  - {id: web, name: A form, url: https://example.org/f, cites: [leaflet]}\n"
        "  - {id: team, name: The team, tel: +44 20 7946 0001, hours: always, cites: [leaflet]}\n"
    )
    pack = load_over(tmp_path, text)
    assert contact_lines(Facts(pack, {"abroad": True}, TODAY), ["web", "team"]) == (
        "The team (always): Telephone +44 20 7946 0001",
        "A form: Web https://example.org/f",
    )
    at_home = Facts(pack, {"abroad": False}, TODAY)
    assert contact_lines(at_home, ["team"]) == ("The team (always): Telephone 020 7946 0001",)
    assert contact_lines(at_home, []) == ()
