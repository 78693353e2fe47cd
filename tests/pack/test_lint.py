"""Warnings: each rule finds what it is for, at its place, and nothing in packs that are right."""

from __future__ import annotations

import datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pack.packs import OVER, base, write
from travelsec.conditions import AllOf, AnyOf, Comparison, Condition, Not, Range
from travelsec.pack.check import check
from travelsec.pack.folder import bundled_folder
from travelsec.pack.lint import lint
from travelsec.pack.model import Pack, Question
from travelsec.pack.satisfiability import QuestionApplies, Satisfiability
from travelsec.question_types import QuestionType, Value
from travelsec.trip.facts import Facts

TODAY = datetime.date(2026, 11, 22)


def warnings(folder: Path, *overlays: Path) -> list[str]:
    """Return the warnings as `code file:line:column text`, files named within their folder."""
    found = lint(check(overlays, bundled=folder))
    assert all(one.problem.severity == "warning" for one in found)
    return [f"{one.code} {one.problem}".replace(f"{folder.parent}/", "") for one in found]


def codes(folder: Path, *overlays: Path) -> set[str]:
    """Return the rules that found something, but for what the base pack has from the start."""
    return {text.partition(" ")[0] for text in warnings(folder, *overlays)}


def over(folder: Path, text: str) -> Path:
    """Write an overlay of one file."""
    return write(folder / "over", {"over": OVER + text})


ITEM = """\
checklist:
  id: trip
  sections:
    - id: packing
      items:
        - {id: new, label: New, do: Do it., why: So., level: must, cites: [leaflet]EXTRA}
"""


def test_the_bundled_pack_has_no_warning() -> None:
    """Not one: whoever sees a warning is to take it seriously."""
    assert lint(check()) == []


def test_the_example_has_no_warning() -> None:
    """The overlay that people begin with is right in every way."""
    example = bundled_folder().parent / "examples" / "agency"
    assert lint(check([example])) == []


def test_questions_that_are_used_in_any_way_are_not_told(tmp_path: Path) -> None:
    """By a placeholder, a derived fact, a contact; and by travelsec itself."""
    questions = """\
questions:
  - {id: seat, ask: Which seat?, type: text}
  - {id: row, ask: Which row?, type: text}
  - {id: pets, ask: How many pets?, type: number, default: $row}
  - {id: boss, ask: Who is the boss?, type: people, private: true}
  - {id: hosts, ask: Who are the hosts?, type: people, private: true}
contacts: [{id: boss, name: The boss, people: boss, note: Call., cites: [leaflet]}]
"""
    text = questions + ITEM.replace("Do it.", "Take seat $seat.").replace("EXTRA", "")
    found = warnings(base(tmp_path), over(tmp_path, text))
    told = {one.split("“")[1].split("”")[0] for one in found if one.startswith("unused-question")}
    # Of the base pack nobody looks at the country, the number and the manager.
    assert told == {"country", "count", "manager", "pets"}


def test_a_question_used_by_itself_alone_is_not_used(tmp_path: Path) -> None:
    """A placeholder in its own help leads nowhere."""
    text = "questions: [{id: seat, ask: Which seat?, help: Like $seat., type: text}]\n"
    found = warnings(base(tmp_path), over(tmp_path, text))
    assert any(one.startswith("unused-question over/over.yaml:2:18: ") for one in found)


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("label: New", f"label: {'x' * 41}", "long-label", "7:28"),
        ("do: Do it.", f"do: {'word ' * 28}end.", "long-sentence", "7:37"),
        ("why: So.,", "", "no-why", "7:53"),
        ("EXTRA", ", when: {all: [{abroad: true}, {abroad: false}]}", "unreachable", "7:92"),
        ("EXTRA", ", when: {abroad: false}", "unreachable", "7:92"),
        ("EXTRA", ", when: {device_kinds: {at_least: 3}}", "unreachable", "7:92"),
        ("EXTRA", ", when: {devices: {at_least: 3}}", "unreachable", "7:92"),
        ("EXTRA", ", when: {all: [{count: 1}, {count: {at_least: 2}}]}", "unreachable", "7:92"),
        ("EXTRA", ", when: {any: [{country: Peru}]}", "free-text", "7:92"),
        ("Do it.", "Write to Old-Desk@Example.org now.", "withdrawn-detail", "7:37"),
        ("Do it.", "Call 020 7946 0199 now.", "telephone-number", "7:37"),
        ("Do it.", "Call +442079460199.", "telephone-number", "7:37"),
        ("why: So.", "why: '(020) 7946-0199 knows.'", "telephone-number", "7:50"),
    ],
)
def test_an_item_is_warned_of(tmp_path: Path, old: str, new: str, code: str, place: str) -> None:
    """At the field that is to be mended."""
    text = ITEM.replace(old, new).replace("EXTRA", "")
    found = warnings(base(tmp_path), over(tmp_path, text))
    assert [one for one in found if one.startswith(f"{code} over/over.yaml:{place}: ")], found


@pytest.mark.parametrize(
    "text",
    [
        ITEM.replace("New", "x" * 40),
        ITEM.replace("Do it.", f"Use e.g. 1.5 litres … {'word ' * 18}here. {'word ' * 20}there."),
        ITEM.replace("must", "should").replace("why: So., ", ""),
        ITEM.replace("EXTRA", ", when: {not: {country: Peru}}"),
        ITEM.replace("EXTRA", ", when: {all: [{country: Peru}, {nights: {at_least: 400}}]}"),
        ITEM.replace("EXTRA", ", when: {all: [{departs: 0001-01-01}, {count: 999999}]}"),
        ITEM.replace("EXTRA", ", when: {all: [{devices: laptop}, {devices: phone}]}"),
        ITEM.replace("Do it.", "Write to very-old-desk@example.org now."),
        ITEM.replace("Do it.", "Tell $country."),
        ITEM.replace("Do it.", "Call $tel_desk, 999 or 101 by 01-12-2026."),
    ],
)
def test_what_is_right_is_not_warned_of(tmp_path: Path, text: str) -> None:
    """Nothing beside what the base pack has from the start."""
    folder = base(tmp_path)
    before = codes(folder)
    found = codes(folder, over(tmp_path, text.replace("EXTRA", "")))
    # Some of them ask for a country, which the base pack has people type.
    assert found - {"free-text"} <= before


def test_a_situation_of_several_steps_is_warned_of_once(tmp_path: Path) -> None:
    """Its steps share its condition, and so do the sections of a checklist."""
    situation = (
        "situations: [{id: s, title: S, when: {country: Peru}, steps: "
        "[{do: One, cites: [leaflet]}, {do: Two, cites: [leaflet]}]}]"
    )
    found = warnings(base(tmp_path), over(tmp_path, situation))
    assert [text.partition(" ")[0] for text in found].count("free-text") == 1


@pytest.mark.parametrize(
    ("text", "start"),
    [
        (
            "questions: [{id: q, ask: Q?, type: yes-no, when: {all: [{abroad: true}, "
            "{not: {abroad: true}}]}}]\n",
            "unreachable over/over.yaml:2:50: the question “q” is never asked",
        ),
        (
            "checklist: {id: trip, sections: [{id: packing, when: {abroad: false}}]}\n",
            "unreachable over/over.yaml:2:54: the section “packing” is for nobody",
        ),
        (
            "checklist: {id: two, title: Two, when: {all: [{abroad: true}, {abroad: false}]},"
            " sections: [{id: s, title: S, phase: away}]}\n",
            "unreachable over/over.yaml:2:40: the checklist “two” is for nobody",
        ),
        (
            "situations: [{id: s, title: S, when: {abroad: true}, steps: "
            "[{do: Do., cites: [leaflet], when: {abroad: false}}]}]\n",
            "unreachable over/over.yaml:2:96: “s, step 1” is for nobody",
        ),
        (
            "contacts: [{id: home, name: H, note: N, cites: [leaflet], when: {abroad: false}}]\n"
            "situations: [{id: s, title: S, when: {abroad: true}, contacts: [home], steps: "
            "[{do: Do., cites: [leaflet]}]}]\n",
            "unreachable over/over.yaml:3:65: nobody in “s” gets the contact “home”",
        ),
        (
            "withdrawn: [{value: x@y.org, reason: Old., cites: [page/general/call-desk]}]\n",
            "withdrawn-citation base/contacts.yaml:6:13: ",
        ),
        (
            ITEM.replace("EXTRA", "")
            .replace("trip", "home, title: H", 1)
            .replace("packing", "p, title: P, phase: away", 1)
            .replace("id: p, title: P, phase: away", "id: p\n      title: P\n      phase: away")
            .replace("id: home, title: H", "id: home\n  title: H")
            .replace("Do it.", "Go to $country."),
            "empty-placeholder over/over.yaml:10:37: do: not everybody",
        ),
        (
            "situations: [{id: s, title: S, when: {abroad: false}, steps: "
            "[{do: Tell $country., cites: [leaflet]}]}]\n",
            "empty-placeholder over/over.yaml:2:68: do: nobody who reads this",
        ),
    ],
)
def test_other_entries_are_warned_of(tmp_path: Path, text: str, start: str) -> None:
    """Questions, sections, checklists, situations, steps and contacts, at their places."""
    found = warnings(base(tmp_path), over(tmp_path, text))
    assert [one for one in found if one.startswith(start)], found


def test_of_a_section_for_nobody_its_items_are_not_told(tmp_path: Path) -> None:
    """One mistake, one warning."""
    text = "checklist: {id: trip, sections: [{id: packing, when: {abroad: false}}]}\n"
    found = warnings(base(tmp_path), over(tmp_path, text))
    assert len([one for one in found if one.startswith("unreachable")]) == 1


STEP = """\
situations:
  - id: asked
    title: Asked
    steps:
      - {do: Show it., cites: [leaflet], needs: [trip.NAME]WHEN}
"""


@pytest.mark.parametrize(
    ("name", "when", "more", "expected"),
    [
        ("charger", "", "", "which is not for all who get the step"),
        ("charger", ", when: {abroad: true}", "", ""),
        ("clear-files", ", when: {abroad: true}", "", "which is not for all who get the step"),
        ("know-loss", ", when: {abroad: true}", "", "its phase is away"),
        ("charger", ", when: {abroad: true}", "drop: [trip.charger]\n", "which is dropped"),
        # Who undertakes to know the situation is abroad.
        ("charger", "", ITEM.replace("EXTRA", ", situation: asked"), ""),
    ],
)
def test_what_a_step_needs(tmp_path: Path, name: str, when: str, more: str, expected: str) -> None:
    """An item of before the trip brings it to everybody who gets the step."""
    text = STEP.replace("NAME", name).replace("WHEN", when) + more.replace("EXTRA", "")
    found = warnings(base(tmp_path), over(tmp_path, text))
    told = [one for one in found if one.startswith("step-needs over/over.yaml:6:50: ")]
    assert (expected in told[0]) if expected else not told


def test_a_step_that_needs_what_there_is_not_is_an_error(tmp_path: Path) -> None:
    """A slip in the id is told with the nearest match."""
    text = STEP.replace("NAME", "chargre").replace("WHEN", "")
    problems = check([over(tmp_path, text)], bundled=base(tmp_path)).problems
    assert [problem.text for problem in problems] == [
        "there is no item “trip.chargre” (allowed: trip.clear-files, trip.charger, "
        "trip.know-loss; did you mean trip.charger?)"
    ]


def test_errors_hide_no_warning_that_is_sure(tmp_path: Path) -> None:
    """And none is given that a fault may be the cause of."""
    text = ITEM.replace("New", "x" * 41).replace("EXTRA", ", when: {devices: lapto}")
    text += "        - {id: bad}\n"
    found = warnings(base(tmp_path), over(tmp_path, text))
    assert [one.partition(" ")[0] for one in found] == ["long-label"]
    # What cannot be read may be a question that was overridden.
    (tmp_path / "over" / "more.yaml").write_text("questions: [\n", encoding="utf-8")
    assert codes(tmp_path / "base", tmp_path / "over") == {"long-label"}


# Whether any answers are possible, against trying all of them.

FACTS: dict[str, tuple[QuestionType, dict[str, str]]] = {
    "a": ("yes-no", {}),
    "b": ("yes-no", {}),
    "c": ("choice", {"x": "X", "y": "Y", "z": "Z"}),
    "devices": ("choices", {"l": "L", "p": "P", "t": "T"}),
}


def values(name: str) -> list[Value]:
    """Return every value of a fact."""
    kind, choices = FACTS[name]
    if kind == "yes-no":
        return [True, False]
    if kind == "choice":
        return list(choices)
    return [
        tuple(choice for choice, taken in zip(choices, bits, strict=True) if taken)
        for bits in product((True, False), repeat=len(choices))
    ]


def comparison(name: str) -> st.SearchStrategy[Condition]:
    """Return any comparison with a fact."""
    kind, choices = FACTS[name]
    known: list[Any] = [True, False] if kind == "yes-no" else list(choices)
    some = st.lists(st.sampled_from(known), min_size=1, max_size=2, unique=True)
    return some.map(lambda found: Comparison(name, tuple(found)))


def conditions(names: list[str]) -> st.SearchStrategy[Condition]:
    """Return any condition over the facts."""
    leaves = [comparison(name) for name in names]
    if "devices" in names:
        bound = st.integers(0, 4)
        leaves.append(bound.map(lambda low: Range("device_kinds", low, None)))
        leaves.append(bound.map(lambda high: Range("device_kinds", None, high)))
        leaves.append(bound.map(lambda low: Range("devices", low, None)))
    if not leaves:
        return st.just(AllOf())
    return st.recursive(
        st.one_of(leaves),
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=4).map(lambda parts: AllOf(tuple(parts))),
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
            inner.map(Not),
        ),
        max_leaves=8,
    )


@st.composite
def questions(draw: st.DrawFn) -> dict[str, Question]:
    """Return the questions, each with a condition over those before it."""
    found: dict[str, Question] = {}
    for name, (kind, choices) in FACTS.items():
        when = draw(st.one_of(st.just(AllOf()), conditions(list(found))))
        found[name] = Question(name, "?", kind, choices, when=when)
    return found


def all_facts(asked: dict[str, Question]) -> list[Facts]:
    """Return the facts of every way to answer all questions."""
    pack = Pack((), asked, (), {}, {}, (), {})
    return [
        Facts(pack, dict(zip(asked, given, strict=True)), TODAY)
        for given in product(*(values(name) for name in asked))
    ]


@given(data=st.data())
def test_what_is_possible_is_what_some_answers_give(data: st.DataObject) -> None:
    """Never warned wrongly; and with questions of few values, always warned rightly."""
    asked = data.draw(questions())
    condition = data.draw(conditions(list(asked)))
    trips = all_facts(asked)
    holds = any(condition.truth(facts.state) is not False for facts in trips)
    possible = Satisfiability(asked)
    assert possible.never(condition) is not holds
    assert possible.surely(condition) is holds
    name = data.draw(st.sampled_from([*asked, "device_kinds"]))
    without = AllOf((condition, Not(QuestionApplies(name))))
    lacking = any(
        condition.truth(facts.state) is True and facts.state(name).applies is False
        for facts in trips
    )
    assert possible.surely(without) is lacking


@settings(deadline=None, max_examples=80)
@given(data=st.data())
def test_numbers_dates_and_texts_are_never_warned_of_wrongly(data: st.DataObject) -> None:
    """Answers that meet a condition are proof enough; also of facts worked out from others."""
    asked = {
        "departs": Question("departs", "?", "date"),
        "returns": Question("returns", "?", "date"),
        "device_count": Question("device_count", "?", "number"),
        "town": Question("town", "?", "text", when=Range("nights", 2, None)),
    }
    number = st.integers(0, 9)
    day = st.integers(0, 9).map(lambda days: TODAY + datetime.timedelta(days))
    low = st.sampled_from(["nights", "device_nights", "device_count"])
    high = st.sampled_from(["days_to_departure", "working_days_to_departure", "device_count"])
    dates = st.sampled_from(["departs", "returns"])
    towns = st.sampled_from(["Rome", "Oslo"])
    leaf: st.SearchStrategy[Condition] = st.one_of(
        st.tuples(low, number).map(lambda one: Range(one[0], one[1], None)),
        st.tuples(high, number).map(lambda one: Range(one[0], None, one[1])),
        st.tuples(dates, day).map(lambda one: Range(one[0], one[1], None)),
        towns.map(lambda town: Comparison("town", (town,))),
        number.map(lambda count: Comparison("device_count", (count,))),
    )
    parts = data.draw(st.lists(st.one_of(leaf, leaf.map(Not)), min_size=1, max_size=5))
    condition = AllOf(tuple(parts))
    departs = data.draw(day)
    answers: dict[str, Value] = {
        "departs": departs,
        "returns": departs + datetime.timedelta(data.draw(number)),
        "device_count": data.draw(number),
        "town": data.draw(st.sampled_from(["Rome", "rome ", "Bonn"])),
    }
    facts = Facts(Pack((), asked, (), {}, {}, (), {}), answers, TODAY)
    if condition.truth(facts.state) is not False:
        assert not Satisfiability(asked).never(condition)


def test_a_question_too_hard_to_judge_is_left_open() -> None:
    """Of fifty questions that all must be tried, nothing is said, and soon."""
    asked = {f"q{n}": Question(f"q{n}", "?", "yes-no") for n in range(50)}
    odd: list[Condition] = [
        AnyOf((Comparison(f"q{n}", (True,)), Comparison(f"q{(n * 7 + 3) % 50}", (False,))))
        for n in range(50)
    ]
    pigeons = [
        Not(AllOf((Comparison(f"q{a}", (True,)), Comparison(f"q{b}", (True,)))))
        for a in range(50)
        for b in range(a)
    ]
    condition = AllOf((*odd, *pigeons, Not(AllOf(tuple(odd)))))
    possible = Satisfiability(asked)
    assert possible.surely(condition) is False
    assert possible.never(Comparison("q0", (True,))) is False


def test_of_many_choices_not_all_sets_are_tried() -> None:
    """With sixty choices that are all looked at, what is not found out soon is left open."""
    choices = {f"c{n}": "C" for n in range(60)}
    asked = {"places": Question("places", "?", "choices", choices)}
    every = [Comparison("places", (choice,)) for choice in choices]
    none = Not(AnyOf(tuple(every)))
    possible = Satisfiability(asked)
    # Only the empty set meets this one, and it comes after a million million others.
    assert possible.never(none) is False
    assert possible.never(AllOf((none, *every))) is False
    assert possible.surely(AllOf(tuple(every))) is True


def test_all_choices_can_be_ticked_and_not_one_more() -> None:
    """A range over several choices looks at how many there are."""
    kind, choices = FACTS["devices"]
    possible = Satisfiability({"devices": Question("devices", "?", kind, choices)})
    assert [possible.surely(Range("devices", low, None)) for low in range(5)] == [True] * 4 + [
        False
    ]
    assert possible.never(Range("devices", 4, None))
    both = AllOf((Range("devices", None, 1), Comparison("devices", ("l",))))
    assert possible.surely(both)
    assert possible.never(AllOf((both, Comparison("devices", ("p",)))))


CONTACT = "contacts: [{id: c, name: C, for: [help], FIELD, cites: [leaflet]}]\n"


@pytest.mark.parametrize(
    "field",
    [
        "tel: call us",
        'tel: "1"',
        "tel_from_abroad: 020 7946 0199",
        "email: kim at example",
        "email: kim@example",
    ],
)
def test_a_contact_nobody_can_reach_is_warned_of(tmp_path: Path, field: str) -> None:
    """Whoever is in need has no time to guess."""
    folder = over(tmp_path, CONTACT.replace("FIELD", field))
    assert "contact-detail" in codes(base(tmp_path), folder)


@pytest.mark.parametrize(
    "field",
    [
        "tel: 020 7946 0199",
        "tel: (020) 7946-0199 ext. 12",
        'tel: "999"',
        "tel_from_abroad: +44 20 7946 0199",
        "tel: $tel_desk",
        "email: kim.o-b@team.example.org",
    ],
)
def test_a_contact_that_can_be_reached_is_right(tmp_path: Path, field: str) -> None:
    """However people write their numbers."""
    folder = over(tmp_path, CONTACT.replace("FIELD", field))
    assert "contact-detail" not in codes(base(tmp_path), folder)


@pytest.mark.parametrize(
    ("fields", "is_warned"),
    [
        (", due: 2 days after return", True),
        (", due: on return", True),
        (", due: 2 days before departure", False),
        (", phase: back, due: on departure", True),
        (", phase: back, due: 1 day after return", False),
        (", phase: away, due: on return", False),
    ],
)
def test_a_day_that_does_not_fit_the_phase_is_warned_of(
    tmp_path: Path, fields: str, is_warned: bool
) -> None:
    """What is to be done before the trip cannot wait until after it."""
    found = codes(base(tmp_path), over(tmp_path, ITEM.replace("EXTRA", fields)))
    assert ("due" in found) == is_warned


@pytest.mark.parametrize(
    ("old", "new", "is_warned"),
    [
        ("id: trip\n", "id: trip\n  when: {abroad: true}\n", True),
        ("id: packing\n", "id: packing\n      phase: back\n", True),
        ("id: packing\n", "id: packing\n      when: {abroad: true}\n", True),
        ("id: packing\n", "id: own\n      title: Own\n      phase: back\n", False),
        ("id: trip\n", "id: trip\n", False),
    ],
)
def test_what_changes_items_of_others_is_warned_of(
    tmp_path: Path, old: str, new: str, is_warned: bool
) -> None:
    """A condition at the head of a part that a pack below began holds for its items, too."""
    folder = over(tmp_path, ITEM.replace("EXTRA", "").replace(old, new, 1))
    assert ("replaced" in codes(base(tmp_path), folder)) == is_warned


def test_a_number_that_a_step_refers_to_is_not_warned_of(tmp_path: Path) -> None:
    """The number is filled in for people only; the pack refers to its contact."""
    text = "situations: [{id: s, title: S, steps: [{do: Call $tel_desk., cites: [leaflet]}]}]\n"
    assert "telephone-number" not in codes(base(tmp_path), over(tmp_path, text))


@pytest.mark.parametrize("field", ["hours", "note", "note_from_abroad"])
def test_a_number_in_the_text_of_a_contact_is_warned_of(tmp_path: Path, field: str) -> None:
    """It would stay as it is when the number of the contact changes."""
    folder = over(tmp_path, CONTACT.replace("FIELD", f'{field}: "020 7946 0199, at night"'))
    place = "telephone-number over/over.yaml:2:"
    assert [one for one in warnings(base(tmp_path), folder) if one.startswith(place)]
