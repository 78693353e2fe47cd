"""The optional pack on approval to travel: ten travellers, and rules that hold over its content."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import cache
from pathlib import Path

import msgspec
import pytest

from tests.trip.test_selection import listing
from travelsec.conditions import AllOf, AnyOf, Condition, EqualTo, Not, OtherThan
from travelsec.pack.folder import optional_packs
from travelsec.pack.load import load
from travelsec.pack.model import Contact, Item, Pack, Section
from travelsec.question_types import Value
from travelsec.report.build import build
from travelsec.trip.answers import AnswersReader
from travelsec.trip.facts import Facts
from travelsec.trip.selection import select

TODAY = datetime.date(2026, 11, 22)
TRIPS = sorted((Path(__file__).parent / "approval").glob("*.yaml"))
each_trip = pytest.mark.parametrize("trip", TRIPS, ids=lambda path: path.stem)

ABROAD: dict[str, Value] = {
    "abroad": True,
    "organisation": "hq",
    "official": False,
    "devices": ("laptop",),
    "plans": (),
    "clearance": "none-held",
    "strap": False,
}
REQUEST = {
    *("about-you", "about-journey", "about-equipment", "about-access", "about-connection"),
    *("manager-approves", "special-details", "fill-in-form", "send-form", "send-copy"),
    "acknowledged",
}
# The page's names: China with Hong Kong, and the northern area of Cyprus, which has no code.
PAGE = {
    *("AR", "AM", "AZ", "BY", "CN", "HK", "EG", "EE", "GE", "IN"),
    *("ID", "IR", "IL", "KZ", "KG", "LV", "LT", "MD", "KP", "PK"),
    *("RU", "SA", "ZA", "KR", "SY", "TR", "TM", "AE", "UA", "UZ"),
}
# Codes that belong to a name of the page without being named there.
PART_OF_CHINA = {"MO"}
LISTED = ("TR",)
NOWHERE_LISTED = ("PT",)
NEEDS_EQUIPMENT = {"about-equipment", "about-access", "about-connection"}


@cache
def pack() -> Pack:
    """Return the bundled pack with the optional one on top, read once."""
    return load([optional_packs()["moj-approval"]])


def facts_of(path: Path) -> Facts:
    """Return the facts of an answers file."""
    reader = AnswersReader(pack())
    reader.read_file(path.read_bytes(), path.name)
    facts = Facts(pack(), reader.answers.facts, TODAY)
    reader.finish(facts)
    return facts


def chosen(**answers: Value) -> set[str]:
    """Return the ids of the pack's own items for a trip abroad."""
    items = select(pack(), Facts(pack(), {**ABROAD, **answers}, TODAY))
    return {one.item.id for one in items if one.checklist.id == "approval"}


@each_trip
def test_items_of_a_trip(trip: Path, golden: Callable[[Path, str], str]) -> None:
    """The items of each trip are those of its snapshot, in order."""
    items = listing(select(pack(), facts_of(trip)))
    assert items == golden(trip.with_suffix(".items"), items)


@each_trip
def test_nothing_is_asked_twice(trip: Path) -> None:
    """No two items of a trip have the same label or the same words."""
    items = select(pack(), facts_of(trip))
    for texts in ([one.label for one in items], [one.do for one in items]):
        assert sorted(texts) == sorted(set(texts))


@each_trip
def test_the_bundled_items_stay(trip: Path) -> None:
    """The pack adds items to a trip and takes none away."""
    facts = facts_of(trip)
    own = {name: value for name, value in facts.answers.items() if name in load().questions}
    without = [one.id for one in select(load(), Facts(load(), own, TODAY))]
    together = [one.id for one in select(pack(), facts)]
    assert [name for name in together if not name.startswith("approval.")] == without


@each_trip
def test_approval_is_no_longer_called_not_covered(trip: Path) -> None:
    """What the pack itself leaves out is said instead, for trips abroad."""
    facts = facts_of(trip)
    report = build(facts, {}, how={}, created=datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC))
    own = next(source.info for source in pack().sources if source.info.id == "moj-approval")
    expected = (own.not_covered,) if facts.value("abroad") else ()
    assert report.readiness.not_covered == expected
    assert list(pack().can_be_covered(facts.state)) == []


def test_a_trip_at_home_has_nothing_of_it() -> None:
    """No item, and no question."""
    facts = Facts(pack(), {"abroad": False, "devices": ("laptop",)}, TODAY)
    asked = {question.id for question in facts.to_ask()}
    assert asked <= set(load().questions)
    assert not any(one.id.startswith("approval.") for one in select(pack(), facts))


def test_its_questions_come_to_all_who_go_abroad() -> None:
    """Each of them is asked of somebody."""
    answers: dict[str, Value] = {"abroad": True, "organisation": "hmpps"}
    asked = {question.id for question in Facts(pack(), answers, TODAY).to_ask()}
    assert {"countries", "clearance", "strap", "hmpps_area"} <= asked


def test_a_missing_answer_drops_nothing() -> None:
    """Someone who says only that they go abroad gets every item."""
    items = select(pack(), Facts(pack(), {"abroad": True}, TODAY))
    own = {one.item.id for one in items if one.checklist.id == "approval"}
    assert own == {
        item.id for _, checklist, _, item in pack().items() if checklist.id == "approval"
    }


def sections() -> dict[str, Section]:
    """Return the sections of the pack's checklist."""
    (own,) = (checklist for checklist in pack().checklists if checklist.id == "approval")
    return {section.id: section for section in own.sections}


def codes(condition: Condition, kind: type[EqualTo] | type[OtherThan]) -> list[set[str]]:
    """Return the countries of each comparison of this kind in a condition."""
    match condition:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return [found for part in parts for found in codes(part, kind)]
        case Not(part=part):
            return codes(part, kind)
        case EqualTo(fact="countries") | OtherThan(fact="countries"):
            return [set(map(str, condition.values))] if isinstance(condition, kind) else []
    return []


def item(name: str) -> Item:
    """Return an item of the pack's checklist."""
    return next(item for full, *_, item in pack().items() if full == f"approval.{name}")


def test_every_list_of_countries_is_that_of_the_page() -> None:
    """A country that is missing from one of them would be forgotten there."""
    listed = PAGE | PART_OF_CHINA
    assert codes(item("notice").when, EqualTo) == [listed]
    assert codes(sections()["request"].when, EqualTo) == [listed]


def test_the_regions_that_strap_leaves_out_are_the_same_everywhere() -> None:
    """A country is surely inside, surely outside, or asked about."""
    (asked,) = codes(pack().questions["strap_region"].when, EqualTo)
    (notified,) = codes(item("strap-notify").when, OtherThan)
    (requested,) = codes(sections()["request"].when, OtherThan)
    assert notified == requested
    assert asked < notified
    assert not notified & (PAGE | PART_OF_CHINA)


@pytest.mark.parametrize("country", sorted(PAGE | PART_OF_CHINA))
def test_a_listed_country_needs_the_request_and_notice(country: str) -> None:
    """Also if it is only passed through on the way to another, and on holiday."""
    found = chosen(countries=("PT", country))
    assert found >= {"notice", *REQUEST}


@pytest.mark.parametrize(
    ("answers", "listed"),
    [
        ({}, True),
        ({"northern_cyprus": True}, True),
        ({"northern_cyprus": False}, False),
    ],
)
def test_of_cyprus_only_the_northern_area_is_listed(
    answers: dict[str, Value], listed: bool
) -> None:
    """It is asked about; as long as it is not known, the items stay."""
    facts = Facts(pack(), {**ABROAD, "countries": ("CY",), **answers}, TODAY)
    assert ("northern_cyprus" in {one.id for one in facts.to_ask()}) is (answers == {})
    assert ("notice" in chosen(countries=("CY",), **answers)) is listed
    assert ("about-you" in chosen(countries=("CY",), **answers)) is listed


@pytest.mark.parametrize(
    ("countries", "strap_region", "outside"),
    [
        (("FR", "US", "AU", "NZ"), None, False),
        (("BR",), None, True),
        (("FR", "BR"), None, True),
        (("PL",), None, True),
        # People could differ about these, so the traveller decides.
        (("GR",), None, True),
        (("GR",), True, True),
        (("GR",), False, False),
        (("MX",), False, False),
    ],
)
def test_strap_briefing_counts_outside_some_regions(
    countries: tuple[str, ...], strap_region: bool | None, outside: bool
) -> None:
    """Without equipment, too; then there is somebody to notify, and a formal request."""
    answers: dict[str, Value] = {"countries": countries, "strap": True, "devices": ()}
    if strap_region is not None:
        answers["strap_region"] = strap_region
    found = chosen(**answers)
    assert ("strap-notify" in found) is outside
    assert ("send-form" in found) is outside
    assert "strap-notify" not in chosen(**{**answers, "strap": False})


@pytest.mark.parametrize("clearance", ["sc", "dv"])
@pytest.mark.parametrize("devices", [("laptop",), ()])
def test_clearance_needs_the_request_on_every_trip(
    clearance: str, devices: tuple[str, ...]
) -> None:
    """On holiday, to any country, with equipment or without."""
    found = chosen(clearance=clearance, countries=NOWHERE_LISTED, devices=devices)
    assert found & REQUEST == (REQUEST if devices else REQUEST - NEEDS_EQUIPMENT)
    assert "notice" not in found


def test_without_equipment_or_clearance_only_notice_is_left() -> None:
    """And approval of a trip on business; incidents can happen to everyone."""
    always = {"any-incident", "reporting-page"}
    assert chosen(countries=NOWHERE_LISTED, devices=()) == always
    assert chosen(countries=LISTED, devices=()) == always | {"notice"}
    business = chosen(countries=NOWHERE_LISTED, official=True, devices=())
    assert business == always | {"business-travel", "enough-time"}


@pytest.mark.parametrize(
    ("answers", "approves"),
    [
        ({"organisation": "hq"}, "manager"),
        ({"organisation": "hmcts"}, "manager"),
        # The page says nothing of other bodies.
        ({"organisation": "agency"}, "manager"),
        ({"organisation": "hmpps", "hmpps_area": "hq"}, "manager"),
        ({"organisation": "hmpps", "hmpps_area": "nps"}, "manager"),
        ({"organisation": "hmpps", "hmpps_area": "elsewhere"}, "governor"),
        ({"organisation": "hmpps"}, None),
    ],
)
def test_the_business_area_decides_who_approves(
    answers: dict[str, Value], approves: str | None
) -> None:
    """As long as it is not known, both stay."""
    found = chosen(countries=LISTED, **answers)
    assert ("manager-approves" in found) is (approves != "governor")
    assert ("governor-approves" in found) is (approves != "manager")


def test_roaming_is_for_what_can_roam() -> None:
    """Whatever the country; a memory stick is still MoJ equipment."""
    for devices in (("phone",), ("laptop",), ("storage", "tablet")):
        found = chosen(countries=NOWHERE_LISTED, devices=devices)
        assert {"request-roaming", "request-remote-wipe", "business-need"} <= found
    stick = chosen(countries=NOWHERE_LISTED, devices=("storage",))
    assert "request-roaming" not in stick
    assert "business-need" in stick


def test_bundled_items_and_contacts_only_cite_more() -> None:
    """So a number that changes in the bundled pack changes for everyone."""

    def entries(pack: Pack) -> dict[str, Item | Contact]:
        return {**{name: item for name, *_, item in pack.items()}, **pack.contacts}

    above = entries(pack())
    more = []
    for name, below in entries(load()).items():
        cites = above[name].cites
        assert msgspec.structs.replace(above[name], cites=below.cites) == below
        assert cites[: len(below.cites)] == below.cites
        more += [name] * (cites != below.cites)
    assert len(more) == 8


def test_approval_comes_first() -> None:
    """Before anything is packed; its questions are next to those on the same matter."""
    assert pack().checklists[0].id == "approval"
    asked = list(pack().questions)
    for before, after in (("destination", "countries"), ("official", "clearance")):
        assert asked.index(after) == asked.index(before) + 1
