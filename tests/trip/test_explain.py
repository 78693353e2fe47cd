"""Why an item is in or out, in words that name the answers."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pack.packs import load_over
from tests.trip.test_selection import bundled, some_answers
from travelsec.conditions import ALWAYS, AllOf, AnyOf, Condition, EqualTo, Not, OtherThan, Range
from travelsec.question_types import NONE, Value
from travelsec.trip.explain import describe_when, explain_items
from travelsec.trip.facts import Facts
from travelsec.trip.selection import applying

TODAY = datetime.date(2026, 11, 22)
CHOICES = ("laptop", "tablet", "phone")


def facts_of(**answers: Value) -> Facts:
    """Return the facts of the bundled pack for these answers."""
    return Facts(bundled(), answers, TODAY)


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (ALWAYS, "everyone"),
        (EqualTo("abroad", (True,)), "abroad"),
        (EqualTo("abroad", (False,)), "not abroad"),
        (EqualTo("devices", CHOICES), "devices: laptop, tablet or phone"),
        (Range("nights", 2, None), "nights: at least 2"),
        (Range("nights", None, 0), "nights: at most 0"),
        (Range("nights", 2, 5), "nights: 2 to 5"),
        (Range("departs", TODAY, None), "departs: at least Sun 22 November 2026"),
        (Not(EqualTo("places", ("home",))), "not (places: home)"),
        (OtherThan("places", ("home", "hotel")), "places: other than home or hotel"),
        (
            AnyOf((OtherThan("through", ("FR",)), EqualTo("abroad", (False,)))),
            "through: other than FR, or not abroad",
        ),
        (
            AnyOf((EqualTo("papers", (True,)), EqualTo("plans", ("calls", "printing")))),
            "papers, or plans: calls or printing",
        ),
        (
            AnyOf(
                (
                    AllOf((EqualTo("papers", (True,)), EqualTo("abroad", (True,)))),
                    EqualTo("official", (True,)),
                )
            ),
            "(papers; abroad), or official",
        ),
    ],
)
def test_conditions_in_words(condition: Condition, said: str) -> None:
    """Short, by the names and words of answers files."""
    assert describe_when(condition) == said


def test_conditions_that_stand_together_are_said_once() -> None:
    """What a checklist and its item both ask is not repeated."""
    abroad = EqualTo("abroad", (True,))
    assert describe_when(abroad, ALWAYS, AllOf((abroad, Range("nights", 1, None)))) == (
        "abroad; nights: at least 1"
    )


@pytest.mark.parametrize(
    ("item", "answers", "truth", "reasons"),
    [
        ("overseas.clear-files", {"abroad": False}, False, ("abroad is no",)),
        (
            "overseas.clear-files",
            {"abroad": True, "devices": (), "plans": ("calls",)},
            False,
            ("device_kinds is 0", "plans is calls"),
        ),
        ("overseas.clear-files", {"abroad": True, "devices": ("laptop",)}, True, ()),
        (
            "overseas.clear-files",
            {"abroad": True},
            None,
            ("devices is not known", "plans is not known"),
        ),
        (
            "remote-working.plan-without-personal-data",
            {"devices": ("laptop",), "plans": ("calls", "sensitive")},
            False,
            ("prints_personal is not asked, as plans is calls and sensitive",),
        ),
    ],
)
def test_what_became_of_an_item(
    item: str, answers: dict[str, Value], truth: bool | None, reasons: tuple[str, ...]
) -> None:
    """Left out or kept because of these answers, and of no others."""
    (found,) = (
        one
        for one in explain_items(bundled(), facts_of(**answers))
        if f"{one.checklist.id}.{one.item.id}" == item
    )
    assert (found.truth, found.reasons) == (truth, reasons)


@given(answers=some_answers())
def test_every_item_is_explained_as_it_is_chosen(answers: dict[str, Value]) -> None:
    """In or out as for the trip itself; with a reason wherever an answer or its lack decides."""
    facts = facts_of(**answers)
    explained = list(explain_items(bundled(), facts))
    chosen = [one.item for one in explained if one.truth is not False]
    assert chosen == [item for _, _, item in applying(bundled(), facts.state)]
    for one in explained:
        assert bool(one.reasons) is (one.truth is not True)
        if one.truth is None:
            assert all(reason.endswith(" is not known") for reason in one.reasons)


@given(answers=some_answers(), data=st.data())
def test_reasons_name_what_decides(answers: dict[str, Value], data: st.DataObject) -> None:
    """With the answers that are named, and those they depend on, the item is left out too."""
    facts = facts_of(**answers)
    out = [one for one in explain_items(bundled(), facts) if one.truth is False]
    if not out:
        return
    one = data.draw(st.sampled_from(out))
    named = {
        name
        for name in answers
        if any(name in reason for reason in one.reasons)
        or (name == "devices" and any("device_kinds" in reason for reason in one.reasons))
    }
    # An answer counts only where its question does, which other answers may decide.
    needed = named | {fact for name in named for fact in bundled().questions[name].when.facts()}
    fewer = Facts(
        bundled(), {name: value for name, value in answers.items() if name in needed}, TODAY
    )
    parts = (one.checklist.when, one.section.when, one.item.when)
    assert any(part.truth(fewer.state) is False for part in parts)


def test_no_date_is_named_as_the_reason(tmp_path: Path) -> None:
    """It answers for what would be counted from it."""
    pack = load_over(
        tmp_path,
        """
questions: [{id: returns, ask: When?, type: date, none: a lasting arrangement, override: true}]
checklist:
  id: trip
  sections:
    - id: packing
      items:
        - {id: bag, label: S, do: D, level: must, cites: [leaflet], when: {nights: {at_least: 2}}}
        - {id: lease, label: L, do: D, level: must, cites: [leaflet], when: {open_ended: true}}
        - {id: ticket, label: L, do: D, level: must, cites: [leaflet], when: {open_ended: false}}
""",
    )
    facts = Facts(pack, {"abroad": True, "departs": TODAY, "returns": NONE}, TODAY)
    found = {one.item.id: (one.truth, one.reasons) for one in explain_items(pack, facts)}
    assert found["bag"] == (False, ("nights is not asked, as returns is none",))
    assert found["lease"] == (True, ())
    assert found["ticket"] == (False, ("open_ended is yes",))
