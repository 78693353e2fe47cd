"""Reports are judged again: edits come to light, and honest reports hold."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report import samples
from tests.report.samples import EVERYTHING, TRIP
from tests.review.reports import (
    MANAGER,
    NEW_ITEM,
    OTHER_VERSION,
    as_json,
    as_page,
    codes,
    done,
    judge,
    put,
    read_pack,
    received,
    rejudged,
    review,
    sealed,
    told,
    with_facts,
    with_items,
    without,
)
from travelsec.pack.load import load
from travelsec.pack.model import LEVELS, Level, Pack
from travelsec.report import html, markdown, text
from travelsec.report.model import ANSWER_IGNORED, WORDS, PackRef, Report, Warning
from travelsec.report.read import parse_report
from travelsec.review.judge import Judge
from travelsec.review.model import SetAside
from travelsec.safe_text import is_visible
from travelsec.trip.missing import IGNORED_RETIRED
from travelsec.trip.statuses import Status, StatusWord

# Honest reports

LINK = (
    "contacts:\n",
    "contacts:\n"
    "  - {id: web, name: More to read, url: https://example.org/a, cites: [page/carry/bag]}\n",
)
STEP = (
    "steps: [{do: Stay on the line., cites: [page/carry/bag]}]",
    "steps: [{do: Stay on the line., cites: [page/carry/bag]},\n"
    "      {do: Confirm it., when: {abroad: true}, cites: [page/carry/bag]}]",
)


@pytest.mark.parametrize("abroad", ["yes", "no"])
def test_steps_for_managers_have_conditions(tmp_path: Path, abroad: str) -> None:
    """Every view of the report follows them, and a review expects no other steps."""
    pack = read_pack(tmp_path, STEP)
    made = samples.make(pack, {**TRIP, "abroad": abroad})
    assert review(made, pack).holds
    for show in (text.render, markdown.render, html.render):
        assert ("Confirm it" in show(made)) is (abroad == "yes")
    steps = ("Stay on the line.", *(() if abroad == "yes" else ("Confirm it.",)))
    edited = sealed(put(made, on_call=(put(made.on_call[0], steps=steps),)))
    assert not review(edited, pack).holds


def test_related_links_are_in_every_view_and_are_compared(tmp_path: Path) -> None:
    """They are no contacts; HTML links to pages on the web only."""
    pack = read_pack(tmp_path, LINK)
    made = samples.make(pack)
    assert review(made, pack).holds
    for show in (text.render, markdown.render, html.render):
        assert "Related links" in show(made).replace("RELATED", "Related").replace("LINKS", "links")
        assert "More to read" in show(made)
    assert '<a href="https://example.org/a">More to read</a>' in html.render(made)
    assert all("example.org/a" not in one for call in made.on_call for one in call.contacts)
    other = sealed(put(made, links=(put(made.links[0], url="javascript:alert()"),)))
    assert "javascript:" not in re.findall(r'href="([a-z]+:)', html.render(other))
    assert "related links" in told(review(other, pack))["reworded"].message


ITEM_CONTACTS = (
    ("{id: letter, label", "{id: letter, contacts: [visits, form, inland], label"),
    (
        "contacts:\n",
        "contacts:\n"
        "  - {id: visits, name: Visits, tel: +44 20 7946 0001, email: v@example.org,\n"
        "     hours: weekdays, cites: [page/carry/bag]}\n"
        "  - {id: form, name: The form, url: https://example.org/f, cites: [page/carry/bag]}\n"
        "  - {id: inland, name: Inland, note: Ask., when: {abroad: false},\n"
        "     cites: [page/carry/bag]}\n",
    ),
)


def test_the_contacts_of_an_item_are_in_every_view_and_are_compared(tmp_path: Path) -> None:
    """With both numbers for a trip abroad; a contact for other trips is left out."""
    pack = read_pack(tmp_path, *ITEM_CONTACTS)
    made = samples.make(pack)
    (item,) = (one for one in made.items if one.id == "overseas.letter")
    assert item.contacts == (
        "Visits (weekdays): Telephone in the UK 020 7946 0001; Telephone from abroad "
        "+44 20 7946 0001; E-mail v@example.org",
        "The form: Web https://example.org/f",
    )
    assert review(made, pack).holds
    for show in (text.render, markdown.render, html.render):
        shown = show(made).replace("\\", "")
        assert "Contact: Visits (weekdays)" in shown
        assert "Inland" not in shown
    for contacts in ((), ("Visits: E-mail x@example.org",), item.contacts[::-1]):
        edited = sealed(with_items(made, partial(put, contacts=contacts), "letter"))
        found = told(review(edited, pack))["reworded"]
        assert (found.items, found.breaks) == (("overseas.letter",), True)


def test_one_judge_expects_the_contacts_and_hours_of_each_trip(tmp_path: Path) -> None:
    """What fits one traveller does not fit the next."""
    pack = read_pack(
        tmp_path,
        ("{id: letter, label", "{id: letter, contacts: [desk, mobile], label"),
        (
            "contacts:\n",
            "contacts:\n"
            "  - {id: desk, name: Desk, note: Ask., hours: weekdays, cites: [page/carry/bag],\n"
            "     hours_for: [{hours: always, when: {devices: tablet}}]}\n"
            "  - {id: mobile, name: Mobile, note: Ring., when: {devices: phone},\n"
            "     cites: [page/carry/bag]}\n",
        ),
    )
    expected = {
        "phone": ("Desk (weekdays): Ask.", "Mobile: Ring."),
        "tablet": ("Desk (always): Ask.",),
        "laptop": ("Desk (weekdays): Ask.",),
    }
    one = judge(pack)
    for device, contacts in expected.items():
        made = samples.make(pack, {**TRIP, "devices": device})
        (item,) = (item for item in made.items if item.id == "overseas.letter")
        assert item.contacts == contacts
        assert one.judge("r.json", received(made)).holds


@pytest.mark.parametrize("abroad", ["yes", "no"])
def test_what_is_not_covered_of_a_trip_is_judged_by_the_rule(tmp_path: Path, abroad: str) -> None:
    """A trip at home may leave out what does not matter there; one abroad was edited if it does."""
    old = 'ask the travel desk."\n'
    pack = read_pack(tmp_path, (old, f"{old}  not_covered_when: {{abroad: true}}\n"))
    made = samples.make(pack, {**TRIP, "abroad": abroad})
    assert review(made, pack).holds
    edited = sealed(covered(made))
    assert review(edited, pack).holds is (abroad == "no")
    # What the reviewer is told comes from the packs, not from the report.
    assert bool(review(edited, pack).not_covered) is (abroad == "yes")


def test_an_honest_report_holds(report: Report, pack: Pack) -> None:
    """Nothing is reported of it, and what it is about is there."""
    found = review(report, pack)
    assert (found.differs, found.holds, found.verdict, found.stated) == ((), True, "ready", "ready")
    assert (found.traveller, found.destination) == ("A. Smith", "Lisbon")
    assert (found.departs, found.returns) == ("2026-12-01", "2026-12-05")
    assert (found.report, found.trip_id) == (samples.REPORT_ID, samples.TRIP_ID)
    assert (found.as_of, found.created) == ("2026-11-24", "2026-11-24T08:30:05Z")
    assert (found.open, found.waived, found.declined) == ((), (), ())
    assert found.is_good


def test_what_is_open_and_set_aside_is_told(pack: Pack) -> None:
    """Musts that are open, all that is open, what is waived or declined and why."""
    found = review(samples.make(pack), pack)
    assert (found.holds, found.verdict, codes(found)) == (True, "not-ready", {"waived"})
    assert set(found.open_must) == {"overseas.clear-files", "overseas.letter"}
    assert set(found.open) - set(found.open_must) == {
        *("overseas.consider-bag", "overseas.seals", "overseas.wifi")
    }
    assert found.waived == (
        SetAside("overseas.hotel-safe", "Use the hotel safe", "Staying with family."),
    )
    assert found.declined == (SetAside("overseas.seals", "Pack envelopes", "There are none left."),)
    assert told(found)["waived"].items == ("overseas.hotel-safe",)
    assert not found.is_good


def test_an_honest_page_holds(report: Report, pack: Pack) -> None:
    """As HTML, and with the line ends that a mail program may have given it."""
    page = as_page(report)
    for data in (page, page.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + page):
        assert judge(pack).judge("report.html", parse_report(data)).differs == ()


def test_json_of_any_shape_holds(report: Report, pack: Pack) -> None:
    """White space and the order of what is read mean nothing to the digest."""
    compact = b" ".join(as_json(report).split())
    assert judge(pack).judge("report.json", parse_report(compact)).differs == ()


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "traveller": st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1),
        "destination": st.sampled_from(["Lisbon", "<b>", "=1+1", "$nights", "[link=x]y"]),
        "abroad": st.sampled_from(["yes", "no"]),
        "departs": st.sampled_from(["2026-11-01", "2026-11-24", "2026-12-01"]),
        "returns": st.sampled_from(["2026-12-01", "2026-12-02", "9999-12-31"]),
        "devices": st.sampled_from(["none", "laptop", "phone, tablet", "laptop, tablet, phone"]),
        "envelopes": st.sampled_from(["0", "999999"]),
        "hosts": st.sampled_from([["Ann Lee, 020 7946 0000"]]),
    },
)
REASONS = st.text(
    st.characters(exclude_categories=["Cs", "Z", "Cc"]), min_size=1, max_size=5
).filter(is_visible)
ANSWERED: tuple[StatusWord, ...] = ("done", "todo", "not-applicable", "declined")
STATUSES = st.dictionaries(
    st.sampled_from([f"overseas.{name}" for name in EVERYTHING]),
    st.builds(
        Status,
        st.sampled_from(ANSWERED),
        reason=REASONS,
        note=st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
        how=st.sampled_from(["terminal", "script"]),
    ),
)
REMARKS = {"waived", "by-script", "begun", "over"}
"""What is reported of honest reports too."""


@pytest.fixture(scope="module")
def busy(pack: Pack) -> Judge:
    """Return a judge that has seen, and may remember, many reports."""
    return judge(pack)


@given(ANSWERS, STATUSES)
def test_every_report_that_is_made_holds(
    busy: Judge, pack: Pack, facts: dict[str, Any], statuses: dict[str, Status]
) -> None:
    """Read back under the same packs on the same day it holds, with the same verdict."""
    made = samples.make(pack, facts, statuses)
    fresh = review(made, pack)
    assert busy.judge("report.json", received(made)) == fresh
    for found in (fresh, judge(pack).judge("report.html", parse_report(as_page(made)))):
        assert codes(found) <= REMARKS
        assert found.holds
        assert found.verdict == made.readiness.verdict
        assert set(found.open) == set(made.readiness.open)
        assert {one.id for one in found.waived} == set(made.readiness.waived)


def test_every_report_made_with_the_bundled_pack_holds() -> None:
    """With all of its conditions and placeholders, whatever the trip."""
    bundled = load()
    trips: list[dict[str, Any]] = [
        {},
        {"abroad": "no", "devices": "laptop"},
        {"abroad": "yes", "official": "yes", "devices": "laptop, phone", "plans": "printing"},
        {"abroad": "yes", "departs": "2026-12-01", "returns": "2026-12-09", "device_count": "2"},
    ]
    for facts in trips:
        found = review(samples.make(bundled, facts, {}), bundled)
        assert (found.differs, found.holds, found.verdict) == ((), True, "not-ready")


# Each thing that can differ


def lower(report: Report) -> Report:
    """Call a must advice that nobody needs to follow."""
    return with_items(report, lambda item: put(item, level="consider"), "letter")


def twice(report: Report) -> Report:
    """Answer an item once more."""
    return put(report, items=(*report.items, report.items[1]))


def under_two_names(report: Report) -> Report:
    """Answer an item under the id it once had, too."""
    again = next(put(one, id="overseas.secrets") for one in report.items if "passw" in one.id)
    return put(report, items=(*report.items, again))


def status(word: StatusWord, reason: str = "", how: Any = "terminal") -> Any:
    """Return what gives an item this status."""
    return lambda item: put(item, status=word, reason=reason, how=how)


def retitled(report: Report) -> Report:
    """Name a checklist otherwise."""
    return put(report, titles=report.titles | {"overseas": "Nothing to worry about"})


def other_number(report: Report) -> Report:
    """Give the manager a number of one's own to call."""
    calls = (put(report.on_call[0], contacts=("Security: Telephone 0900 1234",)),)
    return put(report, on_call=calls)


def other_answer(report: Report) -> Report:
    """Show the manager another answer than the one that was judged."""
    answers = (put(report.trip.answers[0], answer="B. Jones"), *report.trip.answers[1:])
    return put(report, trip=put(report.trip, answers=answers))


def covered(report: Report) -> Report:
    """Leave out what the packs do not cover."""
    return put(report, readiness=put(report.readiness, not_covered=()))


def verdict(word: Any) -> Callable[[Report], Report]:
    """Return what writes a verdict into a report."""
    return lambda report: put(report, readiness=put(report.readiness, verdict=word))


def reworded(**fields: Any) -> Callable[[Report], Report]:
    """Return what gives an item other words."""
    return lambda report: with_items(report, lambda item: put(item, **fields), "letter")


EDITS: dict[str, tuple[Callable[[Report], Report], str, tuple[str, ...]]] = {
    "an item removed": (lambda r: without(r, "letter"), "removed", ("letter",)),
    "two removed": (lambda r: without(r, "letter", "wifi"), "removed", ("letter", "wifi")),
    "removed for the return": (lambda r: without(r, "report-it"), "removed", ("report-it",)),
    "a level lowered": (lower, "lowered", ("letter",)),
    "a level raised": (
        lambda r: with_items(r, lambda item: put(item, level="must"), "wifi"),
        *("raised", ("wifi",)),
    ),
    "another day to do it by": (
        reworded(due=datetime.date(2026, 12, 4)),
        *("reworded", ("letter",)),
    ),
    "no day to do it by": (reworded(due=None), "reworded", ("letter",)),
    "a warning left out": (lambda r: put(r, warnings=()), "reworded", ()),
    "a warning written in": (
        lambda r: put(r, warnings=(*r.warnings, put(r.warnings[0], message="Call 0900 1234."))),
        *("reworded", ()),
    ),
    "a warning of no answer": (
        lambda r: put(
            r, warnings=(*r.warnings, put(r.warnings[0], code=ANSWER_IGNORED, message="Call 0900."))
        ),
        *("reworded", ()),
    ),
    "a title left out": (
        lambda r: put(r, titles=dict(list(r.titles.items())[1:])),
        *("reworded", ()),
    ),
    "items in another order": (lambda r: put(r, items=r.items[::-1]), "reworded", ()),
    "a text that nobody filled in": (
        lambda r: with_items(
            r, lambda item: put(item, do="Pack sealed envelopes for $devices."), "seals"
        ),
        *("reworded", ("seals",)),
    ),
    "a private answer": (lambda r: with_facts(r, hosts=["ann-lee"]), "fact-misfit", ()),
    "an answer to no question": (lambda r: with_facts(r, weather="fine"), "fact-misfit", ()),
    "an item twice": (twice, "twice", ("clear-files",)),
    "an item under the id it once had": (
        lambda r: with_items(r, lambda item: put(item, id="overseas.secrets"), "passwords"),
        *("reworded", ("passwords",)),
    ),
    "an item under two names": (under_two_names, "twice", ("passwords",)),
    "another label": (reworded(label="Nothing"), "reworded", ("letter",)),
    "another order": (reworded(do="Call 0900 1234."), "reworded", ("letter",)),
    "another reason for it": (reworded(why="For fun."), "reworded", ("letter",)),
    "other sources": (reworded(cites=("page",)), "reworded", ("letter",)),
    "another phase": (reworded(phase="back"), "reworded", ("letter",)),
    "another section": (reworded(section="underway"), "reworded", ("letter",)),
    "another checklist": (reworded(checklist="other"), "reworded", ("letter",)),
    "another title": (retitled, "reworded", ()),
    "another number to call": (other_number, "reworded", ()),
    "another answer shown": (other_answer, "reworded", ()),
    "what is not covered left out": (covered, "reworded", ()),
    "a choice that is none": (lambda r: with_facts(r, devices=["radio"]), "fact-misfit", ()),
    "a date that is none": (lambda r: with_facts(r, departs="soon"), "fact-misfit", ()),
    "a number as text": (lambda r: with_facts(r, envelopes="2"), "fact-misfit", ()),
    "yes in a word": (lambda r: with_facts(r, abroad="yes"), "fact-misfit", ()),
    "choices out of order": (
        lambda r: with_facts(r, devices=["phone", "laptop"]),
        "fact-misfit",
        (),
    ),
    "a choice twice": (
        lambda r: with_facts(r, devices=["laptop", "laptop", "phone"]),
        *("fact-misfit", ()),
    ),
    "the return before departure": (
        lambda r: with_facts(r, returns="2026-11-30"),
        *("contradiction", ()),
    ),
    "an answer changed so that nothing applies": (
        lambda r: with_facts(r, abroad=False),
        *("extra", EVERYTHING),
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_comes_to_light(report: Report, pack: Pack, name: str) -> None:
    """Even if all that follows was made to fit it: it does not hold, and the reason is given."""
    edit, code, items = EDITS[name]
    honest, found = review(report, pack), review(rejudged(edit(report)), pack)
    assert honest.holds
    assert not found.holds
    assert not found.is_good
    assert code in codes(found)
    assert told(found)[code].breaks
    assert set(told(found)[code].items) == {f"overseas.{item}" for item in items}
    assert "digest" not in codes(found)


@pytest.mark.parametrize("name", EDITS)
def test_a_careless_edit_shows_in_the_digest(report: Report, pack: Pack, name: str) -> None:
    """Whatever was edited, if the digest was not worked out again."""
    found = review(put(rejudged(EDITS[name][0](report)), digest=report.digest), pack)
    assert told(found)["digest"].breaks


@pytest.mark.parametrize("name", EDITS)
def test_under_another_version_the_version_is_told(
    report: Report, tmp_path: Path, name: str
) -> None:
    """Then an item that is missing, lowered or too many may come from the other version."""
    edit, _, _ = EDITS[name]
    other = read_pack(tmp_path, OTHER_VERSION)
    found = review(rejudged(edit(report)), other)
    assert "other-pack" in codes(found)
    assert not codes(found) & {"removed", "extra", "reworded"}
    still = {"twice", "contradiction"} & codes(found)
    assert found.holds == (False if still else "unknown")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("an item removed", {"removed", "verdict"}),
        ("removed for the return", {"removed"}),
        ("a level lowered", {"lowered"}),
        ("another number to call", {"reworded"}),
        ("the return before departure", {"reworded", "contradiction"}),
    ],
)
def test_nothing_else_is_told_of_an_edit(
    report: Report, pack: Pack, name: str, expected: set[str]
) -> None:
    """Only the edit, and what follows from it."""
    assert codes(review(rejudged(EDITS[name][0](report)), pack)) == expected


@pytest.mark.parametrize("given", ["ready", "ready-with-actions", "not-ready"])
def test_an_edited_verdict_is_told(pack: Pack, given: str) -> None:
    """Only the verdict that its own items give is no edit."""
    report = samples.make(pack, statuses=done(wifi=Status("todo", how="terminal")))
    found = review(sealed(verdict(given)(report)), pack)
    expected = set() if given == "ready-with-actions" else {"verdict-edited"}
    assert codes(found) == expected
    assert found.holds == (not expected)
    assert found.verdict == "ready-with-actions"
    assert found.stated == given
    if expected:
        said = {"ready": "ready", "not-ready": "not ready"}[given]
        assert told(found)["verdict-edited"].message == (
            f"Its verdict was edited: it says “{said}”, its own items say “ready, with actions”."
        )


@pytest.mark.parametrize("field", ["open", "waived", "counts"])
def test_what_stands_beside_the_verdict_is_compared_too(pack: Pack, field: str) -> None:
    """A shorter list of what is open is an edit as well."""
    report = samples.make(pack)
    empty: Any = dict.fromkeys(report.readiness.counts, 0) if field == "counts" else ()
    found = review(sealed(put(report, readiness=put(report.readiness, **{field: empty}))), pack)
    assert told(found)["verdict-edited"].breaks
    assert told(found)["verdict-edited"].message.startswith("The numbers beside its verdict")


def test_of_two_answers_the_open_one_counts(report: Report, pack: Pack) -> None:
    """In whichever order they stand, however many there are."""
    first = next(item for item in report.items if item.id == "overseas.letter")
    others = tuple(item for item in report.items if item is not first)
    answers = (first, put(first, status="todo"), put(first, status="done"))
    for order in itertools.permutations(answers):
        found = review(rejudged(put(report, items=(*order, *others))), pack)
        assert (found.verdict, found.open_must) == ("not-ready", ("overseas.letter",))
        assert "twice" in codes(found)


def test_an_item_under_its_former_id_is_known(tmp_path: Path) -> None:
    """An older pack called it otherwise: its answer counts."""
    renamed = ("{id: passwords,", "{id: codes, formerly: [passwords],")
    (tmp_path / "older").mkdir()
    older = samples.read_pack(tmp_path / "older")
    (tmp_path / "newer").mkdir()
    newer = samples.read_pack(tmp_path / "newer", renamed, OTHER_VERSION)
    found = review(samples.make(older, statuses=done()), newer)
    assert (found.verdict, found.holds, codes(found)) == ("ready", "unknown", OTHER_PACK)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["a warning left out"], "warnings"),
        (["another title", "a warning left out"], "titles and warnings"),
        (
            ["another number to call", "another answer shown", "what is not covered left out"],
            "the answers as people read them; the steps and numbers for a call; "
            "what is not covered",
        ),
    ],
)
def test_the_texts_that_were_changed_are_named(
    report: Report, pack: Pack, names: list[str], words: str
) -> None:
    """Those, and no others."""
    for name in names:
        report = EDITS[name][0](report)
    found = review(sealed(report), pack)
    assert [(one.code, one.message) for one in found.differs] == [
        ("reworded", f"Not as travelsec writes it: {words}.")
    ]


@pytest.mark.parametrize(
    "texts", [(), (("for $devices", "for each device"), ("$nights nights", "every night"))]
)
def test_items_that_changed_places_are_told(
    tmp_path: Path, texts: tuple[tuple[str, str], ...]
) -> None:
    """Each id stands with the texts of the other, in the order of the texts."""
    pack = read_pack(tmp_path, *texts)
    report = samples.make(pack)
    # Two that are due at no day: what they say is all that tells them apart.
    other = {"overseas.passwords": "overseas.insured", "overseas.insured": "overseas.passwords"}
    swapped = tuple(put(item, id=other.get(item.id, item.id)) for item in report.items)
    found = told(review(sealed(put(report, items=swapped)), pack))
    assert set(found["reworded"].items) == set(other)


# Another pack

OTHER_PACK = {"other-pack", "words-unchecked"}


def test_a_newer_version_asks_for_more(report: Report, tmp_path: Path) -> None:
    """What the report cannot have is open, told, and no fault of the traveller's."""
    newer = read_pack(tmp_path, OTHER_VERSION, NEW_ITEM)
    found = review(report, newer)
    assert codes(found) == OTHER_PACK | {"not-in-report", "verdict"}
    assert (found.holds, found.verdict, found.stated) == ("unknown", "not-ready", "ready")
    assert found.open_must == told(found)["not-in-report"].items == ("overseas.locks",)
    assert told(found)["other-pack"].message.endswith("pack small: 2.1; yours is 2.2.")
    assert not found.is_good


def test_an_older_version_asks_for_less(pack: Pack, tmp_path: Path) -> None:
    """What it does not know is not judged, and told; a level can have been lower then."""
    more = read_pack(tmp_path / "more", OTHER_VERSION, NEW_ITEM, ("safe, level", "safe, level"))
    statuses = {**done(), "overseas.locks": Status("todo", how="terminal")}
    found = review(samples.make(more, statuses=statuses), pack)
    assert codes(found) == OTHER_PACK | {"not-in-packs", "verdict"}
    assert told(found)["not-in-packs"].items == ("overseas.locks",)
    assert (found.holds, found.verdict, found.stated) == ("unknown", "ready", "not-ready")
    assert not found.is_good


def test_a_level_that_was_raised_since_counts(tmp_path: Path, pack: Pack) -> None:
    """Under another version that is no edit, but the manager's level decides."""
    lax = (
        "Carry a letter of introduction, level: must",
        "Carry a letter of introduction, level: should",
    )
    older = read_pack(tmp_path, ('version: "2.1"', 'version: "2.0"'), lax)
    found = review(samples.make(older, statuses=done(letter=Status("todo", how="terminal"))), pack)
    assert codes(found) == OTHER_PACK | {"lowered", "verdict"}
    assert (found.holds, found.verdict) == ("unknown", "not-ready")


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(
            lambda r: with_items(r, lambda item: put(item, level="consider"), "clear-files"),
            id="a level lowered",
        ),
        pytest.param(lambda r: without(r, "letter"), id="an open item removed"),
        pytest.param(reworded(phase="back"), id="an item put off to the return"),
    ],
)
def test_with_other_packs_a_report_is_held_against_itself(
    pack: Pack, edit: Callable[[Report], Report]
) -> None:
    """Of whose packs its items are does not matter for that: its numbers are not theirs."""
    report = samples.make(pack)
    other = put(report, packs=(put(report.packs[0], digest="0" * 64),))
    assert review(sealed(other), pack).holds
    found = review(sealed(edit(other)), pack)
    assert "verdict-edited" in codes(found)
    assert not found.holds


def test_an_answer_that_is_no_longer_asked_for_is_no_edit(pack: Pack) -> None:
    """A script may still give it; the report says that it was left out."""
    text = f"{IGNORED_RETIRED.format('service_desk')}."
    report = samples.make(pack)
    report = put(report, warnings=(*report.warnings, Warning(ANSWER_IGNORED, text)))
    assert review(sealed(report), pack).holds


# Pages and versions of travelsec


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"A. Smith", b"B. Jones"),
        (b"</body>", b"<p>Call 0900 1234.</p></body>"),
        (b"</html>\n", b"</html>\n<!-- -->"),
        (b"<html ", b"<html hidden "),
    ],
)
def test_a_page_that_was_edited_is_told(report: Report, pack: Pack, old: bytes, new: bytes) -> None:
    """What people see there is not what the data says, though the data holds."""
    page = as_page(report)
    assert old in page
    head, data = page.split(b'<script type="application/json"')
    edited = head.replace(old, new) + b'<script type="application/json"' + data
    if old not in head:
        edited = head + b'<script type="application/json"' + data.replace(old, new)
    found = judge(pack).judge("report.html", parse_report(edited))
    assert codes(found) == {"page-edited"}
    assert not found.holds


@pytest.mark.parametrize("words", [0, WORDS + 1])
def test_other_words_are_not_compared(report: Report, pack: Pack, words: int) -> None:
    """An honest report of an older or newer travelsec is reported as that, and not accused."""
    other = sealed(put(report, tool=put(report.tool, words=words)))
    page = judge(pack).judge("report.html", parse_report(as_page(other)))
    assert codes(page) == {"page-unchecked", "words-unchecked"}
    assert page.holds
    # Writing another number into a report must not silence the check without a word.
    renumbered = sealed(put(other_number(report), tool=put(report.tool, words=words)))
    assert codes(review(renumbered, pack)) == {"words-unchecked"}


def test_the_same_words_of_another_version_are_compared(report: Report, pack: Pack) -> None:
    """A new version of travelsec need not change the words."""
    older = sealed(put(report, tool=put(report.tool, version="0.0.1")))
    assert not codes(judge(pack).judge("report.html", parse_report(as_page(older))))
    edited = sealed(put(other_number(report), tool=put(report.tool, version="0.0.1")))
    assert codes(review(edited, pack)) == {"reworded"}


def test_a_verdict_does_not_change_because_time_passes(tmp_path: Path) -> None:
    """An item that came up since the report was made is named, and leaves the verdict alone."""
    late = ("{id: letter, label", "{id: letter, when: {days_to_departure: {at_most: 3}}, label")
    pack = read_pack(tmp_path, late)
    report = samples.make(pack, statuses=done())
    assert "overseas.letter" not in {item.id for item in report.items}
    assert review(report, pack).verdict == "ready"
    found = review(report, pack, datetime.date(2026, 11, 29))
    assert (found.verdict, found.open, found.holds) == ("ready", (), True)
    assert codes(found) == {"other-date", "since"}
    assert told(found)["since"].items == ("overseas.letter",)
    assert judge(pack, datetime.date(2026, 11, 29)).musts(report) == judge(pack).musts(report)


@pytest.mark.parametrize(
    ("as_of", "is_told"),
    [("2026-11-23", False), ("2026-11-25", False), ("2026-11-22", True), ("2026-12-20", True)],
)
def test_a_report_that_was_made_on_another_day_than_it_is_judged_for(
    pack: Pack, as_of: str, is_told: bool
) -> None:
    """Notice that is too short on one day is enough on an earlier one; a day may be the zone."""
    day = datetime.date.fromisoformat(as_of)
    report = samples.make(pack, statuses=done(), today=day)
    found = review(report, pack, day)
    assert (found.holds, "made-another-day" in codes(found)) == (True, is_told)


def test_what_is_kept_from_one_trip_is_not_told_of_another(tmp_path: Path) -> None:
    """Not even where trips differ in nothing but how soon they begin, or in the day of the review.

    A judge that has seen many says of each what one that sees it first does.
    """
    place, item = NEW_ITEM
    soon = (place, item.replace("level: must,", "level: must, when: {nights: {at_most: 6}},"))
    late = (place, item.replace("id: more", "id: late").replace("locks", "bars"))
    by_day = (late[0], late[1].replace("must,", "must, when: {days_to_departure: {at_most: 3}},"))
    pack = read_pack(tmp_path, soon, by_day)
    manager = judge(pack)
    reports = [
        samples.make(pack, {**TRIP, "departs": departs, "returns": returns}, done(), today=today)
        for departs in ("2026-11-26", "2026-12-01")
        for returns in ("2026-12-02", "2026-12-09")
        for today in (samples.TODAY, datetime.date(2026, 11, 20))
    ]
    shown = set()
    for made in [*reports, *reversed(reports)]:
        found = manager.judge("report.json", received(made))
        assert found == review(made, pack)
        assert found.holds
        shown.add(found.open)
    assert shown == {
        (),
        ("overseas.locks",),
        ("overseas.bars",),
        ("overseas.locks", "overseas.bars"),
    }


@pytest.mark.parametrize("value", [True, 7, [], ["x"], "x" * 200])
def test_a_name_that_is_none_is_no_fault_of_the_program(
    report: Report, pack: Pack, value: Any
) -> None:
    """A stranger can put anything where a name or a date should be."""
    names = ("traveller", "destination", "departs", "returns", "abroad", "devices", "hosts", "no")
    found = review(sealed(with_facts(report, **dict.fromkeys(names, value))), pack)
    assert not found.holds
    assert isinstance(found.traveller, str)
    assert (found.departs, found.returns) == ("", "")


# However a report is edited


RANK = ("ready", "ready-with-actions", "not-ready")
EDIT = st.fixed_dictionaries(
    {
        "gone": st.sets(st.sampled_from(EVERYTHING)),
        "levels": st.dictionaries(st.sampled_from(EVERYTHING), st.sampled_from(LEVELS)),
        "back": st.sets(st.sampled_from(EVERYTHING)),
        "renamed": st.sets(st.sampled_from(EVERYTHING), max_size=2),
        "verdict": st.sampled_from(RANK),
        "lists": st.booleans(),
        "rejudge": st.booleans(),
        "packs": st.sampled_from([None, (), (PackRef("small", "9", "0" * 64),)]),
    }
)


@given(STATUSES, EDIT)
def test_no_edit_makes_the_verdict_better(
    pack: Pack, statuses: dict[str, Status], edit: dict[str, Any]
) -> None:
    """Items left out, lowered, renamed or put off, verdict and packs rewritten: none helps."""
    made = samples.make(pack, statuses=statuses)
    honest = review(made, pack)
    levels: dict[str, Level] = edit["levels"]
    items = []
    for item in made.items:
        name = item.id.removeprefix("overseas.")
        if name not in edit["gone"]:
            new = put(item, level=levels.get(name, item.level))
            new = put(new, phase="back") if name in edit["back"] else new
            items.append(put(new, id=f"overseas.x-{name}") if name in edit["renamed"] else new)
    edited = verdict(edit["verdict"])(put(made, items=tuple(items)))
    if edit["lists"]:
        edited = put(
            edited,
            readiness=put(
                edited.readiness,
                open=(),
                waived=(),
                counts=dict.fromkeys(edited.readiness.counts, 0),
            ),
        )
    if edit["packs"] is not None:
        edited = put(edited, packs=edit["packs"])
    found = review(rejudged(edited) if edit["rejudge"] else sealed(edited), pack)
    assert RANK.index(str(found.verdict)) >= RANK.index(str(honest.verdict))
    assert set(found.open) >= set(honest.open)
    assert set(found.open_must) >= set(honest.open_must)
    if sealed(edited) == sealed(made):
        assert found.holds == honest.holds


def test_what_to_do_at_a_call_is_that_of_the_trip(tmp_path: Path) -> None:
    """Whatever it depends on, and whichever reports were judged before."""
    packs = read_pack(
        tmp_path,
        # Left out at a call, `abroad` no longer says that the question surely matters.
        ("type: number}", "type: number, when: {any: [{abroad: true}, {devices: laptop}]}}"),
        (
            "steps: [{do: Stay on the line., cites: [page/carry/bag]}]",
            "steps: [{do: Ask after $destination., cites: [page/carry/bag]},"
            " {do: Ask for the bag., cites: [page/carry/bag], when: {nights: {at_least: 3}}}]",
        ),
        ("contacts: [helper,", "contacts: [helper, same,"),
        ("{id: helper,", "{id: helper, when: {envelopes: {at_least: 2}},"),
        (
            "\nguidance:\n",
            "\n  - {id: same, name: Same, email: page@example.org, cites: [page/carry/bag]}"
            "\nguidance:\n",
        ),
    )
    changes: list[dict[str, Any]] = [
        {},
        {"destination": "Rome"},
        {"returns": "2026-12-02"},
        {"envelopes": "1"},
        {"envelopes": "2"},
        {"envelopes": "2", "devices": "phone"},
        {"traveller": "Jo Day"},
    ]
    made = [samples.make(packs, {**TRIP, **change}) for change in changes]
    assert len({report.on_call for report in made}) == len(made) - 1
    judging = judge(packs)
    for ours, theirs in itertools.product(made, repeat=2):
        found = judging.judge("r.json", received(sealed(put(ours, on_call=theirs.on_call))))
        assert found.holds == (ours.on_call == theirs.on_call)


def test_a_judge_keeps_calls_of_different_trips_apart(tmp_path: Path) -> None:
    """Numbers are dialled differently at home; a situation may be for some trips only."""
    packs = read_pack(
        tmp_path,
        ("people: hosts,", "tel: +44 20 7946 0000,"),
        ("contacts: [helper,", "when: {not: {devices: tablet}}\n    contacts: [helper,"),
    )
    changes: list[dict[str, Any]] = [{}, {"abroad": "no"}, {"devices": "tablet"}]
    made = [samples.make(packs, {**TRIP, **change}) for change in changes]
    assert len({report.on_call for report in made}) == len(made)
    judging = judge(packs)
    assert all(judging.judge("r.json", received(report)).holds for report in made)


def test_a_judge_keeps_links_and_limits_of_different_trips_apart(tmp_path: Path) -> None:
    """A link, and what the packs do not cover, may be for some trips only."""
    limit = 'ask the travel desk."\n'
    packs = read_pack(
        tmp_path,
        (LINK[0], LINK[1].replace("web,", "web, when: {nights: {at_least: 6}},")),
        (limit, f"{limit}  not_covered_when: {{nights: {{at_least: 6}}}}\n"),
    )
    made = [samples.make(packs, {**TRIP, "returns": day}) for day in ("2026-12-02", "2026-12-09")]
    assert [len(report.links) for report in made] == [0, 1]
    judging = judge(packs)
    found = [judging.judge("r.json", received(report)) for report in made]
    assert [(len(one.not_covered), one.holds) for one in found] == [(0, True), (1, True)]


# Private facts


def test_private_facts_stay_private(pack: Pack, tmp_path: Path) -> None:
    """Neither report nor review names whom the traveller visits; not for an overlay either."""
    overlay = tmp_path / "overlay"
    overlay.mkdir()
    situation, _, contacts = MANAGER[1].partition("contacts:\n  -")
    (overlay / "pack.yaml").write_text(
        "pack: {id: extra, version: '1', title: E, covers: C., not_covered: N.}\n"
        + situation.replace("id: call", "id: second"),
        encoding="utf-8",
    )
    bottom = tmp_path / "bottom"
    read_pack(bottom)
    assert contacts
    for packs in (pack, load([overlay], bundled=bottom)):
        made = samples.make(packs, statuses=done())
        assert len(made.on_call) == len(packs.situations)
        assert "If A. Smith calls" in {one.title for one in made.on_call}
        assert "Those to be visited: See the card." in made.on_call[0].contacts
        found = review(made, packs)
        assert found.differs == ()
        for data in (as_json(made), as_page(made), repr(found).encode()):
            assert samples.SECRET_NAME.encode() not in data
            assert samples.SECRET_NUMBER[-8:].encode() not in data


def test_a_private_fact_in_a_report_is_not_passed_on(report: Report, pack: Pack) -> None:
    """An edited report can hold one: no text of the review shows it."""
    named = with_facts(report, hosts=[{"name": samples.SECRET_NAME, "telephone": "+44 1"}])
    found = review(sealed(named), pack)
    assert samples.SECRET_NAME not in repr(found)
    assert judge(pack).musts(received(named).report) == judge(pack).musts(report)
