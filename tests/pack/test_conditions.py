"""Conditions as packs write them: typed by their facts, or a fault at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pack.packs import DERIVED_FACTS, base, faults_of, faults_over, load_over
from tests.pack.warnings_of import ITEM
from travelsec.conditions import FactState
from travelsec.pack import cache, load

ONE_FAULT = [
    (
        *("pack", "All else.\n", "All else.\n  not_covered_when: {abroat: true}\n"),
        "pack.yaml:7:22: no question asks for the fact “abroat” (did you mean abroad?)",
    ),
    (
        *("pack", "All else.\n", "All else.\n  not_covered_when: {manager: Ann}\n"),
        "pack.yaml:7:22: the fact “manager” is private: no condition may look at it",
    ),
    (
        *("checklist", "{devices: [laptop, phone]}", "{device: laptop}"),
        "checklist.yaml:15:18: no question asks for the fact “device” (did you mean devices?)",
    ),
    (
        *("checklist", "{devices: [laptop, phone]}", "{any: [{not: {hom: 1}}, {abroad: true}]}"),
        "checklist.yaml:15:31: no question asks for the fact “hom” "
        f"(worked out from answers: {DERIVED_FACTS})",
    ),
    (
        *("checklist", "{devices: [laptop, phone]}", "{manager: Ann}"),
        "checklist.yaml:15:18: the fact “manager” is private: no condition may look at it",
    ),
    (
        *("checklist", "{devices: [laptop, phone]}", "{devices: [laptop, phones]}"),
        "checklist.yaml:15:36: “phones” is not a choice "
        "(allowed: laptop, phone; did you mean phone?)",
    ),
    (
        *("checklist", "{devices: [laptop, phone]}", "{devices: laptop, abroad: maybe}"),
        "checklist.yaml:15:43: “maybe” is neither yes nor no (allowed: true, yes, false, no)",
    ),
    (
        *("checklist", "{devices: [laptop, phone]}", "{devices: []}"),
        "checklist.yaml:15:27: the list is empty, so this can never be true",
    ),
    (
        *("checklist", "{devices: [laptop, phone]}", "{devices: null}"),
        "checklist.yaml:15:27: one choice is needed here, not nothing",
    ),
    (
        *("checklist", "{devices: [laptop, phone]}", "{country: {at_least: 1}}"),
        "checklist.yaml:15:27: “country” has no range: its type is not choices, date, number or "
        "countries",
    ),
    (
        *("checklist", "{devices: [laptop, phone]}", "{devices: any}"),
        "checklist.yaml:15:27: “any” is not a choice (allowed: laptop, phone): for any of them "
        "write {at_least: 1}, for none of them {at_most: 0}",
    ),
    (
        *("checklist", "{devices: [laptop, phone]}", "{devices: {at_least: one}}"),
        "checklist.yaml:15:38: “one” is not a whole number from 0 to 999999",
    ),
    (
        *("checklist", "{devices: [laptop, phone]}", "{nights: {at_leas: 1}}"),
        "checklist.yaml:15:27: unknown bound “at_leas” (allowed: at_least, at_most; did you mean "
        "at_least?)",
    ),
    (
        *("checklist", "{devices: [laptop, phone]}", "{nights: {at_least: 3, at_most: 2}}"),
        "checklist.yaml:15:26: no value lies in this range",
    ),
    (
        *("checklist", "{devices: [laptop, phone]}", "{departs: {at_most: 1.12.2026}}"),
        "checklist.yaml:15:37: “1.12.2026” is not in ISO 8601: write 2026-12-01",
    ),
    (
        *("checklist", "{devices: [laptop, phone]}", "{count: {}}"),
        "checklist.yaml:15:25: a range needs at_least, at_most or both",
    ),
    (
        *("checklist", "{devices: [laptop, phone]}", "{count: -1}"),
        "checklist.yaml:15:25: “-1” is not a whole number from 0 to 999999",
    ),
    (
        *("checklist", "{devices: [laptop, phone]}", "{any: {abroad: true}}"),
        "checklist.yaml:15:23: a list of conditions is needed here",
    ),
    (
        *("checklist", "{devices: [laptop, phone]}", "{all: []}"),
        "checklist.yaml:15:23: a list of conditions is needed here",
    ),
    (
        *("checklist", "{devices: [laptop, phone]}", "{not: [abroad]}"),
        "checklist.yaml:15:23: a condition is needed here: write {fact: value}",
    ),
    (
        *("checklist", "{devices: [laptop, phone]}", "{devices: {other_than: [phones]}}"),
        "checklist.yaml:15:41: “phones” is not a choice (allowed: laptop, phone; did you mean "
        "phone?)",
    ),
    (
        *("checklist", "{devices: [laptop, phone]}", "{devices: {other_than: []}}"),
        "checklist.yaml:15:40: the list is empty: for any at all write {at_least: 1}",
    ),
    (
        *("checklist", "{devices: [laptop, phone]}", "{devices: {other_then: [phone]}}"),
        "checklist.yaml:15:28: unknown bound “other_then” (allowed: at_least, at_most, "
        "other_than; did you mean other_than?)",
    ),
    (
        *("checklist", "{devices: [laptop, phone]}", "{devices: {other_than: phone, at_most: 1}}"),
        "checklist.yaml:15:47: “at_most” cannot stand beside other_than: write {all: [{…}, {…}]}",
    ),
    (
        *("checklist", "{devices: [laptop, phone]}", "{abroad: {other_than: true}}"),
        "checklist.yaml:15:26: “abroad” has one value, so write {not: {abroad: …}}; other_than is "
        "for choices and countries",
    ),
    (
        *("questions", "type: text\n", "type: countries\n    default: [Turky]\n"),
        "questions.yaml:13:14: “Turky” is not a country (did you mean Turkey?)",
    ),
    (
        *("situations", "when: {abroad: true}", "when: {abroad: [true, vrai]}"),
        "situations.yaml:6:31: “vrai” is neither yes nor no",
    ),
    (
        *("questions", "    private: true", "    private: false\n    when: {manager: Ann}"),
        "questions.yaml:28:21: “manager” is about people: no condition can compare it",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "expected"), ONE_FAULT)
def test_a_fault_in_a_condition_is_reported_at_its_place(
    tmp_path: Path, file: str, old: str, new: str, expected: str
) -> None:
    """At its line and column."""
    faults = faults_of(base(tmp_path, file, old, new))
    assert any(expected in fault for fault in faults), faults


def test_a_range_can_be_a_single_value(tmp_path: Path) -> None:
    """Both bounds are inclusive."""
    folder = base(
        tmp_path, "checklist", "{devices: [laptop, phone]}", "{count: {at_least: 2, at_most: 2}}"
    )
    when = load.load(bundled=folder).checklists[0].sections[0].items[0].when
    assert when.truth(lambda _: FactState(True, 2)) is True
    assert when.truth(lambda _: FactState(True, 3)) is False


def test_no_is_a_text_if_the_fact_is_a_text(tmp_path: Path) -> None:
    """`NO` is Norway, not false: the type of the fact decides."""
    folder = base(tmp_path, "checklist", "{devices: [laptop, phone]}", "{country: NO, abroad: no}")
    when = load.load(bundled=folder).checklists[0].sections[0].items[0].when
    known = {"country": FactState(True, "no"), "abroad": FactState(True, False)}
    assert when.truth(known.__getitem__) is True


def test_no_date_can_be_compared_but_is_no_bound(tmp_path: Path) -> None:
    """Only where the question allows it as an answer."""
    question = "questions: [{id: returns, ask: When?, type: date, none: never, override: true}]\n"
    when = ", when: {all: [{returns: none}, {returns: {at_least: none}}]}"
    (fault,) = faults_over(tmp_path, question + ITEM.replace("EXTRA", when))
    assert fault.endswith(": a date is needed here, not none (write year-month-day)")
    assert fault.startswith("over1/over.yaml:8:137: ")


COUNTRIES = "questions: [{id: through, ask: Which?, type: countries}]\n"


@pytest.mark.parametrize(
    ("when", "fault"),
    [
        ("{through: Turkey}", "“Turkey” is not the code of a country (write two capital letters"),
        ("{through: [GE, tr]}", "did you mean TR (Türkiye)?"),
        ("{through: {other_than: [UK]}}", "did you mean GB (United Kingdom)?"),
        ("{through: {other_than: Korea}}", "“Korea” is not the code of a country"),
        ("{through: none}", "for any of them write {at_least: 1}, for none of them {at_most: 0}"),
        ("{through: [[GE]]}", "one code of a country is needed here, not a list"),
    ],
)
def test_a_condition_names_countries_by_their_codes(tmp_path: Path, when: str, fault: str) -> None:
    """A name is answered with the code that was probably meant."""
    found = faults_over(tmp_path, COUNTRIES + ITEM.replace("EXTRA", f", when: {when}"))
    assert any(fault in one for one in found), found


@pytest.mark.parametrize(
    ("when", "values", "truth"),
    [
        # Norway, not “no”.
        ("{through: NO}", ("NO",), True),
        ("{through: [TR, GE]}", ("FR", "GE"), True),
        ("{through: [TR, GE]}", ("FR",), False),
        ("{through: {other_than: [FR, NO]}}", ("NO", "TR"), True),
        ("{through: {other_than: [FR, NO]}}", ("NO", "FR"), False),
        ("{through: {other_than: NO}}", None, None),
        ("{through: {at_least: 2}}", ("NO", "TR"), True),
        ("{through: {at_most: 0}}", (), True),
    ],
)
def test_countries_are_compared_as_several_choices_are(
    tmp_path: Path, when: str, values: tuple[str, ...] | None, truth: bool | None
) -> None:
    """Any in common, one that is none of these, or their number."""
    pack = load_over(tmp_path, COUNTRIES + ITEM.replace("EXTRA", f", when: {when}"))
    read = pack.checklists[-1].sections[0].items[-1].when
    assert read.truth(lambda _: FactState(True, values)) is truth
    again = cache.read_cache(cache.write_cache(pack, []), [])
    assert again is not None
    assert repr(again.checklists) == repr(pack.checklists)


def test_one_value_is_the_same_as_a_list_of_it(tmp_path: Path) -> None:
    """The digest of a pack does not depend on how its author likes to write."""
    digests = set()
    for name, when in (("one", "{other_than: FR}"), ("list", "{other_than: [FR]}")):
        (tmp_path / name).mkdir()
        text = COUNTRIES + ITEM.replace("EXTRA", f", when: {{through: {when}}}")
        digests.add(load_over(tmp_path / name, text).sources[-1].digest())
    assert len(digests) == 1
