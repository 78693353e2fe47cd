"""Items that were dropped, lowered, reworded, moved or smuggled in are reported."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.report import samples
from tests.report.samples import EVERYTHING
from tests.review.reports import (
    NEW_ITEM,
    OTHER_VERSION,
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
    with_items,
    without,
)
from travelsec.pack.model import Pack
from travelsec.report.model import Report, ReportItem
from travelsec.report.read import parse_report
from travelsec.trip.statuses import Status

Edit = Callable[[Report], Report]

BEFORE = ("clear-files", "letter", "passwords")
"""The must items before the trip."""
MUSTS = (*BEFORE, "unattended", "hotel-safe")


@pytest.fixture(scope="module")
def report(pack: Pack) -> Report:
    """Make an honest report with a must open, another waived, and advice of each status."""
    return samples.make(
        pack,
        statuses=done(
            letter=Status("todo", how="terminal"),
            hotel_safe=Status("not-applicable", "With family.", how="terminal"),
            wifi=Status("declined", "No other network.", how="terminal"),
        ),
    )


def fitted(report: Report) -> Report:
    """Make verdict, counts and digest fit, with no id twice in a list."""
    made = rejudged(report)
    lists = {name: (*dict.fromkeys(getattr(made.readiness, name)),) for name in ("open", "waived")}
    return sealed(put(made, readiness=put(made.readiness, **lists)))


def item_of(report: Report, name: str) -> ReportItem:
    return next(item for item in report.items if item.id == f"overseas.{name}")


def fields(*names: str, **values: Any) -> Edit:
    """Return what gives items other values."""
    return lambda report: with_items(report, lambda item: put(item, **values), *names)


def leaving_out(*names: str) -> Edit:
    return lambda report: without(report, *names)


def adding(name: str, **values: Any) -> Edit:
    """Return what adds a copy of an item with other values at the end."""
    return lambda report: put(report, items=(*report.items, put(item_of(report, name), **values)))


def swapped(first: str, second: str, *names: str) -> Edit:
    """Return what exchanges fields of two items."""

    def edit(report: Report) -> Report:
        one, other = item_of(report, first), item_of(report, second)
        pairs = {one.id: other, other.id: one}
        items = (
            put(item, **{name: getattr(pairs[item.id], name) for name in names})
            if item.id in pairs
            else item
            for item in report.items
        )
        return put(report, items=tuple(items))

    return edit


def order(key: Callable[[ReportItem], Any], *, backwards: bool = False) -> Edit:
    return lambda report: put(report, items=tuple(sorted(report.items, key=key, reverse=backwards)))


def placed_last(name: str) -> Edit:
    return lambda report: put(
        without(report, name), items=(*without(report, name).items, item_of(report, name))
    )


DOCTORED: dict[str, tuple[Edit, str, tuple[str, ...]]] = {
    # Dropped
    **{f"without {name}": (leaving_out(name), "removed", (name,)) for name in MUSTS},
    "without its advice": (lambda r: without(r, "seals"), "removed", ("seals",)),
    "without what to consider": (lambda r: without(r, "give-back"), "removed", ("give-back",)),
    "without a section": (
        lambda r: without(r, "unattended", "hotel-safe", "wifi"),
        *("removed", ("unattended", "hotel-safe", "wifi")),
    ),
    "without what was waived": (lambda r: without(r, "hotel-safe"), "removed", ("hotel-safe",)),
    "without the return": (
        lambda r: without(r, "report-it", "check-seals", "give-back"),
        *("removed", ("report-it", "check-seals", "give-back")),
    ),
    "without anything": (lambda r: put(r, items=()), "removed", EVERYTHING),
    # Lowered
    **{
        f"{name} as {level}": (fields(name, level=level), "lowered", (name,))
        for name in ("letter", "hotel-safe")
        for level in ("should", "consider")
    },
    "all musts as advice": (fields(*MUSTS, level="should"), "lowered", MUSTS),
    "a must of the return as advice": (
        fields("report-it", level="should"),
        *("lowered", ("report-it",)),
    ),
    "advice as what to consider": (fields("seals", level="consider"), "lowered", ("seals",)),
    "advice as a must": (fields("seals", level="must"), "raised", ("seals",)),
    "levels of two exchanged": (swapped("letter", "seals", "level"), "lowered", ("letter",)),
    # Reworded
    "another label": (fields("letter", label="Take a book"), "reworded", ("letter",)),
    "a label with a mark": (
        fields("letter", label="Carry a letter of introduction."),
        *("reworded", ("letter",)),
    ),
    "a label in capitals": (
        fields("letter", label="CARRY A LETTER OF INTRODUCTION"),
        *("reworded", ("letter",)),
    ),
    "a label with a lookalike": (
        fields("letter", label="Carry a l\u0435tter of introduction"),
        *("reworded", ("letter",)),
    ),
    "a label with a hidden character": (
        fields("letter", label="Carry a letter of intro\u200bduction"),
        *("reworded", ("letter",)),
    ),
    "a label that runs backwards": (
        fields("letter", label="\u202eCarry a letter of introduction"),
        *("reworded", ("letter",)),
    ),
    "a label with another space": (
        fields("letter", label="Carry\u00a0a letter of introduction"),
        *("reworded", ("letter",)),
    ),
    "another thing to do": (fields("letter", do="Do nothing."), "reworded", ("letter",)),
    "more to do": (
        lambda r: with_items(r, lambda i: put(i, do=f"{i.do} Or do not."), "letter"),
        *("reworded", ("letter",)),
    ),
    "a number among what to do": (
        lambda r: with_items(r, lambda i: put(i, do=f"{i.do} Call 0900 1234."), "letter"),
        *("reworded", ("letter",)),
    ),
    "a placeholder filled in otherwise": (
        fields("seals", do="Pack sealed envelopes for no device."),
        *("reworded", ("seals",)),
    ),
    "other nights": (
        fields("insured", do="Insure the bag for 1 nights."),
        "reworded",
        ("insured",),
    ),
    "another reason for it": (fields("letter", why="It looks nice."), "reworded", ("letter",)),
    "no reason for it": (fields("letter", why=""), "reworded", ("letter",)),
    "a reason where there was none": (
        fields("passwords", why="Optional."),
        *("reworded", ("passwords",)),
    ),
    "texts of two exchanged": (
        swapped("letter", "passwords", "label", "do", "why"),
        *("reworded", ("letter", "passwords")),
    ),
    # Cited otherwise, and due otherwise
    "cited otherwise": (fields("letter", cites=("page/carry/bag",)), "reworded", ("letter",)),
    "cited more": (
        fields("letter", cites=("page/carry/letter", "page/carry/bag")),
        *("reworded", ("letter",)),
    ),
    "cited from nowhere": (fields("letter", cites=("none/at/all",)), "reworded", ("letter",)),
    "due a day later": (
        lambda r: with_items(
            r, lambda i: put(i, due=(i.due or r.as_of) + datetime.timedelta(days=1)), "letter"
        ),
        *("reworded", ("letter",)),
    ),
    "due after the return": (
        fields("letter", due=datetime.date(2027, 1, 1)),
        *("reworded", ("letter",)),
    ),
    "due in the first year": (fields("letter", due=datetime.date.min), "reworded", ("letter",)),
    "due in the last year": (fields("letter", due=datetime.date.max), "reworded", ("letter",)),
    "due on no day": (fields("clear-files", due=None), "reworded", ("clear-files",)),
    "due where it was not": (
        fields("passwords", due=datetime.date(2026, 12, 1)),
        *("reworded", ("passwords",)),
    ),
    "days of two exchanged": (
        swapped("letter", "clear-files", "due"),
        *("reworded", ("letter", "clear-files")),
    ),
    # Moved
    "put off to the return": (fields("letter", phase="back"), "reworded", ("letter",)),
    "put off to the journey": (fields("letter", phase="away"), "reworded", ("letter",)),
    "all musts put off": (fields(*MUSTS, phase="back"), "reworded", MUSTS),
    "brought forward": (fields("report-it", phase="before"), "reworded", ("report-it",)),
    "in another section": (fields("letter", section="underway"), "reworded", ("letter",)),
    "in no section of the pack": (fields("letter", section="rest"), "reworded", ("letter",)),
    "in another checklist": (fields("letter", checklist="at-home"), "reworded", ("letter",)),
    "all in another checklist": (
        fields(*EVERYTHING, checklist="at-home"),
        *("reworded", EVERYTHING),
    ),
    # Other ids
    "a lookalike id": (fields("letter", id="overseas.1etter"), "removed", ("letter",)),
    "an id with a letter more": (fields("letter", id="overseas.letters"), "removed", ("letter",)),
    "an id of another checklist": (fields("letter", id="at-home.letter"), "removed", ("letter",)),
    "ids of two exchanged": (
        swapped("letter", "passwords", "id"),
        *("reworded", ("letter", "passwords")),
    ),
    "a former id": (fields("passwords", id="overseas.secrets"), "reworded", ("passwords",)),
    "a former id more": (adding("passwords", id="overseas.secrets"), "twice", ("passwords",)),
    # More than there was
    "twice": (adding("letter"), "twice", ("letter",)),
    "twice, then done": (adding("letter", status="done"), "twice", ("letter",)),
    "twice, then advice": (adding("letter", level="consider"), "twice", ("letter",)),
    "twice, then of the return": (adding("letter", phase="back"), "twice", ("letter",)),
    "an item of no pack": (adding("letter", id="overseas.visa"), "extra", ("visa",)),
    "an item done of no pack": (
        adding("passwords", id="overseas.training", label="Train", status="done"),
        *("extra", ("training",)),
    ),
    "every item twice": (lambda r: put(r, items=r.items * 2), "twice", EVERYTHING),
    # In another order
    "backwards": (lambda r: put(r, items=r.items[::-1]), "reworded", ()),
    "by their ids": (order(lambda item: item.id), "reworded", ()),
    "what is open last": (order(lambda item: item.status == "todo"), "reworded", ()),
    "one at the end": (placed_last("letter"), "reworded", ()),
}


@pytest.mark.parametrize("name", DOCTORED)
def test_doctored_items_are_told(report: Report, pack: Pack, name: str) -> None:
    """With verdict, counts and digest made to fit, as JSON and as a page; no verdict is better."""
    edit, code, items = DOCTORED[name]
    edited = fitted(edit(report))
    page = judge(pack).judge("report.html", parse_report(as_page(edited)))
    for found in (review(edited, pack), page):
        assert told(found)[code].breaks
        assert set(told(found)[code].items) == {f"overseas.{item}" for item in items}
        assert (found.holds, found.verdict) == (False, "not-ready")
        assert "page-edited" not in codes(found)


@pytest.mark.parametrize("name", DOCTORED)
def test_doctored_items_of_another_pack_are_not_good(
    report: Report, tmp_path: Path, name: str
) -> None:
    """There they may be honest: it could not be checked, and what is open stays open."""
    found = review(fitted(DOCTORED[name][0](report)), read_pack(tmp_path, OTHER_VERSION))
    assert found.holds is not True
    assert not found.is_good
    assert {"other-pack", "words-unchecked"} <= codes(found)
    assert (found.verdict, bool(found.open_must)) == ("not-ready", True)


# Honest ones

NOTE = "IT (Ann) says: call 0900 1234 <b>now</b>, see https://example.com\n=1+1 \u202eGo"

HONEST: dict[str, Callable[[Pack], Report]] = {
    "all done": lambda pack: samples.make(pack, statuses=done()),
    "nothing answered": lambda pack: samples.make(pack, statuses={}),
    "notes with anything": lambda pack: samples.make(
        pack, statuses=done(letter=Status("done", note=NOTE, how="terminal"))
    ),
    "reasons with anything": lambda pack: samples.make(
        pack, statuses=done(letter=Status("not-applicable", NOTE, how="terminal"))
    ),
    "reasons for what is done": lambda pack: samples.make(
        pack, statuses=done(letter=Status("done", "As ever.", how="script"))
    ),
    "all waived": lambda pack: samples.make(
        pack,
        statuses={
            f"overseas.{name}": Status("not-applicable", "No.", how="script") for name in EVERYTHING
        },
    ),
    "all declined": lambda pack: samples.make(
        pack,
        statuses={
            f"overseas.{name}": Status("declined", "No.", how="terminal") for name in EVERYTHING
        },
    ),
    "no items": lambda pack: samples.make(pack, {**samples.TRIP, "abroad": "no"}, {}),
    "no dates": lambda pack: samples.make(pack, {"abroad": "yes", "destination": "Lisbon"}, done()),
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_items_are_not_accused(pack: Pack, name: str) -> None:
    made = HONEST[name](pack)
    found = review(made, pack)
    assert codes(found) <= {"waived", "by-script"}
    assert (found.holds, found.verdict) == (True, made.readiness.verdict)


OTHERS: dict[str, tuple[tuple[str, str], ...]] = {
    "an item more": (NEW_ITEM,),
    "an item less": (
        (
            "\n        - {id: passwords, formerly: [secrets], label: Keep passwords apart,"
            " level: must, cites: [page/carry/clear],\n"
            "           do: Keep every password apart from the device it opens.}",
            "",
        ),
    ),
    "an item lowered": (
        ("label: Carry a letter of introduction, level: must", "label: A letter, level: should"),
    ),
    "an item raised": (
        ("label: Pack envelopes, level: should", "label: Pack envelopes, level: must"),
    ),
    "an item reworded": (("I avoid public wifi.", "I leave public wifi alone."),),
    "an item due otherwise": (("due: 10 days before", "due: 12 days before"),),
    "an item cited otherwise": (
        (
            "cites: [page/carry/letter],\n           why: It",
            "cites: [page/carry/bag],\n           why: It",
        ),
    ),
    "an item renamed": (("{id: letter, label", "{id: introduction, formerly: [letter], label"),),
    "another title": (("title: What you carry", "title: In your bag"),),
    "another section": (("id: packing", "id: bag"),),
}


@pytest.mark.parametrize("name", OTHERS)
def test_items_of_another_version_are_not_accused(
    report: Report, tmp_path: Path, name: str
) -> None:
    """The colleague has last month's pack, or next month's: the version is named."""
    newer = read_pack(tmp_path, OTHER_VERSION, *OTHERS[name])
    for made in (report, samples.make(newer, statuses=done())):
        mine = newer if made is report else read_pack(tmp_path / "mine")
        found = review(made, mine)
        assert "other-pack" in codes(found)
        assert not any(difference.breaks for difference in found.differs)
        assert found.holds == "unknown"
