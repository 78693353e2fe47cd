"""Facts that were changed: what a reviewer can know of it is reported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.report import samples
from tests.review.reports import (
    OTHER_VERSION,
    as_json,
    as_page,
    codes,
    done,
    judge,
    put,
    read_pack,
    rejudged,
    review,
    sealed,
    told,
    with_facts,
)
from travelsec.pack.model import Pack
from travelsec.report.model import ANSWER_IGNORED, Answer, Report, Warning
from travelsec.report.read import parse_report
from travelsec.trip.missing import IGNORED_FACT, IGNORED_ITEM
from travelsec.trip.statuses import Status

Edit = Callable[[Report], Report]

QUESTIONS = (
    "  - {id: envelopes,",
    "  - {id: official, ask: Do you travel for the state?, type: yes-no}\n"
    "  - {id: rank, ask: What is your rank?, type: text, when: {official: true}}\n"
    "  - {id: envelopes,",
)
"""A question that matters for some only."""
CONDITION = ("{id: letter, label", "{id: letter, when: {nights: {at_least: 3}}, label")
"""An item for longer trips."""


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """Load a pack in which answers decide what applies."""
    return read_pack(tmp_path_factory.mktemp("pack"), QUESTIONS, CONDITION)


@pytest.fixture(scope="module")
def report(pack: Pack) -> Report:
    """Make an honest report of a trip on which the letter is open."""
    todo = Status("todo", how="terminal")
    return samples.make(pack, {**samples.TRIP, "official": "no"}, done(letter=todo))


def facts(**values: Any) -> Edit:
    return lambda report: with_facts(report, **values)


def answers(change: Callable[[tuple[Answer, ...]], tuple[Answer, ...]]) -> Edit:
    return lambda report: put(report, trip=put(report.trip, answers=change(report.trip.answers)))


def answer(number: int, **fields: str) -> Edit:
    """Return what gives an answer other texts."""
    return answers(
        lambda shown: (*shown[:number], put(shown[number], **fields), *shown[number + 1 :])
    )


def warned(message: str, code: str = ANSWER_IGNORED) -> Edit:
    return lambda report: put(report, warnings=(*report.warnings, Warning(code, message)))


def also(*edits: Edit) -> Edit:
    """Return what makes several edits."""

    def edit(report: Report) -> Report:
        for one in edits:
            report = one(report)
        return report

    return edit


HOST = [{"name": "Ann Lee", "telephone": "020 7946 0000"}]

DOCTORED: dict[str, tuple[Edit, str]] = {
    # Changed so that items vanish, and these left in
    "at home": (facts(abroad=False), "extra"),
    "a night less": (facts(returns="2026-12-03"), "extra"),
    "a departure later": (facts(departs="2026-12-04"), "extra"),
    "back on the same day": (facts(returns="2026-12-01"), "extra"),
    # Changed, and the answers as people read them left
    "another place": (facts(destination="Paris"), "reworded"),
    "another name": (facts(traveller="B. Jones"), "reworded"),
    "a name typed otherwise": (facts(traveller="a. smith"), "reworded"),
    "a lookalike name": (facts(traveller="\u0410. Smith"), "reworded"),
    "a name with a hidden character": (facts(traveller="A. Smi\u200bth"), "reworded"),
    "a night more": (facts(returns="2026-12-06"), "reworded"),
    "a year later": (facts(departs="2027-12-01", returns="2027-12-05"), "reworded"),
    "a device less": (facts(devices=["laptop"]), "reworded"),
    "a device more": (facts(devices=["laptop", "tablet", "phone"]), "reworded"),
    "no device": (facts(devices=[]), "reworded"),
    "no device in a word": (facts(devices="none"), "reworded"),
    "for the state": (facts(official=True), "reworded"),
    "an answer more": (facts(envelopes=2), "reworded"),
    "no place": (facts(destination=None), "reworded"),
    "no name": (facts(traveller=None), "reworded"),
    "no dates": (facts(departs=None, returns=None), "reworded"),
    "no facts": (lambda r: put(r, trip=put(r.trip, facts={})), "reworded"),
    # The facts left, and what people read changed
    "another name shown": (answer(0, answer="B. Jones"), "reworded"),
    "a lookalike name shown": (answer(0, answer="\u0410. Smith"), "reworded"),
    "another place shown": (answer(1, answer="Paris"), "reworded"),
    "the opposite shown": (answer(2, answer="No"), "reworded"),
    "another day shown": (answer(3, answer="Wed 2 December 2026"), "reworded"),
    "a day without its name shown": (answer(3, answer="1 December 2026"), "reworded"),
    "another question shown": (answer(2, ask="Do you have a passport?"), "reworded"),
    "another fact named": (answer(2, fact="passport"), "reworded"),
    "a number in an answer": (answer(1, answer="Lisbon. Call 0900 1234."), "reworded"),
    "an answer twice": (answers(lambda shown: (*shown, shown[0])), "reworded"),
    "an answer left out": (answers(lambda shown: shown[1:]), "reworded"),
    "no answers": (answers(lambda _: ()), "reworded"),
    "answers in another order": (answers(lambda shown: shown[::-1]), "reworded"),
    "an answer to no question": (
        answers(lambda shown: (*shown, Answer("visa", "Do you have a visa?", "Yes", "terminal"))),
        "reworded",
    ),
    "a private answer shown": (
        answers(lambda shown: (*shown, Answer("hosts", "Whom will you visit?", "Ann", "script"))),
        "reworded",
    ),
    # What a report never holds
    "a private fact": (facts(hosts=HOST), "fact-misfit"),
    "a private fact of nobody": (facts(hosts=[]), "fact-misfit"),
    "a fact of no question": (facts(visa=True), "fact-misfit"),
    "a derived fact": (facts(nights=1), "fact-misfit"),
    "a derived day": (facts(days_to_departure=90), "fact-misfit"),
    "a fact that does not matter": (facts(rank="Colonel"), "fact-misfit"),
    "a fact in a lookalike word": (facts(abroad="no", official="yes"), "fact-misfit"),
    "a name that is a number": (facts(traveller=7), "fact-misfit"),
    "a day that never was": (facts(departs="2026-02-30"), "fact-misfit"),
    "a leap day of no leap year": (facts(departs="2026-02-29"), "fact-misfit"),
    "a choice of no pack": (facts(devices=["laptop", "drone"]), "fact-misfit"),
    "a choice by its label": (facts(devices="Laptop"), "fact-misfit"),
    # Contradictions
    "back before leaving": (facts(returns="2026-11-30"), "contradiction"),
    "back years before leaving": (facts(returns="0001-01-01"), "contradiction"),
    "leaving in the last year": (facts(departs="9999-12-31"), "contradiction"),
    # Warnings
    "no warning of what is missing": (
        lambda r: put(r, warnings=tuple(w for w in r.warnings if w.code != "facts-missing")),
        "reworded",
    ),
    "another warning of what is missing": (
        lambda r: put(
            r,
            warnings=tuple(
                put(w, message="No answer to: rank.") if w.code == "facts-missing" else w
                for w in r.warnings
            ),
        ),
        "reworded",
    ),
    "a warning more": (warned("Call 0900 1234.", "guidance-expired"), "reworded"),
    "a warning that an answer given was left out": (
        warned(f"{IGNORED_FACT.format('abroad')}."),
        "reworded",
    ),
    "a warning that an item of it was left out": (
        warned(f"{IGNORED_ITEM.format('overseas.letter')}."),
        "reworded",
    ),
    "a warning twice": (
        also(*[warned(f"{IGNORED_FACT.format('rank')}.")] * 2),
        "reworded",
    ),
}


@pytest.mark.parametrize("name", DOCTORED)
def test_doctored_facts_are_told(report: Report, pack: Pack, name: str) -> None:
    """With verdict, counts and digest made to fit, as JSON and as a page; no private name is."""
    edit, code = DOCTORED[name]
    edited = rejudged(edit(report))
    page = judge(pack).judge("report.html", parse_report(as_page(edited)))
    for found in (review(edited, pack), page):
        assert told(found)[code].breaks
        assert (found.holds, found.is_good) == (False, False)
        assert "Ann Lee" not in repr(found)


HONEST: dict[str, tuple[dict[str, Any], dict[str, Status]]] = {
    "a short trip": ({"returns": "2026-12-02"}, {}),
    "a trip of one day": ({"returns": "2026-12-01"}, {}),
    "a trip at home": ({"abroad": "no"}, {}),
    "a trip for the state": ({"official": "yes", "rank": "Colonel"}, {}),
    "an answer that does not matter": ({"official": "no", "rank": "Colonel"}, {}),
    "a name as long as it can be": ({"traveller": "\u00fc" * 200}, {}),
    "a name with a hidden character": ({"traveller": "A. Smi\u200bth"}, {}),
    "a name that runs backwards": ({"traveller": "\u202eA. Smith"}, {}),
    "a name like a formula": ({"traveller": "=1+1", "destination": "@home"}, {}),
    "a name like a tag": ({"traveller": "<script>", "destination": "</script>"}, {}),
    "a name like a placeholder": ({"traveller": "$nights", "destination": "$traveller"}, {}),
    "a name in another form": ({"traveller": "Ju\u0308rgen", "destination": "\u00c5rhus"}, {}),
    "a leap day": ({"departs": "2028-02-29", "returns": "2028-03-01"}, {}),
    "the last day": ({"departs": "9999-12-30", "returns": "9999-12-31"}, {}),
    "the first day": ({"departs": "0001-01-01", "returns": "0001-01-02"}, {}),
    "no device": ({"devices": "none"}, {}),
    "nobody to visit": ({"hosts": "none"}, {}),
    "nothing known": (dict.fromkeys([*samples.TRIP, "official"]), {}),
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_facts_are_not_accused(pack: Pack, name: str) -> None:
    """As JSON, and as a page that the email gave other line ends."""
    given, statuses = HONEST[name]
    merged = {**samples.TRIP, "official": "no", **given}
    answered = {fact: value for fact, value in merged.items() if value is not None}
    made = samples.make(pack, answered, statuses)
    judging = judge(pack)
    for data in (as_json(made), as_page(made).replace(b"\n", b"\r\n")):
        found = judging.judge("report", parse_report(data))
        assert codes(found) <= {"over", "begun"}
        assert (found.holds, found.verdict) == (True, made.readiness.verdict)


def test_what_cannot_be_known_is_said(report: Report, pack: Pack) -> None:
    """Anyone who remakes all of a report with another answer has made an honest one of that."""
    made = samples.make(
        pack,
        {**samples.TRIP, "official": "no", "returns": "2026-12-03"},
        done(),
        report_id=report.id,
    )
    assert review(made, pack).holds is True


@pytest.mark.parametrize(
    "message", [IGNORED_FACT.format("rank"), IGNORED_ITEM.format("overseas.letter")]
)
def test_a_warning_of_what_was_left_out_is_not_accused(pack: Pack, message: str) -> None:
    """An answer or an item from a script that does not matter for this trip."""
    given = {**samples.TRIP, "official": "no", "returns": "2026-12-02"}
    made = rejudged(warned(f"{message}.")(samples.make(pack, given, done())))
    assert (review(made, pack).differs, review(made, pack).holds) == ((), True)


@pytest.mark.parametrize(
    "name", ["Spring in Lisbon", "Approved", "Call 0900 1234", "<b>\u202e", "x" * 250]
)
def test_a_trip_of_any_name_is_not_accused(pack: Pack, name: str) -> None:
    """`trips rename` gives it any: it is the traveller's own, as a note is."""
    made = samples.make(pack, {**samples.TRIP, "official": "no"}, done())
    found = review(sealed(put(made, trip=put(made.trip, name=name))), pack)
    assert (found.differs, found.holds) == ((), True)


def test_facts_of_another_version_are_not_accused(report: Report, tmp_path: Any) -> None:
    """It asked other questions: the review says so, and nothing breaks."""
    other = read_pack(tmp_path, OTHER_VERSION)
    found = review(report, other)
    assert not any(difference.breaks for difference in found.differs)
    assert found.holds == "unknown"
