"""What travelsec never writes is refused, with the place, what is wrong and what to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.report import samples
from tests.review.doctored.test_keys_twice import Path, Review
from tests.review.reports import as_json, as_page, codes, done, rejudged, with_facts
from tests.review.reports import review as review_report
from travelsec.pack.model import Pack
from travelsec.problems import UserError
from travelsec.report.model import Report
from travelsec.report.read import parse_report
from travelsec.review.decision import NOTE, parse_decision
from travelsec.trip.statuses import Status

GONE = object()
"""A field that is left out."""


def with_value(data: bytes, path: Path, value: Any) -> bytes:
    """Return JSON with another value at a place."""
    whole = place = json.loads(data)
    for name in path[:-1]:
        place = place[name]
    if value is GONE:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return json.dumps(whole).encode()


CASES: tuple[tuple[str, Path, Any, str], ...] = (
    # Texts over their limits
    ("a long reason", ("items", 2, "reason"), "x" * 5000, "5000 characters, at most 1000"),
    ("a reason of one too many", ("items", 2, "reason"), "x" * 1001, "at most 1000"),
    ("a long note", ("items", 0, "note"), "x" * 1001, "at most 1000"),
    ("an endless name", ("trip", "name"), "x" * 2_000_000, "2000000 characters, at most 250"),
    ("a long name", ("trip", "name"), "x" * 251, "at most 250"),
    ("a blank name", ("trip", "name"), "   ", "trip.name: nothing in it can be seen"),
    ("a name that nobody sees", ("trip", "name"), "\u200b", "trip.name: nothing in it can be seen"),
    ("a name of a selector", ("trip", "name"), "\ufe0f", "trip.name: nothing in it can be seen"),
    ("a long fact", ("trip", "facts", "traveller"), "x" * 201, "at most 200"),
    ("a long label", ("items", 0, "label"), "x" * 10_001, "at most 10000"),
    ("a long text", ("items", 0, "do"), "x" * 10_001, "at most 10000"),
    ("a long answer", ("trip", "answers", 0, "answer"), "x" * 10_001, "at most 10000"),
    ("a long warning", ("warnings", 0, "message"), "x" * 10_001, "at most 10000"),
    ("a long title", ("titles", "overseas"), "x" * 2001, "at most 2000"),
    ("a long version", ("tool", "version"), "1" * 51, "at most 50"),
    ("a long version of a pack", ("packs", 0, "version"), "x" * 2001, "at most 2000"),
    ("a long id of an item", ("items", 0, "id"), f"a.{'b' * 200}", "at most 201"),
    ("a long id of a pack", ("packs", 0, "id"), "a" * 101, "at most 100"),
    # Statuses
    ("done without how", ("items", 0, "how"), None, "how: done needs"),
    ("to do without how", ("items", 4, "how"), None, "how: todo needs"),
    ("done by default", ("items", 0, "how"), "default", "how: done needs"),
    ("declined without how", ("items", 8, "how"), None, "how: declined needs"),
    ("declined without a reason", ("items", 8, "reason"), "", "declined needs a reason"),
    ("waived without a reason", ("items", 2, "reason"), "", "not-applicable needs a reason"),
    ("waived with white space", ("items", 2, "reason"), "\u00a0 \t", "needs a reason"),
    ("waived with what nobody sees", ("items", 2, "reason"), "\u200b\u2060", "can be seen"),
    ("waived with a selector", ("items", 2, "reason"), "\ufe0e \ufe0f", "can be seen"),
    ("unanswered with a reason", ("items", 10, "reason"), "Because.", "status: unanswered"),
    ("unanswered with a note", ("items", 10, "note"), "Later.", "status: unanswered"),
    ("unanswered with how", ("items", 10, "how"), "terminal", "status: unanswered"),
    ("agreed", ("items", 0, "status"), "agreed", "“agreed” is not allowed here"),
    ("an unknown status", ("items", 0, "status"), "fine", "“fine” is not allowed here"),
    ("an unknown way", ("items", 0, "how"), "magic", "not allowed here"),
    # Ids
    ("no id", ("id",), "", "“” is not as travelsec writes it"),
    ("an id that is a sentence", ("id",), "All is well.", "is not as travelsec writes it"),
    ("an id in capitals", ("id",), "A" * 32, "is not as travelsec writes it"),
    ("an id with a line end", ("id",), f"{'1' * 32}\n", "is not as travelsec writes it"),
    ("no id of the trip", ("trip", "id"), "", "is not as travelsec writes it"),
    ("an id of the trip in words", ("trip", "id"), "Lisbon", "is not as travelsec writes it"),
    ("an item without an id", ("items", 0, "id"), "", "is not the id of an item"),
    ("an item that is a sentence", ("items", 0, "id"), "Be good. Now.", "is not the id of an"),
    ("an item without a checklist", ("items", 0, "id"), "wifi", "is not the id of an item"),
    ("an item with a line end", ("items", 0, "id"), "a.b\n", "is not the id of an item"),
    ("a checklist in words", ("items", 0, "checklist"), "The list", "is not an id"),
    ("a section without a name", ("items", 0, "section"), "", "is not an id"),
    ("a citation in words", ("items", 0, "cites"), ["The page"], "is not a citation"),
    ("no citation", ("items", 0, "cites"), [], "it is empty"),
    ("a fact in capitals", ("trip", "facts", "Abroad"), True, "is not as travelsec writes it"),
    ("a fact without a name", ("trip", "facts", ""), True, "is not as travelsec writes it"),
    ("an answer to a sentence", ("trip", "answers", 0, "fact"), "Are you?", "is not as travelsec"),
    ("a title of a sentence", ("titles", "The list"), "x", "is not as travelsec writes it"),
    ("a pack in words", ("packs", 0, "id"), "My pack", "is not as travelsec writes it"),
    ("a code in words", ("warnings", 0, "code"), "All is well", "is not as travelsec writes it"),
    ("an open item in words", ("readiness", "open"), ["None."], "is not the id of an item"),
    ("an open item twice", ("readiness", "open"), ["a.b", "a.b"], "an id appears in it twice"),
    ("a waived item twice", ("readiness", "waived"), ["a.b", "a.b"], "an id appears in it twice"),
    # Facts in another form
    ("a fact of two lines", ("trip", "facts", "traveller"), "A\nB", "is not as travelsec writes"),
    ("a fact with a return", ("trip", "facts", "traveller"), "A\rB", "is not as travelsec writes"),
    ("a fact with a line end", ("trip", "facts", "traveller"), "A\n", "is not as travelsec writes"),
    ("a fact with white space", ("trip", "facts", "traveller"), " A", "is not as travelsec writes"),
    ("an empty fact", ("trip", "facts", "traveller"), "", "is not as travelsec writes it"),
    ("a fact of nothing", ("trip", "facts", "traveller"), None, "found nothing"),
    ("a choice in words", ("trip", "facts", "devices"), ["My laptop"], "is not as travelsec"),
    ("a negative number", ("trip", "facts", "envelopes"), -1, "is not a number that travelsec"),
    ("a huge number", ("trip", "facts", "envelopes"), 10**400, "is not a number that travelsec"),
    ("a large number", ("trip", "facts", "envelopes"), 1_000_000, "is not a number that"),
    ("a fraction", ("trip", "facts", "envelopes"), 1.0, "found a fraction"),
    ("not a number", ("trip", "facts", "envelopes"), float("nan"), "it is not JSON"),
    ("an infinite number", ("trip", "facts", "envelopes"), float("inf"), "it is not JSON"),
    ("half a person", ("trip", "facts", "hosts"), [{"name": "Ann"}], "is not as travelsec"),
    ("more of a person", ("trip", "facts", "hosts"), [{"name": "A", "age": "1"}], "is not as"),
    # Moments, days and numbers
    ("no moment", ("created",), "", "is not as travelsec writes it"),
    ("a moment in words", ("created",), "yesterday", "is not as travelsec writes it"),
    ("a moment with an offset", ("created",), "2026-11-24T08:30:05+01:00", "is not as travelsec"),
    ("the end of a day", ("created",), "2026-11-24T24:00:00Z", "created"),
    ("a moment in another month", ("created",), "2026-13-24T08:30:05Z", "is not in the calendar"),
    ("a moment with other digits", ("created",), "٢026-11-24T08:30:05Z", "is not as travelsec"),
    ("a day in words", ("as_of",), "24 November 2026", "is not as travelsec writes it"),
    ("a day that never was", ("as_of",), "2026-02-30", "is not as travelsec writes it"),
    ("a day with a time", ("as_of",), "2026-11-24T00:00:00", "is not as travelsec writes it"),
    ("a day to do it in words", ("items", 2, "due"), "soon", "items[2].due: "),
    ("a negative count", ("readiness", "counts", "done"), -1, "is not a number that travelsec"),
    ("a huge count", ("readiness", "counts", "done"), 10**30, "is not a number that travelsec"),
    ("a count that is missing", ("readiness", "counts", "done"), GONE, "is not as travelsec"),
    ("a count of something else", ("readiness", "counts", "good"), 1, "readiness.counts"),
    ("a count as text", ("readiness", "counts", "done"), "3", "expected a whole number"),
    ("words that are no number", ("tool", "words"), "2", "expected a whole number"),
    ("words of no version", ("tool", "words"), 0, "is not a number that travelsec writes"),
    # Digests, the tool, and what is around
    ("a short digest", ("digest",), "1", "is not as travelsec writes it"),
    ("an empty digest", ("digest",), "", "is not as travelsec writes it"),
    ("a digest in capitals", ("digest",), "A" * 64, "is not as travelsec writes it"),
    ("a digest of a pack in words", ("packs", 0, "digest"), "good", "is not as travelsec"),
    ("another program", ("tool", "name"), "mine", "“mine” is not allowed here"),
    ("a version in words", ("tool", "version"), "newest", "is not as travelsec writes it"),
    ("an empty label", ("items", 0, "label"), "", "items[0].label: it is empty"),
    ("an empty name", ("trip", "name"), "", "is not as travelsec writes it"),
    ("a name of two lines", ("trip", "name"), "a\nb", "is not as travelsec writes it"),
    ("a field that is missing", ("items", 3, "note"), GONE, "items[3].note: it is missing"),
    ("a whole part that is missing", ("readiness",), GONE, "readiness: it is missing"),
    ("another field", ("items", 3, "colour"), "red", "items[3].colour: there is no such field"),
    ("another field of all", ("signature",), "x", "signature: there is no such field"),
    ("an unknown verdict", ("readiness", "verdict"), "fine", "“fine” is not allowed here"),
    ("an unknown level", ("items", 0, "level"), "may", "“may” is not allowed here"),
    ("a list of other things", ("items", 0), "x", "items[0]: expected an object, found text"),
)


@pytest.mark.parametrize(
    ("path", "value", "expected"), [pytest.param(*c[1:], id=c[0]) for c in CASES]
)
def test_what_travelsec_never_writes_is_refused(
    report: Report, review: Review, path: Path, value: Any, expected: str
) -> None:
    """The message has the place of it, and stays short however long the text is."""
    row = review("r.json", with_value(as_json(report), path, value))
    assert row.unread.startswith("this is not a travelsec report: ")
    assert expected in row.unread
    assert len(row.unread) < 400
    assert (row.verdict, row.trip) == ("", "")


def test_the_place_is_told(report: Report) -> None:
    """And what to do; of many faults, the first few."""
    with pytest.raises(UserError) as one:
        parse_report(with_value(as_json(report), ("items", 3, "reason"), "x" * 5000))
    assert str(one.value) == (
        "this is not a travelsec report: items[3].reason: 5000 characters, at most 1000. "
        "travelsec writes no such report: ask for the original file"
    )
    data = json.loads(as_json(report))
    for item in data["items"]:
        item["note"] = "x" * 1001
    with pytest.raises(UserError) as many:
        parse_report(json.dumps(data).encode())
    places = [f"items[{number}].note" in str(many.value) for number in range(4)]
    assert places == [True, True, True, False]


@pytest.mark.parametrize("surrogate", ["\\ud800", "\\udfff", "\\ud83d x"])
def test_half_a_character_is_refused(report: Report, surrogate: str) -> None:
    """No text of Unicode has one."""
    with pytest.raises(UserError, match="this is not a travelsec report"):
        parse_report(as_json(report).replace(b"A. Smith", surrogate.encode(), 1))


FORMS: dict[str, tuple[str, Any]] = {
    "a number as text": ("envelopes", "2"),
    "yes in a word": ("abroad", "yes"),
    "true in a word": ("abroad", "true"),
    "a word for yes": ("abroad", 1),
    "a date as people write it": ("departs", "1 December 2026"),
    "a date without hyphens": ("departs", "20261201"),
    "choices out of order": ("devices", ["phone", "laptop"]),
    "a choice twice": ("devices", ["laptop", "laptop", "phone"]),
    "choices in one text": ("devices", "laptop,phone"),
    "a choice that is none": ("devices", ["laptop", "boat", "phone"]),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_fact_in_another_form_does_not_hold(report: Report, pack: Pack, name: str) -> None:
    """Though it can be read: travelsec writes each fact in one form. Only the pack knows it."""
    fact, value = FORMS[name]
    found = review_report(rejudged(with_facts(report, **{fact: value})), pack)
    assert "fact-misfit" in codes(found)
    assert not found.holds


DECISION_CASES: tuple[tuple[str, Path, Any, str], ...] = (
    ("no report", ("report",), "", "report: “” is not as travelsec writes it"),
    ("a report in words", ("report",), "The report", "report: "),
    ("no trip", ("trip",), "", "trip: "),
    ("a digest in words", ("digest",), "good", "digest: "),
    ("an empty digest", ("digest",), "", "digest: "),
    ("another word", ("decision",), "loved", "“loved” is not allowed here"),
    ("nobody", ("by",), "", "by: "),
    ("nobody in white space", ("by",), " \t", "by: "),
    ("a long name", ("by",), "x" * 1001, "by: 1001 characters, at most 1000"),
    ("a long comment", ("comment",), "x" * 2000, "comment: 2000 characters, at most 1000"),
    ("no moment", ("at",), "", "at: "),
    ("a moment that is missing", ("at",), GONE, "at: it is missing"),
    ("a moment in another month", ("at",), "2026-13-01T00:00:00Z", "is not in the calendar"),
    ("a day in words", ("as_of",), "soon", "as_of: "),
    ("an unknown verdict", ("verdict",), "fine", "verdict: "),
    ("a word for yes", ("holds",), "yes", "(allowed: true, false, unknown)"),
    ("a must in words", ("musts",), ["All."], "musts: “All.” is not the id of an item"),
    ("a must twice", ("musts",), ["a.b", "a.b"], "musts: an id appears in it twice"),
    ("what was open twice", ("open_must",), ["a.b", "a.b"], "open_must: an id appears in it twice"),
    ("what was waived in words", ("waived",), ["x"], "waived: “x” is not the id of an item"),
    ("a pack in words", ("packs", 0, "id"), "My pack", "packs[0].id: "),
    ("a long note", ("note",), "x" * 1001, "note: “xxx"),
    ("a note that claims more", ("note",), "This is a qualified signature.", "note: “This is"),
    ("a note with more after it", ("note",), f"{NOTE} It is signed.", "note: “A record"),
    ("a note with more before it", ("note",), f"Signed. {NOTE}", "note: “Signed."),
    ("a note that ends in a line break", ("note",), f"{NOTE}\n", "note: “A record"),
    ("a note that is missing", ("note",), GONE, "note: it is missing"),
    ("an empty note", ("note",), "", "note: “” is not as travelsec writes it"),
    ("a name in two lines", ("by",), "B. Jones\nBcc: a@b", "by: “B. Jones"),
    ("a name that ends in a line break", ("by",), "B. Jones\n", "by: “B. Jones"),
    ("a name that begins with a line break", ("by",), "\r\nB. Jones", "by: “"),
    ("a name with a carriage return", ("by",), "B. Jones\rBcc: a@b", "by: “B. Jones"),
    ("another field", ("signature",), "x", "signature: there is no such field"),
)


@pytest.mark.parametrize(
    ("path", "value", "expected"), [pytest.param(*c[1:], id=c[0]) for c in DECISION_CASES]
)
def test_a_decision_that_travelsec_never_writes_is_refused(
    report: Report, review: Review, decided: bytes, path: Path, value: Any, expected: str
) -> None:
    """It does not count; the report is reviewed as if it had none, and the review says so."""
    data = with_value(decided, path, value)
    with pytest.raises(UserError) as refused:
        parse_decision(data)
    assert expected in str(refused.value)
    row = review("r.json", as_json(report), data)
    assert (row.decision, row.unread) == (None, "")
    assert "decision-unread" in codes(row)


@pytest.mark.parametrize("note", [NOTE, NOTE.replace("anyone", "anybody")])
def test_a_decision_with_the_note_of_a_version_is_read(decided: bytes, note: str) -> None:
    """That of this version, and that of 0.2.0."""
    assert parse_decision(with_value(decided, ("note",), note)).note == note


@pytest.mark.parametrize("comment", ["One line.", "Two\nlines.", "Three\r\nlines\n."])
def test_a_comment_has_as_many_lines_as_it_needs(decided: bytes, comment: str) -> None:
    assert parse_decision(with_value(decided, ("comment",), comment)).comment == comment


LONGEST = Status("declined", "ü" * 1000, "\x1b[31m\n" * 160, "script")

HONEST: dict[str, Callable[[Pack], Report]] = {
    "the longest texts": lambda pack: samples.make(
        pack,
        {**samples.TRIP, "traveller": "😀" * 200, "destination": "x" * 200},
        done(wifi=LONGEST),
    ),
    "hidden characters": lambda pack: samples.make(
        pack, {**samples.TRIP, "traveller": "A\u200bB\u202e\x1b[2J\x85\u2028C"}
    ),
    "a symbol with a selector": lambda pack: samples.make(
        pack, statuses=done(wifi=Status("declined", "\u2708\ufe0f", how="script"))
    ),
    "nothing known": lambda pack: samples.make(pack, {}, {}),
    "nothing taken along": lambda pack: samples.make(pack, {**samples.TRIP, "devices": "none"}),
    "the largest number": lambda pack: samples.make(pack, {**samples.TRIP, "envelopes": "999999"}),
    "a reason for what is done": lambda pack: samples.make(
        pack, statuses=done(wifi=Status("done", "As always.", "Really.", "script"))
    ),
    "ids from the content": lambda pack: samples.make(pack, trip_id=None, report_id=None),
}


@pytest.mark.parametrize("name", HONEST)
def test_what_travelsec_writes_is_read(pack: Pack, name: str) -> None:
    """At the limits, and with whatever people type."""
    made = HONEST[name](pack)
    for data in (as_json(made), as_page(made)):
        assert parse_report(data).report == made
    assert review_report(made, pack).holds
