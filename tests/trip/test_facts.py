"""What is known of a trip: which answers count, what follows from them, and texts with both."""

from __future__ import annotations

import datetime
import gc
from pathlib import Path

import pytest

from tests.pack.packs import OVER, base, load_over, write
from travelsec.pack import load
from travelsec.pack.model import Pack
from travelsec.question_types import NONE, Value
from travelsec.trip.facts import Facts

TODAY = datetime.date(2026, 11, 22)
DEPARTS = datetime.date(2026, 12, 1)
DATES: dict[str, Value] = {"departs": DEPARTS, "returns": datetime.date(2026, 12, 5)}


def facts(pack: Pack, **answers: Value) -> Facts:
    """Return the facts of the small pack for these answers."""
    return Facts(pack, answers, TODAY)


def test_an_answer_counts_only_where_its_question_does(pack: Pack) -> None:
    """Who stays at home gave no country that matters, whatever was answered before."""
    assert facts(pack, abroad=True, country="Norway").value("country") == "Norway"
    assert facts(pack, country="Norway").value("country") == "Norway"
    assert facts(pack, abroad=False, country="Norway").value("country") is None
    assert facts(pack, unheard_of=True).value("unheard_of") is None


def test_a_derived_fact_needs_all_its_answers(pack: Pack) -> None:
    """Four nights between two days; one day alone gives none."""
    assert facts(pack, **DATES).value("nights") == 4
    assert facts(pack, departs=DEPARTS).value("nights") is None
    assert facts(pack, departs=DEPARTS).value("days_to_departure") == 9


def test_open_questions_are_those_that_may_matter(pack: Pack) -> None:
    """In the order of the pack; one that depends on an open question is open too."""
    unknown = [question.id for question in facts(pack).open_questions()]
    assert unknown == list(pack.questions)
    home = facts(pack, abroad=False, **DATES)
    assert [question.id for question in home.open_questions()] == ["devices", "count", "manager"]


def test_given_answers_are_those_that_may_matter(pack: Pack) -> None:
    """An answer to a question that does not apply is not among them."""
    home = facts(pack, count=2, country="Norway", abroad=False)
    assert [(question.id, value) for question, value in home.given()] == [
        ("abroad", False),
        ("count", 2),
    ]


def test_a_default_can_follow_from_another_answer(pack: Pack) -> None:
    """There is none until that answer is given."""
    count = pack.questions["count"]
    assert facts(pack).default(count) is None
    assert facts(pack, devices=("laptop", "phone")).default(count) == 2
    assert facts(pack).default(pack.questions["country"]) is None


def test_what_follows_from_other_answers_is_not_asked(pack: Pack, tmp_path: Path) -> None:
    """A default that is the same for everybody is only offered."""

    def asked(pack: Pack, **answers: Value) -> list[str]:
        known = facts(pack, abroad=False, manager="Jo", **DATES, **answers)
        return [question.id for question in known.to_ask()]

    assert asked(pack) == ["devices", "count"]
    assert asked(pack, devices=("laptop",)) == []
    question = "{id: count, ask: How many?, type: number, default: 2, override: true}"
    same = load_over(tmp_path, f"questions: [{question}]")
    assert asked(same, devices=("laptop",)) == ["count"]


@pytest.mark.parametrize(
    ("text", "filled", "marked"),
    [
        ("Plain.", "Plain.", "Plain."),
        ("It costs 5 $$.", "It costs 5 $.", "It costs 5 $."),
        (
            "From $departs, $nights nights.",
            "From Tue 1 December 2026, 4 nights.",
            "From Tue 1 December 2026, 4 nights.",
        ),
        ("With $devices.", "With Laptop and Phone.", "With Laptop and Phone."),
        ("To $country, $nights nights.", None, "To (country not given), 4 nights."),
    ],
)
def test_placeholders_are_filled_as_people_read_them(
    pack: Pack, text: str, filled: str | None, marked: str
) -> None:
    """With an unknown fact there is no text, or one that says which is missing."""
    known = facts(pack, devices=("laptop", "phone"), **DATES)
    assert known.fill(text) == filled
    assert known.fill_or_mark(text) == marked


def test_a_return_before_the_departure_is_a_fault(pack: Pack) -> None:
    """One on the same day is none, and neither is one without the other."""
    early = datetime.date(2026, 11, 30)
    (fault,) = facts(pack, departs=DEPARTS, returns=early).faults()
    assert fault == (
        "returns",
        "the return (Mon 30 November 2026) is before the departure (Tue 1 December 2026)",
    )
    assert list(facts(pack, departs=DEPARTS, returns=DEPARTS).faults()) == []
    assert list(facts(pack, returns=early).faults()) == []


LASTING = """
questions:
  - {id: departs, ask: When?, type: date, none: a lasting arrangement, override: true}
  - id: returns
    ask: Until when?
    type: date
    none: a lasting arrangement
    when: {not: {departs: none}}
    override: true
"""


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """Load the small pack with dates that can be none."""
    return load_over(tmp_path_factory.mktemp("lasting"), LASTING)


def test_a_trip_without_a_departure_is_not_asked_for_its_return(lasting: Pack) -> None:
    """It has no nights, whatever day of return is given besides."""
    home = facts(lasting, departs=NONE)
    assert "returns" not in [question.id for question in home.open_questions()]
    assert ("departs", NONE) in [(question.id, value) for question, value in home.given()]
    assert home.value("departs") is None
    assert home.value("open_ended") is True
    assert facts(lasting, departs=NONE, returns=DEPARTS).value("nights") is None


def test_no_return_contradicts_no_departure(lasting: Pack) -> None:
    """A text says what it means, and a suggestion that needs the day is left out."""
    posted = facts(lasting, departs=DEPARTS, returns=NONE)
    assert list(posted.faults()) == []
    assert posted.value("days_to_departure") == 9
    assert posted.fill_or_mark("Until $returns") == "Until none: a lasting arrangement"
    assert posted.fill("Until $returns") is None
    assert posted.fill_or_mark("Is it? $open_ended") == "Is it? yes"


def test_defaults_follow_from_each_other(pack: Pack) -> None:
    """They are answers only where nothing was answered, and leave the facts as they were."""
    known = facts(pack, devices=("laptop", "phone"))
    assert known.with_defaults().value("count") == 2
    assert known.value("count") is None
    assert facts(pack, count=7, devices=("laptop",)).with_defaults().value("count") == 7


NATION = """\
questions:
  - {id: late, ask: Late?, type: yes-no, when: {working_days_to_departure: {at_most: 5}}}
  - {id: nation, ask: Where do you work?, type: choice,
     choices: {scotland: Scotland, northern-ireland: Northern Ireland, wales: Wales}}
"""
AFTER_CHRISTMAS = datetime.date(2026, 12, 24), datetime.date(2027, 1, 5)
"""Eight weekdays from one to the other, of which people in Scotland work on four."""


def nation(folder: Path, *overlays: str, **answers: Value) -> tuple[str | None, int]:
    """Return whose bank holidays count for packs, and how many working days that leaves."""
    today, departs = AFTER_CHRISTMAS
    found = Facts(load_over(folder, *overlays), {"departs": departs, **answers}, today)
    return found.nation, found.value("working_days_to_departure")


def test_the_topmost_pack_says_whose_bank_holidays_count(tmp_path: Path) -> None:
    """A pack that names no nation leaves it to those below."""
    old = "not_covered: All else.\n"
    base(tmp_path, "pack", old, f"{old}  nation: england-and-wales\n")
    assert nation(tmp_path) == ("england-and-wales", 5)
    scottish = OVER.replace("'1'", "'1', nation: scotland").replace("id: over", "id: over2")
    write(tmp_path / "scottish", {"over": scottish})
    pack = load.load([tmp_path / "scottish"], bundled=tmp_path / "base")
    assert pack.nation == "scotland"


def test_without_a_nation_every_weekday_is_a_working_day(tmp_path: Path) -> None:
    """A pack that stands alone may name none."""
    assert nation(tmp_path) == (None, 8)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("scotland", ("scotland", 4)),
        ("northern-ireland", ("northern-ireland", 5)),
        # Not the name of a nation whose bank holidays are known.
        ("wales", (None, 8)),
    ],
)
def test_the_traveller_may_say_whose_bank_holidays_count(
    tmp_path: Path, answer: str, expected: tuple[str | None, int]
) -> None:
    """Also where an earlier question depends on the number of working days."""
    assert nation(tmp_path, NATION, nation=answer) == expected


def test_a_private_answer_does_not_decide_it(tmp_path: Path) -> None:
    """The days in a report would reveal it."""
    private = NATION.replace("wales: Wales}", "wales: Wales}, private: true")
    assert nation(tmp_path, private, nation="scotland") == (None, 8)


def test_a_question_about_the_nation_comes_before_those_that_need_it(tmp_path: Path) -> None:
    """However they are written."""
    questions = list(load_over(tmp_path, NATION).questions)
    assert questions.index("nation") < questions.index("late")


def test_a_trip_is_gone_when_nobody_needs_it(pack: Pack) -> None:
    """Nothing waits to be found as garbage: a review looks at thousands of trips."""
    gc.collect()
    gc.disable()
    try:
        for _ in range(10):
            assert facts(pack, count=2, **DATES).with_defaults().value("nights") == 4
        assert gc.collect() == 0
    finally:
        gc.enable()
